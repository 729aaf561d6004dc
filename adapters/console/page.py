"""A card from top to bottom, in the order in which both kinds of screen draw it."""

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum, auto
from typing import Final

from msgspec import structs

from bot.cards.card import Card
from bot.cards.routes import Route, command_of
from bot.cards.wording import DOT, STAR, path_of
from bot.text.rich_text import Block, Span, heading, plain_block

HIGHLIGHTED: Final = f"{STAR} "


class Part(Enum):
    """The part of a card that a block belongs to."""

    TITLE = auto()
    FACTS = auto()
    TEXT = auto()
    WAY = auto()
    ASIDE = auto()


Line = tuple[Part, Block]


def page_of(card: Card) -> tuple[Line, ...]:
    """The card's blocks in reading order; a blank line is above each that is not `close`.

    A block with a `command` is an entry of a list. The numbers typed at the prompt
    count them.
    """
    return (
        *_head(card),
        *((Part.TEXT, block) for block in (*card.lead, *_body(card))),
        *((Part.WAY, block) for block in _ways(card)),
        *((Part.ASIDE, block) for block in (*_footer(card), *card.notice)),
    )


def commands_of(card: Card) -> tuple[str, ...]:
    """The commands that the numbers on the page mean, in their order."""
    return tuple(block.command for _, block in page_of(card) if block.command)


def titled(block: Block) -> bool:
    """Whether the entry is a summary: facts follow its title, and its command is too long
    for the same line.
    """
    return any(span.bold for span in block.spans)


def _head(card: Card) -> Iterator[Line]:
    if card.title:
        star = (Span(text=HIGHLIGHTED),) if card.highlight else ()
        title = Span(text=" ".join(card.title.split()), bold=True, url=card.url)
        yield Part.TITLE, Block(spans=(*star, title))
    place = (card.place, path_of(card.section) if card.section else "", *card.credits) if card.place else ()
    for facts in (card.byline, place):
        if line := DOT.join(filter(None, (" ".join(fact.split()) for fact in facts))):
            yield Part.FACTS, Block(spans=(Span(text=line),), close=True)
    if card.facts:
        yield Part.FACTS, Block(spans=card.facts, close=True)


def _body(card: Card) -> Iterator[Block]:
    """The body, its lists right below their headings."""
    close, headed = card.tight, False
    for block in card.body:
        yield structs.replace(block, close=close or block.close or (headed and bool(block.command)))
        close, headed = False, block.heading


def _ways(card: Card) -> Iterator[Block]:
    """Where to go from here: the pages around this one, and the buttons."""
    ways = [(button.label, button.route) for button in card.buttons]
    if card.route:
        around = (("Previous page", card.route.page - 1), ("Next page", card.route.page + 1))
        turns = [(label, replace(card.route, page=page)) for label, page in around if 1 <= page <= card.pages]
        ways = turns + ways
    if ways:
        yield heading("Go on")
        yield from (_way(label, route) for label, route in ways)


def _way(label: str, route: Route) -> Block:
    return Block(spans=(Span(text=label),), close=True, command=command_of(route))


def _footer(card: Card) -> Iterator[Block]:
    if card.footer:
        yield plain_block(card.footer)
