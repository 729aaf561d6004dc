"""A database that is deleted, moved, replaced or restored while it is open."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.errors import NotSaved, StoreError
from store.sqlite import connections
from tests.store.databases import made, opened, take


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What arrives counts as complete without waiting."""
    monkeypatch.setattr(connections, "SETTLED", 0.0)


def copy_of(path: Path, name: str) -> Path:
    """A backup of an open database."""
    copy = path.with_name(name)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_nothing_is_saved_in_a_file_that_was_deleted(file: Path) -> None:
    async with opened(file) as store:
        await take(store, 1)
        file.unlink()
        for _ in range(2):
            with pytest.raises(NotSaved, match="was deleted or moved while it was open"):
                await store.memo.remember("name", "value")
            with pytest.raises(NotSaved):
                await take(store, 2)
        assert await store.library.numbers() == (1,)
    assert not file.exists()


async def test_a_file_that_is_put_back_is_written_again(file: Path) -> None:
    async with opened(file) as store:
        file.rename(file.with_name("away"))
        with pytest.raises(NotSaved):
            await store.memo.remember("name", "old")
        file.with_name("away").rename(file)
        await store.memo.remember("name", "new")
        assert await store.memo.recall("name") == "new"


@pytest.mark.parametrize("deleted", [("-wal",), ("-shm",), ("-wal", "-shm")])
async def test_without_its_log_a_file_is_opened_again_and_keeps_what_was_saved(
    file: Path, deleted: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(file) as store:
        await take(store, 1)
        await store.memo.remember("before", "value")
        for suffix in deleted:
            file.with_name(file.name + suffix).unlink()
        await store.memo.remember("after", "value")
        assert await store.library.numbers() == (1,)
        assert "lost the log beside it" in caplog.text
        copy = copy_of(file, "copy.db")  # what somebody else sees, or what is left after a kill
        with closing(sqlite3.connect(copy)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM memo")}
        assert {"before", "after"} <= names
    assert sound(file)


@pytest.mark.parametrize("look", range(5))
async def test_a_file_that_is_put_back_between_two_looks_loses_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, *, look: int
) -> None:
    def stat_of(path: Path, *args: Any, **kwargs: Any) -> os.stat_result:
        if path == file:
            looks.append(path)
            if len(looks) > look and away.exists():
                away.rename(file)
        return stat_before(path, *args, **kwargs)

    looks: list[Path] = []
    away, stat_before = file.with_name("away"), os.stat
    async with opened(file, watch=True) as store:
        await take(store, 1)
        await store.memo.remember("name", "value")
        file.rename(away)
        monkeypatch.setattr(os, "stat", stat_of)
        for _ in range(look + 1):
            assert await store.library.numbers() == (1,)
        assert await store.memo.recall("name") == "value"
        await store.memo.remember("name", "new")
        assert not [each for each in caplog.records if "was replaced" in each.message]
    async with opened(file) as store:
        assert await store.memo.recall("name") == "new"
    assert sound(file)


async def test_a_file_that_takes_the_place_of_the_open_one_is_opened(
    file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = await made(tmp_path / "other.db", 2)
    async with opened(file) as store:
        await take(store, 1)
        await take(store, 5)
        assert store.search.current().size == 2
        other.replace(file)
        assert await store.library.numbers() == (2,)
        assert store.search.current().size == 1
        await store.memo.remember("name", "value")
        await take(store, 3)
        assert "was replaced while it was open" in caplog.text
    async with opened(file) as store:
        assert await store.library.numbers() == (2, 3)
        assert await store.memo.recall("name") == "value"
    assert sound(file)


async def test_a_backup_gets_nothing_of_the_log_of_the_file_that_it_replaces(file: Path) -> None:
    async with opened(file) as store:
        await take(store, 1)
        backup = copy_of(file, "backup.db")
        for number in range(2, 12):
            await take(store, number)
        file.unlink()
        backup.replace(file)
        assert await store.library.numbers() == (1,)
        await store.memo.remember("name", "value")
    assert sound(file)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + bytes(5000)])
async def test_while_something_else_is_there_people_are_answered_and_nothing_is_saved(
    file: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(file) as store:
        await take(store, 1)
        copy = copy_of(file, "kept.db")
        file.unlink()
        file.write_bytes(content)
        for _ in range(3):
            with pytest.raises(StoreError):
                await store.memo.remember("name", "value")
            assert await store.library.numbers() == (1,)
        assert len([each for each in caplog.records if each.name == "anbot.store"]) == 1
        copy.replace(file)
        await store.memo.remember("name", "value")
        assert await store.memo.recall("name") == "value"
    assert sound(file)


async def test_only_its_owner_may_read_what_is_created(file: Path) -> None:
    async with opened(file) as store:
        await take(store, 1)
        names = {each.name for each in file.parent.iterdir()}
        assert names == {file.name, f"{file.name}-wal", f"{file.name}-shm"}
        assert {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("checkpointed", [False, True])
async def test_a_file_that_is_overwritten_is_opened_again(
    file: Path, tmp_path: Path, *, checkpointed: bool
) -> None:
    other = await made(tmp_path / "other.db", 50)
    async with opened(file, watch=True) as store:
        for number in range(1, 6):
            await take(store, number)
        await store.memo.remember("name", "old")
        if checkpointed:
            await store.connection.execute_fetchall("PRAGMA wal_checkpoint(PASSIVE)")
        assert await store.library.numbers() == (1, 2, 3, 4, 5)
        shutil.copyfile(other, file)
        assert await store.library.numbers() == (50,)
        assert await store.memo.recall("name") is None
        await store.memo.remember("name", "new")
        await take(store, 51)
    async with opened(file) as store:
        assert await store.library.numbers() == (50, 51)
        assert await store.memo.recall("name") == "new"
    assert sound(file)


@pytest.mark.parametrize("begun_anew", [False, True])
async def test_a_file_that_is_overwritten_while_nothing_of_the_log_is_in_it_is_opened_again(
    file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, *, begun_anew: bool
) -> None:
    other = await made(tmp_path / "other.db", 50)
    await made(file, 1)
    async with opened(file, watch=True) as store:
        if begun_anew:
            await store.memo.remember("name", "before")
            await store.connection.execute_fetchall("PRAGMA wal_checkpoint(RESTART)")
            assert await store.library.numbers() == (1,)
        await store.memo.remember("name", "old")  # with this, the log begins
        assert await store.memo.recall("name") == "old"
        shutil.copyfile(other, file)
        assert await store.library.numbers() == (50,)
        assert "was replaced while it was open" in caplog.text
        await store.memo.remember("name", "new")
    assert sound(file)


async def test_checkpoints_and_other_processes_are_no_replacement(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(file, watch=True) as store, opened(file) as other:
        for number in range(1, 30):
            await take(store if number % 2 else other, number)
            await store.memo.remember("name", str(number))
            if number % 3 == 0:
                await other.connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            file.touch()
        assert len(await store.library.numbers()) == 29
    assert not [each for each in caplog.records if each.name == "anbot.store"]
    assert sound(file)
