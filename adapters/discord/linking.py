"""Answers what a discussion mentions, where that was switched on."""

import contextlib
import logging
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from adapters.discord.errors import is_gone, logged
from adapters.discord.interactions import Interactions
from adapters.discord.linked_card import linked_screen
from adapters.discord.payload import Payload, payload_of
from adapters.discord.permissions import may_post
from bot.linking.detect import concerns
from bot.linking.linker import ChatMessage, Linker
from bot.model.newsletter import Issue, Summary
from bot.model.places import Place

log: Final = logging.getLogger("anbot.discord")

_SAID: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Linking:
    """Takes Discord's events to a `Linker`, whose replies it posts."""

    def __init__(self, client: discord.Client, interactions: Interactions) -> None:
        self._client = client
        self._interactions = interactions
        self._discussion = Linker(
            interactions.presenter.lookup,
            interactions.ledger,
            interactions.linked_replies,
            interactions.clock,
        )

    async def seen(self, message: discord.Message) -> None:
        """Answer a new message that mentions something; most end in the first line."""
        if concerns(message.content) and _is_said(message) and may_post(message):
            beside = _Beside(message.channel, message)
            await self._safely(self._discussion.written(_said(message), beside))

    async def edited(self, message: discord.Message) -> None:
        """Let our reply say what the message says now, or take it back."""
        if _is_said(message):
            beside = _Beside(message.channel, message)
            await self._safely(self._discussion.edited(_said(message), beside))

    async def deleted(self, message: int, channel: int, server: int | None) -> None:
        """Take back our reply to a message that is gone."""
        beside = _Beside(self._client.get_partial_messageable(channel, guild_id=server))
        await self._safely(self._discussion.deleted(_where(channel, server), str(message), beside))

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        """What goes wrong is for the log alone: nobody asked."""
        with self._interactions.busy():
            try:
                await work
            except discord.Forbidden:
                log.info("a reply in a discussion was not allowed")
            except Exception as error:  # noqa: BLE001 - nobody asked, so nobody is told
                logged(error)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Replies in that channel to the message; one that is gone gets no new ones."""

    channel: Any
    message: discord.Message | None = None

    async def post(self, found: Sequence[Issue | Summary], more: int) -> str:
        """A reply where the bot may read what it replies to, else a message below it."""
        new: dict[str, Any] = {
            name: value for name, value in self._payload(found, more).items() if value is not None
        }
        if self.message and _may_refer(self.message):
            new["reference"] = self.message.to_reference(fail_if_not_exists=False)
        posted = await self.channel.send(silent=True, **new)
        return str(posted.id)

    async def edit(self, reply: str, found: Sequence[Issue | Summary], more: int) -> str:
        """Change it where it is there."""
        with _unless_gone():
            await self.channel.get_partial_message(int(reply)).edit(**self._payload(found, more))
            return reply
        return ""

    async def delete(self, reply: str) -> None:
        """Take it back."""
        with _unless_gone():
            await self.channel.get_partial_message(int(reply)).delete()

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


def _said(message: discord.Message) -> ChatMessage:
    server = message.guild.id if message.guild else None
    thread = message.channel if isinstance(message.channel, discord.Thread) else None
    return ChatMessage(
        place=_where(message.channel.id, server),
        message=str(message.id),
        author=str(message.author.id),
        text=message.content,
        within=_where(thread.parent_id, server) if thread else None,
        direct=server is None,
    )


def _where(channel: int, server: int | None) -> Place:
    return Place(platform="discord", server=str(server or ""), channel=str(channel))


def _may_refer(message: discord.Message) -> bool:
    guild = message.guild
    return guild is None or message.channel.permissions_for(guild.me).read_message_history


def _is_said(message: discord.Message) -> bool:
    """Whether a person wrote it."""
    return not message.author.bot and message.webhook_id is None and message.type in _SAID
