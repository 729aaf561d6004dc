"""What it means for a delivery that a request to Discord failed."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.digests.poster import ChannelClosed, OutcomeUnknown, Rejected, RetryLater
from bot.errors import BotError

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
THREAD_EXISTS: Final = 160004
_UNKNOWN_GUILD: Final = 10004
_NO_ACCESS: Final = 50001
_TOO_MANY_THREADS: Final = 160006
_UNAUTHORIZED, _FORBIDDEN, _TOO_MANY, _SERVER = 401, 403, 429, 500

RESUME: Final = "Who manages the channel can allow it again; `/digest resume` then goes on."
CHANNEL_DELETED: Final = "The channel was deleted."
NOT_A_MEMBER: Final = "I was removed from the server. Invite me again; `/digest resume` then goes on."
_NOT_TAKEN: Final = "Discord does not take the token any more. Who runs me has to set DISCORD_TOKEN anew."
_UNSEEN: Final = f"I cannot see the channel any more: **View Channel** was taken from me. {RESUME}"
_CLOSED: Final = {UNKNOWN_CHANNEL: CHANNEL_DELETED, _UNKNOWN_GUILD: NOT_A_MEMBER, _NO_ACCESS: _UNSEEN}
_WHILE_REMEMBERED: Final = 60.0
"""Seconds after which Discord still knows a nonce for sure. A request that failed may have
been taken at an earlier try: what has to wait longer is looked for before it is sent again.
"""
_HOUR: Final = 3600.0
_CROWDED: Final = 300.0


def meaning(error: Exception, missing: Sequence[str]) -> BotError:
    """Gone, Later, Refused or Unsure; `missing` names the permissions that the bot
    is known to lack in the channel.
    """
    match error:
        case discord.RateLimited() if error.retry_after <= _WHILE_REMEMBERED:
            return RetryLater("Discord asks for patience.", error.retry_after)
        case discord.RateLimited():
            return OutcomeUnknown(f"Discord asks for patience: {error.retry_after:.0f} seconds.")
        case discord.HTTPException():
            return _answered(error, missing)
        case _:
            return OutcomeUnknown(f"The connection to Discord was lost ({type(error).__name__}).")


def is_unauthorized(error: Exception) -> bool:
    """Whether Discord does not take the token, so that no request makes sense any more."""
    return isinstance(error, discord.HTTPException) and error.status == _UNAUTHORIZED


def unauthorized() -> RetryLater:
    """That nothing is sent with this token."""
    return RetryLater(_NOT_TAKEN, _HOUR)


def _answered(error: discord.HTTPException, missing: Sequence[str]) -> BotError:
    if error.status >= _SERVER:
        return OutcomeUnknown(f"Discord itself had trouble (status {error.status}).")
    if error.status == _TOO_MANY:
        return RetryLater("Discord asks for patience.", _WHILE_REMEMBERED)
    if error.code == _TOO_MANY_THREADS:
        return RetryLater("The server has as many open threads as it may have.", _CROWDED)
    if error.code in _CLOSED:
        return ChannelClosed(_CLOSED[error.code])
    if error.status == _FORBIDDEN:
        return ChannelClosed(_forbidden(error, missing))
    return Rejected(f"Discord refuses it: {' '.join(error.text.split())} (code {error.code}).")


def _forbidden(error: discord.HTTPException, missing: Sequence[str]) -> str:
    if missing:
        return f"I lack **{' and '.join(missing)}** in the channel. {RESUME}"
    return f"I may not post in the channel any more ({error.text}). {RESUME}"
