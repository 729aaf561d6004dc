"""How often a discussion is answered rightly, wrongly, or not at all."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.linking.detect import references
from bot.linking.resolve import linked
from bot.model.newsletter import Issue, Summary
from bot.ports import Finder, Library
from bot.text.urls import canonical
from tests.bench.mentions import Mention
from tests.bench.spellings import spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads messages as a discussion does, and tells the names of what it would show."""

    library: Library
    finder: Finder

    async def names(self, text: str) -> frozenset[str]:
        return frozenset(await self.things(text))

    async def things(self, text: str) -> dict[str, Issue | Summary]:
        return (await linked(references(text), self.library, self.finder)).named()


@dataclass
class Score:
    """Of messages that refer to something: by kind, how many were answered how."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def share(self, of: Counter[str]) -> float:
        return of.total() / max(1, self.right.total() + self.missed.total() + self.wrong.total())


async def answered(reader: Reader, messages: Iterable[str]) -> list[str]:
    """Of messages that refer to nothing, those that are answered all the same."""
    return [text for text in messages if await reader.names(text)]


async def score(reader: Reader, mentions: Iterable[Mention]) -> Score:
    """A right answer shows something, and only what is right."""
    score_ = Score()
    for mention in mentions:
        names = await reader.names(mention.text)
        of = score_.missed if not names else score_.right if names <= mention.right else score_.wrong
        of[mention.kind] += 1
    return score_


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Of all main addresses: how many ways they were written, in which of them
    they led nowhere or to what does not stand there, and the least number of
    ways in which one was found.
    """

    addresses: int
    written: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    least: int


async def places(reader: Reader, summaries: Sequence[Summary], *, most: int, seed: int = 1) -> Places:
    """Every main address, in so many of the ways it is written, chosen by chance."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    standing: dict[str, set[str]] = defaultdict(set)
    for summary in summaries:
        for link in summary.links:
            standing[canonical(link) or link].add(summary.key)
    missed, wrong, kinds = list[str](), list[str](), Counter[str]()
    urls = sorted({summary.url for summary in summaries if summary.url})
    every = {url: spellings(url) for url in urls}
    ways = [(url, way) for url, all_ in every.items() for way in rng.sample(all_, min(most, len(all_)))]
    for url, way in ways:
        names = await reader.names(f"see {way} for more")
        if not names:
            missed.append(way)
        elif not names <= standing[canonical(url) or url]:
            wrong.append(way)
        else:
            kinds[url] += 1
    least = min((kinds[url] for url in urls), default=0)
    return Places(
        addresses=len(urls), written=len(ways), missed=tuple(missed), wrong=tuple(wrong), least=least
    )
