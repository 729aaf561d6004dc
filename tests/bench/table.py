"""What is told of two crowds, beside each other."""

import math
from collections.abc import Callable, Sequence

import click

from tests.bench.crowds import Crowd


class Table:
    """A column for each platform, and remarks below."""

    def __init__(self, crowds: Sequence[Crowd]) -> None:
        self._crowds = crowds
        self._rows = [("", [crowd.name for crowd in crowds])]
        self.remarks: list[str] = []

    def add(self, name: str, value: Callable[[Crowd], object]) -> None:
        """A row: what is told of each platform."""
        self._rows.append((name, [str(value(crowd)) for crowd in self._crowds]))

    def show(self) -> None:
        width = max(len(name) for name, _ in self._rows)
        for name, values in self._rows:
            click.echo("".join([f"{name:{width}}", *(f"{value:>10}" for value in values)]))
        for remark in self.remarks:
            click.echo(remark)


def percentile(waits: Sequence[float | None], share: float) -> str:
    """Within how many milliseconds such a share was answered."""
    ordered = sorted(wait for wait in waits if wait is not None)
    return f"{ordered[math.ceil(len(ordered) * share) - 1] * 1000:.1f}"


def fullest(crowd: Crowd, seconds: float) -> int:
    """The most that came in such a span from one that a limit is for."""
    return max(_most(times, seconds) for times in crowd.counted().values())


def _most(times: Sequence[float], seconds: float) -> int:
    ordered, start, most = sorted(times), 0, 0
    for end, at in enumerate(ordered):
        while ordered[start] <= at - seconds:
            start += 1
        most = max(most, end - start + 1)
    return most
