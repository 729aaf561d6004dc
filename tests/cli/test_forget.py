"""`anbot forget`."""

from pathlib import Path

import pytest

from bot.model.places import Place, Preferences
from store import Store
from tests.support.checkup import inside
from tests.support.one_issue import Run

HERE = Place(platform="discord", server="123")
pytestmark = pytest.mark.usefixtures("filled")


async def prefer(store: Store) -> None:
    await store.preferences.put(HERE, Preferences(private=True))


def test_a_server_is_forgotten_once(run: Run, database: Path) -> None:
    inside(database, prefer)
    first, second = (run("forget", "server", "discord", "123") for _ in range(2))
    assert first.stdout == "Forgot server 123 on discord: 1 row.\n"
    assert second.stdout == "Nothing is kept of server 123 on discord.\n"


def test_a_person_of_no_platform_is_a_mistake(run: Run) -> None:
    result = run("forget", "person", "irc", "ada")
    assert result.exit_code == 2
    assert "Name discord or slack." in result.stderr
