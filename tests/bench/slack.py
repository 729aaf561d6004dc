"""`python -m tests.bench.slack`: how many commands a second go through the Slack bot.

The real app and two bare bolt apps take the same commands from the strict
stand-in, over real HTTP or a real websocket, all in one process on one core.
Each asks for another title of the real archive, so that nothing of an answer is
known from the one before. One bare app answers every command with a sentence, the
other with a message that the bot answered with, made once: then the stand-in checks
and keeps as much for both, and what is left between them is the bot's own work. Neither
has a database, settings or a search: `python -m tests.bench` has peers that find something.
All are settled as `anbot run` settles itself. Seconds are those of the processor, so
that other programs on the machine do not count.
"""

import asyncio
import logging
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import click
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

from adapters.slack.client import client_of
from bot.runtime.collection import settle
from bot.search import Searcher
from store import Store
from tests.adapters.slack.world import World, world
from tests.bench.library import indexed, summaries_in
from tests.stand_ins.slack.tiny_bot import listening
from tests.support.processes import free_port

ROUNDS: Final = 20
AT_ONCE: Final = 25
TIMES: Final = 3
"""Runs each; the machine does other things too."""


@click.command()
def main() -> None:
    """Measure commands through the bot beside a bolt app that answers a constant."""
    logging.disable(logging.CRITICAL)  # bolt tells at length of what is under way when all is over
    with tempfile.TemporaryDirectory() as folder:
        for way, port in (("over HTTP", free_port()), ("by Socket Mode", 0)):
            for run in range(TIMES):
                sentence, card, ours = asyncio.run(_figures(port, Path(folder), f"{bool(port):d}{run}"))
                click.echo(
                    f"{way:16} a sentence {sentence:6.0f}/s   the card {card:6.0f}/s   this bot {ours:6.0f}/s"
                    f"   ratios {ours / sentence:5.2f} {ours / card:5.2f}"
                )


async def _figures(port: int, folder: Path, name: str) -> tuple[float, float, float]:
    """Commands a second: those of the bare apps, ours."""
    async with indexed(folder / "library.db") as store:
        questions = await _questions(store)
        async with world(folder / f"an{name}.db", port=port) as place:
            place.library, place.finder = store.library, Searcher(store.search)
            async with place.run():
                ours = await _rate(place, questions)
                shown = place.slack.messages(place.general)[-1]
                card = {"text": shown.text, "blocks": [_unnamed(block) for block in shown.blocks]}
    async with world(folder / f"bare{name}.db", port=port) as place, _bare(place, {"text": "Mesa."}):
        sentence = await _rate(place, questions)
    async with world(folder / f"card{name}.db", port=port) as place, _bare(place, card):
        return sentence, await _rate(place, questions), ours


async def _questions(store: Store) -> Iterator[str]:
    """Commands without end, each for another title."""
    titles = [" ".join(summary.title.split()) for summary in await summaries_in(store)]
    random.Random(1).shuffle(titles)  # noqa: S311 - no secret
    return cycle(f"/paper {title}" for title in titles)


def _unnamed(block: dict[str, Any]) -> dict[str, Any]:
    """The block without the name that Slack gave it."""
    return {name: value for name, value in block.items() if name != "block_id"}


async def _rate(place: World, questions: Iterator[str]) -> float:
    shown = place.general.messages
    for _ in range(2):
        await _batch(place, questions)
    settle()
    start, before = time.process_time(), len(shown)
    for _ in range(ROUNDS):
        await _batch(place, questions)
    return (len(shown) - before) / (time.process_time() - start)


async def _batch(place: World, questions: Iterator[str]) -> None:
    """So many commands at once, until the last is answered."""
    shown = place.general.messages
    wanted = len(shown) + AT_ONCE
    for _ in range(AT_ONCE):
        await place.alice.command(next(questions), place.general)
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


if __name__ == "__main__":
    main()
