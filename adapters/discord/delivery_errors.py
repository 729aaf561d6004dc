"""What Discord's errors mean to a delivery: channel closed, retry later, rejected, or outcome unknown.

Reasons are plain text: they are stored, and written into cards later.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import discord

from bot.digests.poster import ChannelClosed, OutcomeUnknown, Rejected, RetryLater
from bot.errors import BotError

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
PUBLISHED: Final = 40033
THREAD_EXISTS: Final = 160004
_UNKNOWN_GUILD: Final = 10004
_NO_ACCESS: Final = 50001
_TOO_MANY_THREADS: Final = frozenset({160006, 160007})
_PASSING: Final = frozenset({20016, 20028, 40004, 40006, 130000})
"""Slow mode, and what Discord switches off for a while."""
_UNAUTHORIZED, _FORBIDDEN, _TOO_MANY, _SERVER = 401, 403, 429, 500

RESUME: Final = "Somebody who manages the channel can allow it again; then type /digest resume."
CHANNEL_DELETED: Final = "The channel was deleted."
NOT_A_MEMBER: Final = "I was removed from the server. Invite me again; then type /digest resume."
_NOT_ACCEPTED: Final = (
    "Discord no longer accepts the token. Whoever runs the bot has to set DISCORD_TOKEN again."
)
_UNSEEN: Final = f"I can no longer see the channel: I lost the permission View Channel. {RESUME}"
_ARCHIVED: Final = "The thread is archived. Once somebody opens it again, type /digest resume."
_LOCKED: Final = "The thread is locked. Once somebody who manages threads unlocks it, type /digest resume."
_BLOCKED: Final = (
    "AutoMod of this server blocks the digest. Somebody who manages the server can make an exception for the "
    "channel or for a role of the bot; /digest resume then goes on."
)
_UNTAGGED: Final = (
    "This forum requires a tag on each post, and none of the chosen ones is left. Choose one by /digest here "
    "with channel: and tags:."
)
_OTHER_KIND: Final = (
    "The channel is of a kind now that takes no digests. Name another one by /digest here with channel:."
)
_CLOSED: Final = {
    UNKNOWN_CHANNEL: CHANNEL_DELETED,
    _UNKNOWN_GUILD: NOT_A_MEMBER,
    _NO_ACCESS: _UNSEEN,
    40067: _UNTAGGED,
    50008: _OTHER_KIND,
    50024: _OTHER_KIND,
    50083: _ARCHIVED,
    160005: _LOCKED,
    200000: _BLOCKED,
    200001: _BLOCKED,
}
_WHILE_REMEMBERED: Final = 60.0
"""Seconds for which Discord surely remembers a nonce. A request that failed may have arrived
at an earlier try: after a longer wait, the bot checks before it sends again.
"""
_HOUR: Final = 3600.0
_CROWDED: Final = 300.0


def meaning(
    error: Exception, missing: Sequence[str], until: datetime | None = None, *, locked: bool = False
) -> BotError:
    """The class of the failure; `missing` names the permissions that the bot is known to
    lack in the channel, `until` is the end of its time-out, `locked` whether it is a locked thread.
    """
    match error:
        case discord.RateLimited() if error.retry_after <= _WHILE_REMEMBERED:
            return RetryLater("Discord asks the bot to slow down.", error.retry_after)
        case discord.RateLimited():
            return OutcomeUnknown(f"Discord asks the bot to wait {error.retry_after:.0f} seconds.")
        case discord.HTTPException():
            return _answered(error, missing, until, locked=locked)
        case _:
            return OutcomeUnknown(f"The connection to Discord was lost ({type(error).__name__}).")


def is_unauthorized(error: Exception) -> bool:
    """Whether Discord refuses the token, and with it every request."""
    return isinstance(error, discord.HTTPException) and error.status == _UNAUTHORIZED


def unauthorized() -> RetryLater:
    """The error of everything that is sent with a token that Discord refuses."""
    return RetryLater(_NOT_ACCEPTED, _HOUR)


def _answered(
    error: discord.HTTPException, missing: Sequence[str], until: datetime | None, *, locked: bool
) -> BotError:
    if error.status >= _SERVER:
        return OutcomeUnknown(f"Discord had an error of its own (status {error.status}).")
    if later := _later(error):
        return later
    if error.code in _CLOSED:
        return ChannelClosed(_CLOSED[error.code])
    if error.status == _FORBIDDEN and locked and not until:
        return ChannelClosed(_LOCKED)
    if error.status == _FORBIDDEN:
        return ChannelClosed(_forbidden(error, missing, until))
    return Rejected(f"Discord rejected it: {_words(error)} (code {error.code}).")


def _is_of_discord(error: discord.HTTPException) -> bool:
    """Whether Discord's API itself answered, and not a proxy before it, which writes pages."""
    return error.code != 0 or not error.text.lstrip().startswith("<")


def _words(error: discord.HTTPException) -> str:
    return " ".join(error.text.split())


def _later(error: discord.HTTPException) -> RetryLater | None:
    """What passes by itself; None for anything else."""
    if error.status == _TOO_MANY:
        return RetryLater("Discord asks the bot to slow down.", _WHILE_REMEMBERED)
    if not _is_of_discord(error):
        return RetryLater(f"Something on the way to Discord refuses it (status {error.status}).", _CROWDED)
    if error.code in _PASSING:
        return RetryLater(f"Discord lets nobody post there for now ({_words(error)}).", _CROWDED)
    if error.code in _TOO_MANY_THREADS:
        return RetryLater("The server has as many active threads as Discord allows.", _CROWDED)
    return None


def _forbidden(error: discord.HTTPException, missing: Sequence[str], until: datetime | None) -> str:
    if until:
        return f"I am in a time-out until {until:%Y-%m-%d %H:%M} UTC. After that, /digest resume goes on."
    if missing:
        return f"I lack the {_permissions(missing)} in the channel. {RESUME}"
    return f"I am no longer allowed to post in the channel ({error.text}). {RESUME}"


def cause(error: Exception, missing: Sequence[str]) -> str:
    """What Discord refuses beside a message that is posted, in a sentence."""
    if missing:
        return f"I lack the {_permissions(missing)} in the channel."
    return f"Discord says “{' '.join(getattr(error, 'text', '').split())}”."


def _permissions(names: Sequence[str]) -> str:
    return f"{'permission' if len(names) == 1 else 'permissions'} {' and '.join(names)}"
