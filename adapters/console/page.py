"""Answer in, page out: what a console says, in which order. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from adapters.console.blocks import (
    Aside,
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Page,
    Prose,
    Sentence,
    Shell,
    Table,
    Title,
    numbered,
)
from bot.lookup.answers import (
    Answer,
    Answered,
    Choices,
    Help,
    IssueFound,
    IssueUnknown,
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
from bot.lookup.commands import Command
from bot.model.newsletter import Headline, SectionCount, Summary
from bot.text.phrases import short_authors


def page_of(reply: Answered) -> Page:
    """The whole reply as a page."""
    blocks = list(_blocks(reply.answer))
    if reply.notice:
        blocks += _notice(reply.notice)
    return numbered(blocks)


def _blocks(answer: Answer) -> Iterator[Block]:  # noqa: C901, PLR0911 - one case a meaning
    match answer:
        case IssueFound():
            return _issue(answer)
        case IssueUnknown():
            return _issue_unknown(answer)
        case SummaryFound():
            return _summary(answer)
        case SummaryGone(key=key):
            return iter([Sentence(text=f"There is no summary “{key}” (any more). Look for it: /paper WORDS")])
        case Choices():
            return _choices(answer)
        case NotFound():
            return _not_found(answer)
        case TopicPage():
            return _topic(answer)
        case Sections(sections=found):
            return _sections(found)
        case SectionChoices(name=name, sections=found):
            return _some_sections(f"Several sections fit “{name}”:", found)
        case SectionUnknown(name=name, closest=found):
            return _some_sections(f"No section is called “{name}”. The closest:", found)
        case Help(commands=commands):
            return _help(commands)
        case Misunderstood(problem=problem, commands=commands):
            return _misunderstood(problem, commands)


def _issue(answer: IssueFound) -> Iterator[Block]:
    title = f"AN #{answer.number}" + (f" — {answer.title}" if answer.title else "")
    yield Title(text=title, url=answer.url)
    yield facts_of(answer.published.isoformat() if answer.published else "")
    if answer.audio:
        yield Prose(markdown=f"[Audio version](<{answer.audio}>)")
    if answer.highlights:
        yield Heading(text="Highlights")
        yield Items(
            items=tuple(entry(lead.headline, lead=lead.text, place=False) for lead in answer.highlights)
        )
    for group in answer.groups:
        yield Heading(text=path_name(group.path))
        yield entries(group.headlines, place=False)
    neighbours = (("Previous", answer.previous), ("Next", answer.following))
    yield from go_on([(f"{name}: AN #{n}", f"/an {n}") for name, n in neighbours if n is not None])


def _issue_unknown(answer: IssueUnknown) -> Iterator[Block]:
    if not answer.nearest:
        yield Sentence(text="There are no issues here yet. Take some in with: anbot index")
        return
    yield Sentence(text=f"There is no AN #{answer.number} here. The nearest:")
    yield Items(
        items=tuple(Item(text=f"AN #{number}", command=f"/an {number}") for number in answer.nearest),
        close=True,
    )


def _summary(answer: SummaryFound) -> Iterator[Block]:
    summary = answer.summary
    yield Title(text=summary.title, url=summary.url or "", highlight=summary.highlight)
    yield facts_of(whole_authors(summary.authors))
    yield facts_of(
        " ".join(str(fact) for fact in (summary.venue, summary.year) if fact),
        printed_in(summary),
        path_name(summary.section) if summary.section else "",
    )
    yield facts_of(
        "highlight" if summary.highlight else "",
        f"summarized by {summary.summarizer}" if summary.summarizer else "",
        f"H/T {summary.hat_tip}" if summary.hat_tip else "",
    )
    yield from _texts(summary)
    yield from listed("Cites", answer.cites)
    yield from listed("Cited by", answer.cited_by)
    yield from listed("Other matches", answer.others)
    yield from go_on(_surroundings(answer))


def _texts(summary: Summary) -> Iterator[Block]:
    if summary.text.strip():
        yield Prose(markdown=summary.text)
    else:
        yield Sentence(text="The newsletter lists this one by its title alone.")
    for opinion in summary.opinions:
        yield Heading(text=f"{opinion.by}’s opinion" if opinion.by else "Opinion")
        yield Prose(markdown=opinion.text)
    if summary.prerequisites:
        yield Prose(markdown=f"**Prerequisites:** {summary.prerequisites}")
    if summary.read_more:
        yield Prose(markdown=f"**Read more:** {summary.read_more}")


def _surroundings(answer: SummaryFound) -> list[tuple[str, str]]:
    summary = answer.summary
    ways = []
    if summary.issue is not None:
        title = f" — {answer.issue_title}" if answer.issue_title else ""
        ways.append((f"AN #{summary.issue}{title}", f"/an {summary.issue}"))
    if summary.section:
        ways.append((f"More on {summary.section[-1]}", f"/topic {summary.section[-1]}"))
    return ways


def _choices(answer: Choices) -> Iterator[Block]:
    yield Sentence(text=f"Several summaries fit{quoted(answer.words)}. Which one?")
    yield entries(answer.headlines)


def _not_found(answer: NotFound) -> Iterator[Block]:
    yield Sentence(text=answer.problem or f"Nothing here fits{quoted(answer.words)}.")
    if answer.closest:
        yield Sentence(text="The closest titles:")
        yield entries(answer.closest)


def _topic(answer: TopicPage) -> Iterator[Block]:
    yield Title(text=path_name(answer.path))
    yield facts_of(
        f"{answer.total} {'summary' if answer.total == 1 else 'summaries'}",
        f"page {answer.page} of {answer.pages}" if answer.pages > 1 else "",
    )
    yield entries(answer.headlines)
    around = (("Newer", answer.page - 1), ("Older", answer.page + 1))
    turns = [(name, page) for name, page in around if 1 <= page <= answer.pages]
    yield from go_on(
        [(f"{name}: page {page}", f"/topic {answer.path[-1]} page:{page}") for name, page in turns]
    )


def _sections(sections: Sequence[SectionCount]) -> Iterator[Block]:
    yield Title(text="Sections of the newsletter")
    for top, inside in groupby((s for s in sections if s.path), key=lambda section: section.path[0]):
        yield Heading(text=top)
        yield Items(items=tuple(section_item(section, section.path[-1]) for section in inside), close=True)


def _some_sections(sentence: str, sections: Sequence[SectionCount]) -> Iterator[Block]:
    yield Sentence(text=sentence)
    yield Items(
        items=tuple(section_item(section, path_name(section.path)) for section in sections), close=True
    )
    yield Aside(text="All sections: /topic")


def _help(commands: Sequence[Command]) -> Iterator[Block]:
    if len(commands) == 1:
        yield from _help_on(commands[0])
        return
    yield Title(text="What you can ask")
    yield Table(rows=tuple((usage, c.about) for c in commands for usage in c.usage[:1]))
    yield Heading(text="For example")
    yield _examples(commands)
    yield Aside(text="More about one of them: /an help, /paper help, …")


def _help_on(command: Command) -> Iterator[Block]:
    yield Title(text=f"/{command.name}")
    yield Sentence(text=command.about)
    yield Table(rows=tuple((usage, "") for usage in command.usage))
    yield Heading(text="For example")
    yield _examples([command])


def _examples(commands: Sequence[Command]) -> Items:
    lines = [example for command in commands for example in command.examples]
    return Items(items=tuple(Item(text=line, command=line) for line in lines))


def _misunderstood(problem: str, commands: Sequence[Command]) -> Iterator[Block]:
    yield Sentence(text=problem)
    yield Table(rows=tuple((usage, c.about) for c in commands for usage in c.usage[:1]))


def _notice(notice: SampleNotice) -> Iterator[Block]:
    yield Aside(
        text=f"This is a sample: {notice.issues} issues, {notice.summaries} summaries retold in our own words."
        " To get the real archive, run:"
    )
    yield Shell(line=notice.fetch)


_STEP: Final = " › "
_AUTHORS_LENGTH: Final = 400


def entry(headline: Headline, *, lead: str = "", place: bool = True) -> Item:
    """A summary in a list; `place` says where it was printed."""
    facts = (short_authors(headline.authors), printed_in(headline) if place else "")
    return Item(
        text=headline.title,
        command=f"/open {headline.key}",
        detail=" · ".join(fact for fact in facts if fact),
        highlight=headline.highlight,
        lead=lead,
    )


def entries(headlines: Iterable[Headline], *, place: bool = True) -> Items:
    """Summaries to pick from."""
    return Items(items=tuple(entry(headline, place=place) for headline in headlines))


def section_item(section: SectionCount, name: str) -> Item:
    """A section in a list, with how many summaries it holds."""
    return Item(text=name, command=f"/topic {section.path[-1]}", detail=str(section.count))


def listed(heading: str, headlines: Sequence[Headline]) -> Iterator[Block]:
    """A list under a heading, or nothing."""
    if headlines:
        yield Heading(text=heading)
        yield entries(headlines)


def go_on(ways: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """Where to go from here: what it is, and the command for it."""
    if ways:
        yield Heading(text="Go on")
        yield Items(items=tuple(Item(text=text, command=command) for text, command in ways), close=True)


def facts_of(*facts: str) -> Facts:
    """Those of the facts that are known."""
    return Facts(facts=tuple(fact for fact in facts if fact))


def printed_in(entry: Headline | Summary) -> str:
    """Where the newsletter printed it: "AN #58", "Recon #4"."""
    return f"AN #{entry.issue}" if entry.issue is not None else entry.label or "outside the issues"


def whole_authors(authors: str) -> str:
    """All authors, unless there are too many to read."""
    return authors if len(authors) <= _AUTHORS_LENGTH else short_authors(authors)


def path_name(path: Sequence[str]) -> str:
    """A section's path in one line."""
    return _STEP.join(path) or "Without a section"


def quoted(words: str) -> str:
    """What was looked for, in quotes after a blank; nothing for nothing."""
    return f" “{words}”" if words else ""
