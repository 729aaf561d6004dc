"""What Discord sends and discord.py cannot read: it is left out with a line of the log, and the rest goes on."""

import logging
from collections.abc import Callable
from typing import Any, Final

import discord
import msgspec

from adapters.discord import shapes
from bot.runtime.refusals import Refusals, unreadable

_BEGINNINGS: Final = frozenset({"READY", "RESUMED"})
"""Events without which there is no session; a new one has to be begun if they cannot be read."""
LOGGERS: Final = tuple(
    map(
        logging.getLogger,
        ("discord.client", "discord.app_commands.tree", "discord.ui.view", "discord.ui.modal", "asyncio"),
    )
)
"""Where discord.py logs the errors that it ignores; the last, those of tasks that it does not wait for."""

refusals: Final = Refusals(logging.getLogger("anbot.discord"), "what Discord sent")


def leave_out_unreadable(client: discord.Client) -> None:
    """Have the client leave out an event that cannot be read, where discord.py would end for it."""
    parsers = client._connection.parsers  # noqa: SLF001 - the one place to stand before discord.py's own
    for name, parse in parsers.items():
        if name not in _BEGINNINGS:
            parsers[name] = _forgiving(name, parse)


def _forgiving(name: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse_or_note(data: Any) -> None:
        try:
            if name == "MESSAGE_UPDATE" and "content" not in data:
                return  # about a preview: discord.py reads whole messages alone
            shapes.check(name, data)
            parse(data)
        except msgspec.ValidationError as error:
            refusals.note(f"{name}: {error}")
        except Exception as error:  # noqa: BLE001 - discord.py raises whatever its models run into
            refusals.note(f"{unreadable(error)}, {name}")

    return parse_or_note
