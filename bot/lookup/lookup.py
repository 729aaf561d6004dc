"""Request in, answer out, the same for every platform."""

import random
from collections.abc import Sequence
from typing import Final

from bot.lookup import commands, sections
from bot.lookup.answers import (
    Answer,
    Answered,
    Choices,
    Group,
    Help,
    IssueFound,
    IssueUnknown,
    Lead,
    Misunderstood,
    NotFound,
    SampleNotice,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.lookup.requests import (
    NO_FILTERS,
    FindPaper,
    Request,
    ShowHelp,
    ShowIssue,
    ShowLatest,
    ShowRandom,
    ShowSections,
    ShowSummary,
    ShowTopic,
    Unclear,
)
from bot.model.newsletter import Headline, Issue
from bot.model.search import SearchResult, Verdict
from bot.model.sections import HIGHLIGHTS
from bot.ports import Finder, Library
from bot.sources.named import FETCH_ARCHIVE
from bot.text.markdown import excerpt

PAGE_SIZE: Final = 10
_OFFERED: Final = 5
_NEAREST: Final = 4
_LEAD_LENGTH: Final = 320


class Lookup:
    """Answers requests from a library.

    While the library is the embedded sample, the first answer that comes from
    it carries a notice; one Lookup therefore serves one run.
    """

    def __init__(self, library: Library, finder: Finder, rng: random.Random) -> None:
        self.library = library
        self.finder = finder
        self._random = rng
        self._notified = False

    async def answer(self, request: Request) -> Answered:
        """The answer to the request; whatever was typed, it does not raise."""
        answer = await self._answer(request)
        if isinstance(answer, Help | Misunderstood):
            return Answered(answer=answer)
        return Answered(answer=answer, notice=await self._notice())

    async def _answer(self, request: Request) -> Answer:  # noqa: PLR0911 - one return a request
        match request:
            case ShowIssue(number=number):
                return await self._issue(number)
            case ShowLatest():
                return await self._latest()
            case ShowRandom():
                return await self._any()
            case FindPaper():
                return await self._paper(request)
            case ShowSummary(key=key):
                return await self._summary(key)
            case ShowTopic(section=name, page=page):
                return await self._topic(name, page)
            case ShowSections(page=page):
                return Sections(sections=tuple(await self.library.sections()), page=page)
            case ShowHelp(command=command):
                return Help(commands=(command,) if command else commands.COMMANDS)
            case Unclear(problem=problem, command=command):
                return Misunderstood(problem=problem, commands=(command,) if command else commands.COMMANDS)

    async def _issue(self, number: int) -> Answer:
        numbers = await self.library.numbers()
        issue = await self.library.issue(number)
        if issue is None:
            return IssueUnknown(number=number, nearest=_nearest(numbers, number))
        return _issue_found(issue, number, numbers)

    async def _latest(self) -> Answer:
        numbers = await self.library.numbers()
        return await self._issue(numbers[-1] if numbers else 0)

    async def _any(self) -> Answer:
        numbers = await self.library.numbers()
        return await self._issue(self._random.choice(numbers) if numbers else 0)

    async def _paper(self, request: FindPaper) -> Answer:
        if not request.words.strip():
            return await self._narrowed(request)
        result = await self.finder.find(request.words, request.filters, limit=_OFFERED + 1)
        if result.issue is not None:
            return await self._issue(result.issue)
        headlines = tuple(hit.headline for hit in result.hits)
        match result.verdict:
            case Verdict.ANSWER:
                return await self._best(headlines)
            case Verdict.CHOICES:
                return Choices(words=request.words, headlines=headlines[:_OFFERED], doubtful=result.doubtful)
            case Verdict.NOTHING:
                return _not_found(request, result)

    async def _narrowed(self, request: FindPaper) -> Answer:
        """A page of all that the filters allow."""
        result = await self._page_of(request, request.page)
        pages = max(1, -(-result.total // PAGE_SIZE))
        if request.page > pages:
            result = await self._page_of(request, pages)
        headlines = tuple(hit.headline for hit in result.hits)
        match result.verdict:
            case Verdict.ANSWER:
                return await self._best(headlines)
            case Verdict.CHOICES:
                return Choices(
                    words="",
                    headlines=headlines,
                    total=result.total,
                    page=min(request.page, pages),
                    pages=pages,
                    page_missing=request.page if request.page > pages else None,
                )
            case Verdict.NOTHING:
                return _not_found(request, result)

    async def _page_of(self, request: FindPaper, page: int) -> SearchResult:
        offset = (page - 1) * PAGE_SIZE
        return await self.finder.narrowed(request.filters, offset=offset, limit=PAGE_SIZE)

    async def _best(self, headlines: tuple[Headline, ...]) -> Answer:
        return await self._summary(headlines[0].key, others=headlines[1:])

    async def _summary(self, key: str, others: tuple[Headline, ...] = ()) -> Answer:
        issue = await self.library.printed(key)
        if issue is None:
            return SummaryGone(key=key)
        (summary,) = issue.summaries
        return SummaryFound(
            summary=summary,
            issue_title=issue.title,
            issue_url=issue.url,
            cites=tuple(await self.library.cites(summary.key)),
            cited_by=tuple(await self.library.cited_by(summary.key)),
            others=others,
        )

    async def _topic(self, name: str, page: int) -> Answer:
        known = sections.with_parents(await self.library.sections())
        fitting = sections.named(known, name)
        if not fitting:
            return SectionUnknown(name=name, closest=sections.closest(known, name))
        if len(fitting) > 1:
            return SectionChoices(name=name, sections=fitting)
        return await self._topic_page(fitting[0].path, fitting[0].count, page)

    async def _topic_page(self, path: tuple[str, ...], total: int, page: int) -> Answer:
        pages = max(1, -(-total // PAGE_SIZE))
        missing = page if page > pages else None
        page = min(page, pages)
        offset = (page - 1) * PAGE_SIZE
        headlines = tuple(await self.library.in_section(path, offset=offset, limit=PAGE_SIZE))
        return TopicPage(
            path=path, headlines=headlines, page=page, pages=pages, total=total, page_missing=missing
        )

    async def _notice(self) -> SampleNotice | None:
        if self._notified:
            return None
        origin = await self.library.origin()
        self._notified = True
        if not origin.sample:
            return None
        return SampleNotice(issues=origin.issues, summaries=origin.summaries, fetch=FETCH_ARCHIVE)


def _nearest(numbers: Sequence[int], number: int) -> tuple[int, ...]:
    by_distance = sorted(numbers, key=lambda known: (abs(known - number), known))
    return tuple(sorted(by_distance[:_NEAREST]))


def _issue_found(issue: Issue, number: int, numbers: Sequence[int]) -> IssueFound:
    leading = [s for s in issue.summaries if s.highlight or s.section == (HIGHLIGHTS,)]
    groups: dict[tuple[str, ...], list[Headline]] = {}
    for summary in issue.summaries:
        if summary not in leading:
            groups.setdefault(summary.section, []).append(summary.headline)
    return IssueFound(
        number=number,
        title=issue.title,
        published=issue.published,
        url=issue.url,
        audio=issue.audio,
        highlights=tuple(Lead(headline=s.headline, text=excerpt(s.text, _LEAD_LENGTH)) for s in leading),
        groups=tuple(Group(path=path, headlines=tuple(lines)) for path, lines in groups.items()),
        previous=max((n for n in numbers if n < number), default=None),
        following=min((n for n in numbers if n > number), default=None),
    )


def _not_found(request: FindPaper, result: SearchResult) -> NotFound:
    closest = tuple(hit.headline for hit in result.hits[:_OFFERED])
    return NotFound(
        words=request.words,
        problem=result.problem,
        closest=closest,
        narrowed=request.filters != NO_FILTERS,
    )
