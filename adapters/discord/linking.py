"""Answers what a discussion mentions, where that was switched on."""

import contextlib
import logging
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from adapters.discord.errors import is_gone, logged
from adapters.discord.front import Front
from adapters.discord.linked_card import linked_screen
from adapters.discord.payload import Payload, payload_of
from adapters.discord.where import may_post, places_of
from bot.discussion import Discussion
from bot.linking import concerns
from bot.types import Issue, Summary, Where

log: Final = logging.getLogger("anbot.discord")

_SAID: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Linking:
    """Follows the messages of all channels."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._discussion: Discussion[discord.Message] = Discussion(front.looking.desk, front.clock)

    async def seen(self, message: discord.Message) -> None:
        """Answer a new message that mentions something; most end in the first line."""
        if not concerns(message.content) or not _is_said(message):
            return
        self._discussion.begin(str(message.id))
        await self.edited(message)

    async def edited(self, message: discord.Message) -> None:
        """Let our reply say what the message says now, or take it back."""
        name, place = str(message.id), str(message.channel.id)
        await self._safely(
            self._discussion.follow(
                name, place, message.content, _Beside(message), lambda: self._wanted(message)
            )
        )

    async def deleted(self, message: int, channel: int) -> None:
        """Take back our reply to a message that is gone."""
        await self._safely(self._discussion.leave(str(message), str(channel), _Beside(None)))

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        """What goes wrong is for the log alone: nobody asked, so nobody is told."""
        with self._front.busy():
            try:
                await work
            except discord.Forbidden:
                log.info("a reply in a discussion was not allowed")
            except Exception as error:  # noqa: BLE001 - as above
                logged(error)

    async def _wanted(self, message: discord.Message) -> bool:
        """Direct messages are meant for us; elsewhere somebody has to have switched it on."""
        if message.guild is None:
            return True
        if not may_post(message):
            return False
        server, *channels = places_of(message)
        common = (await self._front.ledger.preferences(server)).linking
        for where in channels:
            own = await self._linking(where)
            if own != common:
                return bool(own)
        return bool(common)

    async def _linking(self, where: Where) -> bool | None:
        return (await self._front.ledger.preferences(where)).linking


@dataclass(frozen=True, slots=True)
class _Beside:
    """Replies to the message; None for one that is gone, which gets no new ones."""

    message: discord.Message | None

    async def post(self, found: Sequence[Issue | Summary], more: int) -> discord.Message:
        """Reply to it."""
        if self.message is None:
            raise ValueError("a message that is gone gets no reply")
        return await _reply(self.message, self._payload(found, more))

    async def edit(self, reply: discord.Message, found: Sequence[Issue | Summary], more: int) -> None:
        """Change the reply; one that was removed stays so."""
        with _unless_gone():
            await reply.edit(**self._payload(found, more))

    async def delete(self, reply: discord.Message) -> None:
        """Take the reply back."""
        with _unless_gone():
            await reply.delete()

    def _payload(self, found: Sequence[Issue | Summary], more: int) -> Payload:
        owner = self.message.author.id if self.message else 0
        return payload_of(linked_screen(found, more), owner=owner, private=False)


@contextlib.contextmanager
def _unless_gone() -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        if not is_gone(error):
            raise


async def _reply(message: discord.Message, payload: Payload) -> discord.Message:
    """A reply where the bot may read what it replies to, else a message below it."""
    new: dict[str, Any] = {name: value for name, value in payload.items() if value is not None}
    guild = message.guild
    if guild is None or message.channel.permissions_for(guild.me).read_message_history:
        new["reference"] = message.to_reference(fail_if_not_exists=False)
    return await message.channel.send(silent=True, **new)


def _is_said(message: discord.Message) -> bool:
    """Whether a person wrote it."""
    return not message.author.bot and message.webhook_id is None and message.type in _SAID
