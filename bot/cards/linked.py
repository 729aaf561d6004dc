"""The small card that answers a discussion."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.cards.card import Button, Card, CardFormat
from bot.cards.entries import entry
from bot.cards.routes import Route, View
from bot.cards.wording import DOT, cut, facts_of, name_of
from bot.model.newsletter import Issue, Summary
from bot.text.folding import fold
from bot.text.markdown import excerpt
from bot.text.rich_text import Block, Span, plain_block

_LEAD: Final = 180
_TITLE: Final = 120
_LABEL: Final = 40
_SHORT: Final = 20


def linked_card(
    mentioned: Sequence[Issue | Summary], more: int, card_format: CardFormat, *, discreet: bool = False
) -> Card:
    """Two lines for each issue and summary: its title, and its first sentence. `more` counts the rest.

    The buttons of a `discreet` card name nothing.
    """
    lines = tuple(
        _summary(each, card_format) if isinstance(each, Summary) else _issue(each) for each in mentioned
    )
    rest = (plain_block(f"and {more:,} more"),) if more else ()
    return Card(body=(*lines, *rest), buttons=tuple(_buttons(mentioned, discreet=discreet)))


def _summary(summary: Summary, card_format: CardFormat) -> Block:
    headline = summary.headline
    block = entry(headline, facts_of(headline), card_format, lead=excerpt(summary.text, _LEAD))
    return Block(spans=block.spans)


def _issue(issue: Issue) -> Block:
    title = name_of(issue.title) if issue.title else "an issue of the Alignment Newsletter"
    names = (name_of(summary.title) for summary in issue.summaries if summary.highlight)
    highlights = "; ".join(name for name in names if fold(name) != fold(title))
    spans = (
        Span(text=f"AN #{issue.number}", bold=True, url=issue.url),
        Span(text=DOT + cut(title, _TITLE)),
        *((Span(text=f"\n{cut(highlights, _LEAD)}"),) if highlights else ()),
    )
    return Block(spans=spans)


def _buttons(mentioned: Sequence[Issue | Summary], *, discreet: bool) -> Iterator[Button]:
    """A button for each thing; several have short names, so that they are one row."""
    for number, thing in enumerate(mentioned, 1):
        name = name_of(thing.title) if isinstance(thing, Summary) else f"AN #{thing.number}"
        if discreet:
            label = f"Read {number}"
        elif len(mentioned) > 1:
            label = cut(name, _SHORT)
        else:
            label = cut(f"Read {name}", _LABEL)
        yield Button(label=label, route=_route(thing))


def _route(thing: Issue | Summary) -> Route:
    if isinstance(thing, Summary):
        return Route(view=View.TEXT, target=thing.key)
    return Route(view=View.ISSUE, target=str(thing.number))
