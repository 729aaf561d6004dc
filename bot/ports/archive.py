"""Writing what the library holds, and what each source said of it."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.model.newsletter import Draft, Issue, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVersion:
    """One source's word on one issue, kept as it came so that merging can be
    done again whenever another source speaks. One layer a kind and issue.
    """

    kind: SourceKind
    source: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class IssueRef:
    """Where a draft belongs: a number, or a label for what is outside them."""

    number: int | None
    label: str = ""


class ArchiveTransaction(Protocol):
    """Changes to the library inside one transaction: all of it or nothing."""

    async def layers(self, place: IssueRef) -> Sequence[SourceVersion]:
        """What the sources have said of that issue so far."""

    async def issue(self, place: IssueRef) -> Issue | None:
        """The issue as the library holds it."""

    async def aliases(self, place: IssueRef) -> dict[str, str]:
        """Older keys of that issue's summaries: alias to key."""

    async def put_layer(self, layer: SourceVersion) -> None:
        """Keep this layer, in place of an older one of its kind and issue."""

    async def put_issue(self, issue: Issue, aliases: dict[str, str]) -> None:
        """Replace the issue and all its summaries; `aliases` maps older keys."""

    async def locate(self, titles: Collection[str]) -> dict[int, int]:
        """How many of these folded titles (`bot.text.fold`) each numbered
        issue holds; issues with none are left out.
        """


class Archive(Protocol):
    """The writing side of the library."""

    def writing(self) -> AbstractAsyncContextManager[ArchiveTransaction]:
        """A transaction: committed when left, undone when an error leaves it."""

    def many(self) -> AbstractAsyncContextManager[None]:
        """For transactions in a row: the search finds what they wrote when it is left,
        which saves making its index after each.
        """

    async def all_layers(self) -> Sequence[SourceVersion]:
        """Every layer, in a fixed order, for an export."""

    def all_issues(self) -> AsyncIterator[tuple[Issue, Mapping[str, str]]]:
        """Every issue with its summaries' older keys (alias to key), in a fixed
        order, all as they were when the first was asked for.
        """
