"""What is found, and in which order, depends on the newsletters and the question alone."""

import asyncio
import os
import subprocess
import sys
import zlib

import pytest

from bot.model.search import Filters
from bot.search import Searcher
from bot.search.building import Contents
from store import open_store
from tests.bot.search.conftest import SHELF, fill
from tests.support.drafts import clock
from tests.support.fakes import summary

ALIKE = range(0, 300, 20)
"""Issues whose summaries fit one question equally well."""
LIBRARY = tuple(
    summary(
        f"{chr(ord('a') + number // 20) * 4} quokka" if number in ALIKE else f"Plain number {number}",
        number,
        year=2019 if number in ALIKE else 2020,
        section=("Island animals",),
        text="Small animals (SA) on a dry island.",
    )
    for number in range(300)
)
QUESTIONS = ("quokka", "small island animals", "plain number", "quoka", "sa", "teapots", "orbits by quill")


async def test_of_equals_the_first_by_number_are_shown() -> None:
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, LIBRARY)
        searcher = Searcher(store.search)
        in_order = await searcher.narrowed(Filters(year=2019), offset=0, limit=5)
        found = await searcher.find("quokka", limit=5)
    assert [hit.headline.key for hit in found.hits] == [hit.headline.key for hit in in_order.hits]


@pytest.mark.slow
def test_processes_that_hash_words_otherwise_find_the_same() -> None:
    assert len({_said_by_a_process(seed) for seed in ("1", "2", "3")}) == 1


def _said_by_a_process(seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "tests.bot.search.test_equals"],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


async def _say() -> None:
    """Print the index's checksum and what is found."""
    summaries = (*LIBRARY, *SHELF)
    print(zlib.crc32(Contents(summaries).encode()))  # noqa: T201 - the other process reads it
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, summaries)
        searcher = Searcher(store.search)
        for question in QUESTIONS:
            print(question, (await searcher.find(question)).hits)  # noqa: T201 - as above
            print(question, await searcher.complete(question))  # noqa: T201 - as above


if __name__ == "__main__":
    asyncio.run(_say())
