"""Answer in, screen out: a card laid out as an embed. Pure."""

from dataclasses import replace
from typing import Final

from adapters.discord.escape import cut, harmless, web
from adapters.discord.form import FORM
from adapters.discord.pages import written
from adapters.discord.screens import FOOTER, TITLE, Button, Card, Colour, Screen
from adapters.discord.wording import byline, colour_of, title_of, turns
from bot.answers import Answer, SummaryFound
from bot.chat import cards
from bot.chat.context import Context
from bot.chat.spots import Spot, View
from bot.chat.telling import card_of
from bot.chat.wording import DOT, path_of, printed_in
from bot.spans import Block

_LISTS: Final = frozenset({View.CITES, View.CITED_BY})
_START: Final = Spot(view=View.TEXT)


def screen_of(answer: Answer, context: Context, spot: Spot = _START) -> Screen:
    """What is shown for the answer; of what has views and pages, the spot's."""
    screen = laid_out(card_of(answer, context, spot, FORM))
    return _framed(answer, screen) if isinstance(answer, SummaryFound) else screen


def laid_out(card: cards.Card) -> Screen:
    """The card as Discord's."""
    told = ("\n" if card.tight else "\n\n").join(filter(None, (written(card.lead), written(card.body))))
    footer = DOT.join(filter(None, (*card.credits, card.footer)))
    return Screen(
        card=Card(
            title=title_of(card.title, highlight=card.highlight) if card.title else "",
            url=web(card.url),
            description="\n\n".join(filter(None, (written((Block(spans=card.facts),)), told))),
            colour=Colour.MISSED if card.missed else colour_of(card.section),
            footer=cut(harmless(footer), FOOTER),
        ),
        buttons=(
            *(turns(card.spot, card.pages) if card.spot else ()),
            *(Button(label=label, spot=spot) for label, spot in card.ways),
        ),
        menu=card.menu,
        private=card.private,
        spot=card.spot,
    )


def _framed(answer: SummaryFound, screen: Screen) -> Screen:
    """With who wrote it above a text, and above all where it was printed."""
    summary = answer.summary
    told = () if screen.spot and screen.spot.view in _LISTS else (byline(summary),)
    place = DOT.join((printed_in(summary), *((path_of(summary.section),) if summary.section else ())))
    card = replace(
        screen.card,
        description="\n\n".join(filter(None, (*told, screen.card.description))),
        author=cut(harmless(place), TITLE),
        author_url=web(answer.issue_url),
    )
    return replace(screen, card=card)
