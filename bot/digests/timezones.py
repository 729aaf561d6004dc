"""Timezones: their rules, those of the newest of two databases.

`zoneinfo` prefers the system's files, which are often older than the installed package
tzdata; governments change rules several times a year.
"""

import functools
import re
import zoneinfo
from datetime import UTC, timedelta, timezone, tzinfo
from importlib import resources
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import BotError

_OFFSET: Final = re.compile(r"UTC([+-])(\d\d):(\d\d)")
_VERSION: Final = re.compile(r"# version (\S+)")


class UnknownTimezone(BotError):
    """The host has no rules of the timezone."""


@functools.cache
def rules_of(name: str) -> tzinfo:
    """The rules of the timezone, or of a fixed offset such as UTC+05:30. Raises UnknownTimezone.

    >>> rules_of("UTC-03:30").utcoffset(None) == -timedelta(hours=3, minutes=30)
    True
    """
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
        return timezone(-offset if match[1] == "-" else offset, name)
    try:
        return ZoneInfo(name) if system_is_newer() else _packaged(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownTimezone(
            f"This host knows no timezone {name}. Name another one, or install a newer tzdata."
        ) from error


@functools.cache
def package_version() -> str:
    """The version of the rules in the installed package, such as 2026c."""
    with resources.files("tzdata.zoneinfo").joinpath("tzdata.zi").open(encoding="ascii") as file:
        match = _VERSION.match(file.readline())
    return match[1] if match else ""


def system_version() -> str:
    """The version of the system's rules; "" if it has none, or does not say."""
    for folder in map(Path, zoneinfo.TZPATH):
        try:
            with (folder / "tzdata.zi").open(encoding="ascii") as file:
                match = _VERSION.match(file.readline())
        except (OSError, UnicodeError):
            continue
        return match[1] if match else ""
    return ""


def system_is_newer() -> bool:
    """Whether the system's rules are in force instead of the package's."""
    return system_version() > package_version()


def _packaged(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    if not _is_safe(name):
        raise ZoneInfoNotFoundError(name)
    with resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _is_safe(name: str) -> bool:
    """Whether it may be a path inside the package."""
    return bool(re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", name))
