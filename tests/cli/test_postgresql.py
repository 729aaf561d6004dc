"""The command line does with a database on a server what it does with a file."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.cli import anbot
from bot.ports import DatabaseName
from tests.support.postgresql import Server

_ALONE = re.compile(r'"ms": [\d.]+|^ok .*an\.sqlite: .*\n', re.MULTILINE)
"""How long it took, and where a file is."""

pytestmark = pytest.mark.slow


def invoke(database: DatabaseName, *arguments: object) -> Result:
    name = getattr(database, "text", str(database))
    app = build_app({"ANBOT_DB": name, "ANBOT_SOURCES": ""})
    return CliRunner().invoke(anbot, list(map(str, arguments)), obj=app, catch_exceptions=False)


@pytest.mark.parametrize(
    "command",
    [
        ["index", "--json", "{issue}"],
        ["try", "/an 801"],
        ["try", "--as", "json", "/paper kettles"],
        ["search", "--json", "teapots"],
        ["export"],
        ["digest", "due"],
        ["digest", "log"],
        ["digest", "preview", "801"],
        ["sync", "{issue}"],
        ["forget", "server", "discord", "1"],
        ["doctor"],
    ],
    ids=lambda command: command[0],
)
def test_a_command_says_the_same_on_both(
    server: Server, tmp_path: Path, issue: Path, command: list[str]
) -> None:
    arguments = [each.format(issue=issue) for each in command]
    sentences = []
    for database in (tmp_path / "an.sqlite", server.database()):
        if command[0] != "index":
            assert invoke(database, "index", issue).exit_code == 0
        result = invoke(database, *arguments)
        sentences.append((result.exit_code, _ALONE.sub("", result.output)))
    assert sentences[0] == sentences[1]
    assert sentences[0][0] in {0, 1 if command[0] == "doctor" else 0}


def test_an_empty_database_answers_from_the_sample(server: Server) -> None:
    assert "This is a sample" in invoke(server.database(), "try", "/an 801").output


def test_backup_names_the_tool_that_does_it(server: Server, tmp_path: Path) -> None:
    database = server.database()
    invoke(database, "try", "/an 801")
    result = invoke(database, "backup", tmp_path / "copy")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert f"pg_dump --format=custom --file={tmp_path / 'copy'}" in result.output
