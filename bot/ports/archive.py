"""Writing the library: what each source says of an issue, and the issue they make together."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.model.newsletter import Draft, Issue, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVersion:
    """An issue as one source has it, unchanged, so that it can be merged again with
    every later version. There is one for each kind of source and issue.
    """

    kind: SourceKind
    source: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class IssueRef:
    """An issue's number, or the label of entries outside the numbered issues."""

    number: int | None
    label: str = ""


class ArchiveTransaction(Protocol):
    """Changes to the library that are written together or not at all."""

    async def versions(self, ref: IssueRef) -> Sequence[SourceVersion]:
        """The versions of that issue."""

    async def issue(self, ref: IssueRef) -> Issue | None:
        """The issue in the library."""

    async def aliases(self, ref: IssueRef) -> dict[str, str]:
        """Older keys of the issue's summaries: alias to key."""

    async def put_version(self, version: SourceVersion) -> None:
        """Store the version, in place of an older one of its kind and issue."""

    async def put_issue(self, issue: Issue, aliases: dict[str, str]) -> None:
        """Replace the issue and all its summaries; `aliases` maps older keys to keys."""

    async def locate(self, titles: Collection[str]) -> dict[int, int]:
        """How many of these folded titles (`bot.text.folding.fold`) each numbered
        issue contains; issues with none are left out.
        """


class Archive(Protocol):
    """The writing side of the library."""

    def writing(self) -> AbstractAsyncContextManager[ArchiveTransaction]:
        """A transaction: rolled back if an error leaves it, else committed.

        Raises Conflict if another was in its way: the block may be executed again then, which
        only its caller can do. If the database goes away before the end, nothing is written; at the very
        end it may be, and indexing the same once more changes nothing.
        """

    def many(self) -> AbstractAsyncContextManager[None]:
        """For several transactions in a row: the search index is rebuilt at the end
        instead of after each.
        """

    async def all_versions(self) -> Sequence[SourceVersion]:
        """Every version, in a fixed order."""

    def all_issues(self) -> AsyncIterator[tuple[Issue, Mapping[str, str]]]:
        """Every issue with its summaries' older keys (alias to key), in a fixed
        order, all as of the moment when the first was read.
        """
