"""Whoever may only read the database can look at everything."""

import asyncio
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.cli import anbot
from bot.model.digests import DigestOptions
from store import open_store
from tests.cli.test_digest import club
from tests.store.test_permissions import nobody
from tests.support.one_issue import Run


@pytest.fixture
def read_only(run: Run, issue: Path, database: Path) -> Iterator[Path]:
    """A database with a digest, in a folder that everyone can get to and nobody can write."""
    assert run("index", issue).exit_code == 0

    async def subscribe() -> None:
        async with open_store(database, clock=lambda: datetime.now(UTC)) as store:
            await store.subscriptions.add(club(options=DigestOptions(), due=None))

    asyncio.run(subscribe())
    folder = Path(tempfile.mkdtemp(prefix="anbot-"))
    shutil.copy(database, folder / "an.db")
    shutil.copy(database, folder / "warm.db")
    (folder / "an.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "an.db"
    folder.chmod(stat.S_IRWXU)
    shutil.rmtree(folder)


def asked(database: Path, *arguments: str) -> Result:
    app = build_app({"ANBOT_DB": str(database), "ANBOT_SOURCES": ""})
    # What a command imports when it is used may be in folders that nobody can read.
    writable = build_app({"ANBOT_DB": str(database.with_name("warm.db")), "ANBOT_SOURCES": ""})
    CliRunner().invoke(anbot, arguments, obj=writable)
    with nobody():
        return CliRunner().invoke(anbot, arguments, obj=app, catch_exceptions=False)


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("digest", "list"), "k3jx92ab"),
        (("digest", "due"), "k3jx92ab"),
        (("digest", "log"), "Nothing was posted yet."),
        (("digest", "preview"), "AN #801"),
        (("search", "kettles"), "The Shape of Kettles"),
        (("try", "/an 801"), "AN #801"),
        (("export",), "On Teapots"),
        (("doctor",), "may read"),
    ],
)
def test_it_can_be_looked_at(read_only: Path, arguments: tuple[str, ...], shown: str) -> None:
    result = asked(read_only, *arguments)
    assert shown in result.stdout, result.stderr
    assert result.exit_code == 0, result.stdout


@pytest.mark.parametrize("arguments", [("digest", "pause", "k3jx92ab"), ("forget", "server", "discord", "1")])
def test_what_would_change_it_is_refused_in_a_sentence(read_only: Path, arguments: tuple[str, ...]) -> None:
    result = asked(read_only, *arguments)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr or "read-only" in result.stderr
