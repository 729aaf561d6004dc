"""When a search is an answer, a choice, or says that nothing fits."""

import pytest

from bot.model.search import Verdict
from bot.search import Searcher
from store import open_store
from tests.bot.search.conftest import KETTLES, SHELF, VALVES, Asked, fill
from tests.support.drafts import clock
from tests.support.fakes import summary

UNKNOWN = (
    "chocolate chip cookies",
    "asdf qwer zxcv",
    "the of and",
    "https://elsewhere.example/pelicans-eat-otters",
    "2301.99999",
    "& co",
    "and Co.",
    "te",  # two letters begin many titles
    "🫖🫖🫖",
    "",
    "   ",
)


@pytest.mark.parametrize("query", UNKNOWN)
async def test_answers_nothing_to_what_no_summary_is_about(asked: Asked, query: str) -> None:
    assert (await asked.result(query)).verdict is Verdict.NOTHING


@pytest.mark.parametrize("query", UNKNOWN)
async def test_a_miss_names_no_title_that_is_not_close(asked: Asked, query: str) -> None:
    assert not (await asked.result(query)).hits


async def test_a_miss_still_names_the_closest_titles(asked: Asked) -> None:
    result = await asked.result("round kettle championship")
    assert result.verdict is Verdict.NOTHING
    assert result.hits[0].headline.key == KETTLES.key


async def test_an_unknown_address_still_names_the_closest_titles(asked: Asked) -> None:
    result = await asked.result("https://elsewhere.example/forgotten-valves-and-what-leaked-0123456789ab")
    assert result.verdict is Verdict.NOTHING
    assert result.hits[0].headline.key == VALVES.key


@pytest.mark.parametrize("host", ["kettles.com", "www.kettles.com", "https://kettles.org/"])
async def test_a_bare_host_is_no_word(asked: Asked, host: str) -> None:
    result = await asked.result(host)
    assert (result.verdict, result.hits) == (Verdict.NOTHING, ())


async def test_a_clear_match_is_an_answer(asked: Asked) -> None:
    assert (await asked.result("shape of kettles")).verdict is Verdict.ANSWER


async def test_offers_a_choice_between_titles_that_fit_alike(asked: Asked) -> None:
    result = await asked.result("survey forgotten")
    assert result.verdict is Verdict.CHOICES
    assert {hit.headline.title for hit in result.hits[:2]} == {
        "A Survey of Forgotten Boilers",
        "A Survey of Forgotten Valves",
    }


@pytest.mark.parametrize(
    ("query", "doubtful"),
    [("survey forgotten", False), ("teapots circle valves", True), ("orbits claimed boiling", True)],
)
async def test_choices_are_doubtful_if_no_name_has_all_words(
    asked: Asked, query: str, *, doubtful: bool
) -> None:
    result = await asked.result(query)
    assert (result.verdict, result.doubtful) == (Verdict.CHOICES, doubtful)


KNOWN_ELSEWHERE = {
    "batch normalization": "Kettles at Scale",
    "the batch normalization paper": "Kettles at Scale",
    "long short-term memory": "Kettles at Scale",
}


@pytest.mark.parametrize("query", KNOWN_ELSEWHERE)
async def test_a_mention_of_a_well_known_work_is_not_that_work(query: str) -> None:
    mentions = "Batch normalization helps; long short-term memory, or LSTM, does not."
    works = (*SHELF, summary("Kettles at Scale", 804, 1, authors="Ada Quill", text=mentions))
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, works)
        result = await Asked(Searcher(store.search)).result(query)
    assert result.hits[0].headline.title == KNOWN_ELSEWHERE[query]
    assert result.verdict is not Verdict.ANSWER
    assert result.doubtful or result.verdict is Verdict.NOTHING


async def test_a_well_known_work_is_found_under_its_own_title() -> None:
    works = (*SHELF, summary("Batch Normalization: Less Internal Covariate Shift", 804, 1))
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, works)
        result = await Asked(Searcher(store.search)).result("batch normalization paper")
    assert result.verdict is Verdict.ANSWER


async def test_a_rare_word_of_a_title_is_reason_enough_for_a_choice() -> None:
    """Else the right one is told under "nothing fits"."""
    many = tuple(summary(f"Pots and Pans {n}", 804, n, text="Pots, pans and lids.") for n in range(40))
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, (*SHELF, *many, summary("On Quiddities", 805, 1, text="Pots.")))
        asked = Asked(Searcher(store.search))
        result = await asked.result("quiddities zwingli")
        assert (result.verdict, result.doubtful) == (Verdict.CHOICES, True)
        assert result.hits[0].headline.title == "On Quiddities"
        assert (await asked.result("pots zwingli")).verdict is Verdict.NOTHING


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("pots lids 2019", Verdict.ANSWER),
        ("обзор pots lids 2019", Verdict.CHOICES),
        ("обзор kettles shape", Verdict.ANSWER),
    ],
)
async def test_common_words_beside_unread_ones_are_a_choice_at_most(query: str, verdict: Verdict) -> None:
    many = tuple(
        summary(f"Pans {n}", 804, n, year=2019, text="Pots, pans and lids of 2019.") for n in range(40)
    )
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, (*SHELF, *many, summary("Pots with Lids in 2019", 805, 1, text="Pots.")))
        result = await Asked(Searcher(store.search)).result(query)
    assert result.verdict is verdict
