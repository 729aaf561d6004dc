"""`/linking`: if a channel's discussions are answered, and whose messages never are."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.events import Actor
from adapters.slack.interactions import Interactions
from adapters.slack.responses import tell
from adapters.slack.scopes import LINK_SCOPES, LINKING_SCOPES
from adapters.slack.users import is_admin
from bot.linking.linker import FORGOTTEN, is_on
from bot.model.places import Place, Preferences

_SWITCHES: Final = {"on": True, "off": False}
_EVERYWHERE: Final = "everywhere"
_PERSONAL: Final = {"ignore-me": True, "answer-me": False}
_NEVER: Final = "never code, quotes, `<https://…>` or what bots write"
_OFF: Final = (
    "Linking is off here: I read nothing and answer nothing that is only mentioned. Commands and **Find summaries** in "
    "a message’s menu work all the same."
)
_OFF_EVERYWHERE: Final = "Linking is off in all channels that did not switch it on for themselves."
_ON_EVERYWHERE: Final = "Linking is on in all channels that did not switch it off for themselves."
_IGNORED: Final = (
    "From now on I answer none of your messages unasked, in any channel or workspace where you have the same id. "
    "Your commands work as before; `/linking answer-me` takes it back."
)
_ANSWERED: Final = "From now on I answer your messages again if linking is on."
_NOT_YOURS: Final = "Only admins of this workspace can change that."
_USAGE: Final = (
    "Type `/linking on`, `/linking off` or `/linking status`: if I answer what is only mentioned here. Add "
    "`everywhere` for all channels. `/linking ignore-me` and `/linking answer-me`: if I answer you at all. "
    "`/linking forget-me`: I delete what I keep of you."
)


async def linking_command(
    interactions: Interactions, client: AsyncWebClient, actor: Actor, typed: str, status: str
) -> None:
    """Do what was typed after `/linking`; `status` says what is read if it is on."""
    action, _, scope = " ".join(typed.casefold().split()).partition(" ")
    if action in _PERSONAL and not scope:
        await interactions.linked_replies.set_opted_out("slack", actor.user, opted_out=_PERSONAL[action])
        await tell(client, actor, _IGNORED if _PERSONAL[action] else _ANSWERED)
    elif action == "forget-me" and not scope:
        await interactions.forgetting.person("slack", actor.user)
        await tell(client, actor, FORGOTTEN)
    elif action == "status" and not scope:
        await tell(client, actor, status if await is_on(interactions.preferences, actor.place) else _OFF)
    elif action not in _SWITCHES or scope not in {"", _EVERYWHERE}:
        await tell(client, actor, _USAGE)
    elif not await is_admin(client, actor.user, actor.team):
        await tell(client, actor, _NOT_YOURS)
    else:
        everywhere = Place(platform="slack", server=actor.team)
        preferences = Preferences(linking=_SWITCHES[action])
        await interactions.preferences.put(everywhere if scope else actor.place, preferences)
        await tell(client, actor, _switched(status, on=_SWITCHES[action], everywhere=bool(scope)))


def _switched(status: str, *, on: bool, everywhere: bool) -> str:
    if everywhere:
        return f"{_ON_EVERYWHERE} {status}" if on else _OFF_EVERYWHERE
    return status if on else _OFF


def status_of(granted: frozenset[str], domains: Sequence[str]) -> str:
    """What is read if linking is on, what is not, and which scopes are missing for more."""
    reads = sorted(LINKING_SCOPES.keys() - granted) != sorted(LINKING_SCOPES)
    previews = bool(domains) and granted.issuperset(LINK_SCOPES)
    lacking = sorted((LINKING_SCOPES.keys() | (LINK_SCOPES.keys() if domains else set())) - granted)
    links = f"links to {', '.join(domains)}"
    match reads, previews:
        case True, True:
            sentence = (
                "I read every message here, if I am a member, for `[[words]]`, `AN #58` and addresses of papers, and "
                f"answer in its thread, {links} by a preview below them, {_NEVER}."
            )
        case True, False:
            sentence = (
                "I read every message here, if I am a member, for `[[words]]`, `AN #58` and addresses of papers, and "
                f"answer in its thread, {_NEVER}."
            )
        case False, True:
            sentence = (
                f"I see only {links}, and show a preview below them, never for bots; of the rest of a message I see "
                "nothing, so `[[words]]`, `AN #58` and other addresses stay unanswered."
            )
        case _:
            sentence = "I see nothing of what is written here."
    more = (
        f" I lack {_listed(lacking)}: install me again from `anbot manifest --linking text`."
        if lacking
        else ""
    )
    return f"Linking is on here: {sentence}{more}"


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
