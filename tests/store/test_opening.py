"""Every way a file can fail to be our database is told in a sentence."""

import asyncio
import os
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.export import export
from bot.indexing import Indexer
from bot.types import Entry, Kind, Target
from store import Store, open_store
from store.connection import select
from store.migrations import MIGRATIONS
from tests.drafts import clock, document, draft

NOBODY = 65534
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def opened(path: Path | str, *, readonly: bool = False) -> AsyncIterator[Store]:
    async with open_store(path, clock=clock, readonly=readonly, busy_seconds=0.05) as store:
        yield store


async def fill(path: Path) -> None:
    """An indexed database of a few hundred kilobytes."""
    texts = [f"Words about subject {n}. " * 60 for n in range(60)]
    entries = [
        Entry(
            title=f"Paper {n}",
            text=text,
            section=("News",),
            cites=(Target(issue=1, title=f"Paper {n + 1}"),),
        )
        for n, text in enumerate(texts)
    ]
    async with opened(path) as store:
        await Indexer(store.archive).take("sheet", document(Kind.SHEET, draft(1, *entries)))


async def refusal(path: Path | str, *, readonly: bool = False) -> str:
    """The one sentence or two with which opening fails."""
    with pytest.raises(StoreError) as caught:
        async with opened(path, readonly=readonly):
            pass
    return str(caught.value)


async def read_everything(path: Path) -> None:
    async with opened(path) as store:
        for number in await store.library.numbers():
            issue = await store.library.issue(number)
            for summary in issue.summaries if issue else ():
                await store.library.summary(summary.key)
                await store.library.cites(summary.key)
                await store.library.cited_by(summary.key)
        await store.library.sections()
        await store.library.in_section(("News",), offset=0, limit=100)
        await store.library.origin()
        await store.archive.all_layers()
        _ = [line async for line in export(store.archive)]


async def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    async with opened(tmp_path / "deep" / "er" / "an #1?.db") as store:
        assert await store.library.numbers() == ()
    assert (tmp_path / "deep" / "er" / "an #1?.db").is_file()


async def test_in_memory_what_is_written_can_be_read() -> None:
    async with opened(":memory:") as store:
        await Indexer(store.archive).take("page", document(Kind.PAGE, draft(7, "A paper")))
        assert await store.library.numbers() == (7,)


async def test_the_file_is_made_for_readers_beside_a_writer(store: Store) -> None:
    assert await select(store.connection, "PRAGMA journal_mode") == [("wal",)]
    assert await select(store.connection, "PRAGMA foreign_keys") == [(1,)]


async def test_every_table_of_ours_is_strict(store: Store) -> None:
    loose = (
        "SELECT name FROM pragma_table_list WHERE NOT strict AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    assert await select(store.connection, loose) == []


@pytest.mark.parametrize(
    "content",
    [
        b"Dear reader, this is a text. " * 100,
        os.urandom(20_000),
        b"\x89PNG\r\n\x1a\n" + bytes(5000),
        b"short",
    ],
    ids=["text", "random", "image", "tiny"],
)
@pytest.mark.parametrize("readonly", [False, True])
async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(
    file: Path, content: bytes, *, readonly: bool
) -> None:
    file.write_bytes(content)
    assert "is not a database" in await refusal(file, readonly=readonly)
    assert file.read_bytes() == content


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
async def test_a_truncated_database_is_called_damaged(file: Path, share: float) -> None:
    await fill(file)
    with file.open("r+b") as cut:
        cut.truncate(int(file.stat().st_size * share))
    with pytest.raises(StoreError, match=r"is damaged .* index the newsletters again"):
        await read_everything(file)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_anywhere_is_told_or_does_no_harm(tmp_path: Path, data: st.DataObject) -> None:
    sound, file = tmp_path / "sound.db", tmp_path / "damaged.db"
    if not sound.exists():
        asyncio.run(fill(sound))
    content = bytearray(sound.read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=200))
    content[start : start + len(noise)] = noise
    file.write_bytes(content[: sound.stat().st_size])
    try:
        asyncio.run(read_everything(file))
    except StoreError as error:
        assert str(file) in str(error)  # noqa: PT017  # passing without an error is right as well


async def test_a_database_of_another_program_is_refused_and_left_as_it_is(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    content = file.read_bytes()
    assert "is a database of another program" in await refusal(file)
    assert file.read_bytes() == content


@pytest.mark.parametrize("readonly", [False, True])
async def test_a_database_of_a_newer_version_is_refused(file: Path, *, readonly: bool) -> None:
    await fill(file)
    with_later_schema(file, MIGRATIONS[-1].version + 3)
    sentence = await refusal(file, readonly=readonly)
    assert f"written by a newer anbot (its schema is {MIGRATIONS[-1].version + 3}" in sentence
    assert "Update anbot" in sentence


def with_later_schema(file: Path, version: int) -> None:
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO migration VALUES (?, 'Something to come', '2030-01-01')", (version,))
    connection.commit()
    connection.close()


@pytest.mark.parametrize("readonly", [False, True])
async def test_a_folder_is_refused_with_the_name_of_a_file_in_it(tmp_path: Path, *, readonly: bool) -> None:
    assert f"{tmp_path} is a folder. Name a file in it with --db, such as {tmp_path / 'anbot.db'}." == (
        await refusal(tmp_path, readonly=readonly)
    )


async def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot hold the database" in await refusal(tmp_path / "file" / "anbot.db")


@pytest.mark.parametrize("empty", [False, True], ids=["missing", "empty"])
async def test_reading_what_is_not_there_says_how_to_make_it(file: Path, *, empty: bool) -> None:
    if empty:
        file.touch()
    assert f"There is no database in {file} yet. Make one with `anbot index`" in await refusal(
        file, readonly=True
    )
    assert file.exists() == empty


async def test_a_database_opened_for_reading_cannot_be_written(file: Path) -> None:
    await fill(file)
    async with opened(file, readonly=True) as store:
        with pytest.raises(StoreError, match="opened for reading only"):
            await Indexer(store.archive).take("page", document(Kind.PAGE, draft(7, "A paper")))
        assert await store.library.numbers() == (1,)


async def test_a_database_that_another_process_writes_is_called_busy(file: Path) -> None:
    await fill(file)
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    try:
        async with opened(file) as store:
            with pytest.raises(StoreError, match=r"is being written by another process. Try again"):
                await Indexer(store.archive).take("page", document(Kind.PAGE, draft(7, "A paper")))
    finally:
        other.close()


async def test_a_full_disk_is_told_and_leaves_the_library_as_it_was() -> None:
    async with opened(":memory:") as store:
        await Indexer(store.archive).take("page", document(Kind.PAGE, draft(7, "A paper")))
        before = [line async for line in export(store.archive)]
        ((pages,),) = await store.connection.execute_fetchall("PRAGMA page_count")
        await store.connection.execute_fetchall(f"PRAGMA max_page_count = {pages + 5}")
        big = draft(8, *(Entry(title=f"Paper {n}", text="long " * 2000) for n in range(50)))
        with pytest.raises(StoreError, match=r"There is no room left to write .* Free some space"):
            await Indexer(store.archive).take("page", document(Kind.PAGE, big))
        assert [line async for line in export(store.archive)] == before


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of the superuser, whom no file mode stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everyone can get to; pytest's own are the owner's alone."""
    path = Path(tempfile.mkdtemp(prefix="anbot-"))
    path.chmod(0o777)
    yield path
    path.chmod(stat.S_IRWXU)
    shutil.rmtree(path)


async def test_a_file_that_may_not_be_written_is_told_when_writing(folder: Path) -> None:
    await fill(folder / "an.db")
    (folder / "an.db").chmod(0o444)
    with nobody():
        async with opened(folder / "an.db") as store:
            with pytest.raises(StoreError, match=r"cannot be written: .* is read-only"):
                await Indexer(store.archive).take("page", document(Kind.PAGE, draft(7, "A paper")))


async def test_a_file_that_may_not_be_read_is_told(folder: Path) -> None:
    await fill(folder / "an.db")
    (folder / "an.db").chmod(0o000)
    with nobody():
        assert "cannot be opened" in await refusal(folder / "an.db")


async def test_a_database_in_a_folder_that_may_not_be_written_can_be_read(folder: Path) -> None:
    await fill(folder / "an.db")
    (folder / "an.db").chmod(0o444)
    folder.chmod(0o555)
    with nobody():
        async with opened(folder / "an.db", readonly=True) as store:
            assert await store.library.numbers() == (1,)


async def test_processes_that_open_a_new_file_at_once_make_it_once(file: Path) -> None:
    opening = (
        "import asyncio, sys\nfrom store import open_store\nfrom tests.drafts import clock\n"
        "async def main():\n async with open_store(sys.argv[1], clock=clock): pass\nasyncio.run(main())"
    )
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", opening, str(file), cwd=ROOT)
        for _ in range(4)
    ]
    assert [await process.wait() for process in processes] == [0, 0, 0, 0]
    async with opened(file) as store:
        records = await select(store.connection, "SELECT count(*) FROM migration")
    assert records == [(len(MIGRATIONS),)]
