"""Pictures of what the library holds, drawn in a thread and kept until the library changes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from typing import Final

from bot.model.newsletter import Headline
from bot.pictures.citations import Citations, around, within
from bot.ports import Library

MISSING: Final = "Pictures need matplotlib: install the bot as `anbot[pictures]`."
_KEPT: Final = 100
"""Pictures in memory, of 10 kB for a chart to 170 kB for the citations of a section."""
_ALTERNATIVE: Final = 1000
"""Characters of a text in place of a picture; Discord takes 1,024."""
_FEWEST: Final = 2
"""Bars that make a chart, and summaries that make a drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a file, and what it shows in words, for who cannot see it."""

    name: str
    data: bytes
    alternative: str


def are_available() -> bool:
    """Whether there is what pictures are drawn with."""
    return find_spec("matplotlib") is not None


class Pictures:
    """Draws each picture once, as long as the library stays as it is."""

    def __init__(self, library: Library, form: str = "png") -> None:
        """`form` is one of `drawing.FORMATS`."""
        self._library = library
        self._form = form
        self._kept: dict[tuple[str, ...], Picture | None] = {}
        self._read: tuple[datetime | None, int] | None = None
        self._turn = asyncio.Lock()

    async def around(self, key: str) -> Picture | None:
        """What the summary cites and what cites it; None if there is nothing to draw."""
        return await self._once(("around", key), partial(self._around, key))

    async def within(self, path: Sequence[str]) -> Picture | None:
        """Which summaries of the section cite one another; None if none do."""
        return await self._once(("within", *path), partial(self._within, path))

    async def years(self, path: Sequence[str]) -> Picture | None:
        """How many summaries the section has of each year; None if all are of one."""
        return await self._once(("years", *path), partial(self._years, path))

    async def _once(
        self, name: tuple[str, ...], draw: Callable[[], Awaitable[Picture | None]]
    ) -> Picture | None:
        origin = await self._library.origin()
        async with self._turn:  # one at a time: drawing takes a processor
            if (state := (origin.updated, origin.summaries)) != self._read:
                self._kept.clear()
                self._read = state
            if name not in self._kept:
                if len(self._kept) >= _KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[name] = await draw()
            return self._kept[name]

    async def _around(self, key: str) -> Picture | None:
        shown = await around(self._library, key)
        return await self._drawn(shown, _about_one(shown)) if shown else None

    async def _within(self, path: Sequence[str]) -> Picture | None:
        shown = await within(self._library, path)
        return await self._drawn(shown, f"Citations within {path[-1]}: {_pairs(shown)}")

    async def _drawn(self, shown: Citations, alternative: str) -> Picture | None:
        if len(shown.summaries) < _FEWEST:
            return None
        data = await asyncio.to_thread(_citations, shown, self._form)
        return Picture(name=f"citations.{self._form}", data=data, alternative=_short(alternative))

    async def _years(self, path: Sequence[str]) -> Picture | None:
        counts = await self._counted(tuple(path))
        if len(counts) < _FEWEST:
            return None
        data = await asyncio.to_thread(_chart, f"{path[-1]} by year", counts, self._form)
        years = ", ".join(f"{year}: {counts[year]:,}" for year in sorted(counts))
        alternative = _short(f"Summaries on {path[-1]} by year. {years}.")
        return Picture(name=f"years.{self._form}", data=data, alternative=alternative)

    async def _counted(self, path: tuple[str, ...]) -> dict[int, int]:
        """How many summaries of the section appeared in each year."""
        counts: dict[int, int] = {}
        for number in await self._library.numbers():
            issue = await self._library.issue(number)
            for summary in issue.summaries if issue else ():
                if summary.year and summary.section[: len(path)] == path:
                    counts[summary.year] = counts.get(summary.year, 0) + 1
        return counts


def _citations(shown: Citations, form: str) -> bytes:
    """In a thread: the first call loads matplotlib, which takes a second."""
    from bot.pictures.drawing import draw_citations  # noqa: PLC0415 - an extra

    return draw_citations(shown, form)


def _chart(title: str, years: Mapping[int, int], form: str) -> bytes:
    """In a thread, as above."""
    from bot.pictures.drawing import draw_years  # noqa: PLC0415 - an extra

    return draw_years(title, years, form)


def _about_one(shown: Citations) -> str:
    by_key = {each.key: each for each in shown.summaries}
    cites = [by_key[cited] for citing, cited in shown.citations if citing == shown.centre]
    cited_by = [by_key[citing] for citing, cited in shown.citations if cited == shown.centre]
    parts = [f"“{shown.title}”"]
    if cites:
        parts.append(f"cites {_list(cites)}")
    if cited_by:
        parts.append(f"{'and ' * bool(cites)}is cited by {_list(cited_by)}")
    return f"{' '.join(parts)}."


def _pairs(shown: Citations) -> str:
    titles = {each.key: each.title for each in shown.summaries}
    return "; ".join(f"“{titles[citing]}” cites “{titles[cited]}”" for citing, cited in shown.citations)


def _list(headlines: Sequence[Headline]) -> str:
    return ", ".join(
        f"“{each.title}”" + (f" (AN #{each.issue})" if each.issue is not None else "") for each in headlines
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _ALTERNATIVE else flat[: _ALTERNATIVE - 1] + "…"
