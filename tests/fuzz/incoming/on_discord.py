"""Discord: interactions of every kind, and whatever else its gateway tells of."""

import random
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from discord.state import ConnectionState

from tests.adapters.contract.discord_scene import DiscordScene, discord_scene
from tests.fuzz.incoming.front import WORDS, Act
from tests.fuzz.incoming.mutation import TEXTS
from tests.stand_ins.common.transit import Transit
from tests.stand_ins.discord import Channel, ChannelType, Message, NotPossible, Person, payloads
from tests.stand_ins.discord.command_rules import Option
from tests.stand_ins.discord.components import SELECTS, Kind, walk
from tests.stand_ins.discord.connection import Op
from tests.stand_ins.discord.errors import ApiError
from tests.stand_ins.discord.events import Event

_TOLD: Final = sorted(
    name.removeprefix("parse_").upper()
    for name in dir(ConnectionState)
    if name.startswith("parse_") and name not in {"parse_ready", "parse_resumed"}
)
"""All events that discord.py understands, but those that begin a session."""
_LEVELS: Final = (Option.SUBCOMMAND, Option.GROUP)


class OnDiscord:
    """The bot in a server with a text channel, a forum, a thread, and in a direct message."""

    impossible = (NotPossible, ApiError)

    def __init__(self, scene: DiscordScene) -> None:
        self.scene = scene
        self.transit: Transit = scene.discord.world.transit
        build, guild = scene.discord.build, scene.guild
        self._thread = build.thread(scene.channel, "talk", owner=scene.people["ada"].user)
        self._forum = build.channel(guild, "forum", type=ChannelType.FORUM, tags=("news",))
        self._role = build.role(guild, "Readers", mentionable=True)
        self.acts: Mapping[str, Act] = {
            "slash command": self._slash,
            "completion": self._typing,
            "message command": self._menu,
            "component": self._press,
            "form": self._submit,
            "message": self._write,
            "edit": self._edit,
            "deletion": self._delete,
            "channel": self._channel,
            "member": self._member,
            "event": self._event,
            "another event": self._event,
        }

    @property
    def serving(self) -> Any:
        return self.scene.serving

    def part_of(self, payload: Any) -> str | None:
        is_event = payload.get("op") == Op.DISPATCH and payload["t"] not in {"READY", "RESUMED"}
        return "d" if is_event else None

    async def settle(self) -> None:
        self.scene.clock.advance(1)

    def _somebody(self, rng: random.Random) -> Person:
        return self.scene.people[rng.choice(sorted(self.scene.people))]

    def _somewhere(self, rng: random.Random, person: Person) -> Channel:
        here, app = self.scene.channel, self.scene.app
        return rng.choice((here, here, self._thread, person.direct(app)))

    async def _slash(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        command, options = rng.choice(list(self._commands()))
        values = {
            each["name"]: self._value(rng, each)
            for each in options
            if each.get("required") or rng.random() < 0.5
        }
        await person.slash(command, values, channel=self._somewhere(rng, person))

    async def _typing(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        offered = [
            (name, each["name"])
            for name, options in self._commands()
            for each in options
            if each.get("autocomplete")
        ]
        command, option = rng.choice(offered)
        await person.start_typing(command, option, _text(rng)[:100], channel=self._somewhere(rng, person))

    async def _menu(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        await person.message_command("Find summaries", self._message(rng, person))

    async def _press(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        shown = [each for each in person.sees(self.scene.channel) if each.components]
        if not shown:
            return
        message = rng.choice(shown)
        used = rng.choice(list(walk(message.components)))
        if used["type"] == Kind.BUTTON:
            await person.click(message, used.get("custom_id") or used["label"])
        elif used["type"] in SELECTS:
            options = [each["value"] for each in used.get("options", ())] or [self._role.id]
            await person.select(message, used["custom_id"], rng.choice(options))

    async def _submit(self, rng: random.Random) -> None:
        forms = [each for each in self.scene.discord.interactions if each.modal]
        if not forms:
            await self.scene.people["ada"].slash("digest here", {}, channel=self.scene.channel)
            return
        shown = rng.choice(forms)
        await next(each for each in self.scene.people.values() if each.user is shown.user).submit(shown, {})

    async def _write(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        answered = self._message(rng, person) if rng.random() < 0.3 else None
        channel = self.scene.channel if answered else self._somewhere(rng, person)
        await person.send(channel, _text(rng)[:2000] or "-", answers=answered)

    async def _edit(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        await person.edit(self._message(rng, person), _text(rng)[:2000])

    async def _delete(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        await person.delete(self._message(rng, person))

    async def _channel(self, rng: random.Random) -> None:
        build = self.scene.discord.build
        kinds = (
            ChannelType.TEXT,
            ChannelType.NEWS,
            ChannelType.FORUM,
            ChannelType.MEDIA,
            ChannelType.CATEGORY,
        )
        made = build.channel(self.scene.guild, "more", type=rng.choice(kinds))
        rng.choice((build.announce, build.delete_channel))(made)

    async def _member(self, rng: random.Random) -> None:
        scene = self.scene
        build, bot = scene.discord.build, scene.app.bot
        if rng.random() < 0.5:
            build.grant(scene.guild, bot, self._role)
        else:
            build.remove(scene.guild, bot)
            build.join(scene.guild, bot)

    async def _event(self, rng: random.Random) -> None:
        """Tell of anything, in a payload that has what any event has."""
        name = rng.choice(_TOLD)
        message = self._message(rng, self.scene.people["ada"])
        member = self.scene.guild.members[message.author.id]
        whole = {
            **payloads.guild_create(
                self.scene.guild, member, [self.scene.channel, self._forum, self._thread]
            ),
            **payloads.channel(rng.choice((self.scene.channel, self._forum, self._thread))),
            **self.scene.discord.world.message_json(message),
            **payloads.member(member),
            "guild_id": self.scene.guild.id,
            "message_id": message.id,
            "user_id": message.author.id,
            "ids": [message.id],
            "member": payloads.member(member),
            "role": payloads.role(self._role, 1),
            "role_id": self._role.id,
            "emoji": {"id": None, "name": "👍"},
        }
        self.scene.discord.world.emit(Event(name=name, data=whole, guild_id=self.scene.guild.id))

    def _message(self, rng: random.Random, person: Person) -> Message:
        if not (messages := person.sees(self.scene.channel)):
            raise NotPossible("there is no message")
        return rng.choice(messages)

    def _commands(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """What can be typed, with its options."""
        for command in self.scene.app.commands.get("", {}).values():
            if command["type"] == 1:
                options = command.get("options") or []
                subs = [each for each in options if each["type"] in _LEVELS]
                yield from ((f"{command['name']} {each['name']}", each.get("options") or []) for each in subs)
                if not subs:
                    yield command["name"], options

    def _value(self, rng: random.Random, option: Mapping[str, Any]) -> Any:
        if option.get("choices"):
            return rng.choice(option["choices"])["value"]
        match option["type"]:
            case Option.STRING:
                return _text(rng)[: option.get("max_length", 200)]
            case Option.INTEGER:
                return rng.randint(option.get("min_value", -5), option.get("max_value", 400))
            case Option.BOOLEAN:
                return rng.random() < 0.5
            case Option.CHANNEL:
                return rng.choice((self.scene.channel, self._forum, self._thread))
            case _:
                return self._role


def _text(rng: random.Random) -> str:
    return rng.choice(WORDS if rng.random() < 0.7 else TEXTS).replace("\ud800", "?")


@asynccontextmanager
async def on_discord(database: Path) -> AsyncIterator[OnDiscord]:
    """The bot on Discord."""
    async with discord_scene(database) as scene:
        front = OnDiscord(scene)
        async with scene.running():
            yield front
