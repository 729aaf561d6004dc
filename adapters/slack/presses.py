"""What buttons and menus do: turn a card, show a copy of it, share it, remove it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_command import about
from adapters.slack.front import Front
from adapters.slack.incoming import Asker
from adapters.slack.payload import SHARED_BY, modal_of, payload_of
from adapters.slack.people import is_admin
from adapters.slack.replies import answer, respond, tell
from adapters.slack.screens import Screen
from adapters.slack.spots import Press, Verb, decode
from bot.chat.spots import Spot, View, picked
from bot.requests import Request, Unclear, parse

_BY_HAND: Final = "Slack did not let me remove it. Who wrote the message can: with the ✕ beside the preview."
_NOT_YOURS: Final = "Only who asked, or an admin of this workspace, can remove this."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A press, who did it, and the message or window it was done in.

    `value` is what was picked or typed; `alone` says that only this person
    sees the message; `window` is the id of the window, "" for none; `unfurl` is
    the link below whose preview it stands, "" where it is in a message of ours.
    """

    press: Press
    asker: Asker
    value: str = ""
    message: Mapping[str, Any]
    alone: bool = False
    window: str = ""
    home: bool = False
    unfurl: str = ""

    @property
    def spot(self) -> Spot:
        """Where it leads."""
        if self.press.verb is Verb.PICK:
            return picked(self.press.spot, self.value)
        return self.press.spot


async def pressed(front: Front, client: AsyncWebClient, press: Pressed) -> None:
    """Do what the button or the menu says."""
    if press.press.verb is Verb.REMOVE:
        await _remove(client, press)
    elif press.press.verb is Verb.ABOUT:
        await about(front, client, press.asker, press.spot.target)
    elif press.press.verb is Verb.SHARE:
        await _share(front, client, press)
    elif press.window or press.home:
        await _show_window(front, client, press)
    else:
        await _turn(front, client, press)


async def _screen(front: Front, press: Pressed) -> Screen:
    held = await front.ledger.preferences(press.asker.where)
    if press.press.verb is Verb.SEARCH:
        return await front.looking.asked(_request(press.value), held)
    return await front.looking.at(press.spot, held, _query_of(press.message))


async def _turn(front: Front, client: AsyncWebClient, press: Pressed) -> None:
    """Who asked has the card itself turned; anybody else gets a copy of their own."""
    screen = await _screen(front, press)
    if press.alone:
        front.once.forget(_sharing(press))
        message = payload_of(screen, owner=press.asker.user, private=True)
        await answer(client, press.asker, dict(message), replace_original=True)
    elif press.press.owner == press.asker.user and not screen.private and not press.unfurl:
        shared = _was_shared(press.message)
        message = payload_of(screen, owner=press.press.owner, private=False, shared=shared)
        await answer(client, press.asker, dict(message), replace_original=True)
    else:
        await front.show(client, press.asker, screen)


async def _show_window(front: Front, client: AsyncWebClient, press: Pressed) -> None:
    """In a window the card turns; from the App Home it opens in a window."""
    screen = await _screen(front, press)
    view = modal_of(screen, owner=press.asker.user)
    if press.window:
        await client.views_update(view_id=press.window, view=view)
    else:
        await client.views_open(trigger_id=press.asker.trigger, view=view)


async def _share(front: Front, client: AsyncWebClient, press: Pressed) -> None:
    """Show it to all, once: however often Share is pressed before it is gone."""
    name = _sharing(press)
    if not front.once.first(name):
        return
    try:
        screen = await _screen(front, press)
        if screen.private:
            await front.show(client, press.asker, screen)
            return
        public = payload_of(screen, owner=press.asker.user, private=False, shared=True)
        await answer(client, press.asker, dict(public), replace_original=False)
    except BaseException:
        front.once.forget(name)
        raise
    own = payload_of(screen, owner=press.asker.user, private=True, shared=True)
    await respond(client, press.asker, {**own, "replace_original": True})


async def _remove(client: AsyncWebClient, press: Pressed) -> None:
    user = press.asker.user
    if press.alone or press.press.owner == user or await is_admin(client, user):
        if not await respond(client, press.asker, {"delete_original": True}):
            if press.unfurl:
                await tell(client, press.asker, _BY_HAND)
                return
            await client.chat_delete(channel=press.asker.channel, ts=press.message["ts"])
        return
    await tell(client, press.asker, _NOT_YOURS)


def _request(typed: str) -> Request:
    """What was typed into a box: whatever is no command is looked for."""
    request = parse(typed)
    return parse(f"/paper {typed}") if isinstance(request, Unclear) else request


def _sharing(press: Pressed) -> str:
    """The name under which the spot is shared from that message: once, until the card is turned to it again."""
    return f"share {press.asker.channel} {press.message.get('ts')} {press.spot}"


def _query_of(message: Mapping[str, Any]) -> Spot | None:
    """The query that the card's own buttons still know."""
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            press = decode(element.get("action_id", ""))
            if press and press.spot.view is View.MATCHES and press.verb is not Verb.SEARCH:
                return press.spot
    return None


def _was_shared(message: Mapping[str, Any]) -> bool:
    """Whether the card says who shared it."""
    blocks = [block for block in message.get("blocks") or () if block.get("type") == "context"]
    texts = [element.get("text", "") for block in blocks for element in block.get("elements") or ()]
    return any(text.startswith(SHARED_BY) for text in texts)
