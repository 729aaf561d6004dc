"""The exact message that an answer would be sent as, as JSON."""

import json
from collections.abc import Callable
from datetime import datetime

from adapters.slack.payload import payload_of
from adapters.slack.presenter import Presenter
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.model.places import Preferences

_NOBODY = ""
"""Who asks at a console has no id."""


async def preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    """What a command's response address would be sent for the text, indented."""
    screen = await Presenter(lookup, clock).asked(parse(text), Preferences())
    return json.dumps(payload_of(screen, owner=_NOBODY, private=False), ensure_ascii=False, indent=2)
