"""Answers what a discussion mentions, where that was switched on.

What Slack shows depends on what it grants. With the history scopes whole
messages come, and a message is answered by what it says: links to our domains
by previews below them, all else in its thread. Without, only `link_shared`
comes, which names the links and nothing around them: those get previews.

Where both come for one message, its text has the last word, for a link may
stand in a quotation; `link_shared` waits a moment for it.
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
from adapters.slack.unfurls import links_in, sorted_out, unfurl, unfurls_of
from adapters.slack.users import is_person
from bot.linking.detect import concerns
from bot.linking.linker import ChatMessage, Linker, is_on
from bot.model.places import Place

_SAID: Final = frozenset({None, "thread_broadcast", "file_share"})
_TOMBSTONE: Final = "tombstone"
_QUOTE: Final = re.compile(r"^(&gt;&gt;&gt;|&gt;)(?! |&gt;)", re.MULTILINE)
"""A quotation needs no blank in Slack, as it does elsewhere."""
_COMPOSER: Final = "composer"
_PATIENCE: Final = 3.0
"""Seconds that a link waits for the text around it."""


class Linking:
    """Follows the messages and links that Slack shows; `domains` are those with previews."""

    def __init__(self, interactions: Interactions, domains: Sequence[str]) -> None:
        self._interactions = interactions
        self._domains = domains
        self._discussion = Linker(
            interactions.presenter.lookup,
            interactions.preferences,
            interactions.linked_replies,
            interactions.clock,
        )
        self._arrivals = _Arrivals()

    async def heard(
        self, client: AsyncWebClient, team: str, event: Mapping[str, Any], granted: frozenset[str]
    ) -> None:
        """Follow a message that was written, edited or deleted; most end in the first lines."""
        place = Place(platform="slack", server=team, channel=event["channel"])
        if gone := _gone(event):
            beside = SlackReplyTarget(client=client, channel=place.channel, ts=gone, thread=gone, author="")
            async with self._interactions.unasked():
                await self._discussion.deleted(place, gone, beside)
            return
        changed = event.get("subtype") == "message_changed"
        message = event["message"] if changed else event
        if not (changed or concerns(message.get("text") or "")):
            return
        self._arrivals.note(place, message["ts"])
        if message.get("bot_id") or message.get("subtype") not in _SAID or not message.get("user"):
            return
        domains = self._domains if granted.issuperset(LINK_SCOPES) else ()
        before = event.get("previous_message") or {}
        beside = _beside(client, place.channel, message, before, domains)
        text = _QUOTE.sub(r"\1 ", message.get("text") or "")
        said = ChatMessage(place=place, message=beside.ts, author=beside.author, text=plain_text(text))
        follow = self._discussion.edited if changed else self._discussion.written
        async with self._interactions.unasked():
            await follow(said, beside)

    async def shared(
        self, client: AsyncWebClient, team: str, event: Mapping[str, Any], granted: frozenset[str]
    ) -> None:
        """Preview links of which Slack tells without what stands around them."""
        links = tuple(link["url"] for link in event["links"] if covers(self._domains, link["url"]))
        user, composed = event.get("user") or "", event.get("source") == _COMPOSER
        place = Place(platform="slack", server=team, channel="" if composed else event["channel"])
        text = "\n".join(map(html.unescape, links))
        said = ChatMessage(place=place, message=event["message_ts"], author=user, text=text)
        async with self._interactions.unasked():
            if not (links and user and await is_on(self._interactions.preferences, place)):
                return
            if composed:
                await self._preview_composed(client, event, said, links)
            elif not await self._is_told(event, place, granted) and await is_person(client, user):
                await self._preview(client, said, links)

    async def _preview(self, client: AsyncWebClient, said: ChatMessage, links: Sequence[str]) -> None:
        channel, ts = said.place.channel, said.message
        beside = SlackReplyTarget(
            client=client, channel=channel, ts=ts, thread="", author=said.author, links=links
        )
        await self._discussion.written(said, beside)

    async def _preview_composed(
        self, client: AsyncWebClient, event: Mapping[str, Any], said: ChatMessage, links: Sequence[str]
    ) -> None:
        """Preview to its writer what a message will show.

        Slack does not tell where the message is going, so this is done only where
        the whole workspace has linking on; a single channel's wish must not make
        previews appear in the others. Nothing is noted as shown, for nothing was
        sent: the message itself comes again when it is.
        """
        found, more = await self._discussion.glimpsed(said)
        below, _ = sorted_out(found, links)
        if below:
            place = {"unfurl_id": event["unfurl_id"], "source": _COMPOSER}
            await unfurl(client, place, unfurls_of(below, more, owner=said.author))

    async def _is_told(self, event: Mapping[str, Any], place: Place, granted: frozenset[str]) -> bool:
        """Whether the message itself comes as well."""
        if not (event.get("is_bot_user_member") and granted.issuperset(LINKING_SCOPES)):
            return False
        return await self._arrivals.came(place, event["message_ts"], _PATIENCE)


def _gone(event: Mapping[str, Any]) -> str:
    """The ts of the message that was deleted; while replies stand below it, Slack puts a tombstone there."""
    if event.get("subtype") == "message_deleted":
        return str(event["deleted_ts"])
    message = event.get("message") or {}
    return str(message["ts"]) if message.get("subtype") == _TOMBSTONE else ""


def _beside(
    client: AsyncWebClient,
    channel: str,
    message: Mapping[str, Any],
    before: Mapping[str, Any],
    domains: Sequence[str],
) -> SlackReplyTarget:
    """Our replies to the message, as it is and as it was before."""
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
    """Which messages came lately."""

    _MOST: Final = 500

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Place, str], asyncio.Event] = OrderedDict()

    def note(self, place: Place, message: str) -> None:
        """It is here."""
        self._of(place, message).set()

    async def came(self, place: Place, message: str, patience: float) -> bool:
        """Whether it is here within so many seconds."""
        try:
            async with asyncio.timeout(patience):
                return await self._of(place, message).wait()
        except TimeoutError:
            return False

    def _of(self, place: Place, message: str) -> asyncio.Event:
        held = self._held.setdefault((place, message), asyncio.Event())
        while len(self._held) > self._MOST:
            self._held.popitem(last=False)
        return held
