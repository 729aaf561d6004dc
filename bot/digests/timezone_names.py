"""Timezones as people write them: `PST`, `UTC+2`, `New York`, `America/New_York`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final
from unicodedata import combining, normalize

from rapidfuzz import fuzz, process

from bot.digests.cities import CITIES
from bot.digests.timezone_tables import ABBREVIATIONS, BY_LOCALE, NO_CITIES, POPULAR, SEVERAL

_OFFSET: Final = re.compile(
    r"(?:utc|gmt)?\s*(?P<sign>[+-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d)|\.(?P<part>25|50?|75|0))?"
)
_PARTS: Final = {"25": 15, "5": 30, "50": 30, "75": 45}
"""Minutes of a part of an hour, as in UTC+5.5."""
_ENDINGS: Final = (" time", " city", " standard", " summer", " daylight")
"""What is left out of a name that is not known with it: Central European Summer Time, New York City."""
_BEGUN: Final = re.compile(r"(utc|gmt)\s*[+-]?\s*\d{0,2}|[+-]\s*\d{0,2}")
"""An offset that is being typed."""
_MARKS: Final = re.compile(r"\.(?!\d)|['’]")
_REMARK: Final = re.compile(r"\([^()]*\)")
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SLASH: Final = re.compile(r"\s*/\s*")
_SHORT: Final = {"us": "united states", "usa": "united states", "america": "united states"}
_NEAR: Final = 75.0
_APART: Final = 10.0
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
    return "" if name in SEVERAL else _by_name().get(name) or _offset(name) or _both(name)


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
    scores = {name: _likeness(_folded(text), name) for name in timezones_like(text)}
    least = max(_NEAR, max(scores.values(), default=0.0) - _APART)
    near = [name for name, score in scores.items() if score >= least][:3]
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
    cities += [zone for land, zones in _lands().items() if land == folded for zone in zones]
    inside = [name for name in lived_in if folded in _folded(name)]
    inside.sort(key=lambda name: (not _city(name).startswith(folded), name))
    near = [name for name, _, _ in process.extract(text, lived_in, limit=limit, score_cutoff=_LIKE)]
    return list(dict.fromkeys([*exact, *popular, *cities, *inside, *near]))[:limit]


def _likeness(folded: str, name: str) -> float:
    """From 0 to 100, of what was typed to the zone or to its city; 100 if it is in a land or a place of it."""
    in_it = folded in _folded(name).split("/") or name in _lands().get(folded, ())
    return 100.0 if in_it else max(fuzz.ratio(folded, each) for each in (_city(name), _folded(name)))


def _offsets(begun: str) -> list[str]:
    """Whole hours from UTC that begin as what was typed, as they are stored."""
    typed = begun.removeprefix("utc").removeprefix("gmt").strip()
    hours = [*range(15), *range(-1, -13, -1)]
    return [_offset(f"{hour:+d}") for hour in hours if f"{hour:+d}".startswith(typed) or not typed]


def _remark(name: str, choices: Sequence[str]) -> str:
    return " (no summer time)" if name.startswith("UTC") and len(choices) > 1 else ""


def _folded(text: str) -> str:
    """The text in lower case, without accents, dots of abbreviations and remarks: "São_Paulo (Brazil)" as "sao paulo"."""
    bare = _REMARK.sub(" ", "".join(letter for letter in normalize("NFKD", text) if not combining(letter)))
    bare = _MARKS.sub("", bare.translate(_DASHES).replace("_", " ").casefold())
    return " ".join(_SLASH.sub("/", bare).split())


def _city(name: str) -> str:
    """The last part of a zone's name, folded."""
    return _folded(name.rpartition("/")[2])


def _known(folded: str) -> str:
    """As much of the name as is known: "eastern" of "eastern time", "london" of "london, uk"."""
    names, last = _by_name(), folded.rpartition(" - ")[2]  # as calendars write it, behind its time
    name = last if last in names else folded
    while name not in names and name not in SEVERAL:
        ending = next((each for each in _ENDINGS if name.endswith(each)), "")
        if not ending:
            break
        name = name.removesuffix(ending)
    city, _, land = (part.strip() for part in name.partition(","))
    zone = names.get(land, "")
    return land if zone and zone in {names.get(city), *SEVERAL.get(city, ())} else name


def _both(name: str) -> str:
    """The only zone that fits each part of "cet/cest" or "est/edt"; "" if there is none."""
    names = _by_name()
    clocks = [{*SEVERAL.get(part, ()), names.get(part, "")} - {""} for part in name.split("/")]
    shared = set.intersection(*clocks)
    return shared.pop() if len(shared) == 1 else ""


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
        if "/" in name and _city(name) not in NO_CITIES:
            cities.setdefault(_city(name), []).append(name)
    known = {
        **{city: zone for city, zones in cities.items() if (zone := _only(zones))},
        **_countries(),
        **CITIES,
        **ABBREVIATIONS,
        **{_folded(name): name for name in _names()},
    }
    joined = {name.replace(" ", mark): zone for name, zone in known.items() for mark in ("", "-")}
    return {**joined, **known}


@cache
def _countries() -> Mapping[str, str]:
    """The zone of each country that has a single one."""
    return {land: zones[0] for land, zones in _lands().items() if len(zones) == 1}


@cache
def _lands() -> Mapping[str, Sequence[str]]:
    """The zones of each country, by its name in the database, first those that most people live in."""
    zones: dict[str, list[str]] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        zones.setdefault(code, []).append(zone)
    for several in zones.values():
        several.sort(key=lambda zone: zone not in POPULAR)
    lands = {_folded(name): zones[code] for code, name in _rows("iso3166.tab") if code in zones}
    return {**lands, **{short: lands[name] for short, name in _SHORT.items()}}


def _rows(table: str) -> Iterator[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def _only(zones: Sequence[str]) -> str:
    """The one zone of these, or the one of them that is no former name; "" if there are several."""
    current = [name for name in zones if name in _lived_in()]
    return (current or zones)[0] if len(zones) == 1 or len(current) == 1 else ""
