"""Ports of the core in memory, for tests of the core."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.linking.resolve import stands_at
from bot.model.keys import make_key
from bot.model.newsletter import Headline, Issue, Origin, SectionCount, Summary
from bot.model.search import Filters, Hit, SearchResult, Verdict
from bot.text.folding import fold


def summary(title: str, issue: int | None = 58, position: int = 1, **facts: object) -> Summary:
    """A summary with the key that the library would give it."""
    known: dict[str, object] = {"label": "", **facts}
    key = make_key(issue, str(known["label"]), title)
    return Summary(title=title, issue=issue, position=position, key=key, **known)  # type: ignore[arg-type] # facts are free


@dataclass
class MemoryLibrary:
    """A `Library` over issues; `citing` maps a key to the keys it cites."""

    issues: Sequence[Issue] = ()
    citing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sample: bool = False

    @property
    def summaries(self) -> list[Summary]:
        return [summary for issue in self.issues for summary in issue.summaries]

    async def numbers(self) -> Sequence[int]:
        return sorted(issue.number for issue in self.issues if issue.number is not None)

    async def issue(self, number: int) -> Issue | None:
        return next((issue for issue in self.issues if issue.number == number), None)

    async def summary(self, key: str) -> Summary | None:
        return next((summary for summary in self.summaries if summary.key == key), None)

    async def printed(self, key: str) -> Issue | None:
        found = ((issue, each) for issue in self.issues for each in issue.summaries if each.key == key)
        return next((replace(issue, summaries=(each,)) for issue, each in found), None)

    async def sections(self) -> Sequence[SectionCount]:
        paths = [summary.section for summary in self.summaries]
        return [SectionCount(path=path, count=paths.count(path)) for path in dict.fromkeys(paths)]

    async def in_section(self, path: Sequence[str], *, offset: int, limit: int) -> Sequence[Headline]:
        inside = [s for s in self.summaries if s.section[: len(path)] == tuple(path)]
        inside.sort(key=lambda summary: -(summary.issue or 0))
        return [summary.headline for summary in inside[offset : offset + limit]]

    async def cites(self, key: str) -> Sequence[Headline]:
        return [s.headline for s in self.summaries if s.key in self.citing.get(key, ())]

    async def cited_by(self, key: str) -> Sequence[Headline]:
        return [s.headline for s in self.summaries if key in self.citing.get(s.key, ())]

    async def origin(self) -> Origin:
        return Origin(
            issues=len(self.issues), summaries=len(self.summaries), updated=None, sample=self.sample
        )


@dataclass
class MemoryFinder:
    """A `Finder` by words of the title; `asked` lists its queries."""

    summaries: Sequence[Summary] = ()
    asked: list[tuple[str, Filters]] = field(default_factory=list)

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        self.asked.append((words, filters))
        fitting = [s for s in self.summaries if fold(words) in fold(s.title)]
        if not fitting:
            hits = [Hit(headline=s.headline, score=0.1) for s in self.summaries[:limit]]
            problem = f"No section is called {filters.section}." if filters.section else ""
            return SearchResult(verdict=Verdict.NOTHING, hits=tuple(hits), problem=problem)
        verdict = Verdict.CHOICES if len(fitting) > 2 else Verdict.ANSWER
        return SearchResult(
            verdict=verdict, hits=tuple(Hit(headline=s.headline, score=1) for s in fitting[:limit])
        )

    async def narrowed(self, filters: Filters, *, offset: int, limit: int) -> SearchResult:
        result = await self.find("", filters, limit=offset + limit)
        return replace(result, hits=result.hits[offset:], total=len(self.summaries))

    async def at(self, address: str) -> Sequence[Headline]:
        return [s.headline for s in self.summaries if stands_at(s, address)]

    async def titles_in(self, text: str) -> Sequence[Headline]:
        whole = f" {fold(text)} "
        titled = (s for s in self.summaries if " " in fold(s.title) and f" {fold(s.title)} " in whole)
        return [s.headline for s in titled]

    async def complete(self, words: str, *, limit: int = 10) -> Sequence[Headline]:
        typed = fold(words)
        fitting = (s for s in self.summaries if typed in fold(s.title) or fold(s.title) in typed)
        return [s.headline for s in fitting][:limit]
