"""`anbot index`: read newsletters into the database."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import msgspec

from bot.app import App
from bot.cli import options
from bot.cli.terminal import INTERRUPTED, interruptible, progress, unless_stopped
from bot.errors import InputError, StoreError
from bot.indexing.indexer import Indexer, Report
from bot.model.newsletter import Document
from bot.ports import DatabaseName
from bot.runtime.background import in_background
from bot.sources import named
from bot.sources.files import bytes_of
from bot.sources.named import Source, standing
from bot.text.markdown import printable

_WORDS = "\b\n" + "\n".join(f"{word}: {address}" for word, address in named.WORDS.items())


@dataclass(slots=True)
class _Outcome:
    """The result for each source so far."""

    reports: list[Report] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    stopped: bool = False
    broken: StoreError | None = None
    """What ended it for all sources."""

    @property
    def exit_code(self) -> int:
        if self.stopped:
            return INTERRUPTED
        if self.broken:
            return self.broken.exit_code
        return InputError.exit_code if self.failures else 0


@click.command("index", epilog=_WORDS)
@options.number
@options.database
@click.option("--json", "as_json", is_flag=True, help="Print the result for each source as JSON.")
@click.argument("source", metavar="PATH|URL...", nargs=-1, required=True, shell_complete=options.files)
@click.pass_obj
def command(
    app: App, *, issue: int | None, database: DatabaseName | None, as_json: bool, source: tuple[str, ...]
) -> None:
    """Read newsletters into the database.

    PATH is a file, a folder or a pattern: issues as text, web pages, e-mails or
    feeds, or the spreadsheet of all summaries. Doing it twice changes nothing.
    Three words are short for the real addresses:
    """
    named = standing(source)
    if all(one.problem for one in named):
        raise InputError(named[0].problem)
    if issue is not None and len(named) != 1:
        raise InputError(f"--issue {issue} is the number of one file, but {len(named)} are named.")
    outcome = asyncio.run(_index(app, database, named, issue))
    if as_json:
        click.echo(msgspec.json.encode(_as_json(outcome)))
    else:
        _print(outcome)
    sys.exit(outcome.exit_code)


async def _index(
    app: App, database: DatabaseName | None, sources: Sequence[Source], issue: int | None
) -> _Outcome:
    outcome = _Outcome()
    path = app.database(database)
    async with app.open_store(path, clock=app.clock) as store:
        with interruptible() as interrupted, progress(len(sources), sys.stderr) as step:
            try:
                async with store.archive.many():
                    await _take(
                        Indexer(store.archive),
                        _documents(sources, outcome, interrupted, step),
                        outcome,
                        issue,
                    )
            except StoreError as error:  # the next source would fail in the same way
                outcome.failures.append((str(path), str(error)))
                outcome.broken = error
            outcome.stopped = interrupted()
    return outcome


async def _take(
    indexer: Indexer, documents: AsyncIterator[tuple[Source, Document]], outcome: _Outcome, issue: int | None
) -> None:
    async for source, document in documents:
        try:
            outcome.reports.append(await indexer.take(source.name, document, number=issue))
        except InputError as error:
            outcome.failures.append((source.name, str(error)))


async def _documents(
    sources: Sequence[Source], outcome: _Outcome, interrupted: Callable[[], bool], step: Callable[[str], None]
) -> AsyncIterator[tuple[Source, Document]]:
    """Every document that can be read; those without an issue number come last, when
    all the others are known.
    """
    unnumbered: list[tuple[Source, Document]] = []
    for source in sources:
        if interrupted():
            return
        step(source.name)
        try:
            document = await unless_stopped(_read(source), interrupted)
        except InputError as error:
            outcome.failures.append((source.name, str(error)))
            continue
        if document is None:
            return
        if document.numbered:
            yield source, document
        else:
            unnumbered.append((source, document))
    for pair in unnumbered:
        if not interrupted():
            yield pair


async def _read(source: Source) -> Document:
    from bot.readers import read  # noqa: PLC0415 - readers are slow to load

    if source.problem:
        raise InputError(source.problem)
    if not source.is_address:
        path = Path(source.location)
        return await in_background(lambda: read(bytes_of(path), path.name))
    from bot.sources.http import fetch  # noqa: PLC0415 - only addresses need the network

    fetched = await fetch(source.location)
    return await in_background(
        lambda: read(fetched.data, fetched.name, address=fetched.address, charset=fetched.charset)
    )


def _print(outcome: _Outcome) -> None:
    from bot.cli.index_report import lines_of  # noqa: PLC0415 - not needed for --json

    for report in outcome.reports:
        for line in lines_of(report):
            click.echo(printable(line))
    for source, problem in outcome.failures:
        message = problem if Path(source).name in problem else f"{source}: {problem}"
        click.echo(printable(message), err=True)
    if outcome.stopped:
        click.echo("Stopped. What is listed above stays; the rest was not touched.", err=True)


def _as_json(outcome: _Outcome) -> dict[str, Any]:
    return {
        "sources": outcome.reports,
        "failures": [{"source": source, "problem": problem} for source, problem in outcome.failures],
        "stopped": outcome.stopped,
    }
