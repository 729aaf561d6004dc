"""A pool that is used up, connections that are cut or slow, and a failover to a server that knows less."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest

from bot.errors import NotSaved, StoreAway, StoreBusy, StoreError
from bot.ports import DatabaseAddress
from store import Store, open_store
from store.postgresql import connections
from store.postgresql.connection import ServerConnection
from tests.stand_ins.common.patience import HANG
from tests.store.databases import take
from tests.support.drafts import clock
from tests.support.postgresql import Server, name_of, running
from tests.support.tcp_proxy import TcpProxy, proxied

pytestmark = pytest.mark.slow


async def test_a_pool_that_is_used_up_is_busy_and_not_away(database: DatabaseAddress) -> None:
    async with open_store(database, clock=clock, busy_seconds=0.5) as store:
        async with AsyncExitStack() as stack:
            for _ in range(connections._MOST):  # noqa: SLF001 - as many as there are
                await stack.enter_async_context(store.database.writing(""))
            with pytest.raises(StoreBusy, match=r"is busy\. Try again in a moment"):
                await store.subscriptions.all()
        assert await store.subscriptions.all() == []


@pytest.fixture
async def proxy(server: Server) -> AsyncIterator[TcpProxy]:
    async with proxied(server.socket) as made:
        yield made


@pytest.fixture
async def store(proxy: TcpProxy, database: DatabaseAddress) -> AsyncIterator[Store]:
    address = DatabaseAddress(f"postgresql://anbot@127.0.0.1:{proxy.port}/{name_of(database)}")
    async with open_store(address, clock=clock, watch=True, busy_seconds=HANG) as opened:
        yield opened


async def test_connections_that_are_cut_are_made_anew(
    proxy: TcpProxy, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_FRESH", 0)
    await take(store, 1)
    for _ in range(3):
        proxy.cut()
        assert await store.subscriptions.all() == []
    async with store.database.writing("") as connection:
        proxy.cut()
        with pytest.raises(StoreAway, match="cannot be reached"), store.database.as_store_errors():
            await connection.execute_fetchall("SELECT 1")
    assert await store.subscriptions.all() == []
    assert await store.library.issue(1)


async def test_a_connection_that_worked_a_moment_ago_is_asked_only_once_the_server_ends_it(
    server: Server, database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_FRESH", HANG)
    asked = []
    execute = ServerConnection.execute_fetchall

    async def execute_fetchall(connection: ServerConnection, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return await execute(connection, sql, *rest)

    async with open_store(database, clock=clock, busy_seconds=HANG) as store:
        monkeypatch.setattr(ServerConnection, "execute_fetchall", execute_fetchall)
        for _ in range(3):
            assert await store.subscriptions.all() == []
        assert "" not in asked
        async with server.closed(database):
            pass
        assert await store.subscriptions.all() == []
        assert "" in asked


async def test_connections_that_stayed_read_only_are_made_anew(
    server: Server, database: DatabaseAddress
) -> None:
    alter = f"ALTER DATABASE {name_of(database)}"
    async with open_store(database, clock=clock, busy_seconds=HANG) as store:
        server.execute(f"{alter} SET default_transaction_read_only = on")
        async with server.closed(database):
            pass
        with pytest.raises(NotSaved, match="is read-only"):
            await store.memo.remember("kept", "1")
        server.execute(f"{alter} RESET default_transaction_read_only")
        for _ in range(connections._MOST):  # noqa: SLF001 - it may be the turn of any
            with suppress(NotSaved):
                await store.memo.remember("kept", "2")
        assert await store.memo.recall("kept") == "2"


async def test_lookups_do_not_wait_for_a_slow_network(proxy: TcpProxy, store: Store) -> None:
    await take(store, 1)
    proxy.delay = 0.5
    asking = asyncio.create_task(store.subscriptions.all())
    await asyncio.sleep(0)
    assert await store.library.issue(1)
    assert store.search.current().size
    assert not asking.done(), "the network is not waited for"
    assert await asking == []


@pytest.fixture
def own_server() -> Iterator[Server]:
    with running() as server:
        yield server


async def test_a_server_that_lacks_what_was_written_is_refused_until_the_bot_is_started_again(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_MARKS", 0)
    database = own_server.database()
    async with open_store(database, clock=clock) as store:
        await store.memo.remember("kept", "1")
    with own_server.copied() as fail_over:
        async with open_store(database, clock=clock, busy_seconds=1.0) as store:
            await take(store, 1)
            await store.memo.remember("lost", "1")
            await store.checkup.writable()
            fail_over()
            assert "lacks what was written there before, as after a failover" in await refusal(store)
            assert "or restart the bot to go on with this one" in await refusal(store)
            assert await store.library.issue(1), "lookups go on from the copy"
    async with open_store(database, clock=clock) as store:
        assert await store.memo.recall("kept") == "1"
        assert not await store.memo.recall("lost")


async def test_an_empty_server_is_refused(own_server: Server) -> None:
    database = own_server.database()
    async with open_store(database, clock=clock, busy_seconds=1.0) as store:
        await take(store, 1)
        own_server.replaced(database)
        assert "as after a failover" in await refusal(store)
        assert await store.library.issue(1), "lookups go on from the copy"


async def refusal(store: Store) -> str:
    """Why nothing can be read, once the server is reached again."""
    while True:
        with pytest.raises(StoreError) as caught:
            await store.memo.recall("kept")
        if not isinstance(caught.value, StoreAway):
            return str(caught.value)
