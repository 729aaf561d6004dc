"""Answers what a discussion mentions, if that was switched on.

What Slack shows depends on the scopes. With the history scopes whole messages
come: links to our domains get previews below them, all else a reply in the
thread. Without them only `link_shared` comes, which names the links and nothing
around them: those get previews.

If both come for one message, its text decides, for a link may be in a
quotation; `link_shared` waits a moment for it.
"""

import asyncio
import html
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.events import plain_text
from adapters.slack.interactions import Interactions
from adapters.slack.reply_target import SlackReplyTarget
from adapters.slack.scopes import LINK_SCOPES, LINKING_SCOPES, covers
from adapters.slack.shapes import COMPOSER
from adapters.slack.unfurls import by_link, links_in, unfurl, unfurls_of
from adapters.slack.users import is_person
from bot.linking.detect import concerns
from bot.linking.linker import ChatMessage, Linker, is_on
from bot.model.places import Place

_WRITTEN: Final = frozenset({None, "thread_broadcast", "file_share"})
_TOMBSTONE: Final = "tombstone"
_QUOTE: Final = re.compile(r"^(&gt;&gt;&gt;|&gt;)(?! |&gt;)", re.MULTILINE)
"""Slack's quotations need no blank, Markdown's do."""
_PATIENCE: Final = 3.0
"""Seconds that a link waits for its message."""


class Linking:
    """Follows the messages and links that Slack shows; `domains` are those with previews."""

    def __init__(self, interactions: Interactions, domains: Sequence[str]) -> None:
        self._interactions = interactions
        self._domains = domains
        self._linker = Linker(
            interactions.presenter.lookup,
            interactions.preferences,
            interactions.linked_replies,
            interactions.clock,
            interactions.linked,
        )
        self._arrivals = _Arrivals()

    async def follow_message(
        self, client: AsyncWebClient, team: str, event: Mapping[str, Any], granted: frozenset[str]
    ) -> None:
        """Follow a message that was written, edited or deleted; most need no more than the first lines."""
        place = Place(platform="slack", server=team, channel=event["channel"])
        if ts := _deleted(event):
            replies = SlackReplyTarget(client=client, channel=place.channel, ts=ts, thread=ts, author="")
            async with self._interactions.unasked():
                await self._linker.deleted(place, ts, replies)
            return
        changed = event.get("subtype") == "message_changed"
        message = event["message"] if changed else event
        if not (changed or concerns(message.get("text") or "")):
            return
        self._arrivals.note(place, message["ts"])
        if message.get("bot_id") or message.get("subtype") not in _WRITTEN or not message.get("user"):
            return
        domains = self._domains if granted.issuperset(LINK_SCOPES) else ()
        before = event.get("previous_message") or {}
        replies = _reply_target(client, place.channel, message, before, domains)
        text = _QUOTE.sub(r"\1 ", message.get("text") or "")
        written = ChatMessage(place=place, id=replies.ts, author=replies.author, text=plain_text(text))
        follow = self._linker.edited if changed else self._linker.written
        async with self._interactions.unasked():
            await follow(written, replies)

    async def preview_links(
        self, client: AsyncWebClient, team: str, event: Mapping[str, Any], granted: frozenset[str]
    ) -> None:
        """Preview links that Slack names without the text around them."""
        links = tuple(link["url"] for link in event["links"] if covers(self._domains, link["url"]))
        user, composed = event.get("user") or "", event.get("source") == COMPOSER
        channel, ts = ("", "") if composed else (event["channel"], event["message_ts"])
        place = Place(platform="slack", server=team, channel=channel)
        text = "\n".join(map(html.unescape, links))
        message = ChatMessage(place=place, id=ts, author=user, text=text)
        async with self._interactions.unasked():
            if not (links and user and await is_on(self._interactions.preferences, place)):
                return
            if composed:
                await self._preview_composed(client, event, message, links)
            elif not await self._comes_whole(event, place, granted) and await is_person(client, user):
                await self._preview(client, message, links)

    async def _preview(self, client: AsyncWebClient, message: ChatMessage, links: Sequence[str]) -> None:
        channel, ts = message.place.channel, message.id
        replies = SlackReplyTarget(
            client=client, channel=channel, ts=ts, thread="", author=message.author, links=links
        )
        await self._linker.written(message, replies)

    async def _preview_composed(
        self, client: AsyncWebClient, event: Mapping[str, Any], message: ChatMessage, links: Sequence[str]
    ) -> None:
        """Show the writer of a message the previews that it will have.

        Slack does not say where the message is going, so this needs linking on in
        the whole workspace: one channel's setting must not make previews appear in
        the others. Nothing is recorded as shown, for the message itself comes
        when it is sent.
        """
        mentioned, more = await self._linker.glimpsed(message)
        below, _ = by_link(mentioned, links)
        if below:
            place = {"unfurl_id": event["unfurl_id"], "source": COMPOSER}
            await unfurl(client, place, unfurls_of(below, more, owner=message.author))

    async def _comes_whole(self, event: Mapping[str, Any], place: Place, granted: frozenset[str]) -> bool:
        """If the message itself comes as well."""
        if not (event.get("is_bot_user_member") and granted.issuperset(LINKING_SCOPES)):
            return False
        return await self._arrivals.came(place, event["message_ts"], _PATIENCE)


def _deleted(event: Mapping[str, Any]) -> str:
    """The ts of the message that was deleted; one with replies becomes a tombstone."""
    if event.get("subtype") == "message_deleted":
        return str(event["deleted_ts"])
    message = event.get("message") or {}
    return str(message["ts"]) if message.get("subtype") == _TOMBSTONE else ""


def _reply_target(
    client: AsyncWebClient,
    channel: str,
    message: Mapping[str, Any],
    before: Mapping[str, Any],
    domains: Sequence[str],
) -> SlackReplyTarget:
    """Where to reply to the message; `before` is how it was before an edit."""
    return SlackReplyTarget(
        client=client,
        channel=channel,
        ts=message["ts"],
        thread=message.get("thread_ts") or message["ts"],
        author=message["user"],
        links=links_in(message.get("text") or "", domains),
        seen=frozenset(links_in(before.get("text") or "", domains)),
    )


class _Arrivals:
    """The messages whose events arrived lately."""

    _MOST: Final = 500

    def __init__(self) -> None:
        self._events: OrderedDict[tuple[Place, str], asyncio.Event] = OrderedDict()

    def note(self, place: Place, message: str) -> None:
        """Record that this message's event has arrived."""
        self._of(place, message).set()

    async def came(self, place: Place, message: str, patience: float) -> bool:
        """If the message's event arrives within so many seconds."""
        try:
            async with asyncio.timeout(patience):
                return await self._of(place, message).wait()
        except TimeoutError:
            return False

    def _of(self, place: Place, message: str) -> asyncio.Event:
        arrival = self._events.setdefault((place, message), asyncio.Event())
        while len(self._events) > self._MOST:
            self._events.popitem(last=False)
        return arrival
