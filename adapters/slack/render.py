"""A card drawn as Slack's blocks, and the same in words for those who cannot see them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from adapters.slack.action_ids import BUTTON_VALUE, TARGET, ButtonAction, encode
from adapters.slack.escape import cut, fitted
from adapters.slack.format import LABEL, OPTION, SECTION
from adapters.slack.mrkdwn import pages, without_markup, written
from bot.cards.card import Button, Card, Menu
from bot.cards.entries import TITLE
from bot.cards.routes import NOWHERE, Route, Verb
from bot.cards.wording import DOT, STAR, name_of, path_of
from bot.text.rich_text import Block as Text
from bot.text.rich_text import Span, plain_block

SHARED_BY: Final = "Shared by "
_SPOKEN: Final = 3000
_BYLINE: Final = 240
_FACT: Final = 80
_PRIMARY: Final = frozenset({Verb.SHARE, Verb.CHANGE})


def blocks_of(card: Card, *, owner: str, private: bool, shared: bool) -> Iterator[Block]:
    """The blocks of the card, none of them empty or too long. `owner` is the user id of
    the asker, "" if the card is nobody's.
    """
    yield from _sections(_head(card))
    yield from _context(_facts(card))
    yield from _sections(_body(card))
    yield from _sections(card.notice)
    yield from _context((plain_block(card.footer),))
    if shared and owner and not private:
        yield _small(f"{SHARED_BY}<@{owner}>")
    if card.menu:
        yield ActionsBlock(elements=[_select(card.menu, owner)])
    if buttons := [_button(each, owner) for each in _buttons(card, private=private, shared=shared)]:
        yield ActionsBlock(elements=buttons)


def spoken(card: Card) -> str:
    """The card in plain words, for notifications and screen readers; never empty."""
    parts = map(without_markup, (_head(card), _facts(card), _body(card)))
    return fitted("\n".join(part for part in parts if part), _SPOKEN)


def section(text: str) -> SectionBlock:
    """A section of mrkdwn in which Slack looks for no names and addresses of its own.

    It is shown whole: Slack hides long ones behind See more, but the bot turns pages itself.
    """
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True), expand=True)


def plain(text: str) -> PlainTextObject:
    """A text in which nothing is formatting and no colons make a picture."""
    return PlainTextObject(text=text, emoji=False)


def _head(card: Card) -> tuple[Text, ...]:
    """The title with the byline below it; without a title, the lead."""
    if not card.title:
        return _lead(card)
    star = (Span(text=f"{STAR} "),) if card.highlight else ()
    name = Span(text=cut(name_of(card.title), TITLE), bold=True, url=card.url)
    byline = DOT.join(cut(fact, _BYLINE) for fact in card.byline if fact)
    return Text(spans=(*star, name), close=True), Text(spans=(Span(text=byline),), close=True)


def _facts(card: Card) -> tuple[Text, ...]:
    """Where it was printed and who summarized it, or the small facts of the card."""
    if not card.place:
        return (Text(spans=card.facts),)
    highlight = "Highlight" if card.highlight else ""
    facts = (path_of(card.section) if card.section else "", highlight, *card.credits)
    place = Span(text=cut(card.place, _FACT), url=card.place_url)
    return (Text(spans=(place, *(Span(text=DOT + cut(fact, _FACT)) for fact in facts if fact))),)


def _body(card: Card) -> tuple[Text, ...]:
    return (*_lead(card), *card.body) if card.title else card.body


def _lead(card: Card) -> tuple[Text, ...]:
    """The lead as one paragraph of plain words."""
    if not card.lead:
        return ()
    return (plain_block(" ".join("".join(map(_quoted, block.spans)) for block in card.lead)),)


def _quoted(span: Span) -> str:
    """The text; in quotation marks if it is to be typed and is no command."""
    return f"“{span.text}”" if span.code and not span.text.startswith("/") else span.text


def _sections(blocks: Sequence[Text]) -> Iterator[SectionBlock]:
    for page in pages(blocks, SECTION):
        yield section(written(page))


def _context(blocks: Sequence[Text]) -> Iterator[ContextBlock]:
    if text := written(blocks):
        yield _small(text)


def _small(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text, verbatim=True)])


def _buttons(card: Card, *, private: bool, shared: bool) -> Iterator[Button]:
    if card.route:
        yield from _turns(card.route, card.pages)
    yield from card.buttons
    if private and card.route and not shared:
        yield Button(label="Share", route=card.route, verb=Verb.SHARE)
    if not private:
        yield Button(label="Remove", route=NOWHERE, verb=Verb.REMOVE)


def _turns(route: Route, count: int) -> Iterator[Button]:
    """Previous and Next, if there is such a page: Slack cannot disable a button."""
    for name, page in (("Previous", route.page - 1), ("Next", route.page + 1)):
        if 1 <= page <= count:
            yield Button(label=name, route=replace(route, page=page))


def _button(button: Button, owner: str) -> InteractiveElement:
    target = button.route.target
    return ButtonElement(
        text=plain(cut(button.label, LABEL)),
        action_id=encode(ButtonAction(verb=button.verb, route=button.route, owner=owner)),
        value=target[:BUTTON_VALUE] if len(target) > TARGET else None,
        style="primary" if button.verb in _PRIMARY else None,
    )


def _select(menu: Menu, owner: str) -> InteractiveElement:
    options = [
        Option(
            text=plain(cut(f"{STAR} {option.label}", OPTION) if option.marked else option.label),
            value=option.value,
            description=plain(option.description) if option.description else None,
        )
        for option in menu.options
    ]
    action_id = encode(ButtonAction(verb=menu.verb, route=menu.route, owner=owner))
    return StaticSelectElement(placeholder=plain(menu.placeholder), action_id=action_id, options=options)
