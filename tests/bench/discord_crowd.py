"""Many channels on Discord's stand-in."""

from dataclasses import dataclass, field
from itertools import cycle
from typing import Final

from bot.model.places import Place
from tests.bench.crowds import IN_A_SERVER, forget, servers
from tests.exactly_once.grounds import named
from tests.stand_ins import discord as discord_stand_in

_POSTS: Final = "/channels/*/messages"
_ASKERS: Final = 8
"""Servers on which people ask, so that some are on each shard."""


@dataclass
class Discord:
    """Servers of so many channels."""

    stand_in: discord_stand_in.StandIn
    channels: int
    in_a_server: int = IN_A_SERVER
    name: str = "Discord"
    asked: list[discord_stand_in.Interaction] = field(default_factory=list)

    def __post_init__(self) -> None:
        build = self.stand_in.build
        self._app = build.application("an", privileged=("message_content",))
        guilds = [
            build.guild(f"readers {n}", apps=[self._app]) for n in servers(self.channels, self.in_a_server)
        ]
        self._askers = [
            (self.stand_in.person(f"alice-{n}", guild), build.channel(guild, "talk"))
            for n, guild in enumerate(guilds[:_ASKERS])
        ]
        self._alice, self._talk = self._askers[0]
        self._turns = cycle(self._askers)
        self._wanting = [
            build.channel(guilds[n // self.in_a_server], f"papers-{n}") for n in range(self.channels)
        ]

    @property
    def wheres(self) -> list[Place]:
        return [
            Place(platform="discord", server=str(each.guild_id), channel=each.id) for each in self._wanting
        ]

    @property
    def bound(self) -> float:
        limit = self.stand_in.limits.all_routes
        return self.channels / limit.count * limit.seconds

    @property
    def environment(self) -> dict[str, str]:
        return {"DISCORD_TOKEN": self._app.token, "DISCORD_API_URL": self.stand_in.api_url}

    @property
    def count(self) -> int:
        return sum(len(channel.messages) for channel in self._wanting)

    async def reaches(self, count: int, within: float) -> None:
        await self.stand_in.until(lambda: self.count >= count, within=within, what="digests")

    def standing(self) -> list[str]:
        return [
            name
            for channel in self._wanting
            for message in channel.messages.values()
            for name in named(message.components)
        ]

    def posts(self) -> dict[str, list[float]]:
        return {self._app.id: [each.at for each in self.stand_in.journal.of("POST", _POSTS)]}

    def counted(self) -> dict[str, list[float]]:
        return {self._app.id: self.stand_in.limits.taken("all", self._app.token)}

    @property
    def refused(self) -> int:
        return self.stand_in.limits.refused.total()

    async def ask(self, words: str) -> None:
        person, channel = next(self._turns)
        self.asked.append(await person.slash("paper", {"words": words}, channel=channel))

    def waits(self) -> list[float | None]:
        answers = self.stand_in.journal.of("POST", "/interactions/*")
        arrived = {
            answer.path.split("/")[2]: answer.at
            for answer in answers
            if answer.json["type"] == discord_stand_in.Callback.MESSAGE
        }
        late = {edit.path.split("/")[3]: edit.at for edit in self.stand_in.journal.of("PATCH", "/webhooks/*")}
        ends = [arrived.get(each.id, late.get(each.token)) for each in self.asked]
        return [None if end is None else end - each.at for end, each in zip(ends, self.asked, strict=True)]

    def settled(self, until: float) -> list[float | None]:
        waits = [wait for wait, each in zip(self.waits(), self.asked, strict=True) if each.at <= until]
        self.asked = [each for each in self.asked if each.at > until]
        forget(self.stand_in.journal, until)
        return waits

    @property
    def talk(self) -> Place:
        return Place(platform="discord", server=str(self._talk.guild_id), channel=self._talk.id)

    async def say(self, text: str) -> None:
        await self._alice.send(self._talk, text)

    def drop(self) -> None:
        self.stand_in.gateway.drop()
