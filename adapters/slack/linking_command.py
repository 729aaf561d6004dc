"""`/linking`: whether a channel's discussions are answered, and whose messages never are."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.front import Front
from adapters.slack.incoming import Asker
from adapters.slack.people import is_admin
from adapters.slack.replies import tell
from adapters.slack.surface import LINK_SCOPES, LINKING_SCOPES
from bot.linking.discussion import is_on
from bot.types import Preferences, Where

_SWITCHES: Final = {"on": True, "off": False}
_EVERYWHERE: Final = "everywhere"
_WISHES: Final = {"ignore-me": True, "answer-me": False}
_NEVER: Final = "never code, quotes, `<https://…>` or what bots write"
_OFF: Final = (
    "Linking is off here: I read nothing and answer nothing that is only mentioned. Commands and *Find summaries* in "
    "a message’s menu work all the same."
)
_OFF_EVERYWHERE: Final = "Linking is off in all channels that did not switch it on by themselves."
_ON_EVERYWHERE: Final = "Linking is on in all channels that did not switch it off by themselves."
_IGNORED: Final = (
    "From now on I answer none of your messages unasked, in any channel, nor in any workspace that knows you by the "
    "same id. Your commands work as before; `/linking answer-me` takes it back."
)
_MINDED: Final = "From now on I answer your messages again where linking is on."
_NOT_YOURS: Final = "Only admins of this workspace can change that."
_USAGE: Final = (
    "Type `/linking on`, `/linking off` or `/linking status`: whether I answer what is only mentioned here; with "
    "`everywhere` behind it, in all channels. `/linking ignore-me` and `/linking answer-me`: whether I ever answer you."
)


async def linking_command(front: Front, client: AsyncWebClient, asker: Asker, typed: str, sight: str) -> None:
    """Do what was typed behind `/linking`; `sight` says what is read where it is on."""
    wish, _, scope = " ".join(typed.casefold().split()).partition(" ")
    if wish in _WISHES and not scope:
        await front.discussions.ignore("slack", asker.user, ignored=_WISHES[wish])
        await tell(client, asker, _IGNORED if _WISHES[wish] else _MINDED)
    elif wish == "status" and not scope:
        await tell(client, asker, sight if await is_on(front.ledger, asker.where) else _OFF)
    elif wish not in _SWITCHES or scope not in {"", _EVERYWHERE}:
        await tell(client, asker, _USAGE)
    elif not await is_admin(client, asker.user):
        await tell(client, asker, _NOT_YOURS)
    else:
        everywhere = Where(platform="slack", server=asker.team)
        wanted = Preferences(linking=_SWITCHES[wish])
        await front.ledger.prefer(everywhere if scope else asker.where, wanted)
        await tell(client, asker, _switched(sight, on=_SWITCHES[wish], everywhere=bool(scope)))


def _switched(sight: str, *, on: bool, everywhere: bool) -> str:
    if everywhere:
        return f"{_ON_EVERYWHERE} {sight}" if on else _OFF_EVERYWHERE
    return sight if on else _OFF


def sight_of(granted: frozenset[str], domains: Sequence[str]) -> str:
    """What is read and what not where linking is on, and which scopes are missing for more."""
    reads = sorted(LINKING_SCOPES.keys() - granted) != sorted(LINKING_SCOPES)
    previews = bool(domains) and granted.issuperset(LINK_SCOPES)
    lacking = sorted((LINKING_SCOPES.keys() | (LINK_SCOPES.keys() if domains else set())) - granted)
    links = f"links to {', '.join(domains)}"
    match reads, previews:
        case True, True:
            said = (
                "I read every message here, if I am a member, for `[[words]]`, `AN #58` and addresses of papers, and "
                f"answer in its thread, {links} by a preview below them, {_NEVER}."
            )
        case True, False:
            said = (
                "I read every message here, if I am a member, for `[[words]]`, `AN #58` and addresses of papers, and "
                f"answer in its thread, {_NEVER}."
            )
        case False, True:
            said = (
                f"I see only {links}, and show a preview below them, never for bots; of the rest of a message I see "
                "nothing, so `[[words]]`, `AN #58` and other addresses stay unanswered."
            )
        case _:
            said = "I see nothing of what is written here."
    more = (
        f" I lack {_listed(lacking)}: install me again from `anbot manifest --linking text`."
        if lacking
        else ""
    )
    return f"Linking is on here: {said}{more}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
