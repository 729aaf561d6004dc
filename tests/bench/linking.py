"""`python -m tests.bench.linking`: how often a discussion is answered rightly, and what a message costs.

Messages go through a real `Linker` over a database file, in one process on
one core; what a platform does with a reply is not in the figures. Without the
real archive beside the checkout, the embedded sample is measured.
"""

import asyncio
import itertools
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Final

import click

from adapters.slack.scopes import UNFURL_DOMAINS, covers
from bot.indexing.indexer import Indexer
from bot.linking.detect import references
from bot.linking.linker import ChatMessage, Linker
from bot.lookup.lookup import Lookup
from bot.model.newsletter import Issue, Summary
from bot.model.places import Place, Preferences
from bot.readers import read
from bot.sample import document
from bot.search import Searcher
from store import Store, open_store
from tests.bench.chatter import chatter, prose
from tests.bench.library import SHEET, summaries_in
from tests.bench.mentions import Mentions
from tests.bench.precision import Reader, answered, places, score

HERE: Final = Place(platform="slack", server="T", channel="C")
START: Final = datetime(2026, 1, 12, tzinfo=UTC)
HOSTILE: Final = (
    "[[",
    "[[a",
    "]]",
    "`",
    "``` ",
    "<",
    "<http",
    "http://",
    "AN #",
    "https://a)",
    "[[!a ",
    "[a](",
    "_x",
)
PLAIN: Final = 20_000
BUSY: Final = 50_000


@dataclass
class Silent:
    """Takes replies and keeps none."""

    posted: int = 0

    async def post(self, entries: Sequence[Issue | Summary], more: int) -> str:
        del entries, more
        self.posted += 1
        return str(self.posted)

    async def edit(self, reply: str, entries: Sequence[Issue | Summary], more: int) -> str:
        del entries, more
        return reply

    async def delete(self, reply: str) -> None:
        del reply


@dataclass
class Talk:
    """A channel in which linking is on; each message comes half a minute after the one before."""

    discussion: Linker
    now: datetime = START

    def __post_init__(self) -> None:
        self.replies = Silent()
        self._numbers = itertools.count()

    async def say(self, text: str) -> None:
        self.now += timedelta(seconds=30)
        message = ChatMessage(place=HERE, id=str(next(self._numbers)), author="U", text=text)
        await self.discussion.written(message, self.replies)

    async def say_all(self, texts: Sequence[str]) -> float:
        """Seconds that all took."""
        start = time.perf_counter()
        for text in texts:
            await self.say(text)
        return time.perf_counter() - start


@click.command()
@click.option("--seed", default=1, show_default=True, help="For the messages.")
def main(*, seed: int) -> None:
    """Measure precision, addresses and cost of linking."""
    asyncio.run(_main(seed))


async def _main(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with _filled(Path(folder) / "an.db") as store:
            summaries = await summaries_in(store)
            reader = Reader(library=store.library, finder=Searcher(store.search))
            await _precision(reader, summaries, seed)
            await _addresses(reader, summaries)
            _covered(summaries)
            await _cost(store, summaries, seed)
            await _misspelt(reader, summaries, seed)
    _hostile()


@asynccontextmanager
async def _filled(file: Path) -> AsyncIterator[Store]:
    whole = read(SHEET.read_bytes(), SHEET.name) if SHEET.exists() else document()
    async with open_store(file, clock=lambda: START) as store:
        await Indexer(store.archive).take("newsletters", whole)
        yield store


async def _precision(reader: Reader, summaries: Sequence[Summary], seed: int) -> None:
    wrongly = await answered(reader, chatter(10_000, seed))
    click.echo(f"of 10,000 messages that refer to nothing, answered: {len(wrongly)}")
    score_ = await score(reader, Mentions(summaries).some(1_000, seed))
    click.echo(
        f"of 1,000 that refer to something: right {score_.share(score_.right):.1%}, "
        f"missed {score_.share(score_.missed):.1%}, wrong {score_.share(score_.wrong):.1%}"
    )
    for kind in sorted(score_.right | score_.missed | score_.wrong):
        click.echo(
            f"  {kind:15} right {score_.right[kind]}, missed {score_.missed[kind]}, wrong {score_.wrong[kind]}"
        )


async def _addresses(reader: Reader, summaries: Sequence[Summary]) -> None:
    shares = await places(reader, summaries, most=100)
    click.echo(
        f"{shares.addresses:,} addresses written in {shares.written:,} ways: missed {len(shares.missed)}, "
        f"led elsewhere {len(shares.wrong)}; each is found in {shares.least} ways or more"
    )


def _covered(summaries: Sequence[Summary]) -> None:
    """How many main links the default domains of Slack's previews cover."""
    urls = [summary.url for summary in summaries if summary.url]
    by_domain = Counter(domain for url in urls for domain in UNFURL_DOMAINS if covers((domain,), url))
    listed = ", ".join(f"{domain} {count}" for domain, count in by_domain.most_common())
    click.echo(
        f"Slack previews cover {by_domain.total() / len(urls):.1%} of {len(urls):,} main links: {listed}"
    )


async def _cost(store: Store, summaries: Sequence[Summary], seed: int) -> None:
    await store.preferences.put(HERE, Preferences(linking=True))
    lookup = Lookup(store.library, Searcher(store.search), random.Random(seed))  # noqa: S311 - no secret
    talk: Talk
    talk = Talk(Linker(lookup, store.preferences, store.linked_replies, lambda: talk.now))
    rng = random.Random(seed)  # noqa: S311 - no secret
    plain = [prose(rng) for _ in range(PLAIN)]
    links = [
        f"{prose(rng)} {summary.url}" for summary in rng.sample(list(summaries), min(500, len(summaries)))
    ]
    await talk.say_all([*plain[:1000], *links[:50]])  # warm
    click.echo(f"a message with nothing in it: {await talk.say_all(plain) / PLAIN * 1e6:.2f} µs")
    spent = [await talk.say_all([link]) * 1e3 for link in links]
    unknown = [await talk.say_all([f"see https://arxiv.org/abs/9901.{n:05d}"]) * 1e3 for n in range(500)]
    click.echo(
        f"one with a link, replied to: {median(spent):.2f} ms; with one of something else: {median(unknown):.2f} ms"
    )
    await _busy(talk, plain, links)


async def _busy(talk: Talk, plain: Sequence[str], links: Sequence[str]) -> None:
    """A busy channel, in which one message of a hundred has a link."""
    texts = [links[n // 100 % len(links)] if n % 100 == 0 else plain[n % len(plain)] for n in range(BUSY)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = await talk.say_all(texts)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    click.echo(
        f"a busy channel, 1 in 100 with a link: {BUSY / spent:,.0f} messages a second; {grown} KiB more at the peak"
    )


async def _misspelt(reader: Reader, summaries: Sequence[Summary], seed: int) -> None:
    """The words that take longest to look up: rare ones with a slip in each."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    words = [f"{word[:-1]}x" for summary in summaries for word in summary.title.split() if word.isalpha()]
    spent = []
    for _ in range(20):
        text = " ".join(f"[[{' '.join(rng.choices(words, k=8))}]]" for _ in range(60))[:4_000]
        start = time.perf_counter()
        await reader.names(text)
        spent.append(time.perf_counter() - start)
    click.echo(f"4,000 characters of misspelt words in brackets, looked up: {median(spent) * 1e3:.1f} ms")


def _hostile() -> None:
    worst = max((_reading(piece, 4_000), piece) for piece in HOSTILE)
    click.echo(
        f"4,000 characters of brackets and half-links, at worst ({worst[1]!r}): {worst[0] * 1e3:.2f} ms"
    )


def _reading(piece: str, length: int) -> float:
    text = (piece * length)[:length]
    start = time.perf_counter()
    references(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
