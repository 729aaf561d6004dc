"""`/digest` at a console: what would be said in a channel is said here, when somebody asks."""

import sys
from itertools import groupby
from typing import Final

from adapters.console.blocks import Block, Item, Items, Page, Sentence, Table, Title, numbered
from bot.digests import plain_text
from bot.digests.compose import Part, parts_of
from bot.digests.options import parse_options
from bot.digests.runner import DigestRunner
from bot.digests.subscriptions import VERBS, Person, Subscriptions, Told
from bot.digests.wording import NAMES, footer
from bot.model.digests import Delivery, Digest, DigestKind, Subscription
from bot.model.places import Place
from bot.ports import DigestStore, Library
from bot.runtime.clock import Clock
from bot.text.rich_text import Span

HERE: Final = Place(platform="console", server="", channel="console")
_ME: Final = Person(id="", name="")
_ROOM: Final = 20_000
_COMMAND: Final = "/digest"
_KINDS: Final = {"": None, **{kind.value: kind for kind in DigestKind}}
_USAGE: Final = (
    ("/digest here [weekly DAY HOUR TIMEZONE] [highlights] [full] [in:SECTION]", "each new issue, or weekly"),
    ("/digest here club from:NUMBER DAY HOUR TIMEZONE", "reads the archive, an issue a week"),
    ("/digest list | preview | log", "what is posted here, what it would say, what was posted"),
    ("/digest pause | resume | stop [news | club]", "for a while, again, for good"),
)


def is_digest(text: str) -> bool:
    """Whether the line is about digests."""
    return text.split(maxsplit=1)[:1] == [_COMMAND]


class Digests:
    """Answers `/digest`, and prints what is due."""

    def __init__(self, library: Library, store: DigestStore, clock: Clock) -> None:
        self._subscriptions = Subscriptions(library, store, clock, lambda _: Span(text="this console"))
        self._store = store
        self._loop = DigestRunner(library, store, _Printer(), clock)

    async def answer(self, text: str) -> Page:
        """The page that answers a line about digests."""
        _, verb, rest = (*text.split(maxsplit=2), "", "")[:3]
        if verb == "here":
            return await self._here(rest)
        if verb in {"", "help"} or rest not in _KINDS:
            return _usage()
        if verb == "preview":
            return await self._preview(_KINDS[rest])
        if verb in VERBS:
            return _page(await self._subscriptions.do(verb, HERE, _KINDS[rest]))
        return _usage(f"“{verb[:40]}” is not understood here.")

    async def print_due(self) -> None:
        """Print what the console is owed."""
        if await self._store.subscriptions.of(HERE):
            await self._loop.once()

    async def _here(self, typed: str) -> Page:
        change = typed.startswith("change ")
        options = parse_options(typed.removeprefix("change "))
        if isinstance(options, str):
            return _usage(options)
        told = await self._subscriptions.here(HERE, options, _ME, change=change)
        if told.existing:
            again = f"/digest here change {typed}"
            return numbered([*_page(told), Items(items=(Item(text="Change it", command=again),), close=True)])
        return _page(told)

    async def _preview(self, kind: DigestKind | None) -> Page:
        shown = await self._subscriptions.preview(HERE, kind)
        if isinstance(shown, Told):
            return _page(shown)
        parts = parts_of(shown, _ROOM, plain_text.write)
        return tuple(block for part in parts for block in _page_of_part(part)) or (
            Sentence(text="Nothing of that issue was asked for."),
        )


class _Printer:
    """A `bot.digests.poster.Poster` that prints."""

    @property
    def platform(self) -> str:
        return HERE.platform

    def rate_bucket(self, server: str) -> str:
        return server

    def parts(self, digest: Digest) -> tuple[Part, ...]:
        return parts_of(digest, _ROOM, plain_text.write)

    def payload(self, digest: Digest, part: Part, name: str) -> str:
        del name
        return plain_text.text_of(part, footer(digest.subscription))

    async def post(self, delivery: Delivery) -> str:
        sys.stdout.write(f"\n{delivery.payload}\n")
        sys.stdout.flush()
        return delivery.id

    async def find(self, delivery: Delivery) -> None:
        """Nobody knows what was read; printing it again does no harm."""
        del delivery

    async def notify(self, subscription: Subscription, told: str) -> None:
        """Tell it here."""
        sys.stdout.write(f"\n{NAMES[subscription.options.kind]}: {told}\n")


def _page(told: Told) -> Page:
    groups = groupby(told.blocks, key=lambda block: block.close)
    lines = ("\n".join((block.mark + block.text).strip() for block in blocks) for _, blocks in groups)
    return (Title(text=told.title), *(Sentence(text=text) for text in lines))


def _page_of_part(part: Part) -> list[Block]:
    title, _, rest = plain_text.text_of(part).partition("\n")
    return [Title(text=title), Sentence(text=rest.strip())]


def _usage(problem: str = "") -> Page:
    lead = [Sentence(text=problem)] if problem else []
    return (*lead, Title(text="/digest"), Table(rows=_USAGE))
