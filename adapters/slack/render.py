"""Answer in, screen out: a card laid out as blocks. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from adapters.slack.escape import cut
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.screens import Button, Screen
from adapters.slack.wording import byline, title_of, turns
from bot.cards.card import Card
from bot.cards.context import Context
from bot.cards.presenter import card_of
from bot.cards.routes import Route, View
from bot.cards.wording import DOT, credits_of, path_of, printed_in
from bot.lookup.answers import Answer, SummaryFound
from bot.text.rich_text import Block, Span, plain_block

_FACT: Final = 80
_START: Final = Route(view=View.TEXT)


def screen_of(answer: Answer, context: Context, route: Route = _START) -> Screen:
    """What is shown for the answer; of what has views and pages, the spot's."""
    screen = laid_out(card_of(answer, context, route, SLACK_FORMAT))
    return _framed(answer, screen) if isinstance(answer, SummaryFound) else screen


def laid_out(card: Card) -> Screen:
    """The card as Slack's; without a title it begins with what we say."""
    lead = (plain_block(_said(card.lead)),) if card.lead else ()
    title = (title_of(card.title, url=card.url, highlight=card.highlight),) if card.title else ()
    return Screen(
        head=title or lead,
        facts=(Block(spans=card.facts),) if card.facts else (),
        body=(*(lead if title else ()), *card.body),
        footer=card.footer,
        buttons=(
            *(turns(card.route, card.pages) if card.route else ()),
            *(Button(label=label, route=route) for label, route in card.ways),
        ),
        menu=card.menu,
        private=card.private,
        route=card.route,
    )


def _said(lead: Sequence[Block]) -> str:
    """It in one paragraph of plain words; what is to be typed and is no command is quoted."""
    return " ".join("".join(map(_plain, block.spans)) for block in lead)


def _plain(span: Span) -> str:
    return f"“{span.text}”" if span.code and not span.text.startswith("/") else span.text


def _framed(answer: SummaryFound, screen: Screen) -> Screen:
    """With who wrote it below the title, and where it was printed below that."""
    facts = Block(spans=tuple(_facts(answer)))
    return replace(screen, head=(*screen.head, byline(answer.summary)), facts=(facts,))


def _facts(answer: SummaryFound) -> Iterator[Span]:
    """Where it stood and who summarized it, the issue linked."""
    summary = answer.summary
    yield Span(text=cut(printed_in(summary), _FACT), url=answer.issue_url)
    others = (
        path_of(summary.section) if summary.section else "",
        "Highlight" if summary.highlight else "",
        *credits_of(summary),
    )
    yield from (Span(text=DOT + cut(fact, _FACT)) for fact in others if fact)
