"""The small card that answers a discussion."""

from collections.abc import Sequence
from typing import Final

from bot.cards.card import Button, Card, CardFormat
from bot.cards.entries import entry
from bot.cards.routes import Route, View
from bot.cards.wording import DOT, cut, facts_of, name_of
from bot.model.newsletter import Issue, Summary
from bot.text.markdown import excerpt
from bot.text.rich_text import Block, Span, plain_block

_LEAD: Final = 180
_TITLE: Final = 120
_LABEL: Final = 40


def linked_card(mentioned: Sequence[Issue | Summary], more: int, card_format: CardFormat) -> Card:
    """Two lines for each issue and summary: its title, and its first sentence. `more` counts the rest."""
    lines = tuple(
        _summary(each, card_format) if isinstance(each, Summary) else _issue(each, card_format)
        for each in mentioned
    )
    rest = (Block(spans=plain_block(f"and {more:,} more").spans, close=card_format.tight),) if more else ()
    return Card(body=(*lines, *rest), buttons=tuple(_button(each) for each in mentioned))


def _summary(summary: Summary, card_format: CardFormat) -> Block:
    headline = summary.headline
    block = entry(headline, facts_of(headline), card_format, lead=excerpt(summary.text, _LEAD))
    return Block(spans=block.spans, close=card_format.tight)


def _issue(issue: Issue, card_format: CardFormat) -> Block:
    highlights = "; ".join(summary.title for summary in issue.summaries if summary.highlight)
    title = name_of(issue.title) if issue.title else "an issue of the Alignment Newsletter"
    spans = (
        Span(text=f"AN #{issue.number}", bold=True, url=issue.url),
        Span(text=DOT + cut(title, _TITLE)),
        *((Span(text=f"\n{cut(highlights, _LEAD)}"),) if highlights else ()),
    )
    return Block(spans=spans, close=card_format.tight)


def _button(thing: Issue | Summary) -> Button:
    if isinstance(thing, Summary):
        label, route = f"Read {name_of(thing.title)}", Route(view=View.TEXT, target=thing.key)
    else:
        label, route = f"Read AN #{thing.number}", Route(view=View.ISSUE, target=str(thing.number))
    return Button(label=cut(label, _LABEL), route=route)
