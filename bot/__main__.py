"""The composition root: the only file that knows the core, the store and the adapters."""

import io
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from adapters import discord, slack
from adapters.console.front import talk
from bot.cli import anbot
from bot.config import settings_from
from bot.digests.pace import Pace
from bot.errors import BotError
from bot.ports import Finder
from bot.search import Searcher
from bot.wiring import Store, Wiring
from store import open_store


def wiring(environment: Mapping[str, str]) -> Wiring:
    """The whole bot, put together for that environment."""
    return Wiring(
        settings=settings_from(environment),
        pace=Pace(clock=lambda: datetime.now(UTC)),
        open_store=open_store,
        find_in=_find_in,
        talk=talk,
        platforms=(discord.PLATFORM, slack.PLATFORM),
    )


async def _find_in(store: Store) -> Finder:
    return Searcher(store.search)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks ★, or a pipe that is no text, is no reason to stop.
            stream.reconfigure(errors="replace")
    try:
        put_together = wiring(os.environ)
    except BotError as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(2)
    anbot(obj=put_together)


if __name__ == "__main__":
    main()
