"""What sources say of one issue, in a few words, and what it comes to."""

from typing import Any

from bot.indexing.merge import Merged, merge
from bot.ports import Layer, Place
from bot.types import Draft, Entry, Issue, Kind, Opinion, Summary

PLACE = Place(7)
MESA = ("Technical AI alignment", "Mesa optimization")


def layer(kind: Kind, *entries: Entry | str, **facts: Any) -> Layer:
    whole = tuple(entry if isinstance(entry, Entry) else Entry(title=entry) for entry in entries)
    return Layer(kind=kind, source=kind.value, draft=Draft(number=7, entries=whole, **facts))


def merged(*layers: Layer, before: Issue | None = None) -> Merged:
    return merge(PLACE, layers, before, {})


def only(*layers: Layer) -> Summary:
    """The one summary that the layers come to."""
    (summary,) = merged(*layers).issue.summaries
    return summary


def titles(result: Merged) -> list[str]:
    return [summary.title for summary in result.issue.summaries]


def opinions(*pairs: tuple[str, str]) -> tuple[Opinion, ...]:
    return tuple(Opinion(by=by, text=text) for by, text in pairs)
