"""Public names of summaries."""

import hashlib
import re

from bot.text.folding import fold

_SLUG_LENGTH = 48
_HASH_LENGTH = 6


def make_key(number: int | None, label: str, title: str, nth: int = 1) -> str:
    """A summary's key: readable, stable, at most 80 characters.

    `nth` distinguishes equal titles in one issue, counted from 1 in its order.

    >>> make_key(58, "", "Selection vs Control")
    '58-selection-vs-control'
    >>> make_key(None, "Recon #4", "Beyond DQN", nth=2)
    'recon-4-beyond-dqn~2'
    """
    place = str(number) if number is not None else _slug(label)[:16].strip("-") or "extra"
    name = _slug(title)
    if len(name) > _SLUG_LENGTH or not name:
        suffix = hashlib.blake2s(fold(title).encode()).hexdigest()[:_HASH_LENGTH]
        name = f"{name[: _SLUG_LENGTH + 1].rpartition('-')[0] or name[:_SLUG_LENGTH]}-{suffix}".lstrip("-")
    return f"{place}-{name}" + (f"~{nth}" if nth > 1 else "")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
