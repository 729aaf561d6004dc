"""Nothing is answered that refers to nothing, and what does refer is answered rightly.

The same holds over the sample that comes with the project and, where it is at
hand, over the whole archive.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.indexing.indexer import Indexer
from bot.model.newsletter import Summary
from bot.readers import read
from bot.sample import document
from bot.search import Searcher
from bot.text.folding import fold
from bot.text.moved import settled
from bot.text.urls import canonical
from store import open_store
from tests.bench.chatter import chatter
from tests.bench.library import SHEET, summaries_in
from tests.bench.mentions import Mentions
from tests.bench.precision import Reader, answered, places, score
from tests.support.drafts import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    reader: Reader
    summaries: Sequence[Summary]


@pytest.fixture(
    scope="module",
    params=["sample", pytest.param("archive", marks=pytest.mark.archive)],
)
def newsletters(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Summary]]:
    """A database of them, and what is in it."""
    file = tmp_path_factory.mktemp("linking") / "an.db"
    whole = read(SHEET.read_bytes(), SHEET.name) if request.param == "archive" else document()

    async def fill() -> list[Summary]:
        async with open_store(file, clock=clock) as store:
            await Indexer(store.archive).take("newsletters", whole)
            return await summaries_in(store)

    return file, asyncio.run(fill())


@pytest.fixture
async def corpus(newsletters: tuple[Path, list[Summary]]) -> AsyncIterator[Corpus]:
    file, summaries = newsletters
    async with open_store(file, clock=clock, readonly=True) as store:
        reader = Reader(library=store.library, finder=Searcher(store.search))
        yield Corpus(reader=reader, summaries=summaries)


@pytest.mark.slow
async def test_of_ten_thousand_messages_that_refer_to_nothing_none_is_answered(corpus: Corpus) -> None:
    assert await answered(corpus.reader, chatter(10_000, seed=1)) == []


async def test_of_a_thousand_that_do_98_in_100_are_answered_rightly_and_hardly_one_wrongly(
    corpus: Corpus,
) -> None:
    score_ = await score(corpus.reader, Mentions(corpus.summaries).some(1_000, seed=1))
    assert score_.share(score_.right) >= 0.98, score_
    assert score_.share(score_.wrong) <= 0.005, score_


async def test_every_address_is_found_in_five_ways_or_more_and_leads_only_to_what_is_there(
    corpus: Corpus,
) -> None:
    shares = await places(corpus.reader, corpus.summaries, most=6)
    assert shares.missed == ()
    assert shares.wrong == ()
    assert shares.least >= 5


def naive(url: str) -> str:
    """The address without scheme, www and last slash, where it has moved to: what nobody would take for two."""
    return settled(url.partition("://")[2].removeprefix("www.").partition("#")[0].rstrip("/").lower())


async def test_only_the_same_address_is_ever_taken_for_the_same(corpus: Corpus) -> None:
    together: dict[str, list[Summary]] = defaultdict(list)
    for summary in corpus.summaries:
        if summary.url:
            together[canonical(summary.url) or ""].append(summary)
    for entries in together.values():
        if len({fold(summary.title) for summary in entries}) > 1:
            assert len({naive(summary.url or "") for summary in entries}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "AI",
        "safety",
        "alignment",
        "debate",
        "learning",
        "reward",
        "model",
        "paper",
        "link",
        "the",
        "AGI",
        "risks",
    ],
)
async def test_a_single_common_word_stays_silent(corpus: Corpus, words: str) -> None:
    for written in (words, words.upper(), words.lower(), words.title()):
        assert await corpus.reader.names(f"[[{written}]]") == frozenset()


@pytest.mark.archive
@pytest.mark.parametrize("newsletters", ["archive"], indirect=True)
@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("CIRL", "Cooperative Inverse Reinforcement Learning"),
        ("GPT-3", "Language Models are Few-Shot Learners"),
        ("mesa optimization", "Risks from Learned Optimization in Advanced Machine Learning Systems"),
        ("ai safety via debate", "AI safety via debate"),
    ],
)
async def test_a_name_that_others_use_is_answered(corpus: Corpus, words: str, title: str) -> None:
    shown = await corpus.reader.things(f"[[{words}]]")
    assert [thing.title for thing in shown.values()] == [title]
