"""The exact message that answers a text, as JSON."""

import json
from collections.abc import Callable
from datetime import datetime

from adapters.slack.format import SLACK_FORMAT
from adapters.slack.payload import payload_of
from bot.cards.presenter import Presenter
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.model.places import Preferences

_NOBODY = ""
"""A person at a console has no user id."""


async def preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    """What a command's response_url would be sent for the text, indented."""
    card = await Presenter(lookup, clock, SLACK_FORMAT).card_for(parse(text), Preferences())
    return json.dumps(payload_of(card, owner=_NOBODY, private=False), ensure_ascii=False, indent=2)
