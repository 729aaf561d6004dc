"""What a person is shown when something went wrong, and what the log says."""

import logging
import secrets
import traceback
from typing import Final

from slack_sdk.errors import SlackApiError

from bot.cards.wording import trouble
from bot.errors import BotError, StoreBusy

log: Final = logging.getLogger("anbot.slack")

DEAD: Final = frozenset({"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"})
"""Slack's errors if the bot is not let in any more."""
_UNREADABLE: Final = "That request is not as Slack writes them, so nothing was done."
_CLOSED: Final = {
    "not_in_channel": "I am not in this channel. Type `/invite` and my name here first.",
    "channel_not_found": "I am not in this channel. Type `/invite` and my name here first.",
    "is_archived": "This channel is archived, so nothing can be posted here.",
    "restricted_action": "This workspace does not let me post here. Ask somebody who manages it.",
    "msg_too_long": "That is longer than Slack shows. Ask for less of it.",
}


def error_of(error: BaseException) -> str:
    """Slack's own word for what went wrong; "" for other errors."""
    return str(error.response.get("error", "")) if isinstance(error, SlackApiError) else ""


def sentence(error: BaseException) -> str:
    """What to show the person. An error of ours gets an id that the log has beside
    what happened; the sentence shows no more of it.
    """
    if reason := _CLOSED.get(error_of(error)):
        log.info("an answer could not be posted: %s", error_of(error))
        return reason
    return f"{trouble(error)} incident {logged(error)}."


def logged(error: BaseException) -> str:
    """Log the error, and return its id; an error that a person can act on needs no traceback."""
    incident = secrets.token_hex(4)
    if isinstance(error, BotError) or error_of(error):
        level = logging.WARNING if isinstance(error, StoreBusy) else logging.ERROR
        log.log(level, "incident %s: %s", incident, error_of(error) or error)
    else:
        log.error("incident %s", incident, exc_info=error)
    return incident


def unreadable(error: Exception) -> str:
    """Log where a request was not as it should be, without its content, and return what to answer."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    log.warning(
        "a request could not be read: %s in line %s of %s", type(error).__name__, frame.lineno, frame.name
    )
    return _UNREADABLE
