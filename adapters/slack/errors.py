"""What a person is shown when something went wrong, and what the log says."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.cards.wording import trouble
from bot.errors import BotError, StoreBusy, Unavailable

log: Final = logging.getLogger("anbot.slack")

DEAD: Final = frozenset({"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"})
"""Slack's errors if the bot is not let in any more."""
UNREADABLE: Final = "That request is not as Slack writes them, so nothing was done."
_CLOSED: Final = {
    "not_in_channel": "I am not in this channel. Type `/invite` and my name here first.",
    "channel_not_found": "I am not in this channel. Type `/invite` and my name here first.",
    "is_archived": "This channel is archived, so nothing can be posted here.",
    "restricted_action": "This workspace does not let me post here. Ask somebody who manages it.",
    "msg_too_long": "That is longer than Slack shows. Ask for less of it.",
}


def error_of(error: BaseException) -> str:
    """Slack's own word for what went wrong; "" for other errors."""
    if not isinstance(error, SlackApiError):
        return ""
    body = getattr(error.response, "data", error.response)  # what was no JSON comes in other types
    return str(body.get("error", "")) if isinstance(body, dict) else ""


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


@contextmanager
def as_bot_errors() -> Iterator[None]:
    """Raise Slack's refusal, or an error on the way to it, as a sentence."""
    try:
        yield
    except SlackApiError as error:
        raise Unavailable(
            f"Slack refused to let me in: {error_of(error) or 'it does not say why'}."
        ) from error
    except (SlackClientError, aiohttp.ClientError, OSError) as error:
        raise Unavailable(f"Slack cannot be reached: {error}. Try again when it can.") from error
