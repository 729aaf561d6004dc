"""The composition root: the only file that knows the core, the store and the adapters."""

import io
import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from adapters import discord, slack
from adapters.console.talk import talk
from bot.app import App, Store
from bot.cli import anbot
from bot.config import READ_ELSEWHERE, Settings
from bot.errors import BotError
from bot.ports import Finder
from bot.runtime.clock import Clock
from bot.runtime.environment import Environment, settings_from, variables_of
from bot.search import Searcher
from store import open_store, restore_copy
from store.moving import move


def build_app(environment: Mapping[str, str]) -> App:
    """The whole bot, put together for that environment. Raises InputError for a setting that cannot be meant."""
    environment = Environment(environment)
    app = App(
        settings=settings_from(environment, Settings),
        clock=Clock(read=lambda: datetime.now(UTC), monotonic=time.monotonic),
        open_store=open_store,
        restore=restore_copy,
        move=move,
        find_in=_find_in,
        talk=talk,
        platforms=(discord.platform(environment), slack.platform(environment)),
    )
    of_platforms = (name for platform in app.platforms for name in platform.variables)
    environment.check_names({*READ_ELSEWHERE, *variables_of(Settings), *of_platforms})
    return app


async def _find_in(store: Store) -> Finder:
    return Searcher(store.search)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without ★ and a pipe of bytes that are no text must not stop the bot.
            stream.reconfigure(errors="replace")
    try:
        app = build_app(os.environ)
    except BotError as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(error.exit_code)
    anbot(obj=app)


if __name__ == "__main__":
    main()
