"""Anything a person or a program can type is answered: never an exception."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lookup.query_syntax import parse
from bot.model.search import Filters, SearchResult
from bot.search import Searcher
from store import open_store
from tests.bot.search.conftest import SHELF, fill
from tests.support.drafts import clock

HOSTILE = (
    'teapot" OR title:* NEAR(a b)',
    "'; DROP TABLE search_term; --",
    "%' OR '1'='1",
    "(((((", "AND OR NOT", "*", '"', "^x", "-", "a:b:c", "{}", "\\", "\x00teapot\x00", "\x1b[31m",
    "\u202eteapot\u202c", "\u200fteapot", "\ud800", "teapot\udfff", "http://[", "https://\ud800/",
    "http://[::1]:99999/x", "arxiv:", "doi:", "by:\x00 in:\x00", "[" * 4000, "teapot " * 2000, "a" * 4000,
    "ﷺ" * 4000, "🫖" * 4000, "e\u0301" * 2000, "/" * 4000, "?q=" * 1000, "https://web.archive.org/web/2020/" * 90,
)  # fmt: skip


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def searcher(loop: asyncio.AbstractEventLoop) -> Iterator[Searcher]:
    opening = open_store(":memory:", clock=clock)
    store = loop.run_until_complete(opening.__aenter__())
    loop.run_until_complete(fill(store, SHELF))
    yield Searcher(store.search)
    loop.run_until_complete(opening.__aexit__(None, None, None))


def asked(loop: asyncio.AbstractEventLoop, searcher: Searcher, text: str) -> SearchResult:
    loop.run_until_complete(searcher.complete(text))
    return loop.run_until_complete(searcher.find(*parse(text)))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_survives_what_is_meant_to_break_it(
    loop: asyncio.AbstractEventLoop, searcher: Searcher, text: str
) -> None:
    asked(loop, searcher, text)


@given(text=st.text(st.characters(), max_size=4000))
def test_survives_any_text(loop: asyncio.AbstractEventLoop, searcher: Searcher, text: str) -> None:
    asked(loop, searcher, text)


PIECES = (
    "teapot",
    "orbits",
    " ",
    '"',
    "(",
    ")",
    "*",
    ":",
    "by:",
    "in:",
    "an:58",
    "https://",
    "arxiv.org/",
    "\n",
    "’",
)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60))
def test_survives_any_mixture_of_words_and_syntax(
    loop: asyncio.AbstractEventLoop, searcher: Searcher, pieces: list[str]
) -> None:
    asked(loop, searcher, "".join(pieces))


@given(
    filters=st.builds(
        Filters,
        by=st.none() | st.text(),
        section=st.none() | st.text(),
        issue=st.none() | st.integers(),
        year=st.none() | st.integers(),
        highlight=st.booleans(),
    )
)
def test_survives_any_filter(loop: asyncio.AbstractEventLoop, searcher: Searcher, filters: Filters) -> None:
    loop.run_until_complete(searcher.find("teapot", filters))


@given(text=st.text(st.characters(), max_size=300))
def test_finds_a_title_in_the_middle_of_nothing_else(
    loop: asyncio.AbstractEventLoop, searcher: Searcher, text: str
) -> None:
    """Marks and blanks around a title do not hide it."""
    marks = "".join(mark for mark in text if not mark.isalnum() and mark not in "_<>")
    result = asked(loop, searcher, f" {marks[:20]} The Shape of Kettles {marks[20:40]} ")
    assert "The Shape of Kettles" in {hit.headline.title for hit in result.hits}
