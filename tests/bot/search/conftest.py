"""A searcher over a few newsletters of our own, in a database in memory."""

from collections.abc import AsyncIterator, Sequence
from itertools import groupby

import pytest

from bot.model.newsletter import Issue, Opinion, Summary
from bot.model.search import Filters, SearchResult
from bot.search import Searcher
from store import Store, open_store
from tests.support.drafts import clock
from tests.support.fakes import summary

TEAPOTS = summary(
    "On Teapots and Their Orbits",
    801,
    1,
    links=("https://arxiv.org/abs/1901.01234v2",),
    authors="Ada Quill, Bo Marsh",
    year=2019,
    section=("Technical", "Orbital robustness"),
    highlight=True,
    text="A teapot is claimed to circle the sun. Nobody has ever looked for it.",
    opinions=(Opinion(by="Rohin", text="I would point a telescope at it before arguing."),),
)
KETTLES = summary(
    "The Shape of Kettles",
    801,
    2,
    links=("https://www.lesswrong.com/posts/AbCdEfGhIjKlMnOpQ/the-shape-of-kettles",),
    authors="Di Fenwick",
    year=2018,
    section=("Kitchens",),
    text=(
        "Kettle shapes (KS) are round. See [the teapot paper](https://arxiv.org/abs/1901.01234) (AN #801), "
        "which also treats porcelain in vacuum; some call it [the china heresy]"
        "(https://arxiv.org/abs/1901.01234) or [Their Orbits](https://arxiv.org/abs/1901.01234)."
    ),
)
GAUGES = summary(
    "PressureGPT: Measuring Steam-Pressure with Language",
    802,
    1,
    links=("https://kettle.example/gauges",),
    authors="Ada Quill",
    year=2020,
    section=("Kitchens",),
    text="Gauges read aloud what boilers whistle, which helps those who cannot see the dial.",
    read_more="[Paper: Dials and Their Readers](https://kettle.example/readers)",
)
VALVES = summary(
    "A Survey of Forgotten Valves",
    802,
    3,
    links=("https://blog.openai.com/forgotten-valves/",),
    authors="Gil Ortega",
    text="Lists what leaked.",
)
SONGS = summary("Teakettle Songs", 803, 2, authors="Jo Abara")
ORBITS = summary("Their Orbits", 803, 3, authors="Jo Abara")
SHELF: Sequence[Summary] = (
    TEAPOTS,
    KETTLES,
    GAUGES,
    summary(
        "A Survey of Forgotten Boilers", 802, 2, authors="Gil Ortega", text="Unlike Forgotten Valves (FV)."
    ),
    VALVES,
    summary(
        "What Boiling Looks Like", 803, 1, authors="Ada Quill", text="Bubbles rise, then all of it does."
    ),
    SONGS,
    ORBITS,
)


async def fill(store: Store, summaries: Sequence[Summary]) -> None:
    """Put the summaries in the library, each issue anew."""
    async with store.archive.writing() as shelf:
        for number, of_issue in groupby(summaries, key=lambda each: each.issue):
            await shelf.put_issue(Issue(number=number, summaries=tuple(of_issue)), {})


class Asked:
    """Asks a searcher and tells titles."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher

    async def result(self, words: str, **filters: object) -> SearchResult:
        return await self.searcher.find(words, Filters(**filters))  # type: ignore[arg-type] # filters are free

    async def titles(self, words: str, **filters: object) -> list[str]:
        return [hit.headline.title for hit in (await self.result(words, **filters)).hits]

    async def first(self, words: str, **filters: object) -> str:
        return next(iter(await self.titles(words, **filters)), "")

    async def completed(self, words: str) -> list[str]:
        return [headline.title for headline in await self.searcher.complete(words)]


@pytest.fixture
async def asked() -> AsyncIterator[Asked]:
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, SHELF)
        yield Asked(Searcher(store.search))
