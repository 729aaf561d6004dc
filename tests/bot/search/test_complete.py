"""Half-typed words are completed to summaries."""

import pytest

from tests.bot.search.conftest import Asked

KETTLES = "The Shape of Kettles"


@pytest.mark.parametrize("letters", range(1, len(KETTLES) + 1))
async def test_every_beginning_of_a_title_completes_to_it(asked: Asked, letters: int) -> None:
    assert KETTLES in await asked.completed(KETTLES[:letters].lower())


@pytest.mark.parametrize("letters", range(2, len("kettles") + 1))
async def test_every_beginning_of_a_word_completes_to_its_titles(asked: Asked, letters: int) -> None:
    assert KETTLES in await asked.completed("kettles"[:letters])


async def test_a_title_that_begins_so_comes_before_one_that_has_the_word(asked: Asked) -> None:
    assert (await asked.completed("what boil"))[0] == "What Boiling Looks Like"


async def test_nothing_typed_offers_the_likeliest(asked: Asked) -> None:
    assert (await asked.completed(""))[0] == "On Teapots and Their Orbits"


async def test_an_address_completes_to_what_is_there(asked: Asked) -> None:
    assert await asked.completed("arxiv.org/abs/1901.01234") == ["On Teapots and Their Orbits"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("the china her", "On Teapots and Their Orbits"),
        ("dials and their rea", "PressureGPT: Measuring Steam-Pressure with Language"),
    ],
)
async def test_completes_what_others_call_it_and_what_there_is_to_read_more(
    asked: Asked, name: str, title: str
) -> None:
    assert (await asked.completed(name))[0] == title


async def test_completes_an_author(asked: Asked) -> None:
    assert KETTLES in await asked.completed("fenw")


async def test_gives_no_more_than_was_asked_for(asked: Asked) -> None:
    assert len(await asked.searcher.complete("a", limit=2)) == 2
