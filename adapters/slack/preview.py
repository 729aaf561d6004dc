"""The exact message that an answer would be sent as, as JSON."""

import json
from collections.abc import Callable
from datetime import datetime

from adapters.slack.looking import Looking
from adapters.slack.payload import payload_of
from bot.desk import Desk
from bot.requests import parse
from bot.types import Preferences

_NOBODY = ""
"""Who asks at a console has no id."""


async def preview(desk: Desk, text: str, clock: Callable[[], datetime]) -> str:
    """What a command's response address would be sent for the text, indented."""
    screen = await Looking(desk, clock).asked(parse(text), Preferences())
    return json.dumps(payload_of(screen, owner=_NOBODY, private=False), ensure_ascii=False, indent=2)
