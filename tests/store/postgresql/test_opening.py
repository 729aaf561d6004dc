"""What cannot be used is refused with a sentence that names the database and not its password."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.__main__ import build_app
from bot.cli import anbot
from bot.errors import NotSaved, StoreAway, StoreError
from bot.ports import DatabaseAddress
from store import open_store
from store.migrations import MIGRATIONS
from store.queries import select_as
from tests.support.drafts import clock
from tests.support.postgresql import Server, name_of

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.slow


async def refusal(database: DatabaseAddress, kind: type[StoreError] = StoreError) -> str:
    with pytest.raises(kind) as caught:
        async with open_store(database, clock=clock, busy_seconds=1.0):
            pass
    return str(caught.value)


def renamed(database: DatabaseAddress, before: str, after: str) -> DatabaseAddress:
    return DatabaseAddress(database.text.replace(before, after))


async def test_a_server_that_is_too_old(database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.postgresql.opening.OLDEST", 190_000)
    assert await refusal(database) == (
        f"{database} is PostgreSQL 18, which is too old. Update the server to 19 or later."
    )


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    sentence = await refusal(DatabaseAddress(f"postgresql://anbot:hunter2@/an?host={tmp_path}"), StoreAway)
    assert sentence.startswith("postgresql:///an cannot be reached (connection to server on socket ")
    assert "Check that the server runs" in sentence
    assert "hunter2" not in sentence


async def test_a_database_that_is_not_there(database: DatabaseAddress) -> None:
    sentence = await refusal(renamed(database, name_of(database), "nowhere"))
    assert sentence == (
        "There is no postgresql:///nowhere. Make the database with `createdb`, or correct the address."
    )


async def test_a_replica(server: Server, database: DatabaseAddress) -> None:
    server.execute(f"ALTER DATABASE {name_of(database)} SET default_transaction_read_only = on")
    assert "is read-only, as a replica is." in await refusal(database, NotSaved)


async def test_a_newer_schema(server: Server, database: DatabaseAddress) -> None:
    async with open_store(database, clock=clock):
        pass
    server.execute("INSERT INTO anbot_schema VALUES (99)", name_of(database))
    assert (
        f"was written by a newer anbot (its schema is 99, this one knows {MIGRATIONS[-1].version})"
        in await refusal(database)
    )


async def test_another_process_that_makes_the_tables_meanwhile(
    server: Server, database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = False

    async def look(*arguments: Any) -> Any:
        nonlocal looked
        first, looked = not looked, True
        rows = await select_as(*arguments)
        if first:
            async with open_store(database, clock=clock):
                pass
        return rows

    monkeypatch.setattr("store.postgresql.migrating.select_as", look)
    async with open_store(database, clock=clock):
        pass
    versions = server.execute("SELECT version FROM anbot_schema", name_of(database))
    assert sorted(versions) == [(each.version,) for each in MIGRATIONS]


async def test_a_database_of_another_program_is_left_as_it_is(
    server: Server, database: DatabaseAddress
) -> None:
    server.execute("CREATE TABLE memo (text TEXT)", name_of(database))
    assert "has tables of another program" in await refusal(database)
    tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name_of(database))
    assert tables == [("memo",)]


async def test_a_user_who_may_not_make_tables(server: Server, database: DatabaseAddress) -> None:
    server.execute(f"CREATE USER guest_{name_of(database)}")
    sentence = await refusal(renamed(database, "anbot@", f"guest_{name_of(database)}@"), NotSaved)
    assert "does not let this user write (permission denied for schema public" in sentence


@pytest.fixture
def locked(server: Server, database: DatabaseAddress) -> Iterator[DatabaseAddress]:
    """A database that asks for a password."""
    with server.asking_for_passwords(name_of(database)):
        yield database


async def test_a_wrong_password(locked: DatabaseAddress) -> None:
    sentence = await refusal(renamed(locked, "anbot@", "anbot:hunter2@"))
    assert sentence == f"{locked} refuses the user or the password of the address. Correct them."


@pytest.mark.parametrize(
    "address",
    ["postgresql://an:hunter2@[::1/an", "postgresql://an@h/an?hunter2", "postgresql://:%zzhunter2@h/"],
)
async def test_what_is_no_address(address: str) -> None:
    sentence = await refusal(DatabaseAddress(address))
    assert sentence.startswith("The address of the database cannot be read.")
    assert "hunter2" not in sentence + str(DatabaseAddress(address)) + repr(DatabaseAddress(address))


def test_without_psycopg_it_is_said_how_to_install_it() -> None:
    script = "import sys; sys.modules['psycopg'] = None; from bot.__main__ import main; main()"
    command = [sys.executable, "-c", script, "doctor", "--db", "postgresql://anbot:hunter2@h/an"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 2
    assert ended.stderr == (
        "Error: PostgreSQL needs two more packages. Install them with `pip install 'anbot[postgres]'`.\n"
    )


@pytest.mark.parametrize(
    "command", [["doctor"], ["try", "/an 58"], ["index", "x.html"], ["digest", "log"], ["backup", "f"]]
)
def test_no_command_and_no_log_repeats_the_password(
    tmp_path: Path, command: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (tmp_path / "x.html").write_text("<p>", encoding="utf-8")
    app = build_app({"ANBOT_DB": f"postgresql://anbot:hunter2@/an?host={tmp_path}", "ANBOT_SOURCES": ""})
    arguments = [str(tmp_path / each) if "." in each or each == "f" else each for each in command]
    result = CliRunner().invoke(anbot, arguments, obj=app)
    assert result.exit_code in {1, 75}
    assert "postgresql:///an cannot be reached" in result.output
    assert "hunter2" not in result.output + caplog.text
