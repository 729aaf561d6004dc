"""What a person types leads to what was meant."""

import pytest

from bot.model.newsletter import Issue
from bot.model.search import Verdict
from bot.search import Searcher
from store import open_store
from tests.bot.search.conftest import GAUGES, KETTLES, ORBITS, SONGS, TEAPOTS, VALVES, Asked, fill
from tests.support.drafts import clock
from tests.support.fakes import summary

MEANT = {
    "a title": ("On Teapots and Their Orbits", TEAPOTS),
    "a title in other case and punctuation": ("on TEAPOTS, and their orbits!", TEAPOTS),
    "part of a title": ("teapots orbits", TEAPOTS),
    "parts in another order": ("orbits teapots", TEAPOTS),
    "an inflection": ("orbiting teapot", TEAPOTS),
    "a typo": ("teapto orbits", TEAPOTS),
    "one word with a typo": ("ketlles", KETTLES),
    "an author with a typo": ("fennwick", KETTLES),
    "two typos in a word": ("tepaotts and their orbits", TEAPOTS),
    "a typo in each of two words": ("shpae of ketles", KETTLES),
    "the beginning of a title": ("on teapots and th", TEAPOTS),
    "a beginning of small words": ("the sh", KETTLES),
    "an abbreviation that its own text explains": ("KS", KETTLES),
    "an abbreviation that another text explains": ("FV", VALVES),
    "the initials of a title": ("tsok", KETTLES),
    "what others call it": ("teapot paper", TEAPOTS),
    "what there is to read more": ("dials and their readers", GAUGES),
    "an author and a word": ("Fenwick shape", KETTLES),
    "a word by an author": ("kettles by fenwick", KETTLES),
    "an author with a typo and a word": ("fenwik shape", KETTLES),
    "words of its text": ("boilers whistle dial", GAUGES),
    "words of an opinion": ("telescope before arguing", TEAPOTS),
    "a compound in its parts": ("pressure gpt", GAUGES),
    "a compound run together": ("steampressure", GAUGES),
    "two words run together": ("forgottenvalves", VALVES),
    "one word as two": ("tea kettle", SONGS),
    "an accent": ("téapots", TEAPOTS),
    "an arXiv number": ("1901.01234", TEAPOTS),
    "an arXiv address in a sentence": ("see https://arxiv.org/pdf/1901.01234v9.pdf", TEAPOTS),
    "a mirror of a forum post": ("https://www.greaterwrong.com/posts/AbCdEfGhIjKlMnOpQ/x?y=1", KETTLES),
    "another address": ("kettle.example/gauges/?utm_source=mail", GAUGES),
    "an address that has moved": ("https://openai.com/blog/forgotten-valves", VALVES),
    "the address of what to read more": ("https://kettle.example/readers", GAUGES),
    "a copy elsewhere with the title in its address": (
        "https://elsewhere.example/the-shape-of-kettles",
        KETTLES,
    ),
    "an address that cuts the title short": (
        "https://elsewhere.example/paper/pressuregpt-measuring-steam-pressure-with",
        GAUGES,
    ),
}


@pytest.mark.parametrize("what", MEANT)
async def test_finds(asked: Asked, what: str) -> None:
    query, meant = MEANT[what]
    result = await asked.result(query)
    assert result.verdict is not Verdict.NOTHING
    assert result.hits[0].headline.key == meant.key


async def test_finds_by_words_said_around_a_link_to_it(asked: Asked) -> None:
    assert TEAPOTS.title in (await asked.titles("treats porcelain in vacuum"))[:2]


async def test_a_name_in_capitals_begins_no_longer_word(asked: Asked) -> None:
    assert (await asked.result("TEAK")).verdict is Verdict.NOTHING
    assert await asked.first("teak") == SONGS.title


KINDS = {
    "book by quill": "Steam, a History",
    "Buch von Quill": "Steam, a History",
    "kettle podcast by quill": "Kettle Hour: Episode 7",
}


@pytest.mark.parametrize("query", KINDS)
async def test_the_kind_of_thing_that_is_asked_for_counts(query: str) -> None:
    works = (
        summary("Steam, a History", 801, 1, authors="Ada Quill", venue="Book"),
        summary("Steam, a Sketch", 801, 2, authors="Ada Quill", text="After a book, a book by Quill on it."),
        summary("Kettle Hour: Episode 7", 801, 3, authors="Ada Quill"),
        summary(
            "Interrupting Kettles",
            801,
            4,
            authors="Ada Quill",
            text="Valves, dials and songs.",
        ),
    )
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, works)
        assert await Asked(Searcher(store.search)).first(query) == KINDS[query]


async def test_what_a_title_has_before_its_colon_is_its_name() -> None:
    named, longer = summary("Grooving: A Study of Grooves", 901), summary("Grooving the Old Way", 902)
    async with open_store(":memory:", clock=clock) as store:
        await fill(store, [longer, named])
        assert await Asked(Searcher(store.search)).first("grooving") == named.title


async def test_capitals_that_part_of_a_title_begins_with_lead_to_it_first(asked: Asked) -> None:
    assert await asked.first("MSPL") == GAUGES.title


async def test_a_whole_title_wins_over_what_others_call_so(asked: Asked) -> None:
    assert await asked.first("their orbits") == ORBITS.title


async def test_scores_fall_and_stay_between_0_and_1(asked: Asked) -> None:
    scores = [hit.score for hit in (await asked.result("boilers by quill")).hits]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


async def test_gives_no_more_than_was_asked_for(asked: Asked) -> None:
    assert len((await asked.searcher.find("boilers kettles", limit=1)).hits) == 1


async def test_a_hit_carries_what_a_list_shows(asked: Asked) -> None:
    headline = (await asked.result("teapots")).hits[0].headline
    assert (headline.issue, headline.authors, headline.section, headline.highlight, headline.url) == (
        *(801, "Ada Quill, Bo Marsh", ("Technical", "Orbital robustness"), True),
        "https://arxiv.org/abs/1901.01234v2",
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://mailchi.mp/1a2b3c/the-kettles",
        "mailchi.mp/1a2b3c/the-kettles?e=abc",
        "https://www.lesswrong.com/posts/ZyXwVuTsRqPoNmLkJ/an-801-the-kettles",
        "https://www.alignmentforum.org/posts/ZyXwVuTsRqPoNmLkJ/alignment-newsletter-801",
    ],
)
async def test_an_issues_address_leads_to_the_issue(address: str) -> None:
    issue = Issue(number=801, url="https://mailchi.mp/1a2b3c/the-kettles", summaries=(TEAPOTS, KETTLES))
    async with open_store(":memory:", clock=clock) as store:
        async with store.archive.writing() as transaction:
            await transaction.put_issue(issue, {})
        assert (await Searcher(store.search).find(address)).issue == 801


async def test_whole_titles_in_a_text_are_named_in_its_order(asked: Asked) -> None:
    text = "“The shape of KETTLES”,\na survey of forgotten valvesmiths; on teapots and their-orbits. Survey of Forgotten Boilers, kettles"
    titles = [headline.title for headline in await asked.searcher.titles_in(text)]
    assert titles == ["The Shape of Kettles", "On Teapots and Their Orbits", "Their Orbits"]
