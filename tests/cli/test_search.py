"""`anbot search` on the command line."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.cli import anbot
from bot.model.newsletter import Issue
from store import open_store
from tests.bot.search.conftest import SHELF, fill
from tests.support.drafts import clock


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    file = tmp_path / "an.sqlite"
    async with open_store(file, clock=clock) as store:
        await fill(store, SHELF)
    return file


def run(database: Path, *arguments: str | Path) -> Result:
    environment = build_app({"ANBOT_DB": str(database)})
    return CliRunner().invoke(anbot, ["search", *map(str, arguments)], obj=environment)


def documents(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_prints_a_line_for_every_hit(database: Path) -> None:
    result = run(database, "shape", "of", "kettles")
    assert result.stdout.splitlines()[0] == "The Shape of Kettles (AN #801)  801-the-shape-of-kettles"


def test_finds_what_a_run_that_was_killed_had_not_made_searchable_yet(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE search_index SET outdated = 1, checksum = 0, value = x''")
    assert "The Shape of Kettles" in run(database, "shape", "of", "kettles").stdout


@pytest.fixture
async def turned(tmp_path: Path) -> Path:
    """A title with a mark that turns what follows around."""
    file = tmp_path / "an.sqlite"
    async with open_store(file, clock=clock) as store:
        await fill(store, (replace(SHELF[0], title="Kettles \u202eand Pots"),))
    return file


def test_a_title_cannot_turn_the_line_around(turned: Path) -> None:
    assert run(turned, "kettles").stdout.startswith("Kettles and Pots (AN #801)")


def test_says_beside_the_result_that_the_sample_answers(tmp_path: Path, database: Path) -> None:
    sample = run(tmp_path / "nowhere.sqlite", "mesa")
    assert "sample" not in sample.stdout
    assert sample.stderr == "This is a sample of the archive. To get all of it: anbot index sheet\n"
    assert run(database, "kettles").stderr == ""


def test_says_that_nothing_fits(database: Path) -> None:
    assert run(database, "chocolate", "cookies").stdout == (
        "This is not in the newsletter, as far as I have it.\n"
    )


@pytest.fixture
async def address(database: Path) -> str:
    """Where an issue is to be found."""
    issue = Issue(number=801, url="https://mailchi.mp/1a2b3c/the-kettles", summaries=(SHELF[0],))
    async with open_store(database, clock=clock) as store, store.archive.writing() as shelf:
        await shelf.put_issue(issue, {})
    return issue.url


def test_says_which_issue_is_at_an_address(database: Path, address: str) -> None:
    assert run(database, address).stdout == "That is AN #801: /an 801 shows it.\n"
    (found,) = documents(run(database, "--json", address))
    assert (found["issue"], found["results"]) == (801, [])


def test_says_what_a_mistyped_filter_may_have_meant(database: Path) -> None:
    assert "Did you mean “Kitchens”?" in run(database, "in:kitchns").stdout


def test_limits_what_it_prints(database: Path) -> None:
    assert len(run(database, "--limit", "1", "by:quill").stdout.splitlines()) == 2


def test_says_how_many_filters_alone_allow(database: Path) -> None:
    shown = run(database, "--limit", "2", "by:quill").stdout.splitlines()

    assert shown[0] == "2 of 3; --limit shows more:"
    assert len(shown) == 3


def test_prints_one_document_as_json(database: Path) -> None:
    (document,) = documents(run(database, "--json", "shape of kettles"))
    assert document.keys() == {"query", "results", "verdict", "ms"}
    assert (document["query"], document["verdict"]) == ("shape of kettles", "answer")
    assert document["ms"] > 0
    first = document["results"][0]
    assert first.keys() == {"key", "title", "issue", "url", "score"}
    assert (first["key"], first["title"], first["issue"], first["url"]) == (
        *("801-the-shape-of-kettles", "The Shape of Kettles", 801),
        "https://www.lesswrong.com/posts/AbCdEfGhIjKlMnOpQ/the-shape-of-kettles",
    )


def test_answers_a_file_of_queries_line_by_line(database: Path, tmp_path: Path) -> None:
    batch = tmp_path / "queries.jsonl"
    batch.write_text('{"query": "teapots orbits", "kind": "x"}\n\n{"query": "asdf qwer"}\n', encoding="utf-8")
    first, second = documents(run(database, "--batch", batch, "--limit", "1"))
    assert (first["query"], first["results"][0]["title"]) == ("teapots orbits", "On Teapots and Their Orbits")
    assert (second["query"], second["verdict"]) == ("asdf qwer", "nothing")


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"words": "x"}', "[" * 100_000, "\x00"])
def test_names_the_line_that_is_no_query(database: Path, tmp_path: Path, line: str) -> None:
    batch = tmp_path / "queries.jsonl"
    batch.write_text(f'{{"query": "teapots"}}\n{line}\n', encoding="utf-8")
    result = run(database, "--batch", batch)
    assert result.exit_code == 2
    assert f"{batch}, line 2: " in result.stderr


def test_names_the_line_whose_query_is_no_text(database: Path, tmp_path: Path) -> None:
    batch = tmp_path / "queries.jsonl"
    batch.write_text('{"query": 5}\n', encoding="utf-8")
    assert "line 1: the query is not a text" in run(database, "--batch", batch).stderr


def test_asks_for_words_or_a_file(database: Path, tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text("", encoding="utf-8")
    for arguments in ((), ("words", "--batch", tmp_path / "queries.jsonl")):
        result = run(database, *arguments)
        assert (result.exit_code, "--batch" in result.stderr) == (2, True)
