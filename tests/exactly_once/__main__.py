"""`python -m tests.exactly_once`: play many scenarios, several at a time."""

import asyncio
import logging
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

from tests.exactly_once.bots import SPEED, Zygote, zygote
from tests.exactly_once.lag import watched
from tests.exactly_once.play import Failed, play
from tests.exactly_once.scenarios import scenario
from tests.support.postgresql import Server, running

SPEEDS: Final = (SPEED, SPEED / 3, SPEED / 10)
"""How fast a scenario is played: slower again if it failed and the machine was too busy to tell why."""


async def play_all(
    seeds: Sequence[int],
    at_once: int,
    played: Callable[[int], None],
    server: Server | None = None,
    workers: int = 1,
) -> dict[int, str]:
    """What was wrong, by the seeds of the scenarios that failed; `played` is told of each more."""
    wrong: dict[int, str] = {}
    waiting = list(reversed(seeds))

    async def player(mother: Zygote) -> None:
        while waiting:
            seed = waiting.pop()
            for speed in SPEEDS:
                with tempfile.TemporaryDirectory() as folder:
                    async with watched() as lag:
                        problem = await _problem(seed, mother, Path(folder), server, workers, speed)
                if not problem or not lag.breaks_the_rules(speed):
                    break
                late = f"its platform was up to {lag.worst * speed:.0f} s late, so again at another speed"
                click.echo(f"{speed:.0f} times as fast: {problem.partition(chr(10))[0]}; {late}", err=True)
            if problem:
                wrong[seed] = problem
            played(1)

    async with zygote() as mother, asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(player(mother))
    return wrong


async def _problem(  # noqa: PLR0913, PLR0917 - as `play` has it
    seed: int, mother: Zygote, folder: Path, server: Server | None, workers: int, speed: float
) -> str:
    """What was wrong, "" for nothing."""
    try:
        await play(scenario(seed), mother, folder, server, workers, speed)
    except Failed as failed:
        return str(failed)
    except Exception:  # noqa: BLE001 - the others are played all the same
        return f"{scenario(seed)}: {traceback.format_exc()}"
    return ""


@click.command()
@click.option("--scenarios", default=1000, show_default=True, help="How many.")
@click.option("--first", default=1, show_default=True, help="The first one's seed; the others follow it.")
@click.option(
    "--step", default=1, show_default=True, help="From one seed to the next: 7 has all troubles in 50."
)
@click.option("--seed", type=int, help="Play this one alone.")
@click.option("--at-once", default=12, show_default=True, help="How many at a time.")
@click.option("--store", default="sqlite", show_default=True, type=click.Choice(["sqlite", "postgresql"]))
@click.option("--workers", default=1, show_default=True, help="How many processes at least.")
def main(  # noqa: PLR0913, PLR0917 - each is an option
    scenarios: int, first: int, step: int, seed: int | None, at_once: int, store: str, workers: int
) -> None:
    """Play scenarios, and print the seeds of those that failed."""
    logging.basicConfig(handlers=[logging.NullHandler()])  # databases go, and each bot has a log of its own
    seeds = [seed] if seed is not None else list(range(first, first + scenarios * step, step))
    began = time.monotonic()
    with (
        running() if store == "postgresql" else nullcontext() as server,
        click.progressbar(length=len(seeds), file=sys.stderr) as bar,
    ):
        wrong = asyncio.run(play_all(seeds, at_once, bar.update, server, workers))
    for failed in sorted(wrong):
        click.echo(wrong[failed])
    took = time.monotonic() - began
    click.echo(
        f"{len(seeds)} scenarios, seeds {seeds[0]} to {seeds[-1]}, in {took:.0f} s: {len(wrong)} failed"
    )
    if wrong:
        click.echo("again with --seed: " + " ".join(map(str, sorted(wrong))))
        sys.exit(1)


if __name__ == "__main__":
    main()
