"""A gateway session: what an application has been told, so that it can be told again after a gap."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.stand_ins.discord.entities import Application, Json
from tests.stand_ins.discord.events import Event
from tests.stand_ins.discord.snowflakes import shard_of

if TYPE_CHECKING:
    from tests.stand_ins.discord.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify:
    """One start of a session, as it was asked for."""

    application: Application
    intents: int
    shard: tuple[int, int]
    at: float


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """It outlives its connection, unless that was closed with 1000 or 1001."""

    application: Application
    intents: int
    shard: tuple[int, int] = (0, 1)  # which, of how many
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sent: list[Json] = field(default_factory=list)  # every dispatch; the n-th has the sequence number n
    connection: "Connection | None" = None

    def dispatch(self, name: str, data: Json) -> None:
        """Sends an event, or keeps it for a resumption where there is no connection."""
        payload = {"op": 0, "t": name, "s": len(self.sent) + 1, "d": data}
        self.sent.append(payload)
        if self.connection is not None:
            self.connection.put(payload)

    def missed_since(self, sequence: int) -> list[Json]:
        return self.sent[sequence:]

    def wants(self, event: Event) -> bool:
        """Whether its intents and its shard cover an event."""
        number, shards = self.shard
        covered = self.intents & event.intent == event.intent
        return covered and shard_of(event.guild_id, shards) == number
