"""What buttons do: turn a card, open a copy of it, share it, remove it."""

from collections.abc import Coroutine
from typing import Any

import discord

from adapters.discord.custom_ids import CUSTOM_ID, ButtonAction, decode
from adapters.discord.errors import is_gone, say
from adapters.discord.permissions import is_private, lacking, may_turn, note_on, settings_place_of
from adapters.discord.render import payload_of
from adapters.discord.responses import Interaction, answer, beside, in_time, think, update
from bot.cards.card import Card
from bot.cards.presenter import Presenter
from bot.cards.routes import Route, Verb, View, picked
from bot.ports import PreferenceStore
from bot.workers.once import Once


async def act(  # noqa: PLR0913, PLR0917 - all that an action may need
    interaction: Interaction,
    action: ButtonAction,
    value: str,
    presenter: Presenter,
    preference_store: PreferenceStore,
    sharing: Once,
) -> None:
    """Do the action of a button or a menu; `sharing` keeps a card from being shared twice."""
    route = picked(action.route, value) if action.verb is Verb.PICK else action.route
    match action.verb:
        case Verb.REMOVE:
            await _remove(interaction, action.owner)
        case Verb.SHARE:
            await _share(
                interaction, route, _card_at(interaction, route, presenter, preference_store), sharing
            )
        case _:
            await sharing.undo(_sharing(interaction, route))
            await _go(interaction, action.owner, _card_at(interaction, route, presenter, preference_store))


async def _card_at(
    interaction: Interaction, route: Route, presenter: Presenter, preference_store: PreferenceStore
) -> Card:
    preferences = await preference_store.of(settings_place_of(interaction))
    return await presenter.card_at(route, preferences, _query_of(interaction.message))


async def _go(interaction: Interaction, owner: int, looking_up: Coroutine[Any, Any, Card]) -> None:
    """The asker turns the card itself; anybody else gets a copy of their own."""
    private = is_private(interaction)
    if not may_turn(interaction, owner):
        card = await in_time(looking_up, lambda: think(interaction, private=True))
        await answer(interaction, payload_of(card, owner=interaction.user.id, private=True), private=True)
        return
    card = await in_time(looking_up, interaction.response.defer)
    turns = private or not card.private
    if turns and await update(interaction, payload_of(card, owner=owner, private=private)):
        return
    await beside(interaction, payload_of(card, owner=interaction.user.id, private=True), private=True)


async def _share(
    interaction: Interaction, route: Route, looking_up: Coroutine[Any, Any, Card], sharing: Once
) -> None:
    """Show it to all, once: the private copy first loses its Share."""
    if missing := lacking(interaction):
        looking_up.close()
        await say(interaction, note_on(missing))
        return
    name = _sharing(interaction, route)
    if not await sharing.begin(name):
        looking_up.close()
        await interaction.response.defer()
        return
    try:
        await _shared(interaction, looking_up)
    except BaseException:
        await sharing.undo(name)
        raise


def _sharing(interaction: Interaction, route: Route) -> str:
    """The name of sharing the route from that message: once, until the card is turned to it again."""
    return f"share {interaction.message.id if interaction.message else 0} {route}"


async def _shared(interaction: Interaction, looking_up: Coroutine[Any, Any, Card]) -> None:
    card = await in_time(looking_up, interaction.response.defer)
    owner = interaction.user.id
    if card.private:
        await beside(interaction, payload_of(card, owner=owner, private=True), private=True)
        return
    await update(interaction, payload_of(card, owner=owner, private=True, shared=True))
    await beside(interaction, payload_of(card, owner=owner, private=False), private=False)


async def _remove(interaction: Interaction, owner: int) -> None:
    if not may_turn(interaction, owner):
        await say(interaction, "Only the asker, or a member who can manage messages, can remove this.")
        return
    try:
        await interaction.response.defer()
        await interaction.delete_original_response()
    except discord.HTTPException as error:
        if not is_gone(error):
            raise


def _query_of(message: discord.Message | None) -> Route | None:
    """The query that led to the card, from its own buttons."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)] if message else []
    for component in (child for row in rows for child in row.children):
        if match := CUSTOM_ID.fullmatch(str(component.custom_id)):
            route = decode(match).route
            if route.view is View.MATCHES:
                return route
    return None
