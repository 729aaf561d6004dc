"""Options as they are typed become options, or a sentence that says what is wrong."""

from dataclasses import replace
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.digests.options import format_options, parse_options
from bot.digests.timezone_names import is_timezone
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot

LONDON = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")
NAMES = st.text(st.characters(exclude_characters='"“”„«»', exclude_categories=["C", "Z"]), min_size=1)
OPTIONS = st.builds(
    DigestOptions,
    slot=st.none()
    | st.builds(
        WeeklySlot,
        weekday=st.integers(0, 6),
        hour=st.integers(0, 23),
        timezone=st.sampled_from([*filter(is_timezone, sorted(available_timezones())), "UTC+05:30"]),
    ),
    sections=st.lists(NAMES, unique=True).map(tuple),
    highlights=st.booleans(),
    full=st.booleans(),
    thread=st.booleans(),
    mention=st.just("") | NAMES.filter(lambda name: name.casefold() != "none"),  # the word for nobody
)
CLUBS = st.builds(
    lambda options, start: DigestOptions(
        kind=DigestKind.CLUB,
        slot=options.slot,
        sections=options.sections,
        full=options.full,
        mention=options.mention,
        start=start,
    ),
    OPTIONS,
    st.integers(1, 999),
)


@given(OPTIONS | CLUBS)
@example(DigestOptions(slot=WeeklySlot(weekday=6, hour=0, timezone="UTC")))
def test_formatted_options_are_parsed_as_the_same_options(options: DigestOptions) -> None:
    assert parse_options(format_options(options)) == options


@given(
    st.text() | st.lists(st.sampled_from(["in:", "from:0", '"', "weekly", "25", "9:30", "x/y"])).map(" ".join)
)
def test_any_text_is_parsed_as_options_or_a_sentence(text: str) -> None:
    read = parse_options(text)
    assert isinstance(read, DigestOptions) or (read and len(read) < 300)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("", DigestOptions()),
        ("as each appears", DigestOptions()),
        ("weekly monday 9 Europe/London", DigestOptions(slot=LONDON)),
        ("Mondays at 9am london", DigestOptions(slot=LONDON)),
        ("weekly MON 09:00 europe/london,", DigestOptions(slot=LONDON)),
        ("weekly friday 5pm", DigestOptions(slot=WeeklySlot(weekday=4, hour=17, timezone="UTC"))),
        ("sun 12am", DigestOptions(slot=WeeklySlot(weekday=6, hour=0, timezone="UTC"))),
        ("full thread in:“Mesa optimization” in:news", DigestOptions(full=True, thread=True, sections=("Mesa optimization", "news"))),
        ("club from:#58 mon 9 london", DigestOptions(kind=DigestKind.CLUB, slot=LONDON, start=58)),
        ("mention:S123", DigestOptions(mention="S123")),
        ("weekly monday 9 am new york", DigestOptions(slot=WeeklySlot(weekday=0, hour=9, timezone="America/New_York"))),
        ("Fridays 9:00 PM, PST", DigestOptions(slot=WeeklySlot(weekday=4, hour=21, timezone="America/Los_Angeles"))),
        ("once a week on Tuesday at 0900 (London)", DigestOptions(slot=WeeklySlot(weekday=1, hour=9, timezone="Europe/London"))),
        ("every friday at 5 o’clock", DigestOptions(slot=WeeklySlot(weekday=4, hour=5, timezone="UTC"))),
        ("each issue as they appear", DigestOptions()),
        ("wed 9 central european summer time", DigestOptions(slot=WeeklySlot(weekday=2, hour=9, timezone="Europe/Berlin"))),
        ("wed 9 London, UK", DigestOptions(slot=WeeklySlot(weekday=2, hour=9, timezone="Europe/London"))),
        ("tue 09h UTC +2", DigestOptions(slot=WeeklySlot(weekday=1, hour=9, timezone="UTC+02:00"))),
        ("friday 17 UTC-05:00 (no summer time)", DigestOptions(slot=WeeklySlot(weekday=4, hour=17, timezone="UTC-05:00"))),
        ("monday 9 Pacific Time (US & Canada)", DigestOptions(slot=WeeklySlot(weekday=0, hour=9, timezone="America/Los_Angeles"))),
        ("wed noon san francisco", DigestOptions(slot=WeeklySlot(weekday=2, hour=12, timezone="America/Los_Angeles"))),
    ],
)  # fmt: skip
def test_words_may_come_in_any_order(text: str, options: DigestOptions) -> None:
    assert parse_options(text) == options


def test_what_the_text_does_not_say_stays_as_it_is() -> None:
    before = DigestOptions(slot=LONDON, highlights=True, thread=True, mention="S1", sections=("News",))
    friday = replace(LONDON, weekday=4, hour=17)
    assert parse_options("friday 17", "Asia/Tokyo", [before]) == replace(before, slot=friday)
    assert parse_options("17h", existing=[before]) == replace(before, slot=replace(LONDON, hour=17))
    assert parse_options("each", existing=[before]) == replace(before, slot=None)
    assert parse_options("all in:all mention:nobody", existing=[before]) == DigestOptions(
        slot=LONDON, thread=True
    )
    assert parse_options("club mon 9 london", existing=[before]) == DigestOptions(
        kind=DigestKind.CLUB, slot=LONDON
    ), "a club is another digest"


def test_a_day_without_a_timezone_is_in_the_members_own() -> None:
    assert parse_options("weekly monday 9", "Europe/London") == DigestOptions(slot=LONDON)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("weekly", "which day"),
        ("9 Europe/London", "which day"),
        ("each monday 9", "not both"),
        ("monday 25", "0 to 23"),
        ("monday 9:30", "on the hour"),
        ("monday 13pm", "no hour"),
        ("monday 9 Europe/Londn", "Europe/London"),
        ("monday 9 EST", "“EST” is more than one clock. Say America/New_York"),
        ("monday 9 eastern standard time", "is more than one clock"),
        ("monday 9 UTC+15", "No timezone is called “UTC+15”"),
        ("monday 9 London Paris", "Which timezone: Europe/London or Europe/Paris?"),
        ("monday and thursday 9", "Which day: Monday or Thursday?"),
        ("monday 9 17", "Which hour: 9:00 or 17:00?"),
        ("daily 9", "or weekly on one day"),
        ("monday 9 San Juan", "“San Juan” is more than one clock"),
        ("monday 9 localtime", "not understood"),
        ("hilights", "“highlights”"),
        ("colour:red", "in:, from:, mention:"),
        ("club from:soon", "“soon” is not the number"),
        ("from:58", "reading club"),
        ('in:"Mesa', "not closed"),
        ('in:""', "missing after “in:”"),
    ],
)
def test_a_sentence_says_what_is_wrong(text: str, problem: str) -> None:
    read = parse_options(text)
    assert isinstance(read, str)
    assert problem in read
