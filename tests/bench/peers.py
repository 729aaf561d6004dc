"""Other ways to search the same summaries, to stand beside ours."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Protocol

from rapidfuzz import fuzz, process

from bot.model.newsletter import Summary
from bot.search.tokens import split
from bot.text.folding import fold
from tests.bench.measuring import FIVE, Ask, Asked


class Engine(Protocol):
    """Finds titles, best first."""

    def __call__(self, query: str) -> list[str]:
        """At most five."""


def asking(engine: Engine) -> Ask:
    async def ask(query: str) -> Asked:
        await asyncio.sleep(0)  # what any answer to a task costs
        return Asked(titles=engine(query), sure=True)  # a peer knows no doubt

    return ask


def full_text(summaries: Sequence[Summary]) -> AbstractContextManager[Engine]:
    """SQLite FTS5: all words, or else any of them, by bm25."""
    return _fts5(summaries, "unicode61 remove_diacritics 2")


def stemmed_full_text(summaries: Sequence[Summary]) -> AbstractContextManager[Engine]:
    """SQLite FTS5 with porter stemming."""
    return _fts5(summaries, "porter unicode61 remove_diacritics 2")


@contextmanager
def _fts5(summaries: Sequence[Summary], tokenizer: str) -> Iterator[Engine]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(title, authors, text, tokenize='{tokenizer}')")
        connection.executemany(
            "INSERT INTO t VALUES (?, ?, ?)", ((s.title, s.authors, _texts(s)) for s in summaries)
        )

        def search(query: str) -> list[str]:
            words = [f'"{word}"' for word in split(query)]
            return _matching(connection, " ".join(words)) or _matching(connection, " OR ".join(words))

        yield search


def _matching(connection: sqlite3.Connection, expression: str) -> list[str]:
    if not expression:
        return []
    sql = "SELECT title FROM t WHERE t MATCH ? ORDER BY bm25(t, 10, 5, 1) LIMIT ?"
    return [title for (title,) in connection.execute(sql, (expression, FIVE))]


@contextmanager
def fuzzy_titles(summaries: Sequence[Summary]) -> Iterator[Engine]:
    """rapidfuzz.process.extract with WRatio over all titles."""
    titles = {s.title: fold(s.title) for s in summaries}

    def search(query: str) -> list[str]:
        return [title for _, _, title in process.extract(fold(query), titles, scorer=fuzz.WRatio, limit=FIVE)]

    yield search


@contextmanager
def keyword_counting(summaries: Sequence[Summary]) -> Iterator[Engine]:
    """How often the words occur in each row, all rows counted for every query."""
    rows = [(s.title, f"{s.title} {s.authors} {_texts(s)}".lower()) for s in summaries]

    def search(query: str) -> list[str]:
        words = query.lower().split()
        counts = ((sum(text.count(word) for word in words), title) for title, text in rows)
        best = sorted(counts, key=lambda counted: -counted[0])[:FIVE]
        return [title for count, title in best if count]

    yield search


@contextmanager
def tantivy(summaries: Sequence[Summary]) -> Iterator[Engine]:
    """The library tantivy (Lucene's like), its own query parser, titles weighed ten times. ImportError without it."""
    import tantivy as library  # noqa: PLC0415 - nothing but this needs it

    schema = library.SchemaBuilder()
    for name in _WEIGHTS:
        schema.add_text_field(name, stored=name == "title", tokenizer_name="en_stem")
    index = library.Index(schema.build())
    writer = index.writer()
    for summary in summaries:
        writer.add_document(
            library.Document(title=summary.title, authors=summary.authors, text=_texts(summary))
        )
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[str]:
        parsed, _ = index.parse_query_lenient(query, list(_WEIGHTS), field_boosts=_WEIGHTS)
        return [str(searcher.doc(address)["title"][0]) for _, address in searcher.search(parsed, FIVE).hits]

    yield search


_WEIGHTS = {"title": 10.0, "authors": 5.0, "text": 1.0}

PEERS = {
    "SQLite FTS5": full_text,
    "FTS5, porter": stemmed_full_text,
    "rapidfuzz WRatio": fuzzy_titles,
    "tantivy": tantivy,
    "keyword counting": keyword_counting,
}


def _texts(summary: Summary) -> str:
    return "\n".join((summary.text, *(opinion.text for opinion in summary.opinions)))
