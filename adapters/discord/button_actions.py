"""What buttons do: turn a card, show a copy of it, share it, remove it."""

from collections.abc import Coroutine
from typing import Any

import discord

from adapters.discord.custom_ids import BUTTON, MENU, ButtonAction, Verb, decode
from adapters.discord.errors import is_gone, say
from adapters.discord.payload import payload_of
from adapters.discord.permissions import is_private, lacking, may_turn, note_on, place_of
from adapters.discord.presenter import Presenter
from adapters.discord.responses import Interaction, answer, beside, in_time, think, update
from adapters.discord.screens import Screen
from bot.cards.routes import Route, View, picked
from bot.ports import PreferenceStore
from bot.runtime.dedupe import Seen


async def press(  # noqa: PLR0913, PLR0917 - all that a press may need
    interaction: Interaction,
    pressed: ButtonAction,
    value: str,
    presenter: Presenter,
    ledger: PreferenceStore,
    once: Seen,
) -> None:
    """Do what the button or the menu says; what must not happen twice happens `once`."""
    match pressed.verb:
        case Verb.REMOVE:
            await _remove(interaction, pressed.owner)
        case Verb.SHARE:
            await _share(
                interaction, pressed.route, _lookup(interaction, pressed.route, presenter, ledger), once
            )
        case Verb.GO:
            once.forget(_sharing(interaction, pressed.route))
            await _go(interaction, pressed.owner, _lookup(interaction, pressed.route, presenter, ledger))
        case Verb.PICK:
            route = picked(pressed.route, value)
            once.forget(_sharing(interaction, route))
            await _go(interaction, pressed.owner, _lookup(interaction, route, presenter, ledger))


async def _lookup(
    interaction: Interaction, route: Route, presenter: Presenter, ledger: PreferenceStore
) -> Screen:
    held = await ledger.preferences(place_of(interaction))
    return await presenter.at(route, held, _query_of(interaction.message))


async def _go(interaction: Interaction, owner: int, lookup: Coroutine[Any, Any, Screen]) -> None:
    """Who asked has the card itself turned; anybody else gets a copy of their own."""
    private = is_private(interaction)
    if not may_turn(interaction, owner):
        screen = await in_time(lookup, lambda: think(interaction, private=True))
        await answer(interaction, payload_of(screen, owner=interaction.user.id, private=True), private=True)
        return
    screen = await in_time(lookup, interaction.response.defer)
    turns = private or not screen.private
    if turns and await update(interaction, payload_of(screen, owner=owner, private=private)):
        return
    await beside(interaction, payload_of(screen, owner=interaction.user.id, private=True), private=True)


async def _share(
    interaction: Interaction, route: Route, lookup: Coroutine[Any, Any, Screen], once: Seen
) -> None:
    """Show it to all, once: the private copy loses its Share before."""
    if missing := lacking(interaction):
        lookup.close()
        await say(interaction, note_on(missing))
        return
    name = _sharing(interaction, route)
    if not once.first(name):
        lookup.close()
        await interaction.response.defer()
        return
    try:
        await _shared(interaction, lookup)
    except BaseException:
        once.forget(name)
        raise


def _sharing(interaction: Interaction, route: Route) -> str:
    """The name under which the spot is shared from that message: once, until the card is turned to it again."""
    return f"share {interaction.message.id if interaction.message else 0} {route}"


async def _shared(interaction: Interaction, lookup: Coroutine[Any, Any, Screen]) -> None:
    screen = await in_time(lookup, interaction.response.defer)
    owner = interaction.user.id
    if screen.private:
        await beside(interaction, payload_of(screen, owner=owner, private=True), private=True)
        return
    await update(interaction, payload_of(screen, owner=owner, private=True, shared=True))
    await beside(interaction, payload_of(screen, owner=owner, private=False), private=False)


async def _remove(interaction: Interaction, owner: int) -> None:
    if not may_turn(interaction, owner):
        await say(interaction, "Only who asked, or who may manage messages here, can remove this.")
        return
    try:
        await interaction.response.defer()
        await interaction.delete_original_response()
    except discord.HTTPException as error:
        if not is_gone(error):
            raise


def _query_of(message: discord.Message | None) -> Route | None:
    """The query that the card's own buttons still know."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)] if message else []
    for component in (child for row in rows for child in row.children):
        custom_id = component.custom_id or ""
        if match := BUTTON.fullmatch(custom_id) or MENU.fullmatch(custom_id):
            route = decode(match).route
            if route.view is View.MATCHES:
                return route
    return None
