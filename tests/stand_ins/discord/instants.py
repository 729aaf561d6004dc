"""Instants as Discord writes them."""

from datetime import UTC, datetime


def iso(seconds: float) -> str:
    """The way Discord writes an instant.

    >>> iso(0)
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(seconds, UTC).isoformat()
