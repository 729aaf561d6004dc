"""Pictures in answers that everybody in a channel sees, uploaded once to each workspace.

An upload takes longer than an answer may, so the list goes first. A card whose page was turned then gets
its picture by being replaced once more; an answer to a command cannot be replaced, so the picture follows it.
Once Slack has shown a file, answers come with it.

A file of the bot's is seen by nobody else until it is in a message, and a message to one person alone does
not count (https://github.com/slackapi/node-slack-sdk/issues/1790): that has no picture. For a second or two
after the upload blocks with the file are refused (https://github.com/slackapi/java-slack-sdk/issues/1349).
"""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias, TypeVar

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import error_of
from adapters.slack.events import Actor
from adapters.slack.payload import Message
from adapters.slack.render import UploadedPicture
from adapters.slack.responses import answer, refusal
from bot.cards.card import Card
from bot.cards.presenter import PICTURED, picture_of
from bot.cards.routes import NOWHERE, View
from bot.errors import Unavailable
from bot.pictures import Picture, Pictures
from bot.runtime.clock import Clock

log: Final = logging.getLogger("anbot.slack")

Key = TypeVar("Key")
Value = TypeVar("Value")
MakeMessage: TypeAlias = Callable[[Card], Message]
"""Makes the message of a card."""
_Name: TypeAlias = tuple[str, str, str]
"""The workspace, and the view and target of the card that the picture belongs to."""

WAITS: Final = (1.0, 2.0, 4.0)
"""Seconds before each try to show a new file: with the list four of the five answers that an address takes."""
_REST: Final = timedelta(minutes=10)
"""After a failure no picture is tried in that workspace, and nothing more is logged."""
_KEPT: Final = 1000
"""Ids of files, and of messages that change, in memory."""


@dataclass(slots=True, kw_only=True)
class _Upload:
    """`taken` is whether Slack has shown the file; `digest` is of its bytes."""

    digest: bytes
    file: asyncio.Future[str]
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sending:
    """A card on its way to a person; `turn` counts what became of the message that is `replaced`."""

    client: AsyncWebClient
    actor: Actor
    card: Card
    message_of: MakeMessage
    how: Mapping[str, Any]
    replaced: str
    turn: int

    @property
    def picture(self) -> _Name:
        """The name of the card's picture; what is cited and what cites it are one."""
        route = self.card.route or NOWHERE
        view = View.TOPIC if route.view is View.TOPIC else View.CITES
        return self.actor.team, view.value, route.target

    async def refusal(self, card: Card) -> str:
        """Why Slack does not show the card, "" if it does."""
        return await refusal(self.client, self.actor, {**self.message_of(card), **self.how})


class SlackPictures:
    """Answers with cards and, if everybody sees them, brings their pictures."""

    def __init__(
        self,
        pictures: Pictures | None,
        clock: Clock,
        unasked: Callable[[], AbstractAsyncContextManager[None]],
        stop: asyncio.Event,
    ) -> None:
        """Without `pictures` lists answer alone. `unasked` logs what goes wrong inside."""
        self._pictures = pictures
        self._clock = clock
        self._unasked = unasked
        self._stop = stop
        self._uploads: OrderedDict[_Name, _Upload] = OrderedDict()
        self._turns: OrderedDict[str, int] = OrderedDict()
        self._resting: OrderedDict[str, datetime] = OrderedDict()
        self._silent: datetime | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(
        self,
        client: AsyncWebClient,
        actor: Actor,
        card: Card,
        message_of: MakeMessage,
        *,
        replaced: str = "",
        **how: Any,
    ) -> None:
        """Answer with the message of the card, and with its picture now or soon.

        `replaced` names the message that this one replaces; `how` is as for `responses.answer`.
        """
        message = message_of(card)
        given = _Sending(
            client=client,
            actor=actor,
            card=card,
            message_of=message_of,
            how=how,
            replaced=replaced,
            turn=self.turned(replaced),
        )
        pictures = (
            self._pictures if message["response_type"] == "in_channel" and self._may_show(given) else None
        )
        shown = False
        if pictures:
            async with self._unasked():  # the list answers whatever becomes of the picture
                shown = await self._shown_before(pictures, given)
        if shown:
            return
        await answer(client, actor, message, **how)
        if pictures:
            task = asyncio.ensure_future(self._bring(pictures, given))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def turned(self, message: str) -> int:
        """Note that the message of that name changes, so that it gets no picture of before."""
        turn = self._turns.get(message, 0) + 1
        _keep(self._turns, message, turn)
        return turn

    def _may_show(self, given: _Sending) -> bool:
        route, rest = given.card.route, self._resting.get(given.actor.team)
        pictured = bool(route and route.view in PICTURED and given.actor.address)
        return pictured and not (rest and self._clock() < rest)

    async def _shown_before(self, pictures: Pictures, given: _Sending) -> bool:
        """Whether the card is answered with, because Slack knows its picture."""
        upload = self._uploads.get(given.picture)
        if upload is None or not upload.taken:
            return False
        picture = await picture_of(given.card, pictures)  # drawn before, unless the library changed
        if picture is None or _digest(picture) != upload.digest:
            return False
        _keep(self._uploads, given.picture, upload)
        if refused := await given.refusal(replace(given.card, picture=_uploaded(picture, upload))):
            self._uploads.pop(given.picture, None)  # somebody may have deleted the file
            log.info("an uploaded picture was not shown: %s", refused)
        return not refused

    async def _bring(self, pictures: Pictures, given: _Sending) -> None:
        """Upload the picture unless it is there, and show it."""
        async with self._unasked():
            try:
                picture = await picture_of(given.card, pictures)
                if picture is not None:
                    await self._show(picture, given)
            except (SlackClientError, aiohttp.ClientError, OSError, Unavailable) as error:
                self._uploads.pop(given.picture, None)
                self._rest(given.actor.team, error_of(error) or str(error))

    async def _show(self, picture: Picture, given: _Sending) -> None:
        """Show the picture as soon as Slack takes it. Raises Unavailable if it does not in time."""
        upload = self._upload(picture, given)
        await upload.file
        shown = _uploaded(picture, upload)
        card = replace(given.card, picture=shown) if given.replaced else Card(picture=shown)
        refused = ""
        for seconds in WAITS:
            await self._clock.sleep_unless(self._stop, seconds)
            if self._stop.is_set() or (given.replaced and self._turns.get(given.replaced) != given.turn):
                return
            if not (refused := await given.refusal(card)):
                upload.taken = True
                return
        raise Unavailable(refused)

    def _upload(self, picture: Picture, given: _Sending) -> _Upload:
        """The upload of the picture, of which there is one at a time."""
        upload, digest = self._uploads.get(given.picture), _digest(picture)
        if upload is None or upload.digest != digest:
            upload = _Upload(digest=digest, file=asyncio.ensure_future(_file(given.client, picture)))
            _keep(self._uploads, given.picture, upload)
        return upload

    def _rest(self, team: str, why: str) -> None:
        now = self._clock()
        _keep(self._resting, team, now + _REST)
        if self._silent is None or self._silent <= now:
            self._silent = now + _REST
            log.warning("a picture could not be shown, so lists answer alone for a while: %s", why)


async def _file(client: AsyncWebClient, picture: Picture) -> str:
    """The id of the file that the picture is uploaded as, to no channel."""
    uploaded = await client.files_upload_v2(
        content=picture.data, filename=picture.name, alt_txt=picture.alternative
    )
    return str(uploaded["file"]["id"])


def _uploaded(picture: Picture, upload: _Upload) -> UploadedPicture:
    return UploadedPicture(
        name=picture.name, data=picture.data, alternative=picture.alternative, file=upload.file.result()
    )


def _digest(picture: Picture) -> bytes:
    return hashlib.sha256(picture.data).digest()


def _keep(values: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    """Keep the value as the latest, and no more than the last thousand."""
    values[key] = value
    values.move_to_end(key)
    if len(values) > _KEPT:
        values.popitem(last=False)
