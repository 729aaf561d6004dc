"""A citation, as papers print it, leads to the work it cites."""

import pytest

from bot.model.search import Verdict
from bot.search import Searcher
from store import open_store
from tests.bot.search.conftest import GAUGES, KETTLES, SHELF, TEAPOTS, Asked, fill
from tests.support.drafts import clock
from tests.support.fakes import summary

AUTHORS = {
    "Quill et al. 2019": "Kettles for Many",
    "Quill and Marsh (2019)": "Kettles for Two",
    "Quill, Marsh & Fenwick 2019": "Kettles for Many",
    "(Quill, 2019)": "Kettles Alone",
    "Quill, A. (2019)": "Kettles Alone",
}


@pytest.mark.parametrize("citation", AUTHORS)
async def test_a_citation_prefers_as_many_authors_as_it_says(citation: str) -> None:
    works = (
        summary("Kettles Alone", 801, 1, authors="Ada Quill", year=2019),
        summary("Kettles for Two", 801, 2, authors="Ada Quill, Bo Marsh", year=2019),
        summary("Kettles for Many", 801, 3, authors="Ada Quill, Bo Marsh, Di Fenwick", year=2019),
    )
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, works)
        assert await Asked(Searcher(store.search)).first(citation) == AUTHORS[citation]


CITED = {
    "Quill et al. 2019": TEAPOTS,
    "Quill and Marsh, 2019": TEAPOTS,
    "(Fenwick, 2018)": KETTLES,
    "(Quill, 2020)": GAUGES,
}


@pytest.mark.parametrize("citation", CITED)
async def test_finds_what_is_cited(asked: Asked, citation: str) -> None:
    assert await asked.first(citation) == CITED[citation].title


FITTING = {
    "Quill et al. 2019": Verdict.ANSWER,
    "(Quill, 2019)": Verdict.CHOICES,  # she wrote two
    "Quill, A. (2019)": Verdict.CHOICES,
    "(Quill, 2018)": Verdict.CHOICES,  # nearly
    "(Quill, 2010)": Verdict.CHOICES,
    "(Fenwick, 2020)": Verdict.CHOICES,  # alone or with another
    "Fenwick et al. 2019": Verdict.NOTHING,  # another's work, and she is the last author
}


@pytest.mark.parametrize("citation", FITTING)
async def test_is_sure_of_a_citation_that_only_one_work_fits(citation: str) -> None:
    works = (
        summary("Kettles Alone", 801, 1, authors="Ada Quill", year=2019),
        summary("Gauges Alone", 801, 2, authors="Ada Quill", year=2019),
        summary("Kettles for Many", 801, 3, authors="Ada Quill, Bo Marsh, Di Fenwick", year=2019),
        summary("Spouts Alone", 801, 4, authors="Di Fenwick", year=2020),
        summary("Spouts for Two", 801, 5, authors="Di Fenwick, Bo Marsh", year=2020),
    )
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, works)
        assert (await Asked(Searcher(store.search)).result(citation)).verdict is FITTING[citation]


async def test_a_title_that_reads_like_a_citation_is_a_title() -> None:
    works = (*SHELF, summary("Quill 2019", 804, 1, authors="Di Fenwick"))
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, works)
        result = await Asked(Searcher(store.search)).result("Quill 2019")
    assert (result.verdict, result.hits[0].headline.title) == (Verdict.ANSWER, "Quill 2019")
