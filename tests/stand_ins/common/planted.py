"""What people write and what is secret, so that a test can tell whether a log holds any of it."""

from typing import Final

_FEWEST: Final = 12
"""Characters below which a text may be in a log by chance: "/an 58" is."""
_KNOWN: Final[set[str]] = set()


def plant(*texts: str) -> None:
    """Remember the texts until they are forgotten."""
    _KNOWN.update(text for text in texts if len(text) >= _FEWEST)


def found_in(log: str) -> list[str]:
    """Those of the texts that the log holds."""
    return sorted(text for text in _KNOWN if text in log)


def forget() -> None:
    """Forget all of them."""
    _KNOWN.clear()
