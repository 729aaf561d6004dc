"""`python -m tests.fuzz`: every reader on damaged files, within bounds of time and memory.

Each case is made from a number, so that what was found can be played again.
"""

import gzip
import io
import random
import resource
import signal
import sys
import time
import zipfile
from pathlib import Path
from types import FrameType
from typing import Final

import click

from bot.errors import InputError
from bot.readers import read
from tests.fuzz.mutation import mutated

SECONDS_PER_MB: Final = 2.0
"""Processor time that reading may take, on top of a second for the smallest file."""
MEMORY: Final = 1 << 30
"""Bytes that reading may take beside what the program has."""
_UNEXPLAINED: Final = "no reader understands"


class _TooSlow(BaseException):
    """Not an Exception, which a reader would turn into a refusal."""


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise _TooSlow


@click.command()
@click.option("--minutes", default=1.0, show_default=True, help="How long to go on.")
@click.option("--seed", type=int, help="Play this one case again.")
@click.option("--first", default=1, show_default=True, help="The number of the first case.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Folder for the files that failed."
)
@click.option(
    "--slack", default=1.0, show_default=True, help="Times the seconds allowed, for a busy machine."
)
def main(*, minutes: float, seed: int | None, first: int, keep: Path | None, slack: float) -> None:
    """Read damaged files until the time is over, and print those that broke a bound."""
    signal.signal(signal.SIGPROF, _stop)
    _limit_memory()
    until = time.monotonic() + minutes * 60
    case = first if seed is None else seed
    cases = failed = 0
    slowest = 0.0
    while (seed is None and time.monotonic() < until) or cases == 0:
        name, data = mutated(random.Random(case))  # noqa: S311  # to be the same again
        spent, problem = tried(data, slack)
        slowest = max(slowest, spent / _allowed(data, 1))
        if problem:
            failed += 1
            click.echo(f"--seed {case}, {name}, {len(data):,} bytes: {problem}")
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / str(case)).write_bytes(data)
        cases, case = cases + 1, case + 1
    click.echo(f"{cases:,} cases, {failed} failed; the slowest took {slowest:.2f} of its time.")
    sys.exit(1 if failed else 0)


def _limit_memory() -> None:
    before = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (before + MEMORY, resource.RLIM_INFINITY))


def _allowed(data: bytes, slack: float) -> float:
    return slack * (1 + SECONDS_PER_MB * _unpacked_size(data) / 1e6)


def _unpacked_size(data: bytes) -> int:
    try:
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return sum(part.file_size for part in archive.infolist())
        return len(gzip.decompress(data)) if data.startswith(b"\x1f\x8b") else len(data)
    except (OSError, EOFError, ValueError, zipfile.BadZipFile):
        return len(data)


def tried(data: bytes, slack: float = 1.0) -> tuple[float, str]:
    """The processor time that reading took, and what was wrong with it, "" if nothing."""
    allowed = _allowed(data, slack)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, 10 * allowed)
    try:
        problem = _problem(data)
    except _TooSlow:
        problem = "did not end"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    spent = time.process_time() - began
    if not problem and spent > allowed:
        problem = f"took {spent:.1f} s, {spent / allowed:.1f} times what is allowed"
    return spent, problem


def _problem(data: bytes) -> str:
    try:
        document = read(data, "x")
    except InputError as error:
        if _UNEXPLAINED in str(error):
            return f"{type(error.__cause__).__name__}: {error.__cause__}"
        return f"a refusal of several lines: {error}" if "\n" in str(error) else ""
    except MemoryError:
        return f"took more than {MEMORY:,} bytes"
    except Exception as error:  # noqa: BLE001  # that there is any is what is looked for
        return f"{type(error).__name__}: {error}"
    return "" if document.drafts else "neither read nor refused"


if __name__ == "__main__":
    main()
