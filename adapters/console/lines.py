"""The recurring lines of pages: an entry in a list, a path, facts, ways to go on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from adapters.console.blocks import Block, Facts, Heading, Item, Items
from bot.bylines import short_authors
from bot.types import Headline, SectionCount, Summary

_STEP: Final = " › "
_AUTHORS_LENGTH: Final = 400


def entry(headline: Headline, *, lead: str = "", place: bool = True) -> Item:
    """A summary in a list; `place` says where it was printed."""
    facts = (short_authors(headline.authors), printed_in(headline) if place else "")
    return Item(
        text=headline.title,
        command=f"/open {headline.key}",
        detail=" · ".join(fact for fact in facts if fact),
        highlight=headline.highlight,
        lead=lead,
    )


def entries(headlines: Iterable[Headline], *, place: bool = True) -> Items:
    """Summaries to pick from."""
    return Items(items=tuple(entry(headline, place=place) for headline in headlines))


def section_item(section: SectionCount, name: str) -> Item:
    """A section in a list, with how many summaries it holds."""
    return Item(text=name, command=f"/topic {section.path[-1]}", detail=str(section.count))


def listed(heading: str, headlines: Sequence[Headline]) -> Iterator[Block]:
    """A list under a heading, or nothing."""
    if headlines:
        yield Heading(text=heading)
        yield entries(headlines)


def go_on(ways: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """Where to go from here: what it is, and the command for it."""
    if ways:
        yield Heading(text="Go on")
        yield Items(items=tuple(Item(text=text, command=command) for text, command in ways), close=True)


def facts_of(*facts: str) -> Facts:
    """Those of the facts that are known."""
    return Facts(facts=tuple(fact for fact in facts if fact))


def printed_in(entry: Headline | Summary) -> str:
    """Where the newsletter printed it: "AN #58", "Recon #4"."""
    return f"AN #{entry.issue}" if entry.issue is not None else entry.label or "outside the issues"


def whole_authors(authors: str) -> str:
    """All authors, unless there are too many to read."""
    return authors if len(authors) <= _AUTHORS_LENGTH else short_authors(authors)


def path_name(path: Sequence[str]) -> str:
    """A section's path in one line."""
    return _STEP.join(path) or "Without a section"


def quoted(words: str) -> str:
    """What was looked for, in quotes after a blank; nothing for nothing."""
    return f" “{words}”" if words else ""
