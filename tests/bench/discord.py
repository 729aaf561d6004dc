"""`python -m tests.bench.discord`: how many lookups a second go through the Discord bot.

What the gateway would bring is given to discord.py's own parser, command tree
and views, in one process on one core; the one thing left out is the network:
an answer counts when its request is ready to be sent. For a message that
concerns nobody our listener is timed alone, on chatter of several lengths;
what discord.py takes to read the event comes on top.
"""

import asyncio
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from adapters.discord.client import Client
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.interactions import Interactions
from adapters.discord.render import payload_of
from bot.cards.presenter import Presenter
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.model.places import Preferences
from bot.search import Searcher
from tests.bench.library import SHEET, indexed
from tests.support.services import services_over

ASKED: Final = ("mesa", "debate", "evan hubinger", "impact regularization", "CIRL", "learned optimzation")
CHATTER: Final = (
    "lol",
    "Good morning! Has anybody seen my umbrella? It was here on Tuesday, by the door.",
    "v2.3.1 is out, 58 fixes, see #58 and the notes; AND it costs $5 less than 3.10 did. " * 3,
)
ROUNDS: Final = 100
AT_ONCE: Final = 50


def clock() -> datetime:
    return datetime.now(UTC)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def main(*, as_json: bool) -> None:
    """Measure lookups through the bot, and our share of them."""
    if not SHEET.exists():
        raise click.ClickException(
            f"The real newsletters are not beside this checkout: {SHEET.name} is missing."
        )
    figures = asyncio.run(_figures())
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        click.echo(f"{name:36} {value:10.2f}")


async def _figures() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with indexed(Path(folder) / "an.db") as store:
            lookup = Lookup(store.library, Searcher(store.search), random.Random(1))  # noqa: S311 - no secret
            async with Client(Interactions(services_over(store, lookup, clock)), shard_count=1) as client:
                bot = Bot(client)
                apart = await _milliseconds(bot.ask, ROUNDS)
                ours = await _milliseconds(_Ours(lookup).ask, ROUNDS)
                together = await _together(bot)
                idle = await _chatter(client)
    return {
        "milliseconds a lookup, one at a time": apart,
        "of them ours (look up and lay out)": ours,
        "our share, %": 100 * ours / apart,
        f"lookups a second, {AT_ONCE} at once": together,
        "microseconds a message that concerns nobody": idle,
    }


class _Sent(AsyncWebhookAdapter):
    """Takes requests instead of the network, and tells when one has come."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # discord.py's is untyped
        self.waiting: dict[str, asyncio.Event] = {}

    async def request(self, route: Any, session: Any, **sent: Any) -> Any:
        del session
        json.dumps(sent["payload"])
        self.waiting.pop(str(route.webhook_id)).set()
        return {"interaction": {"id": str(route.webhook_id), "type": 2}}


class Bot:
    """Our client without a connection."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._sent = _Sent()
        self._number = 1_000

    async def ask(self, words: str) -> None:
        """`/paper`, until its answer is ready to be sent."""
        self._number += 1
        async_context.set(self._sent)
        done = self._sent.waiting[str(self._number)] = asyncio.Event()
        self._client._connection.parse_interaction_create(self._event(words))  # noqa: SLF001 - where the gateway's events come in
        await done.wait()

    def _event(self, words: str) -> Any:
        option = {"name": "words", "type": 3, "value": words}
        return {
            "id": str(self._number),
            "application_id": "1",
            "type": 2,
            "token": "token",
            "version": 1,
            "data": {"id": "2", "name": "paper", "type": 1, "options": [option]},
            "channel_id": "3",
            "channel": {"id": "3", "type": 1, "recipients": [], "last_message_id": None},
            "user": {
                "id": "4",
                "username": "alice",
                "discriminator": "0",
                "avatar": None,
                "global_name": None,
            },
            "app_permissions": "0",
            "entitlements": [],
            "authorizing_integration_owners": {"1": "4"},
            "context": 1,
            "attachment_size_limit": 1,
            "locale": "en-US",
        }


class _Ours:
    """The same without discord.py: looked up, laid out, made an embed."""

    def __init__(self, lookup: Lookup) -> None:
        self._presenter = Presenter(lookup, clock, DISCORD_FORMAT)

    async def ask(self, words: str) -> None:
        card = await self._presenter.card_for(parse(f"/paper {words}"), Preferences())
        payload_of(card, owner=1, private=card.private)


async def _milliseconds(ask: Callable[[str], Awaitable[None]], rounds: int) -> float:
    for words in ASKED:  # as a bot that has been asked before
        await ask(words)
    start = time.perf_counter()
    for words in ASKED * rounds:
        await ask(words)
    return (time.perf_counter() - start) * 1e3 / (rounds * len(ASKED))


class _Message:
    """All that the listener looks at of a message that concerns nobody."""

    def __init__(self, content: str) -> None:
        self.content = content


async def _chatter(client: Client) -> float:
    """Microseconds that our listener spends on one."""
    messages: list[Any] = [_Message(text) for text in CHATTER]
    start = time.perf_counter()
    for _ in range(ROUNDS * 100):
        for message in messages:
            await client.on_message(message)
    return (time.perf_counter() - start) * 1e6 / (ROUNDS * 100 * len(messages))


async def _together(bot: Bot) -> float:
    """Lookups a second while as many as that are always waiting."""
    start = time.perf_counter()
    for at in range(ROUNDS // 10):
        await asyncio.gather(*(bot.ask(ASKED[(at + i) % len(ASKED)]) for i in range(AT_ONCE)))
    return (ROUNDS // 10) * AT_ONCE / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
