"""A digest in as many parts as its platform needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.cards.card import Button, Card, CardFormat
from bot.cards.entries import menu_of
from bot.cards.routes import Route, Verb, View
from bot.cards.summary import passages_of
from bot.cards.wording import DOT, STAR, cut, name_of, path_of
from bot.digests.pages import Item, Page, pages_of, place
from bot.digests.wording import ABOUT, footer
from bot.model.digests import Digest, DigestKind, DigestOptions
from bot.model.newsletter import Headline, Issue, Summary
from bot.model.sections import HIGHLIGHTS
from bot.text.markdown import excerpt
from bot.text.paging import Write
from bot.text.phrases import counted, short_authors
from bot.text.rich_text import Block, Span, heading

MOST_PARTS: Final = 99
WHOLE: Final = 3
"""New issues that a digest contains whole; of more, the newest are in it and the others are counted."""
_RUNS: Final = 8
_LEAD: Final = 320
_TITLE: Final = 160
_NEVER_CUT: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message: `number` of `count`, both from 1. `issue` is the one that a button
    opens, None if there are several. A reply that opens a thread has the number after the last.
    """

    number: int
    count: int
    title: str
    url: str
    facts: str
    blocks: tuple[Block, ...]
    headlines: tuple[Headline, ...]
    issue: int | None


def parts_of(digest: Digest, room: int, write: Write) -> tuple[Part, ...]:
    """The digest in parts whose blocks, written by `write`, take at most `room` characters
    with their gaps; () if nothing in it was asked for.

    A digest that would need more than 99 parts ends there, and says so.
    """
    issues = [issue for issue in digest.issues if wanted(issue, digest.subscription.options)]
    counted, whole = issues[:-WHOLE], issues[-WHOLE:]
    items = _items(digest, whole)
    if not items:
        return ()
    pages = pages_of(items, room, write)
    if len(pages) > MOST_PARTS:
        pages = [*pages[: MOST_PARTS - 1], Page(blocks=[_REST], headlines=[items[-1].headline])]
    if counted:
        place(pages, [_counted(counted)], items[-1], room, write)
    only = issues[0] if len(issues) == 1 else None
    return tuple(
        Part(
            number=number,
            count=len(pages),
            title=_title_of(digest, issues),
            url=only.url if only else "",
            facts=_facts(whole, len(items)),
            blocks=tuple(page.blocks),
            headlines=tuple(page.headlines),
            issue=only.number if only else None,
        )
        for number, page in enumerate(pages, 1)
    )


def reply_to(part: Part) -> Part:
    """A reply to a sole part, which opens the thread below it."""
    return replace(
        part,
        number=part.number + 1,
        title="Discuss it in this thread",
        url="",
        facts="",
        blocks=(),
        headlines=(),
        issue=None,
    )


def part_card(digest: Digest, part: Part, card_format: CardFormat, delivery: str = "") -> Card:
    """The card of a part; the first also names the subscriber, and says how to stop the digest.

    `delivery` is the id by which the message is recognized, "" if it is only shown.
    """
    first = part.number == 1
    return Card(
        title=part.title,
        url=part.url,
        section=(HIGHLIGHTS,),
        facts=(Span(text=part.facts),) if first and part.facts else (),
        body=part.blocks,
        footer=footer(digest.subscription, part.number, part.count),
        buttons=tuple(_buttons(digest, part)) if first else (),
        menu=menu_of(
            part.headlines,
            "Open an entry",
            Route(view=View.TEXT, target=delivery),
            card_format.label,
            place=part.issue is None,
            verb=Verb.OPEN,
        ),
    )


def _buttons(digest: Digest, part: Part) -> Iterator[Button]:
    """Whoever presses one is answered alone: a digest has no owner."""
    if part.issue is not None:
        whole = Route(view=View.ISSUE, target=str(part.issue))
        yield Button(label="Open the whole issue", route=whole, verb=Verb.OPEN)
    about = Route(view=View.TEXT, target=digest.subscription.id)
    yield Button(label=ABOUT, route=about, verb=Verb.ABOUT)


_REST: Final = heading("There is more of it than can be posted; every entry can be looked up with /an.")


def _title_of(digest: Digest, issues: Sequence[Issue]) -> str:
    club = digest.subscription.options.kind is DigestKind.CLUB
    if len(issues) == 1:
        return ("Reading club: " if club else "") + _issue_title(issues[0])
    return f"{len(issues)} new issues: {numbers_text([issue.number or 0 for issue in issues])}"


def numbers_text(numbers: Sequence[int]) -> str:
    """The numbers of issues, those that follow each other as a range.

    >>> numbers_text([58, 60, 61, 62])
    'AN #58, AN #60–62'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [f"AN #{run[0]}" + (f"–{run[-1]}" if len(run) > 1 else "") for run in runs]
    return ", ".join(shown[:_RUNS]) + (
        "" if len(shown) <= _RUNS else f" and {len(shown) - _RUNS} more ranges"
    )


def _counted(issues: Sequence[Issue]) -> Block:
    """The line about new issues that are not in the digest."""
    numbers = [issue.number or 0 for issue in issues]
    more = counted(len(numbers), "more new issue")
    return Block(spans=(Span(text=f"{more}: {numbers_text(numbers)}. Read one with /an {numbers[-1]}."),))


def wanted(issue: Issue, options: DigestOptions) -> tuple[Summary, ...]:
    """The issue's summaries that were asked for, in printed order.

    A section is named by any heading above its entries.
    """
    names = {name.casefold() for name in options.sections}
    return tuple(
        summary
        for summary in issue.summaries
        if (summary.highlight or not options.highlights)
        and (not names or any(step.casefold() in names for step in summary.section))
    )


def _issue_title(issue: Issue) -> str:
    return f"AN #{issue.number}" + (f" — {name_of(issue.title)}" if issue.title else "")


def _facts(issues: Sequence[Issue], count: int) -> str:
    date = issues[0].published if len(issues) == 1 else None
    shown = f"{date:%d %B %Y}".lstrip("0") if date else ""
    return DOT.join(fact for fact in (shown, counted(count, "entry", "entries")) if fact)


def _items(digest: Digest, issues: Sequence[Issue]) -> list[Item]:
    options, several = digest.subscription.options, len(issues) > 1
    return [
        Item(
            heading=_issue_title(issue) if several else _heading(summary),
            blocks=_whole(summary) if options.full else _line(summary),
            headline=summary.headline,
        )
        for issue in issues
        for summary in _highlights_first(wanted(issue, options))
    ]


def _highlights_first(summaries: Sequence[Summary]) -> list[Summary]:
    return sorted(summaries, key=lambda summary: not summary.highlight)


def _heading(summary: Summary) -> str:
    return HIGHLIGHTS if summary.highlight else path_of(summary.section[:1])


def _line(summary: Summary) -> tuple[Block, ...]:
    """A linked title and, of a highlight, its first sentences."""
    lead = excerpt(summary.text, _LEAD) if summary.highlight else ""
    inner = () if summary.highlight else summary.section[1:]
    facts = DOT.join(fact for fact in (short_authors(summary.authors), *inner) if fact)
    spans = [*_title(summary), *([Span(text=DOT + facts)] if facts else [])]
    if lead:
        spans += [Span(text="\n"), Span(text=lead)]
    return (Block(spans=tuple(spans), mark="" if lead else "• ", close=not lead),)


def _whole(summary: Summary) -> tuple[Block, ...]:
    """A linked title and the whole text."""
    facts = DOT.join(
        fact
        for fact in (
            short_authors(summary.authors),
            summary.venue,
            f"summarized by {summary.summarizer}" if summary.summarizer else "",
        )
        if fact
    )
    head = Block(spans=(*_title(summary), *((Span(text=DOT + facts),) if facts else ())))
    texts = passages_of(summary, View.TEXT, _NEVER_CUT)
    return (head, *texts, *passages_of(summary, View.OPINION, _NEVER_CUT))


def _title(summary: Summary) -> Iterator[Span]:
    if summary.highlight:
        yield Span(text=f"{STAR} ")
    yield Span(text=cut(name_of(summary.title), _TITLE), bold=True, url=summary.url or "")
