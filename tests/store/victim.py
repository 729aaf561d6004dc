"""A process that indexes and can be killed at any step of it.

`python -m tests.store.victim DATABASE PAUSE` prints a numbered line before
each step of each transaction and waits at step PAUSE (-1: nowhere) for a line
on its standard input.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.indexing.indexer import Indexer
from bot.model.newsletter import Document, Entry, Issue, SourceKind
from bot.ports import Archive, ArchiveTransaction, IssueRef, SourceVersion
from store import open_store
from tests.support.drafts import clock, document, draft

ENTRIES = 8
ISSUES = 2
KINDS = (SourceKind.SHEET, SourceKind.PAGE, SourceKind.MAIL)


def documents() -> list[Document]:
    """Of each kind one, all of the same issues, each with a text of its own."""
    return [
        document(kind, *(draft(number, *_entries(kind, n)) for number in range(1, ISSUES + 1)))
        for n, kind in enumerate(KINDS, 1)
    ]


def _entries(kind: SourceKind, weight: int) -> list[Entry]:
    return [Entry(title=f"Paper {n}", text=f"{kind.value} says much. " * 40 * weight) for n in range(ENTRIES)]


class Steps:
    """Announces each step, and waits at one of them."""

    def __init__(self, pause: int) -> None:
        self._pause = pause
        self._count = 0

    def __call__(self, what: str) -> None:
        print(self._count, what, flush=True)  # noqa: T201  # how the parent follows
        if self._count == self._pause:
            sys.stdin.readline()
        self._count += 1


class SteppingArchive:
    """An archive that announces every change."""

    def __init__(self, archive: Archive, step: Steps) -> None:
        self._archive = archive
        self._step = step

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[ArchiveTransaction]:
        self._step("begin")
        async with self._archive.writing() as transaction:
            yield SteppingTransaction(transaction, self._step)
            self._step("commit")
        self._step("committed")

    def many(self) -> AbstractAsyncContextManager[None]:
        return self._archive.many()

    async def all_versions(self) -> Sequence[SourceVersion]:
        return await self._archive.all_versions()

    def all_issues(self) -> AsyncIterator[tuple[Issue, Mapping[str, str]]]:
        return self._archive.all_issues()


class SteppingTransaction:
    def __init__(self, transaction: ArchiveTransaction, step: Steps) -> None:
        self._transaction = transaction
        self._step = step

    async def versions(self, ref: IssueRef) -> Sequence[SourceVersion]:
        return await self._transaction.versions(ref)

    async def issue(self, ref: IssueRef) -> Issue | None:
        return await self._transaction.issue(ref)

    async def aliases(self, ref: IssueRef) -> dict[str, str]:
        return await self._transaction.aliases(ref)

    async def locate(self, titles: Collection[str]) -> dict[int, int]:
        return await self._transaction.locate(titles)

    async def put_version(self, version: SourceVersion) -> None:
        await self._announced("put_version", lambda: self._transaction.put_version(version))

    async def put_issue(self, issue: Issue, aliases: dict[str, str]) -> None:
        await self._announced("put_issue", lambda: self._transaction.put_issue(issue, aliases))

    async def _announced(self, what: str, act: Callable[[], Awaitable[None]]) -> None:
        self._step(f"before {what}")
        await act()
        self._step(f"after {what}")


async def main(database: str, pause: int) -> None:
    step = Steps(pause)
    step("open")
    async with open_store(database, clock=clock) as store:
        indexer = Indexer(SteppingArchive(store.archive, step))
        for one in documents():
            await indexer.take(one.kind.value, one)
        step("close")
    step("closed")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
