"""The small card that answers a discussion."""

from collections.abc import Sequence
from typing import Final

from adapters.slack.escape import cut
from adapters.slack.screens import LABEL, Button, Screen
from adapters.slack.wording import entry
from bot.chat.spots import Spot, View
from bot.chat.wording import DOT, facts_of, name_of
from bot.markdown import excerpt
from bot.spans import Block, Span, plain_block
from bot.types import Issue, Summary

_LINE: Final = 180
_TITLE: Final = 120


def linked_screen(found: Sequence[Issue | Summary], more: int) -> Screen:
    """Two lines for each: what it is, and its first sentence. `more` is a count."""
    lines = [_summary(thing) if isinstance(thing, Summary) else _issue(thing) for thing in found]
    rest = (plain_block(f"and {more:,} more"),) if more else ()
    return Screen(head=(*lines, *rest), buttons=tuple(_button(thing) for thing in found))


def _summary(summary: Summary) -> Block:
    headline = summary.headline
    return entry(headline, facts_of(headline), lead=excerpt(summary.text, _LINE))


def _issue(issue: Issue) -> Block:
    title = cut(name_of(issue.title), _TITLE) if issue.title else "an issue of the Alignment Newsletter"
    highlights = [summary.title for summary in issue.summaries if summary.highlight]
    lead = (Span(text=f"\n{cut('; '.join(highlights), _LINE)}"),) if highlights else ()
    number = Span(text=f"AN #{issue.number}", bold=True, url=issue.url)
    return Block(spans=(number, Span(text=f"{DOT}{title}"), *lead))


def _button(thing: Issue | Summary) -> Button:
    if isinstance(thing, Summary):
        spot = Spot(view=View.TEXT, target=thing.key)
        return Button(label=cut(f"Read {name_of(thing.title)}", LABEL // 2), spot=spot)
    return Button(label=f"Read AN #{thing.number}", spot=Spot(view=View.ISSUE, target=str(thing.number)))
