"""What buttons and menus do: turn a card, show a copy of it, share it, remove it, change a digest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.action_ids import ButtonAction, decode, query_in
from adapters.slack.commands.digest import DigestCommand
from adapters.slack.events import Actor, actor_of, objects
from adapters.slack.interactions import Interactions
from adapters.slack.payload import modal_of, payload_of
from adapters.slack.render import SHARED_BY
from adapters.slack.responses import answer, respond, tell
from adapters.slack.users import is_admin
from bot.cards.card import Card
from bot.cards.routes import Route, Verb, picked
from bot.lookup.requests import Request, Unclear, parse

_BY_HAND: Final = (
    "Slack did not let me remove it. The writer of the message can remove it: with the ✕ beside the preview."
)
_NOT_YOURS: Final = "Only the asker, or an admin of this workspace, can remove this."


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that was pressed or a menu that was used, by whom, and in which message or view.

    `value` is what was picked or typed; `alone` says that only this person sees
    the message; `modal` is the id of the modal, "" for none; `unfurl` is the
    link that the preview is below, "" in a message of ours; `query` led to the card.
    """

    action: ButtonAction
    actor: Actor
    value: str = ""
    message: Mapping[str, Any]
    alone: bool = False
    modal: str = ""
    home: bool = False
    unfurl: str = ""
    query: Route | None = None

    @property
    def name(self) -> str:
        """The name of the message."""
        return f"{self.actor.channel} {self.message['ts']}"

    @property
    def route(self) -> Route:
        """Where it leads."""
        if self.value and self.action.verb in {Verb.PICK, Verb.OPEN}:
            return picked(self.action.route, self.value)
        return self.action.route


def press_of(body: Mapping[str, Any]) -> Press | None:
    """The press that the body is about; None if the element is not ours."""
    element = body["actions"][0]
    action = decode(element["action_id"])
    if action is None:
        return None
    value = (element.get("selected_option") or {}).get("value") or element.get("value") or ""
    if element["type"] == "button" and value:  # a target too long for an action id
        action, value = replace(action, route=replace(action.route, target=value)), ""
    container, view = body.get("container") or {}, body.get("view") or {}
    return Press(
        action=action,
        actor=actor_of(body),
        value=value,
        message={"ts": container.get("message_ts"), **(body.get("message") or {})},
        alone=bool(container.get("is_ephemeral")),
        modal=view.get("id", "") if view.get("type") == "modal" else "",
        home=view.get("type") == "home",
        unfurl=container.get("app_unfurl_url") or "",
        query=query_in(element.get("block_id") or ""),
    )


async def act(interactions: Interactions, client: AsyncWebClient, press: Press) -> None:
    """Do what the button or the menu says."""
    match press.action.verb:
        case Verb.REMOVE:
            interactions.pictures.turned(press.name)
            await _remove(client, press)
        case Verb.ABOUT:
            await DigestCommand(interactions).about(client, press.actor, press.route.target)
        case Verb.CHANGE | Verb.KEEP as verb:
            text = press.route.target if verb is Verb.CHANGE else ""
            await DigestCommand(interactions).decide(client, press.actor, text)
        case Verb.SHARE:
            await _share(interactions, client, press)
        case Verb.OPEN:
            await interactions.show(client, press.actor, await _card(interactions, press))
        case _ if press.modal or press.home:
            await _show_modal(interactions, client, press)
        case _:
            await _turn(interactions, client, press)


async def _card(interactions: Interactions, press: Press) -> Card:
    preferences = await interactions.preferences.of(press.actor.place)
    if press.action.verb is Verb.SEARCH:
        return await interactions.presenter.card_for(_request(press.value), preferences)
    return await interactions.presenter.card_at(press.route, preferences, press.query)


async def _turn(interactions: Interactions, client: AsyncWebClient, press: Press) -> None:
    """Turn the card itself if it is the presser's; show anybody else a copy."""
    card = await _card(interactions, press)
    if press.alone:
        await interactions.sharing.undo(_sharing(press))
        message = payload_of(card, owner=press.actor.user, private=True)
        await answer(client, press.actor, message, replace_original=True)
    elif press.action.owner == press.actor.user and not card.private and not press.unfurl:
        shared = _was_shared(press.message)
        message_of = partial(payload_of, owner=press.action.owner, private=False, shared=shared)
        await interactions.pictures.answer(
            client, press.actor, card, message_of, replaced=press.name, replace_original=True
        )
    else:
        await interactions.show(client, press.actor, card)


async def _show_modal(interactions: Interactions, client: AsyncWebClient, press: Press) -> None:
    """Turn the card in its modal; from the App Home, open one."""
    view = modal_of(await _card(interactions, press), owner=press.actor.user)
    if press.modal:
        await client.views_update(view_id=press.modal, view=view)
    else:
        await client.views_open(trigger_id=press.actor.trigger, view=view)


async def _share(interactions: Interactions, client: AsyncWebClient, press: Press) -> None:
    """Show the card to the channel, once: however often Share is pressed before it is gone."""
    name = _sharing(press)
    if not await interactions.sharing.begin(name):
        return
    try:
        card = await _card(interactions, press)
        if card.private:
            await interactions.show(client, press.actor, card)
            return
        public = partial(payload_of, owner=press.actor.user, private=False, shared=True)
        await interactions.pictures.answer(client, press.actor, card, public, replace_original=False)
    except BaseException:
        await interactions.sharing.undo(name)
        raise
    own = payload_of(card, owner=press.actor.user, private=True, shared=True)
    await respond(client, press.actor, {**own, "replace_original": True})


async def _remove(client: AsyncWebClient, press: Press) -> None:
    user = press.actor.user
    if press.alone or press.action.owner == user or await is_admin(client, user, press.actor.team):
        if not await respond(client, press.actor, {"delete_original": True}):
            if press.unfurl:
                await tell(client, press.actor, _BY_HAND)
                return
            await client.chat_delete(channel=press.actor.channel, ts=press.message["ts"])
        return
    await tell(client, press.actor, _NOT_YOURS)


def _request(typed: str) -> Request:
    """What was typed into a box: anything but a command is searched for."""
    request = parse(typed)
    return parse(f"/paper {typed}") if isinstance(request, Unclear) else request


def _sharing(press: Press) -> str:
    """The name under which a route is shared from a message: once, until the card is turned to it again."""
    return f"share {press.name} {press.route}"


def _was_shared(message: Mapping[str, Any]) -> bool:
    """If the card says who shared it."""
    blocks = [block for block in objects(message.get("blocks")) if block.get("type") == "context"]
    texts = [element.get("text") for block in blocks for element in objects(block.get("elements"))]
    return any(isinstance(text, str) and text.startswith(SHARED_BY) for text in texts)
