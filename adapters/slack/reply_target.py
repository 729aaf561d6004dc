"""Replies to one message: previews below its links, and for all else one reply in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import error_of, log
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.payload import payload_of, posted
from adapters.slack.unfurls import Things, by_link, unfurl, unfurls_of
from bot.cards.linked import linked_card

_GONE: Final = frozenset({"message_not_found", "cant_update_message", "cant_delete_message"})
_BELOW: Final = "below"
"""The id of a reply that is previews alone: Slack deletes them with their message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackReplyTarget:
    """Replies to a message, by their ts; `author` may remove them.

    `links` are those of the message that may get a preview, and `seen` those of
    them that it had before: a preview that was dismissed stays so. `thread` is
    the ts to reply below, "" if only links are seen.
    """

    client: AsyncWebClient
    channel: str
    ts: str
    thread: str
    author: str
    links: Sequence[str] = ()
    seen: frozenset[str] = frozenset()

    async def post(self, things: Things, more: int) -> str:
        rest = await self._preview(things, more)
        return await self._reply(rest, more) if rest else _BELOW

    async def edit(self, reply: str, things: Things, more: int) -> str:
        rest = await self._preview(things, more)
        if reply == _BELOW:
            return await self._reply(rest, more) if rest else _BELOW
        if not rest:
            await self.delete(reply)
            return _BELOW
        try:
            await self.client.chat_update(channel=self.channel, ts=reply, **self._content(rest, more))
        except SlackApiError as error:
            _unless_gone(error)
            return ""
        return reply

    async def delete(self, reply: str) -> None:
        if reply == _BELOW:
            return
        try:
            await self.client.chat_delete(channel=self.channel, ts=reply)
        except SlackApiError as error:
            _unless_gone(error)

    async def _preview(self, things: Things, more: int) -> Things:
        """Preview what is at the links; return the rest."""
        below, rest = by_link(things, self.links)
        fresh = {link: things for link, things in below.items() if link not in self.seen}
        unfurls = unfurls_of(fresh, 0 if rest else more, owner=self.author) if fresh else {}
        place = {"channel": self.channel, "ts": self.ts}
        if unfurls and not await unfurl(self.client, place, unfurls):
            return things
        return rest

    async def _reply(self, things: Things, more: int) -> str:
        if not self.thread:
            return _BELOW
        reply = await self.client.chat_postMessage(
            channel=self.channel, thread_ts=self.thread, **self._content(things, more)
        )
        return str(reply["ts"])

    def _content(self, things: Things, more: int) -> dict[str, Any]:
        card = linked_card(things, more, SLACK_FORMAT)
        return posted(payload_of(card, owner=self.author, private=False))


def _unless_gone(error: SlackApiError) -> None:
    if error_of(error) not in _GONE:
        raise error
    log.debug("a reply in a discussion had been removed")
