"""What the tests of the adapter stand on: clients over one library, a server with members."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

import discord
import pytest
from simcord import Env, InteractionResult
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle

from adapters.discord import autocomplete, notices, responses
from adapters.discord.client import Client
from adapters.discord.interactions import Interactions
from bot.pictures import Pictures
from bot.ports import Finder, Library
from bot.runtime import in_flight
from store import Store
from tests.stand_ins.common.patience import HANG
from tests.support.services import services_over
from tests.support.three_issues import lookup_over

NOW = datetime(2026, 1, 12, 3, 4, tzinfo=UTC)


def undisturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is put off or given up because the machine is busy."""
    for owner, name in (
        (responses, "PATIENCE"),
        (responses, "CEILING"),
        (autocomplete, "_SECONDS"),
        (notices, "_SECONDS"),
        (in_flight, "_DRAIN"),
    ):
        monkeypatch.setattr(owner, name, HANG)


@dataclass
class Bench:
    """Makes clients over one library, as restarts do."""

    library: Library
    finder: Finder
    store: Store
    now: datetime = NOW
    pictures: bool = False

    def client(self, **options: Any) -> Client:
        services = services_over(self.store, lookup_over(self.library, self.finder), lambda: self.now)
        if self.pictures:
            services = replace(services, pictures=Pictures(self.library))
        return Client(Interactions(services), **{"shard_count": 1, **options})


@dataclass
class World:
    """A server with two members, a moderator, an admin, and a channel."""

    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor
    moderator: MemberActor
    admin: MemberActor
    results: list[InteractionResult] = field(default_factory=list)

    @classmethod
    def in_(cls, env: Env) -> "World":
        guild = env.create_guild()
        moderators = guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
        admins = guild.create_role(
            "Admins", permissions=discord.Permissions(manage_guild=True, manage_channels=True)
        )
        return cls(
            env=env,
            guild=guild,
            channel=guild.create_text_channel("papers"),
            alice=guild.add_member(env.create_user("alice")),
            bob=guild.add_member(env.create_user("bob")),
            moderator=guild.add_member(env.create_user("mo"), roles=[moderators]),
            admin=guild.add_member(env.create_user("ada"), roles=[admins]),
        )

    async def show_to(self, name: str, *members: MemberActor) -> None:
        """Show the command to the members, as a server's Integrations settings can."""
        commands = {each.name: each for each in await cast(Client, self.env.bot).tree.fetch_commands()}
        self.guild.set_command_permissions(commands[name], dict.fromkeys(members, True))


def shown(result: InteractionResult) -> Any:
    """The message that answers; Any, for its parts are there or the test fails."""
    assert result.response, "nothing is shown"
    return result.response


def button(message: Any, label: str) -> dict[str, Any]:
    """The button of the message whose label starts so."""
    buttons = [
        c for row in message.components for c in row["components"] if (c.get("label") or "").startswith(label)
    ]
    assert buttons, f"no button {label!r} among {labels(message)}"
    return dict(buttons[0])


def labels(message: Any) -> list[str]:
    return [c["label"] for row in message.components for c in row["components"] if c.get("label")]
