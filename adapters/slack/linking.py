"""Answers what a discussion mentions, in a thread below it, where that was switched on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import error_of, log
from adapters.slack.front import Front
from adapters.slack.incoming import Asker, plain_text
from adapters.slack.linked_card import linked_screen
from adapters.slack.payload import payload_of
from adapters.slack.people import is_admin
from adapters.slack.replies import tell
from bot.discussion import Discussion, Said, is_on
from bot.linking import concerns
from bot.types import Issue, Preferences, Summary, Where

_SAID: Final = frozenset({None, "thread_broadcast", "file_share"})
_GONE: Final = frozenset({"message_not_found", "cant_update_message", "cant_delete_message"})
_ON: Final = (
    "Linking is on here: I read every message of this channel that I am in for `[[words]]`, `AN #58` and addresses "
    "of papers, and answer in a thread; never code, quotes, `<https://…>` or what bots write."
)
_OFF: Final = "Linking is off here: I answer nothing that is only mentioned."
_USAGE: Final = (
    "Type `/linking on`, `/linking off` or `/linking status`: whether I answer what is only mentioned here."
)


class Linking:
    """Follows the messages of all channels that the bot is in."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._discussion = Discussion(front.looking.desk, front.ledger, front.discussions, front.clock)

    async def heard(self, client: AsyncWebClient, team: str, event: Mapping[str, Any]) -> None:
        """Follow a message that was written, edited or deleted; most end in the first lines."""
        channel, kind = event["channel"], event.get("subtype")
        where = Where(platform="slack", server=team, channel=channel)
        if kind == "message_deleted":
            gone = _Thread(client=client, channel=channel, ts=event["deleted_ts"], author="")
            async with self._front.unasked():
                await self._discussion.deleted(where, event["deleted_ts"], gone)
            return
        said = event["message"] if kind == "message_changed" else event
        text = plain_text(said.get("text") or "")
        if kind != "message_changed" and not concerns(text):
            return
        if said.get("bot_id") or said.get("subtype") not in _SAID or not said.get("user"):
            return
        thread = _Thread(
            client=client, channel=channel, ts=said.get("thread_ts") or said["ts"], author=said["user"]
        )
        written = Said(where=where, message=said["ts"], author=said["user"], text=text)
        follow = self._discussion.edited if kind == "message_changed" else self._discussion.written
        async with self._front.unasked():
            await follow(written, thread)

    async def command(self, client: AsyncWebClient, asker: Asker, typed: str) -> None:
        """`/linking on`, `off` or `status`; changing it is for admins."""
        wanted = {"on": True, "off": False}.get(typed.strip().casefold())
        if typed.strip().casefold() not in {"on", "off", "status"}:
            await tell(client, asker, _USAGE)
            return
        if wanted is not None:
            if not await is_admin(client, asker.user):
                await tell(client, asker, "Only admins of this workspace can change that.")
                return
            await self._front.ledger.prefer(asker.where, Preferences(linking=wanted))
        await tell(client, asker, _ON if await is_on(self._front.ledger, asker.where) else _OFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thread:
    """Replies below a message, each known by its ts; `author` may remove them."""

    client: AsyncWebClient
    channel: str
    ts: str
    author: str

    async def post(self, found: Sequence[Issue | Summary], more: int) -> str:
        """Reply below it."""
        posted = await self.client.chat_postMessage(
            channel=self.channel, thread_ts=self.ts, **self._content(found, more)
        )
        return str(posted["ts"])

    async def edit(self, reply: str, found: Sequence[Issue | Summary], more: int) -> bool:
        """Whether it was there to change."""
        try:
            await self.client.chat_update(channel=self.channel, ts=reply, **self._content(found, more))
        except SlackApiError as error:
            _unless_gone(error)
            return False
        return True

    async def delete(self, reply: str) -> None:
        """Take the reply back."""
        try:
            await self.client.chat_delete(channel=self.channel, ts=reply)
        except SlackApiError as error:
            _unless_gone(error)

    def _content(self, found: Sequence[Issue | Summary], more: int) -> dict[str, Any]:
        message = payload_of(linked_screen(found, more), owner=self.author, private=False)
        return {name: value for name, value in message.items() if name != "response_type"}


def _unless_gone(error: SlackApiError) -> None:
    if error_of(error) not in _GONE:
        raise error
    log.debug("a reply in a discussion had been removed")
