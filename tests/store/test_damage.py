"""A file that is not a sound database of ours is reported as such and left alone."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.ports import SourceState
from tests.store.databases import fill, opened, read_everything, refusal
from tests.support.drafts import NOW


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


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.slow
def test_damage_anywhere_is_an_error_message_or_does_no_harm(tmp_path: Path, data: st.DataObject) -> None:
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


async def test_a_database_that_lost_its_version_is_called_damaged(file: Path) -> None:
    await fill(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(StoreError, match="is damaged"):
        await read_everything(file)


async def test_a_database_of_another_program_is_refused_and_left_as_it_is(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    content = file.read_bytes()
    assert "is a database of another program" in await refusal(file)
    assert file.read_bytes() == content


async def test_a_text_that_is_none_is_called_damaged(file: Path) -> None:
    async with opened(file) as store:
        await store.sources.put(SourceState(name="a", due=NOW))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE source SET etag = CAST(x'ff' AS TEXT)")
    async with opened(file) as store:
        with pytest.raises(StoreError, match="damaged"):
            await store.sources.state("a")
