"""Pictures show what cites what, and how many summaries there are of each year."""

import asyncio
import re
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.model.newsletter import Headline, Issue, Origin
from bot.pictures import Pictures
from bot.pictures.citations import around, within
from tests.stand_ins.common.patience import HANG
from tests.support.fakes import MemoryLibrary, summary

MESA = ("Technical AI alignment", "Mesa optimization")
FIRST = summary("The $first & <b>", 58, section=MESA, year=2019, highlight=True)
SECOND = summary("The second", 76, section=MESA, year=2019)
THIRD = summary("The third", 99, section=MESA, year=2021)
ALONE = summary("Alone", 99, position=2, section=("News",))
LIBRARY = MemoryLibrary(
    issues=(
        Issue(number=58, summaries=(FIRST,)),
        Issue(number=76, summaries=(SECOND,)),
        Issue(number=99, summaries=(THIRD, ALONE)),
    ),
    citing={SECOND.key: [FIRST.key], THIRD.key: [FIRST.key, SECOND.key]},
)


def texts(svg: bytes) -> set[str]:
    return set(re.findall(r">([^<>]+)</text>", svg.decode()))


async def test_around_a_summary_is_what_it_cites_and_what_cites_it_and_how_they_cite_one_another() -> None:
    shown = await around(LIBRARY, SECOND.key)
    assert shown
    assert [each.key for each in shown.summaries] == [FIRST.key, SECOND.key, THIRD.key]
    assert set(shown.citations) == {
        (SECOND.key, FIRST.key),
        (THIRD.key, FIRST.key),
        (THIRD.key, SECOND.key),
    }
    assert (shown.centre, shown.more) == (SECOND.key, 0)


async def test_a_section_shows_the_summaries_that_cite_one_another() -> None:
    shown = await within(LIBRARY, MESA)
    assert {each.key for each in shown.summaries} == {FIRST.key, SECOND.key, THIRD.key}
    assert len(shown.citations) == 3
    assert (await within(LIBRARY, ("News",))).summaries == ()


async def test_what_is_too_much_for_a_picture_is_counted() -> None:
    many = tuple(summary(f"Of many {n}", 100 + n) for n in range(40))
    issues = (*LIBRARY.issues, *(Issue(number=each.issue, summaries=(each,)) for each in many))
    library = MemoryLibrary(issues=issues, citing={each.key: [FIRST.key] for each in many})
    shown = await around(library, FIRST.key)
    assert shown
    assert (len(shown.summaries), shown.more) == (13, 28)
    picture = await Pictures(library, "svg").around(FIRST.key)
    assert picture
    assert "and 28 more" in texts(picture.data)


async def test_titles_stand_in_the_picture_as_they_are() -> None:
    picture = await Pictures(LIBRARY, "svg").around(FIRST.key)
    assert picture
    shown = texts(picture.data)
    assert "The $first &amp; &lt;b&gt;  ·  AN #58" in shown
    assert "The third  ·  AN #99" in shown


async def test_a_picture_says_in_words_what_it_shows() -> None:
    pictures = Pictures(LIBRARY)
    middle, years = await pictures.around(SECOND.key), await pictures.years(MESA)
    assert middle
    assert (
        middle.alternative
        == "“The second” cites “The $first & <b>” (AN #58) and is cited by “The third” (AN #99)."
    )
    assert years
    assert years.alternative == "Summaries on Mesa optimization by year. 2019: 2, 2021: 1."


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
async def test_the_same_is_drawn_as_the_same_file(form: str, start: bytes) -> None:
    first, second = [await Pictures(LIBRARY, form).years(MESA) for _ in range(2)]
    assert first
    assert first == second
    assert first.data.startswith(start)


async def test_where_there_is_nothing_to_see_nothing_is_drawn() -> None:
    pictures = Pictures(LIBRARY)
    assert await pictures.around(ALONE.key) is None
    assert await pictures.around("no-such-key") is None
    assert await pictures.years(("News",)) is None
    assert await pictures.within(("News",)) is None


class Growing(MemoryLibrary):
    """Counts how often it was read; its `updated` is set by the test."""

    updated = datetime(2026, 1, 12, tzinfo=UTC)
    read = 0

    async def cites(self, key: str) -> Sequence[Headline]:
        self.read += 1
        return await super().cites(key)

    async def origin(self) -> Origin:
        return Origin(issues=3, summaries=4, updated=self.updated, sample=False)


async def test_a_picture_is_drawn_once_until_the_library_changes() -> None:
    library = Growing(issues=LIBRARY.issues, citing=LIBRARY.citing)
    pictures = Pictures(library)
    first = await pictures.around(FIRST.key)
    read = library.read
    assert await pictures.around(FIRST.key) is first
    assert library.read == read
    library.updated = datetime(2026, 1, 13, tzinfo=UTC)
    assert await pictures.around(FIRST.key) == first
    assert library.read == 2 * read


async def test_the_loop_goes_on_while_a_picture_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*_: object) -> bytes:
        begun.set()
        assert go_on.wait(HANG)
        return b"drawn"

    monkeypatch.setattr("bot.pictures.pictures._chart", slowly)
    drawing = asyncio.create_task(Pictures(LIBRARY).years(MESA))
    assert await asyncio.to_thread(begun.wait, HANG)
    go_on.set()  # the loop would not have got here
    picture = await drawing
    assert picture
    assert picture.data == b"drawn"
