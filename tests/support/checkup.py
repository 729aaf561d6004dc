"""Runs `anbot doctor`, and reads its findings."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from click.testing import Result

from store import Store, open_store
from tests.support.drafts import NOW

Doctor = Callable[..., Result]
"""Runs `anbot doctor` at a time, in an environment."""


def inside(database: Path, work: Callable[[Store], Awaitable[object]]) -> None:
    async def do() -> None:
        async with open_store(database, clock=lambda: NOW) as store:
            await work(store)

    asyncio.run(do())


def lines(result: Result, mark: str) -> list[str]:
    """The findings of that health, without their advice."""
    output = result.stdout.splitlines()
    return [line.removeprefix(mark).strip() for line in output if line.startswith(f"{mark} ")]
