"""`python -m tests.bench.many`: the bot over PostgreSQL, for thousands of servers and millions of rows.

Three measurements, or those that `--only` names: what a lookup costs beside the same through
SQLite; an issue that thousands of channels want, with one, two and four workers; and what each
statement costs over millions of rows.
"""

import asyncio
import random
from typing import Final

import click

from tests.bench.many import lookups, rows, workers

PARTS: Final = ("lookups", "workers", "rows")


@click.command()
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Measure this alone.")
@click.option(
    "--channels", default=10_000, show_default=True, help="How many want the issue, on both platforms."
)
@click.option("--servers", type=int, help="How many servers have them.  [default: half as many]")
@click.option("--workers", "counts", default="1,2,4", show_default=True, help="Numbers of workers.")
@click.option("--rows", "most", default=5_000_000, show_default=True, help="How many of each table.")
@click.option("--seed", default=1, show_default=True, help="For what is looked up.")
def main(  # noqa: PLR0913, PLR0917 - each is an option
    only: tuple[str, ...], channels: int, servers: int | None, counts: str, most: int, seed: int
) -> None:
    """Measure what PostgreSQL and any number of workers cost."""
    asyncio.run(_main(only or PARTS, channels, servers or channels // 2, counts, most, seed))


async def _main(  # noqa: PLR0913, PLR0917 - as above
    parts: tuple[str, ...], channels: int, servers: int, counts: str, most: int, seed: int
) -> None:
    if "lookups" in parts:
        await lookups.measure()
    if "workers" in parts:
        numbers = list(map(int, counts.split(",")))
        await workers.measure(channels, servers, numbers, random.Random(seed))  # noqa: S311 - no secret
    if "rows" in parts:
        await rows.measure(most)


if __name__ == "__main__":
    main()
