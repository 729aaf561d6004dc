"""`python -m tests.bench.slack`: how many commands a second go through the Slack bot, and how soon one is answered.

The real app and two bare bolt apps take the same commands from the strict
stand-in, over real HTTP or a real websocket, all in one process on one core.
Each asks for another title of the real archive, so that nothing of an answer is
known from the one before. One bare app answers every command with a sentence, the
other with a message that the bot answered with, made once: then the stand-in checks
and keeps as much for both, and what is left between them is the bot's own work. Neither
has a database, settings or a search: `python -m tests.bench` has peers that find something.
All are settled as `anbot run` settles itself. Of rates, seconds are those of the processor, so
that other programs on the machine do not count. How soon an answer is visible goes by the clock: the
median of commands that come one at a time.
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
from statistics import median
from typing import Any, Final, NamedTuple

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
ALONE: Final = 200
AT_ONCE: Final = 25
TIMES: Final = 3
"""Runs each; the machine does other things too."""


class _Measured(NamedTuple):
    """Commands a second of the processor, and milliseconds until one that comes alone is answered."""

    rate: float
    alone: float


@click.command()
def main() -> None:
    """Measure commands through the bot beside a bolt app that answers a constant."""
    logging.disable(logging.CRITICAL)  # bolt tells at length of what is under way when all is over
    with tempfile.TemporaryDirectory() as folder:
        for way, port in (("over HTTP", free_port()), ("by Socket Mode", 0)):
            for run in range(TIMES):
                sentence, card, ours = asyncio.run(_figures(port, Path(folder), f"{bool(port):d}{run}"))
                click.echo(
                    f"{way:14} a sentence {sentence.rate:5.0f}/s {sentence.alone:5.1f} ms   the card "
                    f"{card.rate:5.0f}/s {card.alone:5.1f} ms   this bot {ours.rate:5.0f}/s {ours.alone:5.1f} ms"
                    f"   ratios {ours.rate / sentence.rate:5.2f} {ours.rate / card.rate:5.2f}"
                )


async def _figures(port: int, folder: Path, name: str) -> tuple[_Measured, _Measured, _Measured]:
    """The bare apps, and ours."""
    async with indexed(folder / "library.db") as store:
        questions = await _questions(store)
        async with world(folder / f"an{name}.db", port=port) as place:
            place.library, place.finder = store.library, Searcher(store.search)
            async with place.run():
                ours = await _measured(place, questions)
                shown = place.slack.messages(place.general)[-1]
                card = {"text": shown.text, "blocks": [_unnamed(block) for block in shown.blocks]}
    async with world(folder / f"bare{name}.db", port=port) as place, _bare(place, {"text": "Mesa."}):
        sentence = await _measured(place, questions)
    async with world(folder / f"card{name}.db", port=port) as place, _bare(place, card):
        return sentence, await _measured(place, questions), ours


async def _questions(store: Store) -> Iterator[str]:
    """Commands without end, each for another title."""
    titles = [" ".join(summary.title.split()) for summary in await summaries_in(store)]
    random.Random(1).shuffle(titles)  # noqa: S311 - no secret
    return cycle(f"/paper {title}" for title in titles)


def _unnamed(block: dict[str, Any]) -> dict[str, Any]:
    """The block without the name that Slack gave it."""
    return {name: value for name, value in block.items() if name != "block_id"}


async def _measured(place: World, questions: Iterator[str]) -> _Measured:
    shown = place.general.messages
    for _ in range(2):
        await _batch(place, questions, AT_ONCE)
    settle()
    start, before = time.process_time(), len(shown)
    for _ in range(ROUNDS):
        await _batch(place, questions, AT_ONCE)
    rate = (len(shown) - before) / (time.process_time() - start)
    return _Measured(rate, 1e3 * median([await _alone(place, questions) for _ in range(ALONE)]))


async def _alone(place: World, questions: Iterator[str]) -> float:
    """Seconds until a command is answered."""
    start = time.perf_counter()
    await _batch(place, questions, 1)
    return time.perf_counter() - start


async def _batch(place: World, questions: Iterator[str], size: int) -> None:
    """So many commands at once, until the last is answered."""
    shown = place.general.messages
    wanted = len(shown) + size
    for _ in range(size):
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
