"""`anbot restore` puts a copy in place of the database, whole or not at all."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from store.migrations import MIGRATIONS
from tests.support.one_issue import Run
from tests.support.processes import command

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def copy(run: Run, database: Path) -> Path:
    """A copy of the database as it was before `precious` was noted in it."""
    copy = database.with_name("copy.db")
    assert run("backup", str(copy)).exit_code == 0
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO memo (name, value) VALUES ('precious', 'yes')")
    return copy


def is_precious(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        return bool(connection.execute("SELECT * FROM memo WHERE name = 'precious'").fetchall())


def beside(database: Path) -> set[str]:
    return {each.name for each in database.parent.iterdir()}


def test_a_copy_takes_the_place_of_the_database_which_is_kept(run: Run, database: Path, copy: Path) -> None:
    before = run("export").output
    result = run("restore", copy)
    assert result.exit_code == 0, result.output
    former = database.with_name(f"{database.name}.before-restore-1")
    assert result.output.splitlines() == [
        f"{copy} is in place as {database} ({database.stat().st_size / 1e6:,.1f} MB, 2 summaries).",
        f"What was there before is {former}. Delete it when all is well.",
    ]
    assert (is_precious(database), is_precious(former)) == (False, True)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert beside(database) == {database.name, copy.name, former.name}
    assert run("export").output == before
    assert "before-restore-2" in run("restore", copy).output


def test_a_house_is_moved_by_a_copy_alone(run: Run, copy: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "folder" / "an.db"
    result = run("restore", "--db", elsewhere, copy)
    assert result.exit_code == 0, result.output
    assert [each.name for each in elsewhere.parent.iterdir()] == ["an.db"]
    assert run("export", "--db", elsewhere).output == run("export").output


def test_while_a_bot_or_a_command_has_the_database_open_it_is_left_alone(
    run: Run, database: Path, copy: Path
) -> None:
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("SELECT * FROM memo").fetchall()
        files = beside(database)
        result = run("restore", copy)
        assert result.exit_code == 2
        assert f"{database} is in use by a bot or another command" in result.stderr
        assert beside(database) == files
    assert is_precious(database)


UNUSABLE = {
    "a file that is not there": (None, "There is no file"),
    "a text": (b"precious" * 1000, "cannot be restored: file is not a database"),
    "nothing": (b"", "is no database of anbot"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_is_no_copy_is_refused(run: Run, database: Path, what: str) -> None:
    content, sentence = UNUSABLE[what]
    file = database.with_name("other.db")
    if content is not None:
        file.write_bytes(content)
    refused(run, database, file, sentence)


def refused(run: Run, database: Path, file: Path, sentence: str) -> None:
    before, files = run("export").output, beside(database)
    result = run("restore", file)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert run("export").output == before
    assert beside(database) == files


def test_the_database_of_another_program_is_refused(run: Run, database: Path) -> None:
    file = database.with_name("other.db")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE cookie (name TEXT)")
    refused(run, database, file, "is no database of anbot. Nothing was changed.")


def test_a_copy_of_a_newer_version_is_refused(run: Run, database: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(f"PRAGMA user_version = {MIGRATIONS[-1].version + 1}")
    refused(run, database, copy, "was written by a newer anbot")


def test_a_damaged_copy_is_refused(run: Run, database: Path, copy: Path) -> None:
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size // 2)
    refused(run, database, copy, "Nothing was changed.")


def test_the_database_itself_is_no_copy(run: Run, database: Path) -> None:
    refused(run, database, database, "is the database itself")


def test_a_damaged_database_is_replaced_and_kept(run: Run, database: Path, copy: Path) -> None:
    before = run("export").output
    database.write_bytes(b"no database" * 1000)
    result = run("restore", copy)
    assert result.exit_code == 0, result.output
    assert run("export").output == before
    assert database.with_name(f"{database.name}.before-restore-1").read_bytes().startswith(b"no database")


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_one_database_or_the_other(
    run: Run, database: Path, copy: Path
) -> None:
    with command("restore", str(copy), database=database) as killed:
        while killed.poll() is None and not list(database.parent.glob("*.restoring*")):
            pass
        killed.kill()
        killed.communicate()
    assert run("export").exit_code == 0
    assert run("restore", copy).exit_code == 0
    assert not is_precious(database)
