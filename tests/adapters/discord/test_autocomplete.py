"""Every argument is completed: at most 25 choices, labels of at most 100 characters."""

import asyncio
import logging
from typing import Any

import pytest
from simcord import run

from adapters.discord import autocomplete
from adapters.discord.autocomplete import Autocomplete
from bot import sample
from bot.lookup.answers import TopicPage
from bot.lookup.requests import ShowTopic
from bot.model.newsletter import Issue
from bot.model.search import Filters
from bot.ports import PreferenceStore
from bot.search import Searcher
from store import open_store
from tests.adapters.discord.world import NOW, Bench, World, shown
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary
from tests.support.indexing import take
from tests.support.three_issues import lookup_over

OPTIONS = [
    ("an", "issue"),
    ("paper", "words"),
    ("paper", "by"),
    ("paper", "in"),
    ("paper", "an"),
    ("paper", "year"),
]


@pytest.fixture
def library() -> MemoryLibrary:
    """Many issues with long titles, people and sections."""
    many = [
        Issue(
            number=n,
            title=f"Issue {n} on many things " + "and then some more " * 8,
            summaries=tuple(
                summary(
                    f"Paper {n}.{i} " + "with a long title " * 9,
                    n,
                    i,
                    authors=f"Ada Number{n} and {'Bob ' * 40}",
                    year=2000 + n,
                    section=("Technical AI alignment", f"Section {n} " + "of a long name " * 10),
                    highlight=i == 1,
                )
                for i in (1, 2)
            ),
        )
        for n in range(1, 40)
    ]
    return MemoryLibrary(issues=many)


def check(choices: list[dict[str, Any]]) -> None:
    assert len(choices) <= 25
    for choice in choices:
        assert 1 <= len(choice["name"]) <= 100
        assert isinstance(choice["value"], int) or 1 <= len(choice["value"]) <= 100


@pytest.mark.parametrize(("command", "option"), [*OPTIONS, ("topic", "section")])
@pytest.mark.parametrize("typed", ["", "1", "a"])
async def test_no_choice_breaks_a_limit(world: World, command: str, option: str, typed: str) -> None:
    choices = await world.alice.autocomplete(world.channel, command, option, typed)
    check(choices)
    assert choices or typed


async def test_a_paper_is_chosen_by_its_key_and_shown_with_authors_and_issue(world: World) -> None:
    choices = await world.alice.autocomplete(world.channel, "paper", "words", "Paper 7.1")
    assert choices[0]["value"].startswith("7-paper-7-1-with-a-long-title")
    assert choices[0]["name"].startswith("★ Paper 7.1 with")
    assert choices[0]["name"].endswith("AN #7")
    result = await world.alice.slash(world.channel, "paper", words=choices[0]["value"])
    assert shown(result).embeds[0].title.startswith("★ Paper 7.1")


async def test_an_issue_is_found_by_a_word_of_its_title_and_by_its_number(world: World) -> None:
    numbers = [c["value"] for c in await world.alice.autocomplete(world.channel, "an", "issue", "AN #3")]
    assert {"3", "30", "39"} <= set(numbers)
    words = await world.alice.autocomplete(world.channel, "an", "issue", "things 12")
    assert [choice["value"] for choice in words] == ["12"]
    latest = await world.alice.autocomplete(world.channel, "an", "issue", "la")
    assert latest[0]["value"] == "latest"


async def test_years_and_issues_of_filters_are_numbers(world: World) -> None:
    years = await world.alice.autocomplete(world.channel, "paper", "year", "203")
    assert [choice["value"] for choice in years] == list(range(2039, 2029, -1))
    issues = await world.alice.autocomplete(world.channel, "paper", "an", "12")
    assert [choice["value"] for choice in issues] == [12]


async def test_what_the_library_learns_is_completed_at_once(
    library: MemoryLibrary, preferences: PreferenceStore
) -> None:
    completion = Autocomplete(lookup_over(library, MemoryFinder(library.summaries)))
    assert not await completion.issues("400")
    library.issues = (*library.issues, Issue(number=400, title="New", summaries=(summary("New", 400),)))
    assert [choice.value for choice in await completion.issues("400")] == ["400"]
    del preferences


class Failing(MemoryFinder):
    async def complete(self, words: str, *, limit: int = 10) -> Any:
        del words, limit
        raise RuntimeError("the index is gone")


class Slow(MemoryFinder):
    async def complete(self, words: str, *, limit: int = 10) -> Any:
        del words, limit
        await asyncio.sleep(3600)


@pytest.mark.parametrize(
    ("finder", "message"),
    [(Failing(), "completing failed"), (Slow(), "took too long")],
    ids=["fails", "sleeps"],
)
async def test_a_store_that_fails_or_sleeps_completes_nothing_and_is_logged(
    bench: Bench, message: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    if message == "took too long":
        monkeypatch.setattr(autocomplete, "_SECONDS", 1)
    async with run(bench.client()) as env:
        world = World.in_(env)
        with caplog.at_level(logging.WARNING, "anbot.discord"):
            assert await world.alice.autocomplete(world.channel, "paper", "words", "risks") == []
        assert message in caplog.text


async def test_the_bot_understands_all_that_it_offers_itself() -> None:
    async with open_store(":memory:", clock=lambda: NOW) as store:
        await take(store, "the sample", sample.document())
        lookup = lookup_over(store.library, Searcher(store.search))
        completion = Autocomplete(lookup)
        filters = [
            *(Filters(section=choice.value) for choice in await completion.sections("")),
            *(Filters(by=choice.value) for choice in await completion.people("")),
            *(Filters(issue=choice.value) for choice in await completion.numbers("")),
            *(Filters(year=choice.value) for choice in await completion.years("")),
        ]
        assert len(filters) > 40
        assert [
            (f, result.problem) for f in filters if (result := await lookup.finder.find("", f)).problem
        ] == []
        for choice in await completion.topics(""):
            reply = await lookup.answer(ShowTopic(section=choice.value))
            assert isinstance(reply.answer, TopicPage), choice
