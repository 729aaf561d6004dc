"""Weekly moments: every week has exactly one, whatever clocks on walls do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.schedule import format_moment, format_slot, next_slot
from bot.digests.timezone_names import is_timezone
from bot.model.digests import WeeklySlot

ZONES = ("UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("slot", "after", "due"),
    [
        (WeeklySlot(weekday=0, hour=9, timezone="Europe/London"), "2026-11-20T12:00", "2026-11-23T09:00"),
        (WeeklySlot(weekday=0, hour=9, timezone="Europe/London"), "2026-11-23T08:59", "2026-11-23T09:00"),
        (WeeklySlot(weekday=0, hour=9, timezone="Europe/London"), "2026-11-23T09:00", "2026-11-30T09:00"),
        # An hour that the spring leaves out is the moment at which the clock jumps.
        (WeeklySlot(weekday=6, hour=2, timezone="Europe/Berlin"), "2027-03-27T12:00", "2027-03-28T01:00"),
        # An hour that comes twice in autumn is its first.
        (WeeklySlot(weekday=6, hour=2, timezone="Europe/Berlin"), "2026-10-24T12:00", "2026-10-25T00:00"),
        (WeeklySlot(weekday=6, hour=2, timezone="Europe/Berlin"), "2026-10-25T00:30", "2026-11-01T01:00"),
        (WeeklySlot(weekday=4, hour=0, timezone="UTC"), "2026-12-31T23:59", "2027-01-01T00:00"),
        (WeeklySlot(weekday=1, hour=12, timezone="UTC"), "2028-02-28T13:00", "2028-02-29T12:00"),
        # Kiritimati is fourteen hours ahead: its Monday begins on London's Sunday.
        (
            WeeklySlot(weekday=0, hour=0, timezone="Pacific/Kiritimati"),
            "2026-11-21T00:00",
            "2026-11-22T10:00",
        ),
    ],
)
def test_the_next_moment(slot: WeeklySlot, after: str, due: str) -> None:
    assert next_slot(slot, at(after)) == at(due)


@given(
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    timezone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - made UTC below
)
def test_a_year_of_weeks_has_one_moment_a_week_each_on_its_own_day(
    weekday: int, hour: int, timezone: str, start: datetime
) -> None:
    slot = WeeklySlot(weekday=weekday, hour=hour, timezone=timezone)
    moment = start.replace(tzinfo=UTC)
    dates = []
    for _ in range(54):
        following = next_slot(slot, moment)
        assert moment < following
        moment = following
        local = moment.astimezone(ZoneInfo(timezone))
        assert local.weekday() == weekday
        assert local.hour in {hour, (hour + 1) % 24}
        dates.append(local.date())
    assert all(later - earlier == timedelta(days=7) for earlier, later in pairwise(dates))


def test_it_is_told_as_people_say_it() -> None:
    slot = WeeklySlot(weekday=0, hour=9, timezone="Europe/London")
    now = at("2026-06-19T10:00")
    assert format_slot(slot) == "Mondays at 09:00 Europe/London"
    assert format_moment(slot, next_slot(slot, now), now) == "Monday 22 June 09:00 Europe/London, in 3 days"
    assert format_moment(slot, at("2026-06-22T08:00"), at("2026-06-22T07:40")).endswith("within the hour")
    assert format_moment(slot, at("2026-06-22T08:00"), at("2026-06-22T06:10")).endswith("in 2 hours")


def test_only_real_timezones_are_some() -> None:
    assert is_timezone("Europe/London")
    assert not is_timezone("Europe/Atlantis")
    assert not is_timezone("../../etc/passwd")
