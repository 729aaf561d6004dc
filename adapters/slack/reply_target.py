"""Our replies to one message: previews below its links, and for all else one reply in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import error_of, log
from adapters.slack.linked_card import linked_screen
from adapters.slack.payload import payload_of
from adapters.slack.unfurls import Things, sorted_out, unfurl, unfurls_of

_GONE: Final = frozenset({"message_not_found", "cant_update_message", "cant_delete_message"})
_BELOW: Final = "below"
"""The id of a reply that is previews alone: they go with their message by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackReplyTarget:
    """`bot.linking.discussion.Replies`, each known by its ts; `author` may remove them.

    `links` are those of the message that may get a preview, and `seen` those of
    them that it had before: what was dismissed below one stays so. `thread` is
    the ts to reply below, "" where only links are seen.
    """

    client: AsyncWebClient
    channel: str
    ts: str
    thread: str
    author: str
    links: Sequence[str] = ()
    seen: frozenset[str] = frozenset()

    async def post(self, found: Things, more: int) -> str:
        """Show it below the links and in the thread."""
        rest = await self._preview(found, more)
        return await self._reply(rest, more) if rest else _BELOW

    async def edit(self, reply: str, found: Things, more: int) -> str:
        """Change the reply in the thread where it is there, and preview what is new."""
        rest = await self._preview(found, more)
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
        """Take the reply back."""
        if reply == _BELOW:
            return
        try:
            await self.client.chat_delete(channel=self.channel, ts=reply)
        except SlackApiError as error:
            _unless_gone(error)

    async def _preview(self, found: Things, more: int) -> Things:
        """Show what stands at the links below them; what is left."""
        below, rest = sorted_out(found, self.links)
        fresh = {link: things for link, things in below.items() if link not in self.seen}
        unfurls = unfurls_of(fresh, 0 if rest else more, owner=self.author) if fresh else {}
        place = {"channel": self.channel, "ts": self.ts}
        if unfurls and not await unfurl(self.client, place, unfurls):
            return found
        return rest

    async def _reply(self, found: Things, more: int) -> str:
        if not self.thread:
            return _BELOW
        posted = await self.client.chat_postMessage(
            channel=self.channel, thread_ts=self.thread, **self._content(found, more)
        )
        return str(posted["ts"])

    def _content(self, found: Things, more: int) -> dict[str, Any]:
        message = payload_of(linked_screen(found, more), owner=self.author, private=False)
        return {name: value for name, value in message.items() if name != "response_type"}


def _unless_gone(error: SlackApiError) -> None:
    if error_of(error) not in _GONE:
        raise error
    log.debug("a reply in a discussion had been removed")
