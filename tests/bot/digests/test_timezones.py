"""Timezones by this year's rules, named as people name them."""

import zoneinfo
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.digests.schedule import next_slot
from bot.digests.timezone_names import is_timezone, timezone_named, timezone_problem, timezones_like
from bot.digests.timezones import UnknownTimezone, rules_of, system_is_newer
from bot.model.digests import WeeklySlot

DECEMBER = datetime(2026, 12, 14, 9)  # noqa: DTZ001 - on the wall
CHANGED = {
    "America/Vancouver": -7,
    "America/Edmonton": -6,
    "America/Winnipeg": -5,
    "America/Inuvik": -6,
    "America/Havana": -4,
    "Africa/Casablanca": 0,
}
"""Hours ahead of UTC in the winter of 2026, by the rules of that year."""


@pytest.fixture
def old_system(tmp_path: Path) -> Iterator[Path]:
    """A system with rules of another year, by which all these clocks are wrong."""
    nairobi = resources.files("tzdata.zoneinfo").joinpath("Africa", "Nairobi").read_bytes()
    for name in CHANGED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(nairobi)
    (tmp_path / "tzdata.zi").write_text("# version 2019a\n")
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    ZoneInfo.clear_cache()
    rules_of.cache_clear()
    yield tmp_path
    zoneinfo.reset_tzpath()
    ZoneInfo.clear_cache()
    rules_of.cache_clear()


@pytest.mark.usefixtures("old_system")
@pytest.mark.parametrize(("name", "hours"), CHANGED.items())
def test_the_rules_of_the_year_are_in_force(name: str, hours: int) -> None:
    assert not system_is_newer()
    assert DECEMBER.replace(tzinfo=rules_of(name)).utcoffset() == timedelta(hours=hours)


def test_newer_rules_of_the_system_win(old_system: Path) -> None:
    (old_system / "tzdata.zi").write_text("# version 2099a\n")
    assert system_is_newer()
    assert DECEMBER.replace(tzinfo=rules_of("America/Vancouver")).utcoffset() == timedelta(hours=3)


@pytest.mark.parametrize("name", ["Mars/Base", "../../etc/passwd", "", "America", "UTC+", "/etc/localtime"])
def test_what_is_no_timezone_is_said_to_be_unknown(name: str) -> None:
    with pytest.raises(UnknownTimezone, match="knows no timezone"):
        rules_of(name)


def test_a_fixed_offset_has_weekly_moments() -> None:
    slot = WeeklySlot(weekday=0, hour=9, timezone="UTC+05:30")
    after = datetime.fromisoformat("2026-11-20T00:00Z")
    assert next_slot(slot, after) == datetime.fromisoformat("2026-11-23T03:30Z")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("PST", "America/Los_Angeles"),
        ("et", "America/New_York"),
        ("CEST", "Europe/Berlin"),
        ("UTC+2", "UTC+02:00"),
        ("+02:00", "UTC+02:00"),
        ("UTC+5.5", "UTC+05:30"),
        ("UTC + 5:45", "UTC+05:45"),
        ("Central European Summer Time", "Europe/Berlin"),
        ("Pacific Time", "America/Los_Angeles"),
        ("london time", "Europe/London"),
        ("Japan Standard Time", "Asia/Tokyo"),
        ("New York City", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("Paris, France", "Europe/Paris"),
        ("Europe / Madrid", "Europe/Madrid"),
        ("St. John’s", "America/St_Johns"),
        ("Netherlands", "Europe/Amsterdam"),
        ("New Zealand", "Pacific/Auckland"),
        ("Etc/UTC", "UTC"),
        ("NPT", "Asia/Kathmandu"),
        ("gmt -3", "UTC-03:00"),
        ("UTC-0", "UTC"),
        ("New York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("Mumbai", "Asia/Kolkata"),
        ("Istanbul", "Europe/Istanbul"),
        ("Nicosia", "Asia/Nicosia"),
        ("London", "Europe/London"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Zürich", "Europe/Zurich"),
        ("Eastern time", "America/New_York"),
        ("UTC\u20135", "UTC-05:00"),
        ("Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(GMT-08:00) Pacific Time - Los Angeles", "America/Los_Angeles"),
        ("CET/CEST", "Europe/Berlin"),
        ("EST/EDT", "America/New_York"),
        ("Cambridge, Massachusetts", "America/New_York"),
        ("New York, NY", "America/New_York"),
        ("newyork", "America/New_York"),
        ("Kuala-Lumpur", "Asia/Kuala_Lumpur"),
        ("Coordinated Universal Time", "UTC"),
    ],
)
def test_a_timezone_is_named_as_people_write_it(typed: str, name: str) -> None:
    assert timezone_named(typed) == name
    assert is_timezone(name)
    assert timezones_like(typed)[0] == name
    rules_of(name)


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("EST", ["America/New_York", "UTC-05:00"]),
        ("MST", ["America/Denver", "America/Phoenix"]),
        ("hst", ["Pacific/Honolulu", "America/Adak"]),
        ("IST", ["Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"]),
        ("Eastern Standard Time", ["America/New_York", "UTC-05:00"]),
        ("San Juan", ["America/Puerto_Rico", "America/Argentina/San_Juan"]),
        ("Cambridge", ["Europe/London", "America/New_York"]),
        ("washington", ["America/New_York", "America/Los_Angeles"]),
    ],
)
def test_a_name_of_several_clocks_asks_which(typed: str, choices: list[str]) -> None:
    assert timezone_named(typed) == ""
    assert not is_timezone(typed)
    assert all(choice in timezone_problem(typed) for choice in choices)
    assert timezones_like(typed)[: len(choices)] == choices
    assert all(is_timezone(choice) for choice in choices)


@pytest.mark.parametrize(
    "typed",
    [
        *("localtime", "Factory", "posixrules", "Etc/GMT+5", "+15", "UTC+1.3", "Atlantis", "Canada"),
        *("Cambridge, MA", "Paris, Texas", "east", "north", "Berlin/Paris"),
    ],
)
def test_what_nobody_lives_by_is_no_timezone(typed: str) -> None:
    assert timezone_named(typed) == ""
    assert not is_timezone(typed)
    assert timezone_problem(typed).startswith("No timezone is called")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("nether", "Europe/Amsterdam"),
        ("san fr", "America/Los_Angeles"),
        ("pola", "Europe/Warsaw"),
        ("ber", "Europe/Berlin"),
        ("lon", "Europe/London"),
    ],
)
def test_a_country_or_a_city_is_completed(typed: str, offered: str) -> None:
    assert timezones_like(typed)[0] == offered


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("New Yrok", "America/New_York"),
        ("Brazil", "America/Sao_Paulo"),
        ("USA", "America/New_York"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("Eindhoven", ""),
        ("xyzt", ""),
    ],
)
def test_a_name_that_is_not_known_suggests_what_is_near_it_and_nothing_else(typed: str, meant: str) -> None:
    hint = f"Did you mean {meant}" if meant else "Such as: Europe/London"
    assert timezone_problem(typed).startswith(f"No timezone is called “{typed}”. {hint}")


def test_completion_begins_with_zones_people_live_in_their_own_first() -> None:
    assert timezones_like("")[0] == "UTC"
    assert "Africa/Abidjan" not in timezones_like("")
    assert timezones_like("", locale="de")[0] == "Europe/Berlin"
    assert timezones_like("", locale="en-US")[0] == "America/New_York"
    assert timezones_like("", locale="xx") == timezones_like("")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("utc", "UTC"),
        ("UTC+1", "UTC+01:00"),
        ("utc -", "UTC-01:00"),
        ("+5", "UTC+05:00"),
        ("gmt", "Europe/London"),
    ],
)
def test_an_offset_is_completed_by_offsets(typed: str, first: str) -> None:
    offered = timezones_like(typed)
    assert offered[0] == first
    assert all(name.startswith("UTC") for name in offered[1:])
    assert all(map(is_timezone, offered))
