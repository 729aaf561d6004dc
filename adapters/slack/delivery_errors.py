"""What Slack's errors mean to a delivery: channel closed, retry later, rejected, or outcome unknown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.errors import DEAD
from bot.digests.poster import ChannelClosed, HistoryUnreadable, OutcomeUnknown, Rejected, RetryLater
from bot.errors import BotError
from bot.model.digests import LONGEST_WAIT

SECONDS: Final = 10.0
"""How long to wait if Slack does not say."""
_LONGEST: Final = LONGEST_WAIT.total_seconds()
_NOT_IN: Final = "I am not in this channel any more. Type /invite and my name there, then /digest resume."
_NOT_LET: Final = "This workspace does not let me post there."
_ASK: Final = f"{_NOT_LET} Ask somebody who manages it."
_ASK_THERE: Final = "Somebody who manages it can allow me; then /digest resume goes on."
_CLOSED: Final = {
    "channel_not_found": _NOT_IN,
    "not_in_channel": _NOT_IN,
    "is_archived": "The channel is archived. Once it is not, /digest resume goes on.",
    "missing_scope": "I may not post there: chat:write is missing. Install me again from the manifest.",
    "restricted_action": _ASK,
    "restricted_action_read_only_channel": f"Only some members may post in this channel. {_ASK_THERE}",
    "restricted_action_thread_only_channel": f"In this channel only threads may be posted to. {_ASK_THERE}",
    "restricted_action_thread_locked": f"The thread is locked. {_ASK_THERE}",
    "restricted_action_non_threadable_channel": "This channel has no threads. Type /digest here channel.",
    "posting_to_general_channel_denied": f"Only some members may post in this channel. {_ASK_THERE}",
    "channel_type_not_supported": "A channel of this kind takes no digests. Choose another one.",
    **dict.fromkeys(("two_factor_setup_required", "user_is_restricted"), _ASK),
    **dict.fromkeys(("no_permission", "is_inactive", "team_not_found", "app_not_installed"), _NOT_LET),
    **dict.fromkeys(("ekm_access_denied", "access_denied", "enterprise_is_restricted"), _NOT_LET),
    "messages_tab_disabled": "My app takes no direct messages there. Choose a channel.",
    "team_access_not_granted": "This workspace does not let me in.",
}
SHUT_OUT: Final = "This workspace does not let me in any more: I was removed, or my token ended."
_UNSURE: Final = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout", ""})
_SLOWER: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_MOVING: Final = frozenset({"team_added_to_org", "org_login_required", "external_channel_migrating"})
_MOVED: Final = 300.0
"""Seconds until Slack may have moved a workspace or a channel."""
_BLIND: Final = (
    "I do not know if this was posted, because I may not read the channel. To let me look, install me again "
    "from “anbot manifest --settling”."
)
_TOO_MANY: Final = 429
_THEIR_FAULT: Final = 500


@contextmanager
def meaning(of: Callable[[Exception], BotError | None]) -> Iterator[None]:
    """Raise what fails inside as what it means; an error of ours as itself."""
    try:
        yield
    except Exception as error:
        known = of(error)
        if known is None:
            raise
        raise known from error


def meant(error: Exception) -> BotError | None:
    """What the failure of a request means; None for an error of ours."""
    match error:
        case SlackApiError():
            return _answered(error)
        case aiohttp.ClientConnectorError():
            return RetryLater("Slack cannot be reached.", SECONDS)
        case aiohttp.ClientError() | OSError():
            return OutcomeUnknown(f"The connection broke off: {type(error).__name__}.")
        case _:
            return None


def meant_searching(error: Exception) -> BotError | None:
    """What the failure of a request that only looks means."""
    known = meant(error)
    if isinstance(error, SlackApiError) and _word(error)[1] == "missing_scope":
        return HistoryUnreadable(_BLIND)
    if isinstance(known, Rejected):
        return HistoryUnreadable(f"I do not know if this was posted, because I could not look. {known}")
    return known


def _answered(error: SlackApiError) -> BotError:
    status, word, seconds = _word(error)
    if status == _TOO_MANY or word in _SLOWER:
        return RetryLater("Slack asks to go slower.", seconds)
    if word in _MOVING:
        return RetryLater("Slack is moving the workspace or the channel.", _MOVED)
    if status >= _THEIR_FAULT or word in _UNSURE:
        return OutcomeUnknown(f"Slack had trouble: {word or status}.")
    if why := _closed(word):
        return ChannelClosed(why)
    return Rejected(f"Slack refused it: {word}.")


def _closed(word: str) -> str:
    """Why the place is closed to the bot; "" if it is not."""
    if word in DEAD:
        return SHUT_OUT
    restricted = _CLOSED["restricted_action"] if word.startswith("restricted_action") else ""
    return _CLOSED.get(word, restricted)


def _word(error: SlackApiError) -> tuple[int, str, float]:
    """The status, Slack's own word, and the seconds to wait; a response without JSON has no word."""
    response = error.response
    status = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    word = str(data.get("error", "")) if isinstance(data, dict) else ""
    after = str((getattr(response, "headers", None) or {}).get("Retry-After", ""))
    return int(status), word, min(float(after), _LONGEST) if after.isdecimal() else SECONDS
