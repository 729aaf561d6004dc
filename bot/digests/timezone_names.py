"""Timezones as people write them: `PST`, `UTC+2`, `New York`, `America/New_York`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final
from unicodedata import combining, normalize

from rapidfuzz import fuzz, process

from bot.digests.timezone_tables import ABBREVIATIONS, BY_LOCALE, CITIES, POPULAR, SEVERAL

_OFFSET: Final = re.compile(
    r"(?:utc|gmt)?\s*(?P<sign>[+\-−])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d)|\.(?P<part>25|50?|75|0))?"
)
_PARTS: Final = {"25": 15, "5": 30, "50": 30, "75": 45}
"""Minutes of a part of an hour, as in UTC+5.5."""
_ENDINGS: Final = (" time", " city", " standard", " summer", " daylight")
"""What is left out of a name that is not known with it: Central European Summer Time, New York City."""
_BEGUN: Final = re.compile(r"(utc|gmt)\s*[+\-−]?\s*\d{0,2}|[+\-−]\s*\d{0,2}")
"""An offset that is being typed."""
_MARKS: Final = re.compile(r"\.(?!\d)|['’]")
_SLASH: Final = re.compile(r"\s*/\s*")
_NEAR: Final = 65.0
_LIKE: Final = 60.0
_EXAMPLES: Final = "Such as: Europe/London, New York, PST, UTC+2."
_EASTERNMOST, _WESTERNMOST = 14 * 60, -12 * 60
_SUPERSEDED: Final = ("Etc/", "SystemV/", "posix/", "right/")


def is_timezone(name: str) -> bool:
    """Whether that is the exact name of a timezone in which people live, UTC, or an offset as they are stored."""
    return name in _names() or (name.startswith("UTC") and _offset(name) == name)


def timezone_named(text: str) -> str:
    """The timezone of that name, abbreviation, offset or city, in any case; "" for none, or for several.

    >>> timezone_named("europe/london"), timezone_named("san francisco"), timezone_named("utc+2")
    ('Europe/London', 'America/Los_Angeles', 'UTC+02:00')
    >>> timezone_named("IST"), timezone_named("Atlantis")
    ('', '')
    """
    name = _known(_folded(text))
    return "" if name in SEVERAL else _by_name().get(name) or _offset(name)


def is_ambiguous(text: str) -> bool:
    """Whether it is an abbreviation of several clocks.

    >>> is_ambiguous("EST"), is_ambiguous("PST")
    (True, False)
    """
    return _known(_folded(text)) in SEVERAL


def timezone_problem(text: str) -> str:
    """A sentence on why `timezone_named` knows no such timezone, with the nearest ones."""
    if choices := SEVERAL.get(_known(_folded(text))):
        meant = " or ".join(f"{name}{_remark(name, choices)}" for name in choices)
        return f"“{text.strip()[:60]}” is more than one clock. Say {meant}."
    near = [name for name in timezones_like(text) if fuzz.WRatio(text, name) >= _NEAR][:3]
    hint = f"Did you mean {' or '.join(near)}?" if near else _EXAMPLES
    return f"No timezone is called “{text.strip()[:60]}”. {hint}"


def timezones_like(text: str, limit: int = 25, locale: str = "") -> Sequence[str]:
    """Timezones for a partial name, the nearest first; for "" those most people live in,
    first those of the locale.
    """
    folded = _folded(text)
    if not folded:
        return list(dict.fromkeys([*BY_LOCALE.get(locale, ()), *POPULAR]))[:limit]
    exact = SEVERAL.get(_known(folded)) or [name for name in (timezone_named(text),) if name]
    if _BEGUN.fullmatch(folded):
        return list(dict.fromkeys([*exact, *_offsets(folded)]))[:limit]
    lived_in = [name for name in _names() if name in _lived_in()]
    popular = [name for name in POPULAR if _city(name).startswith(folded)]
    places = {**CITIES, **_countries()}
    cities = [zone for place, zone in places.items() if place.startswith(folded)]
    inside = [name for name in lived_in if folded in _folded(name)]
    inside.sort(key=lambda name: (not _city(name).startswith(folded), name))
    near = [name for name, _, _ in process.extract(text, lived_in, limit=limit, score_cutoff=_LIKE)]
    return list(dict.fromkeys([*exact, *popular, *cities, *inside, *near]))[:limit]


def _offsets(begun: str) -> list[str]:
    """Whole hours from UTC that begin as what was typed, as they are stored."""
    typed = begun.removeprefix("utc").removeprefix("gmt").replace("−", "-").strip()
    hours = [*range(15), *range(-1, -13, -1)]
    return [_offset(f"{hour:+d}") for hour in hours if f"{hour:+d}".startswith(typed) or not typed]


def _remark(name: str, choices: Sequence[str]) -> str:
    return " (no summer time)" if name.startswith("UTC") and len(choices) > 1 else ""


def _folded(text: str) -> str:
    """The text in lower case, without accents and the dots of abbreviations: "São_Paulo" as "sao paulo"."""
    bare = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    bare = _MARKS.sub("", bare.replace("_", " ").casefold())
    return " ".join(_SLASH.sub("/", bare).split())


def _city(name: str) -> str:
    """The last part of a zone's name, folded."""
    return _folded(name.rpartition("/")[2])


def _known(folded: str) -> str:
    """As much of the name as is known: "eastern" of "eastern time", "london" of "london, uk"."""
    names, name = _by_name(), folded
    while name not in names and name not in SEVERAL:
        ending = next((each for each in _ENDINGS if name.endswith(each)), "")
        if not ending:
            break
        name = name.removesuffix(ending)
    city, _, land = (part.strip() for part in name.partition(","))
    return city if city in names and names[city] == names.get(land) else name


def _offset(text: str) -> str:
    """The stored name of an offset, "" if it is none or no place on earth has it."""
    match = _OFFSET.fullmatch(text.strip().casefold())
    if not match:
        return ""
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or _PARTS.get(match["part"], 0))
    minutes = minutes if match["sign"] == "+" else -minutes
    if not _WESTERNMOST <= minutes <= _EASTERNMOST:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours:02d}:{rest:02d}" if minutes else "UTC"


@cache
def _names() -> Sequence[str]:
    """Every zone that is named by a continent and a city, and UTC."""
    lines = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    return ("UTC", *sorted(name for name in lines if "/" in name and not name.startswith(_SUPERSEDED)))


@cache
def _lived_in() -> frozenset[str]:
    """Zones that the database lists by country, without former names."""
    return frozenset({"UTC", *(row[2] for row in _rows("zone.tab"))})


@cache
def _by_name() -> Mapping[str, str]:
    cities: dict[str, list[str]] = {}
    for name in _names():
        if "/" in name:
            cities.setdefault(_city(name), []).append(name)
    return {
        **{city: zone for city, zones in cities.items() if (zone := _only(zones))},
        **_countries(),
        **CITIES,
        **ABBREVIATIONS,
        **{_folded(name): name for name in _names()},
    }


@cache
def _countries() -> Mapping[str, str]:
    """The zone of each country that has a single one, by its name in the database."""
    zones: dict[str, list[str]] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        zones.setdefault(code, []).append(zone)
    names = ((_folded(name.partition(" (")[0]), zones.get(code, [])) for code, name in _rows("iso3166.tab"))
    return {name: several[0] for name, several in names if len(several) == 1}


def _rows(table: str) -> Iterator[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def _only(zones: Sequence[str]) -> str:
    """The one zone of these, or the one of them that is no former name; "" if there are several."""
    current = [name for name in zones if name in _lived_in()]
    return (current or zones)[0] if len(zones) == 1 or len(current) == 1 else ""
