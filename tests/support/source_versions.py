"""Sources' versions of one issue in a few words, and the issue that they are merged into."""

from typing import Any

from bot.indexing.merge import Merged, merge
from bot.model.newsletter import Draft, Entry, Issue, Opinion, SourceKind, Summary
from bot.ports import IssueRef, SourceVersion

PLACE = IssueRef(7)
MESA = ("Technical AI alignment", "Mesa optimization")


def layer(kind: SourceKind, *entries: Entry | str, **facts: Any) -> SourceVersion:
    whole = tuple(entry if isinstance(entry, Entry) else Entry(title=entry) for entry in entries)
    return SourceVersion(kind=kind, source=kind.value, draft=Draft(number=7, entries=whole, **facts))


def merged(*source_versions: SourceVersion, before: Issue | None = None) -> Merged:
    return merge(PLACE, source_versions, before, {})


def only(*source_versions: SourceVersion) -> Summary:
    """The one summary that the versions are merged into."""
    (summary,) = merged(*source_versions).issue.summaries
    return summary


def titles(result: Merged) -> list[str]:
    return [summary.title for summary in result.issue.summaries]


def opinions(*pairs: tuple[str, str]) -> tuple[Opinion, ...]:
    return tuple(Opinion(by=by, text=text) for by, text in pairs)
