"""Timezones by name."""

from collections.abc import Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz import process


def is_timezone(name: str) -> bool:
    """Whether that is the exact name of a timezone."""
    return name in available_timezones()


def timezones_like(text: str, limit: int = 25) -> Sequence[str]:
    """Timezones for a partial name, the nearest first."""
    typed = text.strip().replace(" ", "_").casefold()
    every = available_timezones()
    named = sorted(name for name in every if name == "UTC" or ("/" in name and not name.startswith("Etc/")))
    first = [name for name in named if typed in name.casefold()]
    first.sort(key=lambda name: (not name.rpartition("/")[2].casefold().startswith(typed), name))
    rest = [name for name, _, _ in process.extract(text, named, limit=limit)] if typed else []
    return list(dict.fromkeys([*first, *rest]))[:limit]


def timezone_named(text: str) -> str:
    """The timezone of that name or city, in any case; "" for none, or for several.

    >>> timezone_named("europe/london"), timezone_named("Berlin"), timezone_named("Atlantis")
    ('Europe/London', 'Europe/Berlin', '')
    """
    return _by_name().get(text.strip().replace(" ", "_").casefold(), "")


@cache
def _by_name() -> Mapping[str, str]:
    names = available_timezones()
    cities: dict[str, list[str]] = {}
    for name in names:
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/")):
            cities.setdefault(name.rpartition("/")[2].casefold(), []).append(name)
    alone = {city: found[0] for city, found in cities.items() if len(found) == 1}
    return alone | {name.casefold(): name for name in names}
