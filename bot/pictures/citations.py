"""Which summaries cite which: around one of them, or within a section."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.model.newsletter import Headline
from bot.ports import Library

_AROUND: Final = 12
"""Summaries that are shown on each side of one: what it cites, and what cites it."""
_WITHIN: Final = 24
"""Summaries of a section that are shown: those with the most citations among them."""
_LOOKED_AT: Final = 250
"""Summaries of a section whose citations are looked at, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """Summaries in the order of their issues. A `citation` is a pair of keys: the first cites
    the second. `centre` is the key that all is about, "" for a section; `more` counts those
    that are left out.
    """

    title: str
    summaries: tuple[Headline, ...]
    citations: tuple[tuple[str, str], ...]
    centre: str = ""
    more: int = 0


async def around(library: Library, key: str) -> Citations | None:
    """What the summary cites and what cites it; None if there is no such summary."""
    summary = await library.summary(key)
    if summary is None:
        return None
    cites, cited_by = await library.cites(summary.key), await library.cited_by(summary.key)
    shown = {each.key: each for each in (summary.headline, *cites[:_AROUND], *cited_by[:_AROUND])}
    everything = {summary.key, *(each.key for each in (*cites, *cited_by))}
    return Citations(
        title=summary.title,
        summaries=_in_order(tuple(shown.values())),
        citations=await _among(library, tuple(shown)),
        centre=summary.key,
        more=len(everything) - len(shown),
    )


async def within(library: Library, path: Sequence[str]) -> Citations:
    """The summaries of a section that cite one another."""
    inside = {each.key: each for each in await library.in_section(path, offset=0, limit=_LOOKED_AT)}
    pairs = await _among(library, tuple(inside))
    often: dict[str, int] = {}
    for pair in pairs:
        for key in pair:
            often[key] = often.get(key, 0) + 1
    chosen = set(sorted(often, key=lambda key: -often[key])[:_WITHIN])
    return Citations(
        title=path[-1],
        summaries=_in_order(tuple(inside[key] for key in chosen)),
        citations=tuple(pair for pair in pairs if chosen.issuperset(pair)),
        more=len(often) - len(chosen),
    )


async def _among(library: Library, keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    known = set(keys)
    cited = {key: [each.key for each in await library.cites(key)] for key in keys}
    return tuple((key, other) for key in keys for other in cited[key] if other in known and other != key)


def _in_order(headlines: Sequence[Headline]) -> tuple[Headline, ...]:
    return tuple(sorted(headlines, key=lambda each: (each.issue or 0, each.key)))
