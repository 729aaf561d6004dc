"""Many channels on a platform's stand-in, people who look things up beside them, and what came of both.

Moments are seconds since 1970.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from bot.model.places import Place
from tests.stand_ins.common.journal import Journal

IN_A_SERVER: Final = 100
"""Channels of a Discord server, or a Slack workspace, that want digests."""


class Crowd(Protocol):
    """What the measurement asks of a platform."""

    @property
    def name(self) -> str: ...

    @property
    def wheres(self) -> Sequence[Place]:
        """The channels."""

    @property
    def bound(self) -> float:
        """Seconds that the limits take for one message to each of the channels."""

    @property
    def environment(self) -> Mapping[str, str]: ...

    @property
    def count(self) -> int:
        """How many messages stand in the channels."""

    async def reaches(self, count: int, within: float) -> None:
        """Return when so many stand there."""

    def standing(self) -> list[str]:
        """The names of the deliveries that stand in the channels."""

    def posts(self) -> dict[str, list[float]]:
        """When requests that post a message came, by whom their limit is counted."""

    def counted(self) -> dict[str, list[float]]:
        """When all requests came that count towards that limit."""

    @property
    def refused(self) -> int:
        """How many requests were one too many."""

    @property
    def asked(self) -> Sequence[object]:
        """The questions."""

    async def ask(self, words: str) -> None:
        """Somebody looks something up; does not wait for the answer."""

    def waits(self) -> list[float | None]:
        """Seconds from each question to its answer's arrival; None where there is no answer."""

    def settled(self, until: float) -> list[float | None]:
        """As `waits`, of the questions asked until then; they and what was requested until then are forgotten."""

    @property
    def talk(self) -> Place:
        """Where questions are asked."""

    async def say(self, text: str) -> None:
        """Somebody writes that there, and asks nothing."""

    def drop(self) -> None:
        """Cut the bot's connections, if it has any."""


def forget(journal: Journal[Any], until: float) -> None:
    """Drop what was requested until then."""
    journal.records = [record for record in journal if record.at > until]


def servers(channels: int, in_a_server: int) -> range:
    """The servers, or workspaces, that so many channels fill, by their number."""
    return range(-(-channels // in_a_server))
