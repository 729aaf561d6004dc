"""`anbot backup` copies a database that is in use, whole or not at all."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.one_issue import Run

pytestmark = pytest.mark.usefixtures("filled")


def test_a_copy_has_all_that_was_committed_though_somebody_writes(run: Run, database: Path) -> None:
    copy = database.with_name("copy.db")
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("INSERT INTO memo (name, value) VALUES ('committed', 'yes')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO memo (name, value) VALUES ('begun', 'yes')")
        assert database.with_name(f"{database.name}-wal").stat().st_size
        result = run("backup", str(copy))
        writer.execute("ROLLBACK")
    assert result.exit_code == 0
    assert result.output == f"{database} was copied to {copy} ({copy.stat().st_size / 1e6:,.1f} MB).\n"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not copy.with_name("copy.db-wal").exists()
    with closing(sqlite3.connect(copy)) as opened:
        names = opened.execute("SELECT name FROM memo WHERE name IN ('committed', 'begun')").fetchall()
    assert names == [("committed",)]
    assert run("export", "--db", str(copy)).output == run("export").output


def test_a_copy_can_be_put_in_the_place_of_the_database(run: Run, database: Path) -> None:
    copy = database.with_name("copy.db")
    before = run("export").output
    assert run("backup", str(copy)).exit_code == 0
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
    copy.rename(database)
    assert run("export").output == before
    assert run("try", "/an 58").exit_code == 0


def test_a_file_that_is_there_is_left_alone(run: Run, database: Path) -> None:
    copy = database.with_name("copy.db")
    copy.write_text("precious", encoding="utf-8")
    result = run("backup", str(copy))
    assert result.exit_code == 2
    assert f"{copy} is there already. Name another file, or delete it first." in result.stderr
    assert copy.read_text(encoding="utf-8") == "precious"


def test_a_folder_that_is_not_there_is_told(run: Run, database: Path) -> None:
    result = run("backup", str(database.parent / "nowhere" / "copy.db"))
    assert result.exit_code == 2
    assert "copy.db cannot be written (No such file or directory). Name another file." in result.stderr


def test_of_a_damaged_database_no_copy_is_left(run: Run, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'summary'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    copy = database.with_name("copy.db")
    result = run("backup", str(copy))
    assert result.exit_code == 2
    assert "is damaged" in result.stderr
    assert not copy.exists()
