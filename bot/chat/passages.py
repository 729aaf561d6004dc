"""What there is to read in a summary, and where one can go from it."""

from collections.abc import Iterator
from typing import Final

from bot.answers import IssueFound, SummaryFound
from bot.chat.context import Context
from bot.chat.spots import Spot, View
from bot.chat.wording import name_of, printed_in
from bot.spans import AS_MARKDOWN, Block, Layout, Span, blocks_of, heading, plain_block
from bot.types import Summary

_TITLE_ONLY: Final = "The newsletter lists this one by its title alone."


def passages_of(
    summary: Summary, view: View, longest_title: int, layout: Layout = AS_MARKDOWN
) -> tuple[Block, ...]:
    """All there is to read in that view of the summary; never nothing.

    `longest_title` is how much of a title stands on the card itself.
    """
    blocks = _opinions(summary, layout) if view is View.OPINION else _texts(summary, longest_title, layout)
    return tuple(blocks)


def ways_from(answer: SummaryFound, view: View, context: Context) -> Iterator[tuple[str, Spot]]:
    """Labels and spots of everything else there is of the summary."""
    summary = answer.summary
    views = (
        ("Summary", View.TEXT, True),
        ("Opinion", View.OPINION, bool(summary.opinions)),
        (f"Cites {len(answer.cites)}", View.CITES, bool(answer.cites)),
        (f"Cited by {len(answer.cited_by)}", View.CITED_BY, bool(answer.cited_by)),
    )
    for label, other, exists in views:
        if exists and other is not view:
            yield label, Spot(view=other, target=summary.key)
    if context.matches:
        yield "Other matches", context.matches
    if summary.issue is not None:
        yield f"Issue {printed_in(summary)}", Spot(view=View.ISSUE, target=str(summary.issue))


def neighbours(answer: IssueFound) -> Iterator[tuple[str, Spot]]:
    """Labels and spots of the issues before and after."""
    for before, number, after in (("◂ ", answer.previous, ""), ("", answer.following, " ▸")):
        if number is not None:
            yield f"{before}AN #{number}{after}", Spot(view=View.ISSUE, target=str(number))


def _texts(summary: Summary, longest_title: int, layout: Layout) -> Iterator[Block]:
    """First the whole title, where the card's own is cut."""
    if len(name_of(summary.title)) > longest_title:
        yield heading(name_of(summary.title))
    blocks = blocks_of(summary.text, layout)
    yield from blocks if any(block.text.strip() for block in blocks) else (_alone(),)
    for label, text in (("Prerequisites", summary.prerequisites), ("Read more", summary.read_more)):
        yield from _labelled(label, blocks_of(text, layout))


def _opinions(summary: Summary, layout: Layout) -> Iterator[Block]:
    for opinion in summary.opinions:
        yield heading(f"{opinion.by}’s opinion" if opinion.by else "Opinion")
        yield from blocks_of(opinion.text, layout)


def _alone() -> Block:
    return plain_block(_TITLE_ONLY, italic=True)


def _labelled(label: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    name = Span(text=f"{label}: ", bold=True)
    match blocks:
        case ():
            return
        case (Block(mark="", fenced=False) as first, *rest):
            yield Block(spans=(name, *first.spans))
            yield from rest
        case several:
            yield heading(f"{label}:")
            yield from several
