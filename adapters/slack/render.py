"""A card drawn as Slack's blocks, and the same in words for those who cannot see them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.slack.action_ids import BUTTON_VALUE, TARGET, ButtonAction, block_id, encode
from adapters.slack.escape import cut, fitted
from adapters.slack.format import LABEL, OPTION, SECTION
from adapters.slack.mrkdwn import is_certain, pages, without_markup, written
from adapters.slack.rich_text import rich_text
from bot.cards.card import Button, Card, Menu
from bot.cards.entries import TITLE
from bot.cards.routes import NOWHERE, Route, Verb, View
from bot.cards.wording import DOT, STAR, name_of, path_of
from bot.pictures import Picture
from bot.text.rich_text import Block, Span, plain_block

Json = dict[str, Any]
_ALTERNATIVE: Final = 2000
SHARED_BY: Final = "Shared by "
_SPOKEN: Final = 3000
_BYLINE: Final = 240
_FACT: Final = 80
_PRIMARY: Final = frozenset({Verb.SHARE, Verb.CHANGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedPicture(Picture):
    """A picture that was uploaded to a workspace, as the file of that id."""

    file: str


def blocks_of(card: Card, *, owner: str, private: bool, shared: bool, rich: bool = True) -> Iterator[Json]:
    """The blocks of the card, none of them empty or too long. `owner` is the user id of
    the asker, "" if the card is nobody's. Without `rich` they are fit for a preview, in which
    Slack takes no rich text.
    """
    yield from _sections(_head(card), rich=rich)
    yield from _facts(card, rich=rich)
    yield from _sections(_body(card), rich=rich)
    yield from _sections(card.notice, rich=rich)
    if isinstance(card.picture, UploadedPicture):
        yield _image(card.picture)
    if card.footer:
        yield _small(written((plain_block(card.footer),)))
    if shared and owner and not private:
        yield _small(f"{SHARED_BY}<@{owner}>")
    query = _query(card)
    if card.menu:
        yield actions([_menu(card.menu, owner)], block_id("menu", query) if query else "")
    if buttons := [_button(each, owner) for each in _buttons(card, private=private, shared=shared)]:
        yield actions(buttons, block_id("buttons", query) if query else "")


def spoken(card: Card) -> str:
    """The card in plain words, for notifications and screen readers; never empty."""
    parts = map(without_markup, (_head(card), (_small_facts(card),), _body(card)))
    text = "\n".join(part for part in parts if part)
    if not text and card.picture:
        text = without_markup((plain_block(card.picture.alternative),))
    return fitted(text, _SPOKEN)


def section(text: str) -> Json:
    """A section of mrkdwn in which Slack looks for no names and addresses of its own.

    It is shown whole: Slack hides long ones behind See more, but the bot turns pages itself.
    """
    return {"type": "section", "text": _mrkdwn(text), "expand": True}


def plain(text: str) -> Json:
    """A text in which nothing is formatting and no colons make a picture."""
    return {"type": "plain_text", "text": text, "emoji": False}


def actions(elements: list[Json], name: str = "") -> Json:
    """A row of buttons and menus; `name` is its id."""
    named = {"block_id": name} if name else {}
    return {"type": "actions", "elements": elements, **named}


def select(placeholder: str, action_id: str, options: list[Json], initial: Json | None = None) -> Json:
    """A menu, in which an option may be chosen already."""
    chosen = {"initial_option": initial} if initial else {}
    menu = {"type": "static_select", "placeholder": plain(placeholder), "action_id": action_id}
    return {**menu, "options": options, **chosen}


def option(label: str, value: str, description: str = "") -> Json:
    """An option of a menu."""
    below = {"description": plain(description)} if description else {}
    return {"text": plain(label), "value": value, **below}


def _head(card: Card) -> tuple[Block, ...]:
    """The title with the byline below it; without a title, the lead."""
    if not card.title:
        return _lead(card)
    star = (Span(text=f"{STAR} "),) if card.highlight else ()
    name = Span(text=cut(name_of(card.title), TITLE), bold=True, url=card.url)
    byline = DOT.join(cut(fact, _BYLINE) for fact in card.byline if fact)
    return Block(spans=(*star, name), close=True), Block(spans=(Span(text=byline),), close=True)


def _facts(card: Card, *, rich: bool) -> Iterator[Json]:
    """The small facts in small print, if that takes them as they are."""
    facts = _small_facts(card)
    if rich and not is_certain(facts):
        yield rich_text((facts,))
    elif text := written((facts,)):
        yield _small(text)


def _small_facts(card: Card) -> Block:
    """Where it was printed and who summarized it, or the small facts of the card."""
    if not card.place:
        return Block(spans=card.facts)
    highlight = "Highlight" if card.highlight else ""
    facts = (path_of(card.section) if card.section else "", highlight, *card.credits)
    place = Span(text=cut(card.place, _FACT), url=card.place_url)
    return Block(spans=(place, *(Span(text=DOT + cut(fact, _FACT)) for fact in facts if fact)))


def _body(card: Card) -> tuple[Block, ...]:
    return (*_lead(card), *card.body) if card.title else card.body


def _lead(card: Card) -> tuple[Block, ...]:
    """The lead as one paragraph of plain words."""
    if not card.lead:
        return ()
    return (plain_block(" ".join("".join(map(_quoted, block.spans)) for block in card.lead)),)


def _quoted(span: Span) -> str:
    """The text; in quotation marks if it is to be typed and is no command."""
    return f"“{span.text}”" if span.code and not span.text.startswith("/") else span.text


def _sections(blocks: Sequence[Block], *, rich: bool) -> Iterator[Json]:
    for page in pages(blocks, SECTION):
        yield section(written(page)) if all(map(is_certain, page)) or not rich else rich_text(page)


def _small(text: str) -> Json:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _image(picture: UploadedPicture) -> Json:
    alternative = cut(picture.alternative, _ALTERNATIVE)
    return {"type": "image", "slack_file": {"id": picture.file}, "alt_text": alternative}


def _mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _query(card: Card) -> Route | None:
    """The query that led to the card, if other summaries fit it too."""
    routes = (*(button.route for button in card.buttons), *((card.menu.route,) if card.menu else ()))
    return next((route for route in routes if route.view is View.MATCHES and route.target), None)


def _buttons(card: Card, *, private: bool, shared: bool) -> Iterator[Button]:
    if card.route:
        yield from _turns(card.route, card.pages)
    yield from card.buttons
    if private and card.route and not shared and not card.private:
        yield Button(label="Share", route=card.route, verb=Verb.SHARE)
    if not private:
        yield Button(label="Remove", route=NOWHERE, verb=Verb.REMOVE)


def _turns(route: Route, count: int) -> Iterator[Button]:
    """Previous and Next, if there is such a page: Slack cannot disable a button."""
    for name, page in (("Previous", route.page - 1), ("Next", route.page + 1)):
        if 1 <= page <= count:
            yield Button(label=name, route=replace(route, page=page))


def _button(button: Button, owner: str) -> Json:
    target = button.route.target
    drawn: Json = {
        "type": "button",
        "text": plain(cut(button.label, LABEL)),
        "action_id": encode(ButtonAction(verb=button.verb, route=button.route, owner=owner)),
    }
    if len(target) > TARGET:
        drawn["value"] = target[:BUTTON_VALUE]
    if button.verb in _PRIMARY:
        drawn["style"] = "primary"
    return drawn


def _menu(menu: Menu, owner: str) -> Json:
    options = [
        option(
            cut(f"{STAR} {each.label}", OPTION) if each.marked else each.label, each.value, each.description
        )
        for each in menu.options
    ]
    return select(
        menu.placeholder, encode(ButtonAction(verb=menu.verb, route=menu.route, owner=owner)), options
    )
