"""Answers in a discussion: one reply a message at most, which goes the way its message goes.

A platform says what was written, edited and deleted, and posts (`Replies`); what is
worth showing, and for how long it stays silent after that, is settled here.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Generic, Protocol, TypeVar

from bot.desk import Desk
from bot.linking import SHOWN, linked, references
from bot.quiet import Lately
from bot.types import Issue, Summary

R = TypeVar("R")
_KEPT: Final = 2_000
"""Messages that still lead their replies."""


class Replies(Protocol[R]):
    """Posts beside one message; a reply that somebody removed is no error."""

    async def post(self, found: Sequence[Issue | Summary], more: int) -> R:
        """Show what was found, and that there is so much more."""

    async def edit(self, reply: R, found: Sequence[Issue | Summary], more: int) -> None:
        """Show that instead."""

    async def delete(self, reply: R) -> None:
        """Take it back."""


@dataclass(slots=True)
class _Answered(Generic[R]):
    """What a message said last (a hash), and our reply, of which `names` are shown.
    Who changes the reply holds the turn.
    """

    said: int = 0
    reply: R | None = None
    names: frozenset[str] = frozenset()
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Discussion(Generic[R]):
    """Which reply belongs to which message is kept in memory, for the last 2,000.

    Messages and places go by names that the platform makes of its ids. What
    `Replies` raises is raised on.
    """

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._lately = Lately(clock)
        self._answered: OrderedDict[str, _Answered[R]] = OrderedDict()

    def begin(self, message: str) -> None:
        """From now on edits of the message count."""
        self._answered[message] = _Answered()
        if len(self._answered) > _KEPT:
            self._answered.popitem(last=False)

    async def follow(
        self,
        message: str,
        place: str,
        text: str,
        replies: Replies[R],
        wanted: Callable[[], Awaitable[bool]],
    ) -> None:
        """Let the reply say what the message, once begun, says now; `wanted` tells
        whether its place wants that.
        """
        answered = self._answered.get(message)
        if answered is None:
            return
        async with answered.turn:
            if answered.said == hash(text):  # pinned, or given a preview
                return
            answered.said = hash(text)
            found = await self._found(text, place, answered.names) if await wanted() else {}
            shown = dict(list(found.items())[:SHOWN])
            self._note(place, answered, frozenset(shown))
            await self._show(answered, place, tuple(shown.values()), len(found) - len(shown), replies)

    async def leave(self, message: str, place: str, replies: Replies[R]) -> None:
        """Take back the reply to a message that is gone."""
        if answered := self._answered.pop(message, None):
            async with answered.turn:
                await self._show(answered, place, (), 0, replies)

    async def _found(self, text: str, place: str, own: frozenset[str]) -> Mapping[str, Issue | Summary]:
        """What the message mentions that was not shown there lately by another reply."""
        found = await linked(references(text), self._desk.library, self._desk.finder)
        return {
            name: thing
            for name, thing in found.named().items()
            if name in own or not self._lately.shown(place, name)
        }

    def _note(self, place: str, answered: _Answered[R], names: frozenset[str]) -> None:
        """Before it is sent, lest two messages at once are answered alike."""
        self._lately.forget(place, answered.names - names)
        self._lately.note(place, names)
        answered.names = names

    async def _show(
        self,
        answered: _Answered[R],
        place: str,
        found: Sequence[Issue | Summary],
        more: int,
        replies: Replies[R],
    ) -> None:
        reply = answered.reply
        try:
            if reply is not None and found:
                await replies.edit(reply, found, more)
            elif reply is not None:
                answered.reply = None
                self._note(place, answered, frozenset())
                await replies.delete(reply)
            elif found:
                answered.reply = await replies.post(found, more)
        except BaseException:
            if answered.reply is None:
                self._note(place, answered, frozenset())
            raise
