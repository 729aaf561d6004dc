"""Starting an interaction: it is remembered by its token, and its application is told of it."""

from typing import Any

from tests.stand_ins.discord import payloads, permissions
from tests.stand_ins.discord.call import Site
from tests.stand_ins.discord.entities import Channel, Json, User
from tests.stand_ins.discord.events import Event
from tests.stand_ins.discord.interactions import Interaction
from tests.stand_ins.discord.offered import Offer
from tests.stand_ins.discord.world import World

ALWAYS = ("embed_links", "attach_files")  # in answers to interactions, wherever they are
MOST_BYTES = 10_485_760  # of an uploaded file


def ask(site: Site, user: User, channel: Channel, offer: Offer, **asked: Any) -> Interaction:
    """A new interaction of a user with the offering application; asked is what else is known of it."""
    world = site.world
    interaction = Interaction(
        id=world.ids.make(),
        application=offer.application,
        user=user,
        channel=channel,
        guild=world.guild_of(channel),
        at=world.clock.now(),
        changes=world.changes,
        owners=offer.owners,
        **asked,
    )
    site.interactions[interaction.token] = interaction
    world.emit(
        Event(
            name="INTERACTION_CREATE",
            data=_told(world, interaction) | {"context": offer.context} | _asker(world, interaction),
            guild_id=channel.guild_id,
            only=offer.application,
        )
    )
    return interaction


def _told(world: World, interaction: Interaction) -> Json:
    """The interaction as its application is told of it, but for who asks."""
    channel, app = interaction.channel, interaction.application
    rights = world.rights(channel, interaction.user)
    of_app = world.rights(channel, app.bot) or permissions.bits(ALWAYS)
    payload: Json = {
        "id": interaction.id,
        "application_id": app.id,
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": channel.id,
        "channel": payloads.channel(channel) | {"permissions": str(rights)},
        "app_permissions": str(of_app),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": interaction.owners,
        "attachment_size_limit": MOST_BYTES,
    }
    if interaction.source is not None:
        payload["message"] = world.message_json(interaction.source, interaction.user)
    return payload


def _asker(world: World, interaction: Interaction) -> Json:
    """A member in a guild, a user elsewhere."""
    guild, user = interaction.guild, interaction.user
    if guild is None:
        return {"user": payloads.user(user)}
    rights = world.rights(interaction.channel, user)
    return {
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "member": payloads.member(guild.members[user.id]) | {"permissions": str(rights)},
    }
