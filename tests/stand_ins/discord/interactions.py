"""Interactions: a person used the application, which has 3 s to answer and 15 min to go on."""

import secrets
from dataclasses import dataclass, field
from enum import IntEnum

from tests.stand_ins.common.changes import Changes
from tests.stand_ins.common.clock import Clock
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord import payloads
from tests.stand_ins.discord.entities import Application, Channel, Guild, Json, Message, MessageFlag, User

FIRST_ANSWER, TOKEN_LIFE = 3.0, 15 * 60.0  # seconds
FOLLOW_UPS_ELSEWHERE = 5  # for an application that is not in the guild


class Asked(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True, kw_only=True, eq=False)
class Interaction:
    """One use of the application, and how it was answered so far."""

    id: str
    application: Application
    kind: Asked
    user: User
    channel: Channel
    guild: Guild | None
    at: float
    data: Json
    changes: Changes
    owners: dict[str, str] = field(default_factory=dict)  # by whose installation
    shown_by: "Interaction | None" = None  # of a filled in form: what showed it
    source: Message | None = None  # the message whose component was used
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    callback: Callback | None = None
    original: Message | None = None
    follow_ups: list[Message] = field(default_factory=list)
    follow_ups_sent: int = 0
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None

    @property
    def acknowledged(self) -> bool:
        return self.callback is not None

    @property
    def loading(self) -> bool:
        """Whether an answer was put off and has not come; one that was deleted will not."""
        original = self.original
        return original is not None and original.loading and original.id in self.channel.messages

    @property
    def messages(self) -> list[Message]:
        """The answer and what followed it, as far as they are still there."""
        sent = [self.original] if self.original and self.original is not self.source else []
        return [message for message in [*sent, *self.follow_ups] if message.id in self.channel.messages]

    def too_late(self, clock: Clock) -> bool:
        """Whether the time for a first answer is over."""
        return clock.now() - self.at > FIRST_ANSWER

    def expired(self, clock: Clock) -> bool:
        """Whether the token is spent."""
        return clock.now() - self.at > TOKEN_LIFE

    def metadata(self) -> Json:
        """What the messages that answer say of it."""
        payload: Json = {
            "id": self.id,
            "type": int(self.kind),
            "user": payloads.user(self.user),
            "authorizing_integration_owners": self.owners,
        }
        if self.kind is Asked.COMPONENT and self.source:
            payload["interacted_message_id"] = self.source.id
        if self.shown_by:
            payload["triggering_interaction_metadata"] = self.shown_by.metadata()
        return payload

    async def acknowledgement(self, *, within: float = HANG) -> Callback:
        """How the application first answered; TimeoutError where it did not within so many real seconds."""
        await self.changes.until(lambda: self.acknowledged, within=within, what="a first answer")
        assert self.callback is not None
        return self.callback

    async def answer(self, *, within: float = HANG) -> Message:
        """The message that answers, once it is no longer loading."""

        def there() -> bool:
            return self.original is not None and not self.loading

        await self.changes.until(there, within=within, what="the message that answers")
        assert self.original is not None
        return self.original

    async def follow_up(self, number: int = 1, *, within: float = HANG) -> Message:
        """The first, second, … message that followed the answer."""
        await self.changes.until(
            lambda: len(self.follow_ups) >= number, within=within, what=f"follow-up number {number}"
        )
        return self.follow_ups[number - 1]

    async def form(self, *, within: float = HANG) -> Json:
        """The modal the application showed."""
        await self.changes.until(lambda: self.modal is not None, within=within, what="a modal")
        assert self.modal is not None
        return self.modal


def answered(message: Message) -> None:
    """A message that was loading no longer is."""
    message.flags &= ~MessageFlag.LOADING
