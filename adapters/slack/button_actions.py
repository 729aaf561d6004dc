"""What buttons and menus do: turn a card, show a copy of it, share it, remove it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.action_ids import ButtonAction, Verb, decode
from adapters.slack.commands.digest import about
from adapters.slack.events import Actor
from adapters.slack.interactions import Interactions
from adapters.slack.payload import SHARED_BY, modal_of, payload_of
from adapters.slack.responses import answer, respond, tell
from adapters.slack.screens import Screen
from adapters.slack.users import is_admin
from bot.cards.routes import Route, View, picked
from bot.lookup.requests import Request, Unclear, parse

_BY_HAND: Final = "Slack did not let me remove it. Who wrote the message can: with the ✕ beside the preview."
_NOT_YOURS: Final = "Only who asked, or an admin of this workspace, can remove this."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A press, who did it, and the message or window it was done in.

    `value` is what was picked or typed; `alone` says that only this person
    sees the message; `window` is the id of the window, "" for none; `unfurl` is
    the link below whose preview it stands, "" where it is in a message of ours.
    """

    press: ButtonAction
    actor: Actor
    value: str = ""
    message: Mapping[str, Any]
    alone: bool = False
    window: str = ""
    home: bool = False
    unfurl: str = ""

    @property
    def route(self) -> Route:
        """Where it leads."""
        if self.press.verb is Verb.PICK:
            return picked(self.press.route, self.value)
        return self.press.route


async def pressed(interactions: Interactions, client: AsyncWebClient, press: Pressed) -> None:
    """Do what the button or the menu says."""
    if press.press.verb is Verb.REMOVE:
        await _remove(client, press)
    elif press.press.verb is Verb.ABOUT:
        await about(interactions, client, press.actor, press.route.target)
    elif press.press.verb is Verb.SHARE:
        await _share(interactions, client, press)
    elif press.window or press.home:
        await _show_window(interactions, client, press)
    else:
        await _turn(interactions, client, press)


async def _screen(interactions: Interactions, press: Pressed) -> Screen:
    held = await interactions.preferences.of(press.actor.place)
    if press.press.verb is Verb.SEARCH:
        return await interactions.presenter.asked(_request(press.value), held)
    return await interactions.presenter.at(press.route, held, _query_of(press.message))


async def _turn(interactions: Interactions, client: AsyncWebClient, press: Pressed) -> None:
    """Who asked has the card itself turned; anybody else gets a copy of their own."""
    screen = await _screen(interactions, press)
    if press.alone:
        interactions.once.forget(_sharing(press))
        message = payload_of(screen, owner=press.actor.user, private=True)
        await answer(client, press.actor, dict(message), replace_original=True)
    elif press.press.owner == press.actor.user and not screen.private and not press.unfurl:
        shared = _was_shared(press.message)
        message = payload_of(screen, owner=press.press.owner, private=False, shared=shared)
        await answer(client, press.actor, dict(message), replace_original=True)
    else:
        await interactions.show(client, press.actor, screen)


async def _show_window(interactions: Interactions, client: AsyncWebClient, press: Pressed) -> None:
    """In a window the card turns; from the App Home it opens in a window."""
    screen = await _screen(interactions, press)
    view = modal_of(screen, owner=press.actor.user)
    if press.window:
        await client.views_update(view_id=press.window, view=view)
    else:
        await client.views_open(trigger_id=press.actor.trigger, view=view)


async def _share(interactions: Interactions, client: AsyncWebClient, press: Pressed) -> None:
    """Show it to all, once: however often Share is pressed before it is gone."""
    name = _sharing(press)
    if not interactions.once.first(name):
        return
    try:
        screen = await _screen(interactions, press)
        if screen.private:
            await interactions.show(client, press.actor, screen)
            return
        public = payload_of(screen, owner=press.actor.user, private=False, shared=True)
        await answer(client, press.actor, dict(public), replace_original=False)
    except BaseException:
        interactions.once.forget(name)
        raise
    own = payload_of(screen, owner=press.actor.user, private=True, shared=True)
    await respond(client, press.actor, {**own, "replace_original": True})


async def _remove(client: AsyncWebClient, press: Pressed) -> None:
    user = press.actor.user
    if press.alone or press.press.owner == user or await is_admin(client, user):
        if not await respond(client, press.actor, {"delete_original": True}):
            if press.unfurl:
                await tell(client, press.actor, _BY_HAND)
                return
            await client.chat_delete(channel=press.actor.channel, ts=press.message["ts"])
        return
    await tell(client, press.actor, _NOT_YOURS)


def _request(typed: str) -> Request:
    """What was typed into a box: whatever is no command is looked for."""
    request = parse(typed)
    return parse(f"/paper {typed}") if isinstance(request, Unclear) else request


def _sharing(press: Pressed) -> str:
    """The name under which the spot is shared from that message: once, until the card is turned to it again."""
    return f"share {press.actor.channel} {press.message.get('ts')} {press.route}"


def _query_of(message: Mapping[str, Any]) -> Route | None:
    """The query that the card's own buttons still know."""
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            press = decode(element.get("action_id", ""))
            if press and press.route.view is View.MATCHES and press.verb is not Verb.SEARCH:
                return press.route
    return None


def _was_shared(message: Mapping[str, Any]) -> bool:
    """Whether the card says who shared it."""
    blocks = [block for block in message.get("blocks") or () if block.get("type") == "context"]
    texts = [element.get("text", "") for block in blocks for element in block.get("elements") or ()]
    return any(text.startswith(SHARED_BY) for text in texts)
