"""A wish as it is typed becomes the wish, or a sentence that says what is wrong."""

from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.digests.typed import parse_wish, typed
from bot.digests.values import Kind, Slot, Wish

LONDON = Slot(weekday=0, hour=9, zone="Europe/London")
NAMES = st.text(st.characters(exclude_characters='"“”„«»', exclude_categories=["C", "Z"]), min_size=1)
WISHES = st.builds(
    Wish,
    slot=st.none()
    | st.builds(
        Slot,
        weekday=st.integers(0, 6),
        hour=st.integers(0, 23),
        zone=st.sampled_from(sorted(available_timezones())),
    ),
    sections=st.lists(NAMES, unique=True).map(tuple),
    highlights=st.booleans(),
    full=st.booleans(),
    thread=st.booleans(),
    mention=st.just("") | NAMES,
)
CLUBS = st.builds(
    lambda wish, start: Wish(
        kind=Kind.CLUB,
        slot=wish.slot,
        sections=wish.sections,
        full=wish.full,
        mention=wish.mention,
        start=start,
    ),
    WISHES,
    st.integers(1, 999),
)


@given(WISHES | CLUBS)
@example(Wish(slot=Slot(weekday=6, hour=0, zone="UTC")))
def test_a_wish_that_is_written_down_is_read_as_the_same_wish(wish: Wish) -> None:
    assert parse_wish(typed(wish)) == wish


@given(
    st.text() | st.lists(st.sampled_from(["in:", "from:0", '"', "weekly", "25", "9:30", "x/y"])).map(" ".join)
)
def test_whatever_is_typed_is_a_wish_or_a_sentence(text: str) -> None:
    read = parse_wish(text)
    assert isinstance(read, Wish) or (read and len(read) < 300)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish()),
        ("as each appears", Wish()),
        ("weekly monday 9 Europe/London", Wish(slot=LONDON)),
        ("Mondays at 9am london", Wish(slot=LONDON)),
        ("weekly MON 09:00 europe/london,", Wish(slot=LONDON)),
        ("weekly friday 5pm", Wish(slot=Slot(weekday=4, hour=17, zone="UTC"))),
        ("sun 12am", Wish(slot=Slot(weekday=6, hour=0, zone="UTC"))),
        ("full thread in:“Mesa optimization” in:news", Wish(full=True, thread=True, sections=("Mesa optimization", "news"))),
        ("club from:#58 mon 9 london", Wish(kind=Kind.CLUB, slot=LONDON, start=58)),
        ("mention:S123", Wish(mention="S123")),
    ],
)  # fmt: skip
def test_words_in_any_order_make_the_wish(text: str, wish: Wish) -> None:
    assert parse_wish(text) == wish


def test_a_day_without_a_timezone_is_one_of_the_persons_own() -> None:
    assert parse_wish("weekly monday 9", "Europe/London") == Wish(slot=LONDON)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weekly", "which day"),
        ("9 Europe/London", "which day"),
        ("each monday 9", "not both"),
        ("monday 25", "0 to 23"),
        ("monday 9:30", "on the hour"),
        ("monday 13pm", "no hour"),
        ("monday 9 Europe/Londn", "Europe/London"),
        ("hilights", "“highlights”"),
        ("colour:red", "in:, from:, mention:"),
        ("club from:soon", "“soon” is not the number"),
        ("from:58", "reading club"),
        ('in:"Mesa', "not ended"),
        ('in:""', "missing after “in:”"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(text: str, told: str) -> None:
    read = parse_wish(text)
    assert isinstance(read, str)
    assert told in read
