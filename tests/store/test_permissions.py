"""A disk or a file that cannot be read or written is reported in a sentence."""

import os
import resource
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.indexing.export import export
from bot.indexing.indexer import Indexer
from bot.model.newsletter import Entry, SourceKind
from tests.store.databases import fill, opened, refusal
from tests.support.drafts import document, draft

NOBODY = 65534


async def test_a_full_disk_is_reported_and_leaves_the_library_as_it_was() -> None:
    async with opened(":memory:") as store:
        await Indexer(store.archive).take("page", document(SourceKind.PAGE, draft(7, "A paper")))
        before = [line async for line in export(store.archive)]
        ((pages,),) = await store.connection.execute_fetchall("PRAGMA page_count")
        await store.connection.execute_fetchall(f"PRAGMA max_page_count = {pages + 5}")
        big = draft(8, *(Entry(title=f"Paper {n}", text="long " * 2000) for n in range(50)))
        with pytest.raises(StoreError, match=r"There is no room left to write .* Free some space"):
            await Indexer(store.archive).take("page", document(SourceKind.PAGE, big))
        assert [line async for line in export(store.archive)] == before


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Writing any further fails, as it does on a failing disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


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


async def test_a_file_that_may_not_be_written_is_reported_when_writing(folder: Path) -> None:
    await fill(folder / "an.db")
    (folder / "an.db").chmod(0o444)
    with nobody():
        async with opened(folder / "an.db") as store:
            with pytest.raises(StoreError, match=r"cannot be written: .* is read-only"):
                await Indexer(store.archive).take("page", document(SourceKind.PAGE, draft(7, "A paper")))


async def test_a_file_that_may_not_be_read_is_reported(folder: Path) -> None:
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


async def test_a_disk_that_fails_to_write_is_reported_and_leaves_the_library_as_it_was(file: Path) -> None:
    await fill(file)
    async with opened(file) as store:
        before = [line async for line in export(store.archive)]
        with (
            files_no_longer_than(50_000),
            pytest.raises(StoreError, match=r"The disk failed to .* Check the disk"),
        ):
            await Indexer(store.archive).take("page", document(SourceKind.PAGE, draft(7, "A paper")))
        assert [line async for line in export(store.archive)] == before
