"""Answers what a discussion mentions, in channels where linking is on."""

import asyncio
import contextlib
import logging
import re
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from adapters.discord.errors import is_gone, logged
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.interactions import Interactions
from adapters.discord.permissions import may_post
from adapters.discord.render import Payload, payload_of
from bot.cards.linked import linked_card
from bot.linking.detect import concerns, references
from bot.linking.linker import ChatMessage, Linker
from bot.model.newsletter import Issue, Summary
from bot.model.places import Place

log: Final = logging.getLogger("anbot.discord")

_SPOILER: Final = re.compile(r"\|\|.+?\|\|", re.DOTALL)
_PROXIED: Final = 2.0
"""Seconds in which a proxy bot replaces a message."""
_WRITTEN: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Linking:
    """Hands Discord's events to a `Linker`, and posts its replies."""

    def __init__(self, client: discord.Client, interactions: Interactions) -> None:
        self._client = client
        self._interactions = interactions
        self._linker = Linker(
            interactions.presenter.lookup,
            interactions.preferences,
            interactions.linked_replies,
            interactions.clock,
            interactions.linked,
        )
        self._waiting: dict[int, asyncio.Event] = {}

    async def seen(self, message: discord.Message) -> None:
        """Answer a new message that mentions something; most end in the first line."""
        if concerns(message.content) and _is_written(message) and may_post(message):
            await self._safely(self._answer(message))

    async def edited(self, message: discord.Message) -> None:
        """Change or delete our reply as the message now says."""
        if _is_written(message):
            await self._safely(self._follow(message))

    async def deleted(self, message: int, channel: int, server: int | None) -> None:
        """Delete our reply to a message that was deleted."""
        if waiting := self._waiting.get(message):
            waiting.set()
        target = DiscordReplyTarget(self._client.get_partial_messageable(channel, guild_id=server))
        await self._safely(self._linker.deleted(_place(channel, server), str(message), target))

    async def _answer(self, message: discord.Message) -> None:
        """Answer it, unless a proxy bot deletes it at once to post it anew: no reply comes and goes."""
        deleted = self._waiting[message.id] = asyncio.Event()
        try:
            proxies = await self._lets_proxies_in(message)
            if proxies and message.webhook_id is None:
                await self._interactions.clock.sleep_unless(deleted, _PROXIED)
        finally:
            del self._waiting[message.id]
        if not deleted.is_set() and (proxies or message.webhook_id is None):
            target = DiscordReplyTarget(message.channel, message)
            await self._linker.written(_chat_message(message), target)

    async def _follow(self, message: discord.Message) -> None:
        if message.webhook_id is None or await self._lets_proxies_in(message):
            target = DiscordReplyTarget(message.channel, message)
            await self._linker.edited(_chat_message(message), target)

    async def _lets_proxies_in(self, message: discord.Message) -> bool:
        """Whether the server wants messages answered that a proxy bot posts for people."""
        if message.guild is None:
            return False
        place = Place(platform="discord", server=str(message.guild.id))
        return bool((await self._interactions.preferences.of(place)).proxies)

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        """Do the work; errors go to the log alone, since nobody asked."""
        with self._interactions.busy():
            try:
                await work
            except (discord.Forbidden, discord.NotFound):
                log.info("a reply in a discussion was not allowed, or its channel is gone")
            except Exception as error:  # noqa: BLE001 - nobody asked, so nobody is answered
                if self._client.is_closed():
                    log.warning("the connection to Discord ended before a discussion was followed")
                else:
                    logged(error)


@dataclass(frozen=True, slots=True)
class DiscordReplyTarget:
    """Where replies to a message go; without the message, no new reply can be posted."""

    channel: Any
    message: discord.Message | None = None

    async def post(self, mentioned: Sequence[Issue | Summary], more: int) -> str:
        """Post a reply; without Read Message History, a message below."""
        new: dict[str, Any] = {
            name: value for name, value in self._payload(mentioned, more).items() if value is not None
        }
        if self.message and _may_refer(self.message):
            new["reference"] = self.message.to_reference(fail_if_not_exists=False)
        posted = await self.channel.send(silent=True, **new)
        return str(posted.id)

    async def edit(self, reply: str, mentioned: Sequence[Issue | Summary], more: int) -> str:
        """Change the reply; "" if it is gone."""
        with _unless_gone():
            await self.channel.get_partial_message(int(reply)).edit(**self._payload(mentioned, more))
            return reply
        return ""

    async def delete(self, reply: str) -> None:
        """Delete the reply."""
        with _unless_gone():
            await self.channel.get_partial_message(int(reply)).delete()

    def _payload(self, mentioned: Sequence[Issue | Summary], more: int) -> Payload:
        owner = self.message.author.id if self.message else 0
        hidden = self.message is not None and hides(self.message.content)
        card = linked_card(mentioned, more, DISCORD_FORMAT, discreet=hidden)
        payload = payload_of(card, owner=owner, private=False)
        for embed in payload["embeds"] if hidden else ():
            lines = (embed.description or "").split("\n")
            embed.description = "\n".join(f"||{line}||" if line else "" for line in lines)
        return payload


@contextlib.contextmanager
def _unless_gone() -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        if not is_gone(error):
            raise


def _chat_message(message: discord.Message) -> ChatMessage:
    server = message.guild.id if message.guild else None
    thread = message.channel if isinstance(message.channel, discord.Thread) else None
    return ChatMessage(
        place=_place(message.channel.id, server),
        id=str(message.id),
        author=str(message.author.id),
        text=message.content,
        within=_place(thread.parent_id, server) if thread else None,
        direct=server is None,
    )


def _place(channel: int, server: int | None) -> Place:
    return Place(platform="discord", server=str(server or ""), channel=str(channel))


def _may_refer(message: discord.Message) -> bool:
    guild = message.guild
    return guild is None or message.channel.permissions_for(guild.me).read_message_history


def hides(text: str) -> bool:
    """Whether the text mentions something in a spoiler.

    >>> hides("||AN #58||, see ||this||"), hides("AN #58, see ||this||")
    (True, False)
    """
    return references(_SPOILER.sub("\n", text)) != references(text)


def _is_written(message: discord.Message) -> bool:
    """Whether a person wrote it, or a webhook that may belong to a proxy bot: no application's own."""
    person = not message.author.bot and message.webhook_id is None
    proxied = message.webhook_id is not None and message.application_id is None
    return (person or proxied) and message.type in _WRITTEN
