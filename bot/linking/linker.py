"""Linking on every platform: what to answer in a discussion, and how replies follow its messages."""

import asyncio
import enum
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from weakref import WeakValueDictionary

from bot.linking.detect import SHOWN, concerns, references
from bot.linking.resolve import linked
from bot.lookup.lookup import Lookup
from bot.model.newsletter import Issue, Summary
from bot.model.places import Place
from bot.ports import LinkedReplies, PreferenceStore, SentReply

SILENCE: Final = timedelta(minutes=30)
"""How long nothing is shown twice in a place."""
FORGOTTEN: Final = (
    "I keep nothing of you any more: no name at digests that you asked for, which go on without it, and no wish about "
    "linking: if you want no answers, tell me again."
)
"""The answer to a person who asks to be forgotten."""
_UNANSWERED: Final = 2_000
"""Most unanswered messages that are remembered, in case an edit corrects them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """A person's message. `within` is the channel of a thread, whose settings apply;
    `direct` messages are to the bot alone.
    """

    place: Place
    id: str
    author: str
    text: str
    within: Place | None = None
    direct: bool = False


class ReplyTarget(Protocol):
    """Posts replies to one message; a reply shows at most three things, `more` counts the rest."""

    async def post(self, mentioned: Sequence[Issue | Summary], more: int) -> str:
        """Post a reply; return its id."""

    async def edit(self, reply: str, mentioned: Sequence[Issue | Summary], more: int) -> str:
        """Replace the reply; return its id, or "" if it does not exist any more."""

    async def delete(self, reply: str) -> None:
        """Delete the reply; no error if it does not exist any more."""


class ReplyOutcome(enum.StrEnum):
    """What became of the reply to a message that was looked at."""

    NONE = "none"
    POSTED = "posted"
    EDITED = "edited"
    DELETED = "deleted"


def unheard(_platform: str, _outcome: ReplyOutcome) -> None:
    """Nobody listens."""


class Linker:
    """At most one reply per message; it is edited and deleted with the message.

    Errors of a `ReplyTarget` are raised, and the next change of the message tries again.
    """

    def __init__(
        self,
        lookup: Lookup,
        preferences: PreferenceStore,
        linked_replies: LinkedReplies,
        clock: Callable[[], datetime],
        heard: Callable[[str, ReplyOutcome], None] = unheard,
    ) -> None:
        self._lookup = lookup
        self._preferences = preferences
        self._linked_replies = linked_replies
        self._clock = clock
        self._heard = heard
        self._unanswered: OrderedDict[tuple[Place, str], str] = OrderedDict()
        self._turns: WeakValueDictionary[tuple[Place, str], asyncio.Lock] = WeakValueDictionary()

    async def written(self, message: ChatMessage, target: ReplyTarget) -> None:
        """Answer a new message that mentions something."""
        if concerns(message.text):
            async with self._turn(message.place, message.id):
                await self._answer(message, None, target)

    async def edited(self, message: ChatMessage, target: ReplyTarget) -> None:
        """Update or delete the reply to an edited message, or answer one that mentions something only now.

        Nothing happens if the message was never seen, its text is unchanged, or its reply was removed.
        """
        async with self._turn(message.place, message.id):
            reply = await self._linked_replies.reply(message.place, message.id)
            before = reply.text_hash if reply else self._unanswered.get((message.place, message.id))
            removed = reply is not None and not reply.id
            if before is not None and before != _hash_of(message.text) and not removed:
                await self._answer(message, reply, target)

    async def deleted(self, place: Place, message: str, target: ReplyTarget) -> None:
        """Delete the reply to a deleted message."""
        async with self._turn(place, message):
            if reply := await self._linked_replies.reply(place, message):
                await self._take_back(place, message, reply, target)

    async def glimpsed(self, message: ChatMessage) -> tuple[Sequence[Issue | Summary], int]:
        """What a reply would show now, and how many more there are; nothing is recorded."""
        if not (concerns(message.text) and await self._may_answer(message)):
            return (), 0
        mentions = (await linked(references(message.text), self._lookup.library, self._lookup.finder)).things
        return mentions[:SHOWN], len(mentions[SHOWN:])

    def _turn(self, place: Place, message: str) -> asyncio.Lock:
        """The lock of one message."""
        return self._turns.setdefault((place, message), asyncio.Lock())

    async def _answer(self, message: ChatMessage, reply: SentReply | None, target: ReplyTarget) -> None:
        own = reply.names if reply else frozenset()
        may_answer = await self._may_answer(message)
        mentions = await self._mentioned(message, own) if may_answer else {}
        shown = await self._claimed(message, mentions, own)
        if shown:
            await self._show(message, reply, shown, len(mentions) - min(len(mentions), SHOWN), target)
            return
        if reply:
            await self._take_back(message.place, message.id, reply, target)
        elif may_answer:
            self._heard(message.place.platform, ReplyOutcome.NONE)
        self._note_unanswered(message)

    async def _mentioned(self, message: ChatMessage, own: frozenset[str]) -> Mapping[str, Issue | Summary]:
        """The things mentioned, by name; if too many, without those another reply showed there lately."""
        mentions = (await linked(references(message.text), self._lookup.library, self._lookup.finder)).named()
        if len(mentions) <= SHOWN:
            return mentions
        others = mentions.keys() - own
        lately = await self._linked_replies.shown(message.place, others, self._clock() - SILENCE)
        return {name: thing for name, thing in mentions.items() if name not in lately}

    async def _claimed(
        self, message: ChatMessage, mentions: Mapping[str, Issue | Summary], own: frozenset[str]
    ) -> dict[str, Issue | Summary]:
        """The first three, without those another reply showed there lately."""
        first = dict(list(mentions.items())[:SHOWN])
        if new := first.keys() - own:
            now = self._clock()
            granted = await self._linked_replies.claim(message.place, message.id, new, now, now - SILENCE)
            first = {name: thing for name, thing in first.items() if name in own or name in granted}
        return first

    async def _show(
        self,
        message: ChatMessage,
        previous: SentReply | None,
        shown: Mapping[str, Issue | Summary],
        more: int,
        target: ReplyTarget,
    ) -> None:
        names = frozenset(shown)
        things = tuple(shown.values())
        own = previous.names if previous else frozenset()
        try:
            if previous is None:
                reply = await target.post(things, more)
            else:
                reply = await target.edit(previous.id, things, more)
        except BaseException:
            await self._linked_replies.release(message.place, message.id, names - own)
            raise
        if gone := (own - names if reply else names | own):
            await self._linked_replies.release(message.place, message.id, gone)
        self._unanswered.pop((message.place, message.id), None)
        sent = SentReply(id=reply, names=names if reply else frozenset(), text_hash=_hash_of(message.text))
        await self._linked_replies.put(message.place, message.id, sent)
        outcome = ReplyOutcome.POSTED if previous is None else ReplyOutcome.EDITED
        self._heard(message.place.platform, outcome if reply else ReplyOutcome.NONE)

    async def _take_back(self, place: Place, message: str, reply: SentReply, target: ReplyTarget) -> None:
        if reply.id:
            await target.delete(reply.id)
            self._heard(place.platform, ReplyOutcome.DELETED)
        await self._linked_replies.release(place, message, reply.names)
        await self._linked_replies.drop(place, message)

    async def _may_answer(self, message: ChatMessage) -> bool:
        """Whether linking is on there, or the message direct, and its author not ignored."""
        if await self._linked_replies.opted_out(message.place.platform, message.author):
            return False
        return message.direct or await is_on(self._preferences, message.place, message.within)

    def _note_unanswered(self, message: ChatMessage) -> None:
        self._unanswered[message.place, message.id] = _hash_of(message.text)
        while len(self._unanswered) > _UNANSWERED:
            self._unanswered.popitem(last=False)


async def is_on(preferences: PreferenceStore, place: Place, within: Place | None = None) -> bool:
    """Whether linking is on in a place: its own setting, else that of the channel it is within."""
    return bool((await preferences.of(place, within)).linking)


def _hash_of(text: str) -> str:
    return hashlib.blake2s(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()
