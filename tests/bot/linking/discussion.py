"""A discussion in a channel, and the board on which its replies are."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.linking.linker import ChatMessage, Linker
from bot.lookup.lookup import Lookup
from bot.model.newsletter import Issue, Summary
from bot.model.places import Place
from store import Store
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

START = datetime(2026, 1, 12, tzinfo=UTC)
HERE = Place(platform="slack", server="T", channel="C")
RISKS = "what of [[risks from learned]]?"


@dataclass
class Board:
    """A `Poster` that keeps what it was told."""

    posts: dict[str, list[str]] = field(default_factory=dict)
    counted: int = 0
    error: Exception | None = None

    async def post(self, mentioned: Sequence[Issue | Summary], more: int) -> str:
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        self.counted += 1
        self.posts[f"r{self.counted}"] = titles(mentioned, more)
        return f"r{self.counted}"

    async def edit(self, reply: str, mentioned: Sequence[Issue | Summary], more: int) -> str:
        if reply not in self.posts:
            return ""
        self.posts[reply] = titles(mentioned, more)
        return reply

    async def delete(self, reply: str) -> None:
        self.posts.pop(reply, None)

    @property
    def shown(self) -> list[list[str]]:
        return list(self.posts.values())


def titles(mentioned: Sequence[Issue | Summary], more: int) -> list[str]:
    named = [thing.title if isinstance(thing, Summary) else f"AN #{thing.number}" for thing in mentioned]
    return [*named, f"+{more}"] if more else named


def chat_message(text: str, message: str = "m", **facts: Any) -> ChatMessage:
    return ChatMessage(**{"place": HERE, "id": message, "author": "U", "text": text, **facts})


@dataclass
class Talk:
    """A channel where linking is on, and a discussion that can begin anew, as after a restart."""

    store: Store
    board: Board = field(default_factory=Board)
    now: datetime = START
    heard: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        issues = [Issue(number=n, summaries=()) for n in (1, 2, 3, 4)]
        issues.append(Issue(number=58, summaries=(summary("Risks from Learned Optimization"),)))
        library = MemoryLibrary(issues=issues)
        lookup = Lookup(library, MemoryFinder(library.summaries), random.Random(1))  # noqa: S311 - no secret
        self.discussion = Linker(
            lookup,
            self.store.preferences,
            self.store.linked_replies,
            lambda: self.now,
            lambda *heard: self.heard.append(heard),
        )

    async def write(self, text: str, message: str = "m", **facts: Any) -> None:
        await self.discussion.written(chat_message(text, message, **facts), self.board)

    async def edit(self, text: str, message: str = "m") -> None:
        await self.discussion.edited(chat_message(text, message), self.board)

    async def delete(self, message: str = "m") -> None:
        await self.discussion.deleted(HERE, message, self.board)
