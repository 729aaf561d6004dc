"""`python -m tests.bench.slack`: how many commands a second go through the Slack bot.

The real app and two bare bolt apps take the same commands from the strict
stand-in, over real HTTP or a real websocket, all in one process on one core.
One bare app answers every command with a sentence, the other with the very
message that the bot answers with, made once: then the stand-in checks and keeps
as much for both, and what is left between them is the bot's own work. Seconds
are those of the processor, so that other programs on the machine do not count.
"""

import asyncio
import logging
import socket
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import click
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from adapters.slack.client import client_of
from tests.adapters.slack.world import World, world
from tests.stand_ins.slack.tiny_bot import listening

ROUNDS: Final = 20
AT_ONCE: Final = 25
TIMES: Final = 3
"""Runs each; the machine does other things too."""


@click.command()
def main() -> None:
    """Measure commands through the bot beside a bolt app that answers a constant."""
    logging.disable(logging.CRITICAL)  # bolt tells at length of what is under way when all is over
    for way, port in (("over HTTP", _free_port()), ("by Socket Mode", 0)):
        for _ in range(TIMES):
            sentence, card, ours = asyncio.run(_figures(port))
            click.echo(
                f"{way:16} a sentence {sentence:6.0f}/s   the card {card:6.0f}/s   this bot {ours:6.0f}/s"
                f"   ratios {ours / sentence:5.2f} {ours / card:5.2f}"
            )


async def _figures(port: int) -> tuple[float, float, float]:
    """Commands a second: those of the bare apps, ours."""
    with tempfile.TemporaryDirectory() as folder:
        async with world(Path(folder) / "an.db", port=port) as place, place.run():
            ours = await _rate(place)
            shown = place.slack.messages(place.general)[-1]
            card = {"text": shown.text, "blocks": [_unnamed(block) for block in shown.blocks]}
        async with world(Path(folder) / "bare.db", port=port) as place, _bare(place, {"text": "Mesa."}):
            sentence = await _rate(place)
        async with world(Path(folder) / "card.db", port=port) as place, _bare(place, card):
            return sentence, await _rate(place), ours


def _unnamed(block: dict[str, Any]) -> dict[str, Any]:
    """The block without the name that Slack gave it."""
    return {name: value for name, value in block.items() if name != "block_id"}


async def _rate(place: World) -> float:
    shown = place.general.messages
    for _ in range(2):
        await _batch(place)
    start, before = time.process_time(), len(shown)
    for _ in range(ROUNDS):
        await _batch(place)
    return (len(shown) - before) / (time.process_time() - start)


async def _batch(place: World) -> None:
    """So many commands at once, until the last is answered."""
    shown = place.general.messages
    wanted = len(shown) + AT_ONCE
    for _ in range(AT_ONCE):
        await place.alice.command("/paper risks from learned optimization", place.general)
    await place.slack.until(lambda: len(shown) >= wanted, within=60)


@asynccontextmanager
async def _bare(place: World, answer: dict[str, Any]) -> AsyncIterator[None]:
    """A bolt app that knows one answer."""
    given = place.environment()
    app = AsyncApp(
        client=client_of(given["SLACK_API_URL"].rstrip("/"), given["SLACK_BOT_TOKEN"]),
        signing_secret=given["SLACK_SIGNING_SECRET"] or "unused",
    )

    @app.command("/paper")
    async def paper(ack: Any) -> None:
        await ack({**answer, "response_type": "in_channel"})

    if place.port:
        async with listening(app.web_app("/slack/events"), place.app):
            yield
        return
    handler = AsyncSocketModeHandler(app, place.app.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # bolt leaves it untyped
    try:
        await place.slack.until(lambda: place.slack.sockets.connected(place.app))
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # as above


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


if __name__ == "__main__":
    main()
