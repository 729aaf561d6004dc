"""`python -m tests.fuzz.incoming`: the running bot on damaged payloads of Discord and Slack.

Each session is made from a number, so that what was found can be played again.
"""

import asyncio
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

import click
import pytest

from adapters.slack import linking
from tests.adapters.discord.world import undisturbed as undisturbed_discord
from tests.adapters.slack.timing import undisturbed as undisturbed_slack
from tests.fuzz.incoming.front import Front, Log, logging_into, played
from tests.fuzz.incoming.on_discord import on_discord
from tests.fuzz.incoming.on_slack import by_socket, over_http
from tests.stand_ins.common import planted

FRONTS: Final[Mapping[str, Callable[[Path], AbstractAsyncContextManager[Front]]]] = {
    "discord": on_discord,
    "slack-socket": by_socket,
    "slack-http": over_http,
}
STEPS: Final = 40
"""Payloads in a session."""
_PATIENCE: Final = 30.0


@click.command()
@click.option("--minutes", default=1.0, show_default=True, help="How long to go on.")
@click.option("--seed", type=int, help="Play this one session again.")
@click.option("--first", default=1, show_default=True, help="The number of the first session.")
@click.option("--front", "fronts", multiple=True, type=click.Choice(list(FRONTS)), help="Only this one.")
@click.option("--steps", default=STEPS, show_default=True, help="Payloads in a session.")
def main(*, minutes: float, seed: int | None, first: int, fronts: Sequence[str], steps: int) -> None:
    """Send damaged payloads until the time is over, and print after which the bot failed."""
    until = time.monotonic() + minutes * 60
    session = first if seed is None else seed
    sessions = failed = 0
    with pytest.MonkeyPatch.context() as patch:
        undisturbed(patch)
        while (seed is None and time.monotonic() < until) or sessions == 0:
            for name in fronts or FRONTS:
                problems = asyncio.run(session_of(name, session, steps, _PATIENCE))
                failed += bool(problems)
                for problem in problems:
                    click.echo(f"--seed {session} --front {name}: {problem}")
            sessions, session = sessions + 1, session + 1
    total = sessions * len(fronts or FRONTS)
    click.echo(f"{total:,} sessions of {steps} payloads, {failed} failed.")
    sys.exit(1 if failed else 0)


def undisturbed(patch: pytest.MonkeyPatch) -> None:
    """The bot's own deadlines are long, but for a message that a damaged event announces and that never comes."""
    undisturbed_discord(patch)
    undisturbed_slack(patch)
    patch.setattr(linking, "_PATIENCE", 0.0)


async def session_of(name: str, number: int, steps: int, patience: float) -> Sequence[str]:
    """What was wrong in the session; it ends with the first problem."""
    problems: Sequence[str] = ()
    log, ended = Log(), False
    planted.forget()
    with tempfile.TemporaryDirectory() as folder:
        try:
            async with logging_into(log), FRONTS[name](Path(folder) / "anbot.sqlite") as front:
                rng = random.Random(number)  # noqa: S311 - to be the same again
                for step in range(steps):
                    problems = [
                        f"step {step}: {each}" for each in await played(front, rng, log, patience=patience)
                    ]
                    ended = bool(front.serving and front.serving.done())
                    if problems or ended:
                        break
        except Exception as error:  # noqa: BLE001 - that there is any is what is looked for
            return problems if problems or ended else ["".join(traceback.format_exception(error))]
    return tuple(problems)


if __name__ == "__main__":
    main()
