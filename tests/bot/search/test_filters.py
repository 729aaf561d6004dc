"""Filters narrow a search, alone or with words, and say what may have been meant."""

import pytest

from bot.lookup.query_syntax import parse
from bot.model.search import Filters, Verdict
from tests.bot.search.conftest import Asked

TEAPOTS = "On Teapots and Their Orbits"
KETTLES = "The Shape of Kettles"
GAUGES = "PressureGPT: Measuring Steam-Pressure with Language"
BOILING = "What Boiling Looks Like"

ALONE: dict[str, tuple[dict[str, object], set[str]]] = {
    "by a surname": ({"by": "fenwick"}, {KETTLES}),
    "by an author and others": ({"by": "Ada Quill et al."}, {TEAPOTS, GAUGES, BOILING}),
    "by a full name": ({"by": "Ada Quill"}, {TEAPOTS, GAUGES, BOILING}),
    "in a section": ({"section": "kitchens"}, {KETTLES, GAUGES}),
    "in a section by one of its words": ({"section": "robustness"}, {TEAPOTS}),
    "in a section above": ({"section": "Technical"}, {TEAPOTS}),
    "in an issue": ({"issue": 801}, {TEAPOTS, KETTLES}),
    "of a year": ({"year": 2018}, {KETTLES}),
    "highlights": ({"highlight": True}, {TEAPOTS}),
    "several at once": ({"by": "quill", "section": "kitchens"}, {GAUGES}),
}


@pytest.mark.parametrize("what", ALONE)
async def test_filters_alone_give_all_that_they_allow(asked: Asked, what: str) -> None:
    filters, allowed = ALONE[what]
    assert set(await asked.titles("", **filters)) == allowed


async def test_words_are_looked_for_among_what_filters_allow(asked: Asked) -> None:
    assert await asked.first("survey") != GAUGES
    assert await asked.titles("boilers whistle", section="kitchens", by="quill") == [GAUGES]


async def test_an_address_is_looked_for_among_what_filters_allow(asked: Asked) -> None:
    assert await asked.titles("1901.01234", issue=801) == [TEAPOTS]
    assert await asked.titles("1901.01234", issue=802) == []


async def test_filters_that_leave_nothing_together_give_nothing(asked: Asked) -> None:
    result = await asked.result("", by="fenwick", year=2020)
    assert (result.verdict, result.hits, result.problem) == (Verdict.NOTHING, (), "")


PROBLEMS: dict[str, tuple[dict[str, object], str]] = {
    "a mistyped section": ({"section": "kitchns"}, "No section is called kitchns. Did you mean “Kitchens”?"),
    "a mistyped name": ({"by": "fenwik"}, "No author is called fenwik. Did you mean “Di Fenwick”?"),
    "a name like no other": ({"by": "zzyzx"}, "No author is called zzyzx."),
    "an issue without summaries": ({"issue": 4}, "AN #4 holds no summaries."),
    "a year without summaries": ({"year": 1066}, "Nothing is of the year 1066."),
    "a year that is none": (
        {"unreadable": "year:20x9"},
        "I do not understand “year:20x9”. Write a year, such as year:2019.",
    ),
    "a mark that there is not": (
        {"unreadable": "IS:foo"},
        "I do not understand “IS:foo”. There is only is:highlight.",
    ),
}


@pytest.mark.parametrize("what", PROBLEMS)
async def test_says_what_is_wrong_with(asked: Asked, what: str) -> None:
    filters, problem = PROBLEMS[what]
    result = await asked.result("kettles", **filters)
    assert (result.verdict, result.problem) == (Verdict.NOTHING, problem)
    assert result.hits[0].headline.title == KETTLES


TYPED = {
    "mesa by:hubinger": ("mesa", Filters(by="hubinger")),
    'in:"mesa optimization" an:58': ("", Filters(section="mesa optimization", issue=58)),
    "IN:“inner alignment” BY:«Paul»": ("", Filters(section="inner alignment", by="Paul")),
    "an:#58 year:2019 is:Highlight x": ("x", Filters(issue=58, year=2019, highlight=True)),
    "by:a b by:c": ("b", Filters(by="c")),
    "kettles year:soon an:x is:nice": ("kettles", Filters(unreadable="year:soon")),
    "by: in: what it is: this": ("by: in: what it is: this", Filters()),
    "  as  typed ": ("as  typed", Filters()),
    "https://a.example/in:b": ("https://a.example/in:b", Filters()),
    "an:99999999999999999999": ("", Filters(unreadable="an:99999999999999999999")),
}


@pytest.mark.parametrize("typed", TYPED)
def test_reads_typed_filters(typed: str) -> None:
    assert parse(typed) == TYPED[typed]
