"""What to answer in a discussion, and how our answers follow it: the same on every platform."""

import asyncio
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
"""How long nothing is shown again where it was shown."""
_UNANSWERED: Final = 2_000
"""Messages that were looked at for nothing and may yet be corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """What a person wrote. `within` is the channel of a thread, whose wishes hold
    in it; what is `direct` was written to the bot alone.
    """

    place: Place
    message: str
    author: str
    text: str
    within: Place | None = None
    direct: bool = False


class ReplyTarget(Protocol):
    """Posts beside one message; a reply goes by its id. A reply shows at most
    three things, and `more` counts those beyond.
    """

    async def post(self, found: Sequence[Issue | Summary], more: int) -> str:
        """Show what was found, and tell the id of the reply."""

    async def edit(self, reply: str, found: Sequence[Issue | Summary], more: int) -> str:
        """Show that instead, and tell the id of the reply then; "" where it does not exist any more."""

    async def delete(self, reply: str) -> None:
        """Take it back; no error where it does not exist any more."""


class Linker:
    """One reply a message at most, which goes the way its message goes.

    A message that mentions nothing costs a glance at its text. What `ReplyTarget`
    raise comes out, and leaves things such that the next change tries again.
    """

    def __init__(
        self,
        lookup: Lookup,
        preferences: PreferenceStore,
        linked_replies: LinkedReplies,
        clock: Callable[[], datetime],
    ) -> None:
        self._lookup = lookup
        self._preferences = preferences
        self._linked_replies = linked_replies
        self._clock = clock
        self._unanswered: OrderedDict[tuple[Place, str], str] = OrderedDict()
        self._turns: WeakValueDictionary[tuple[Place, str], asyncio.Lock] = WeakValueDictionary()

    async def written(self, said: ChatMessage, replies: ReplyTarget) -> None:
        """Answer a new message that mentions something."""
        if concerns(said.text):
            async with self._turn(said.place, said.message):
                await self._answer(said, None, replies)

    async def edited(self, said: ChatMessage, replies: ReplyTarget) -> None:
        """Let our reply say what the message says now, take it back, or answer a slip that was corrected.

        What was never looked at, what says the same as before, and what had its
        reply removed stays as it is.
        """
        async with self._turn(said.place, said.message):
            held = await self._linked_replies.reply(said.place, said.message)
            before = held.text_hash if held else self._unanswered.get((said.place, said.message))
            removed = held is not None and not held.id
            if before is not None and before != _hash_of(said.text) and not removed:
                await self._answer(said, held, replies)

    async def deleted(self, place: Place, message: str, replies: ReplyTarget) -> None:
        """Take back our reply to a message that is gone."""
        async with self._turn(place, message):
            if held := await self._linked_replies.reply(place, message):
                await self._take_back(place, message, held, replies)

    async def glimpsed(self, said: ChatMessage) -> tuple[Sequence[Issue | Summary], int]:
        """What an answer would show now, and how much more there is; nothing is noted as shown."""
        if not (concerns(said.text) and await self._wanted(said)):
            return (), 0
        found = (await linked(references(said.text), self._lookup.library, self._lookup.finder)).found
        return found[:SHOWN], len(found[SHOWN:])

    def _turn(self, place: Place, message: str) -> asyncio.Lock:
        """One after the other for a message."""
        return self._turns.setdefault((place, message), asyncio.Lock())

    async def _answer(self, said: ChatMessage, held: SentReply | None, replies: ReplyTarget) -> None:
        own = held.names if held else frozenset()
        found = await self._found(said, own) if await self._wanted(said) else {}
        shown = await self._claimed(said, found, own)
        if shown:
            await self._show(said, held, shown, len(found) - min(len(found), SHOWN), replies)
            return
        if held:
            await self._take_back(said.place, said.message, held, replies)
        self._note_unanswered(said)

    async def _found(self, said: ChatMessage, own: frozenset[str]) -> Mapping[str, Issue | Summary]:
        """What is mentioned, by name; where that is too much, without what another reply showed there lately."""
        found = (await linked(references(said.text), self._lookup.library, self._lookup.finder)).named()
        if len(found) <= SHOWN:
            return found
        others = found.keys() - own
        lately = await self._linked_replies.shown(said.place, others, self._clock() - SILENCE)
        return {name: thing for name, thing in found.items() if name not in lately}

    async def _claimed(
        self, said: ChatMessage, found: Mapping[str, Issue | Summary], own: frozenset[str]
    ) -> dict[str, Issue | Summary]:
        """The first three, without what another reply showed there lately."""
        first = dict(list(found.items())[:SHOWN])
        if new := first.keys() - own:
            now = self._clock()
            granted = await self._linked_replies.claim(said.place, said.message, new, now, now - SILENCE)
            first = {name: thing for name, thing in first.items() if name in own or name in granted}
        return first

    async def _show(
        self,
        said: ChatMessage,
        held: SentReply | None,
        shown: Mapping[str, Issue | Summary],
        more: int,
        replies: ReplyTarget,
    ) -> None:
        names = frozenset(shown)
        things = tuple(shown.values())
        own = held.names if held else frozenset()
        try:
            if held is None:
                reply = await replies.post(things, more)
            else:
                reply = await replies.edit(held.id, things, more)
        except BaseException:
            await self._linked_replies.release(said.place, said.message, names - own)
            raise
        if gone := (own - names if reply else names | own):
            await self._linked_replies.release(said.place, said.message, gone)
        self._unanswered.pop((said.place, said.message), None)
        kept = SentReply(id=reply, names=names if reply else frozenset(), text_hash=_hash_of(said.text))
        await self._linked_replies.put(said.place, said.message, kept)

    async def _take_back(self, place: Place, message: str, held: SentReply, replies: ReplyTarget) -> None:
        if held.id:
            await replies.delete(held.id)
        await self._linked_replies.release(place, message, held.names)
        await self._linked_replies.drop(place, message)

    async def _wanted(self, said: ChatMessage) -> bool:
        """Whether the person may be answered, and it is switched on: a direct message is meant for us."""
        if await self._linked_replies.opted_out(said.place.platform, said.author):
            return False
        return said.direct or await is_on(self._preferences, said.place, said.within)

    def _note_unanswered(self, said: ChatMessage) -> None:
        self._unanswered[said.place, said.message] = _hash_of(said.text)
        while len(self._unanswered) > _UNANSWERED:
            self._unanswered.popitem(last=False)


async def is_on(preferences: PreferenceStore, place: Place, within: Place | None = None) -> bool:
    """Whether discussions there are answered: what the place wants, else what the one it is within wants."""
    held = (await preferences.of(place)).linking
    if within is None:
        return bool(held)
    server = Place(platform=place.platform, server=place.server)
    common = (await preferences.of(server)).linking
    return bool(held if held != common else (await preferences.of(within)).linking)


def _hash_of(text: str) -> str:
    return hashlib.blake2s(text.encode(errors="surrogatepass"), digest_size=8).hexdigest()
