"""docs/privacy.md names every table and every column that says anything about people or servers."""

import re
from pathlib import Path

from adapters.discord.departures import GRACE
from bot.digests.runner import HISTORY
from store import open_store
from store.linked_replies import MOST_REPLIES
from tests.support.drafts import clock

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "privacy.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \|", re.MULTILINE)
_NEWSLETTERS = re.compile(r"The other tables hold [^:]+: ([^.]+)\.")


async def schema() -> dict[str, set[str]]:
    """The columns of each table of a new database."""
    async with open_store(":memory:", clock=clock) as store:
        rows = await store.connection.execute_fetchall(
            "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"
        )
    columns: dict[str, set[str]] = {}
    for table, column in rows:
        columns.setdefault(table, set()).add(column)
    return columns


async def test_every_table_is_on_the_page_and_none_else() -> None:
    personal = {table: set(re.findall(r"`(\w+)`", names)) for table, names in _ROW.findall(PAGE)}
    others = _NEWSLETTERS.search(PAGE)
    assert others
    impersonal = set(re.findall(r"`(\w+)`", others[1]))
    tables = await schema()
    assert set(tables) == set(personal) | impersonal
    assert {table: tables[table] for table in personal} == personal
    names_of_people = {"server", "channel", "person", "by", "by_name"}
    assert not [table for table in impersonal if tables[table] & names_of_people]


def test_how_long_is_as_the_page_says() -> None:
    assert f"{HISTORY.days} days" in PAGE
    assert f"the last {MOST_REPLIES:,} of all servers" in PAGE
    assert GRACE.days == 7
    assert "after seven days on Discord" in PAGE
