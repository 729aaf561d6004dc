"""`anbot search`: find summaries from the command line, one query or a file of them."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from bot.app import App
from bot.cards.wording import CLOSEST, name_of
from bot.cli import options
from bot.cli.terminal import say_if_sample
from bot.errors import InputError
from bot.lookup.query_syntax import parse
from bot.lookup.requests import NO_FILTERS
from bot.model.search import Hit, SearchResult, Verdict
from bot.ports import DatabaseName, Finder

_LIMIT: Final = 5
_LONGEST_LINE: Final = 1 << 20
_MILLI: Final = 1e3

Formatter = Callable[[str, SearchResult, float], str]


@click.command("search", short_help="Show what a lookup finds, with scores.")
@click.option(
    "--limit", type=click.IntRange(1, 100), default=_LIMIT, show_default=True, help="How many at most."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help='A file with one {"query": …} a line; prints one JSON line for each.',
)
@options.database
@click.argument("words", nargs=-1)
@click.pass_obj
def command(  # noqa: PLR0913 - click hands over every option by name
    app: App,
    limit: int,
    *,
    as_json: bool,
    batch: Path | None,
    database: DatabaseName | None,
    words: tuple[str, ...],
) -> None:
    """Find the summary that WORDS mean: a title, a part of one, an author and a
    word, an acronym, an address, or what you remember of it.

    Filters narrow it: by:NAME in:SECTION an:NUMBER year:YEAR is:highlight.

    \b
    anbot search mesa optimization
    anbot search --limit 3 debate by:irving year:2018
    anbot search https://arxiv.org/abs/1906.01820
    """  # noqa: D301 - the mark is click's: it keeps the lines below it apart
    if (batch is None) == (not words):
        raise InputError(
            "Say what to look for (`anbot search mesa`), or name a file of queries with --batch."
        )
    queries = (" ".join(words),) if batch is None else _queries(batch)
    formatter = _as_json if as_json or batch is not None else _as_text
    asyncio.run(_search(app, database, queries, limit, formatter))


async def _search(
    app: App, database: DatabaseName | None, queries: Iterable[str], limit: int, formatter: Formatter
) -> None:
    async with app.reading(database) as store:
        await say_if_sample(store)
        finder = await app.find_in(store)
        for query in queries:
            click.echo(formatter(query, *await _timed(finder, query, limit)))


async def _timed(finder: Finder, query: str, limit: int) -> tuple[SearchResult, float]:
    start = time.perf_counter()
    result = await finder.find(*parse(query), limit=limit)
    return result, (time.perf_counter() - start) * _MILLI


def _queries(batch: Path) -> Iterator[str]:
    """The queries of the file; raises InputError with the line that is none."""
    with batch.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _query(line, f"{batch}, line {number}")


def _query(line: bytes, where: str) -> str:
    try:
        query = json.loads(line[:_LONGEST_LINE])["query"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f'{where}: not of the form {{"query": "words"}}. Correct or delete the line.'
        ) from error
    if not isinstance(query, str):
        raise InputError(f"{where}: the query is not a text. Put it in quotes.")
    return query


def _as_json(query: str, result: SearchResult, milliseconds: float) -> str:
    document = {
        "query": query,
        "results": [_result(hit) for hit in result.hits],
        "verdict": result.verdict.value,
        "ms": round(milliseconds, 3),
    }
    rest = {
        "doubtful": result.doubtful,
        "problem": result.problem,
        "total": result.total,
        "issue": result.issue,
    }
    return json.dumps(document | {name: value for name, value in rest.items() if value}, ensure_ascii=False)


def _result(hit: Hit) -> dict[str, Any]:
    headline = hit.headline
    return {
        "key": headline.key,
        "title": headline.title,
        "issue": headline.issue,
        "url": headline.url,
        "score": round(hit.score, 4),
    }


def _heading(result: SearchResult, *, narrowed: bool) -> str:
    if result.issue is not None:
        return f"That is AN #{result.issue}: /an {result.issue} shows it."
    if result.verdict is Verdict.NOTHING:
        return "Nothing fits." if narrowed else "This is not in the newsletter, as far as I have it."
    if result.doubtful:
        return "Perhaps this is not in the newsletter."
    if result.total > len(result.hits):
        return f"{len(result.hits)} of {result.total:,}; --limit shows more:"
    return "One of these?" if result.verdict is Verdict.CHOICES else ""


def _as_text(query: str, result: SearchResult, milliseconds: float) -> str:
    del milliseconds  # for programs
    return "\n".join(_lines(result, narrowed=parse(query)[1] != NO_FILTERS))


def _lines(result: SearchResult, *, narrowed: bool) -> Iterator[str]:
    heading = result.problem or _heading(result, narrowed=narrowed)
    if (result.verdict is Verdict.NOTHING or result.doubtful) and result.hits:
        heading += f" {CLOSEST}"
    if heading:
        yield heading
    for hit in result.hits:
        headline = hit.headline
        place = f"AN #{headline.issue}" if headline.issue is not None else name_of(headline.label)
        yield f"{name_of(headline.title)} ({place})  {headline.key}"
