"""Answer in, screen out: a card laid out as an embed. Pure."""

from dataclasses import replace
from typing import Final

from adapters.discord.escape import cut, harmless, web
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.markdown import written
from adapters.discord.screens import FOOTER, TITLE, Button, Card, Colour, Screen
from adapters.discord.wording import byline, colour_of, title_of, turns
from bot.cards import card
from bot.cards.context import Context
from bot.cards.presenter import card_of
from bot.cards.routes import Route, View
from bot.cards.wording import DOT, path_of, printed_in
from bot.lookup.answers import Answer, SummaryFound
from bot.text.rich_text import Block

_LISTS: Final = frozenset({View.CITES, View.CITED_BY})
_START: Final = Route(view=View.TEXT)


def screen_of(answer: Answer, context: Context, route: Route = _START) -> Screen:
    """What is shown for the answer; of what has views and pages, the spot's."""
    screen = laid_out(card_of(answer, context, route, DISCORD_FORMAT))
    return _framed(answer, screen) if isinstance(answer, SummaryFound) else screen


def laid_out(card: card.Card) -> Screen:
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
            *(turns(card.route, card.pages) if card.route else ()),
            *(Button(label=label, route=route) for label, route in card.ways),
        ),
        menu=card.menu,
        private=card.private,
        route=card.route,
    )


def _framed(answer: SummaryFound, screen: Screen) -> Screen:
    """With who wrote it above a text, and above all where it was printed."""
    summary = answer.summary
    told = () if screen.route and screen.route.view in _LISTS else (byline(summary),)
    place = DOT.join((printed_in(summary), *((path_of(summary.section),) if summary.section else ())))
    card = replace(
        screen.card,
        description="\n\n".join(filter(None, (*told, screen.card.description))),
        author=cut(harmless(place), TITLE),
        author_url=web(answer.issue_url),
    )
    return replace(screen, card=card)
