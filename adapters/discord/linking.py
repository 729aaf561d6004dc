"""Answers what a discussion mentions, where that was switched on."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import discord

from adapters.discord.errors import is_gone, logged
from adapters.discord.front import Front
from adapters.discord.linked_card import linked_screen
from adapters.discord.payload import Payload, payload_of
from adapters.discord.where import may_post, places_of
from bot.linking import SHOWN, concerns, linked, references
from bot.quiet import Lately
from bot.types import Issue, Summary, Where

log: Final = logging.getLogger("anbot.discord")

_KEPT: Final = 2_000
"""Messages that still lead their replies."""
_SAID: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})


@dataclass(slots=True)
class _Answered:
    """What a message said last (a hash), and our reply, of which `names` are shown.
    Who changes the reply holds the turn.
    """

    said: int = 0
    reply: discord.Message | None = None
    names: frozenset[str] = frozenset()
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Linking:
    """One reply a message at most, which goes the way its message goes.

    Which reply belongs to which message is kept in memory, for the last 2,000.
    """

    def __init__(self, front: Front) -> None:
        self._front = front
        self._lately = Lately(front.clock)
        self._answered: OrderedDict[int, _Answered] = OrderedDict()

    async def seen(self, message: discord.Message) -> None:
        """Answer a new message that mentions something; most end in the first line."""
        if not concerns(message.content) or not _is_said(message):
            return
        answered = self._answered[message.id] = _Answered()
        if len(self._answered) > _KEPT:
            self._answered.popitem(last=False)
        await self._follow(message, answered)

    async def edited(self, message: discord.Message) -> None:
        """Let our reply say what the message says now, or take it back."""
        if answered := self._answered.get(message.id):
            await self._follow(message, answered)

    async def deleted(self, message: int, channel: int) -> None:
        """Take back our reply to a message that is gone."""
        if answered := self._answered.pop(message, None):
            await self._safely(answered, self._show(answered, str(channel), None))

    async def _follow(self, message: discord.Message, answered: _Answered) -> None:
        await self._safely(answered, self._answer(message, answered))

    async def _safely(self, answered: _Answered, work: Coroutine[Any, Any, None]) -> None:
        """One after the other for a message; what goes wrong is for the log alone."""
        with self._front.busy():
            async with answered.turn:
                try:
                    await work
                except discord.Forbidden:
                    log.info("a reply in a discussion was not allowed")
                except Exception as error:  # noqa: BLE001 - nobody asked, so nobody is told
                    logged(error)

    async def _answer(self, message: discord.Message, answered: _Answered) -> None:
        if answered.said == hash(message.content):  # pinned, or given a preview
            return
        answered.said = hash(message.content)
        place = str(message.channel.id)
        found = await self._found(message, place, answered.names) if await self._wanted(message) else {}
        shown = dict(list(found.items())[:SHOWN])
        screen = linked_screen(tuple(shown.values()), len(found) - len(shown)) if shown else None
        self._note(place, answered, frozenset(shown))
        payload = payload_of(screen, owner=message.author.id, private=False) if screen else None
        await self._show(answered, place, payload, message)

    async def _found(
        self, message: discord.Message, place: str, own: frozenset[str]
    ) -> Mapping[str, Issue | Summary]:
        """What the message mentions that was not shown here lately by another reply."""
        desk = self._front.looking.desk
        found = await linked(references(message.content), desk.library, desk.finder)
        return {
            n: thing for n, thing in found.named().items() if n in own or not self._lately.shown(place, n)
        }

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

    def _note(self, place: str, answered: _Answered, names: frozenset[str]) -> None:
        """Before it is sent, lest two messages at once are answered alike."""
        self._lately.forget(place, answered.names - names)
        self._lately.note(place, names)
        answered.names = names

    async def _show(
        self,
        answered: _Answered,
        place: str,
        payload: Payload | None,
        message: discord.Message | None = None,
    ) -> None:
        try:
            if answered.reply and payload:
                await answered.reply.edit(**payload)
            elif answered.reply:
                self._note(place, answered, frozenset())
                await answered.reply.delete()
                answered.reply = None
            elif payload and message:
                answered.reply = await _reply(message, payload)
        except discord.HTTPException as error:
            if not answered.reply:
                self._note(place, answered, frozenset())
            if not is_gone(error):  # it was removed, and stays so
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
