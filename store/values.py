"""Values of the core as columns: places, moments and sets of names."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from bot.model.places import Place

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FAR: Final = 5 * 10**13
"""Sixteen centuries."""
_UNIT: Final = timedelta(milliseconds=1)


def place_key(place: Place) -> tuple[str, str, str]:
    """The columns `platform`, `server` and `channel`."""
    return place.platform, place.server, place.channel


def from_moment(moment: datetime) -> int:
    """Milliseconds since 1970, rounded down: whatever is due at the moment is due in the database."""
    return (moment - _EPOCH) // _UNIT


def from_optional_moment(moment: datetime | None) -> int | None:
    """Milliseconds since 1970, or NULL."""
    return None if moment is None else from_moment(moment)


def to_moment(column: int) -> datetime:
    """A moment in UTC; one of the far future or past for a number that is no date."""
    return _EPOCH + max(-_FAR, min(column, _FAR)) * _UNIT


def to_optional_moment(column: int | None) -> datetime | None:
    """A moment in UTC, or None for NULL."""
    return None if column is None else to_moment(column)


def from_names(names: Collection[str]) -> str:
    """The names as a JSON array, in alphabetical order."""
    return msgspec.json.encode(sorted(names)).decode()


def to_names(column: str) -> frozenset[str]:
    """The names of a JSON array."""
    return msgspec.json.decode(column, type=frozenset[str])
