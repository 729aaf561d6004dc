"""A screen as Slack takes it: blocks, and the same in words for who cannot see them."""

from collections.abc import Iterator
from typing import Any, Final, Literal, TypedDict

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
from slack_sdk.models.views import View as SlackView

from adapters.slack import screens
from adapters.slack.action_ids import ButtonAction, Verb, encode
from adapters.slack.escape import cut, fitted
from adapters.slack.mrkdwn import pages, said, written
from adapters.slack.screens import LABEL, OPTION, SECTION, Screen
from bot.cards.card import Menu
from bot.cards.routes import Route, View
from bot.cards.wording import STAR
from bot.text.rich_text import Block as Text
from bot.text.rich_text import plain_block

_SPOKEN: Final = 3000
_NOTHING: Final = Route(view=View.TEXT)
NAME: Final = "Alignment Newsletter"
SHARED_BY: Final = "Shared by "


class Message(TypedDict):
    """What a command's answer and a response address take alike."""

    response_type: Literal["in_channel", "ephemeral"]
    text: str
    blocks: list[dict[str, Any]]
    unfurl_links: bool
    unfurl_media: bool


def payload_of(screen: Screen, *, owner: str, private: bool, shared: bool = False) -> Message:
    """The message for who asked (`owner`, Slack's id of a person, "" for nobody).

    A choice, a miss or help is for who asked alone wherever it is; so is
    everything where the place is `private`. What is private and could be
    shared gets Share until it is `shared`, what is public Remove; what is both
    public and `shared` says by whom.
    """
    alone = private or screen.private
    blocks = blocks_of(screen, owner=owner, private=alone, shared=shared)
    return Message(
        response_type="ephemeral" if alone else "in_channel",
        text=spoken(screen),
        blocks=[block.to_dict() for block in blocks],
        unfurl_links=False,
        unfurl_media=False,
    )


def modal_of(screen: Screen, *, owner: str) -> dict[str, Any]:
    """The same as a window of its own, where there is no message to answer in."""
    blocks = list(blocks_of(screen, owner=owner, private=True, shared=True))
    view = SlackView(type="modal", title=NAME, close="Close", blocks=blocks)
    return dict(view.to_dict())


def spoken(screen: Screen) -> str:
    """The screen in plain words, for notifications and screen readers; never empty."""
    parts = (said(screen.head), said(screen.facts), said(screen.body))
    return fitted("\n".join(part for part in parts if part), _SPOKEN)


def blocks_of(screen: Screen, *, owner: str, private: bool, shared: bool) -> Iterator[Block]:
    """The blocks of the screen, none of them empty or too long."""
    yield from _sections(screen.head)
    yield from _context(screen.facts)
    yield from _sections(screen.body)
    yield from _sections(screen.notice)
    yield from _context((plain_block(screen.footer),))
    if shared and owner and not private:
        yield _small(f"{SHARED_BY}<@{owner}>")
    if screen.menu:
        press = ButtonAction(verb=Verb.PICK, route=screen.menu.route, owner=owner)
        yield ActionsBlock(elements=[_select(screen.menu, encode(press))])
    if buttons := [_button(b, owner) for b in _buttons(screen, private=private, shared=shared)]:
        yield ActionsBlock(elements=buttons)


def section(text: str) -> SectionBlock:
    """A section of mrkdwn in which Slack looks for no names and addresses of its own."""
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True))


def _sections(blocks: tuple[Text, ...]) -> Iterator[SectionBlock]:
    for page in pages(blocks, SECTION):
        yield section(written(page))


def _context(blocks: tuple[Text, ...]) -> Iterator[ContextBlock]:
    if text := written(blocks):
        yield _small(text)


def _small(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text, verbatim=True)])


def _buttons(screen: Screen, *, private: bool, shared: bool) -> Iterator[screens.Button]:
    yield from screen.buttons
    if private and screen.route and not shared:
        yield screens.Button(label="Share", route=screen.route, verb=Verb.SHARE)
    if not private:
        yield screens.Button(label="Remove", route=_NOTHING, verb=Verb.REMOVE)


def _button(button: screens.Button, owner: str) -> InteractiveElement:
    press = ButtonAction(verb=button.verb, route=button.route, owner=owner)
    return ButtonElement(
        text=plain(cut(button.label, LABEL)),
        action_id=encode(press),
        style="primary" if button.verb is Verb.SHARE else None,
    )


def _select(menu: Menu, action_id: str) -> InteractiveElement:
    options = [
        Option(
            text=plain(cut(f"{STAR} {option.label}", OPTION) if option.marked else option.label),
            value=option.value,
            description=plain(option.description) if option.description else None,
        )
        for option in menu.options
    ]
    return StaticSelectElement(placeholder=plain(menu.placeholder), action_id=action_id, options=options)


def plain(text: str) -> PlainTextObject:
    """A text in which nothing is formatting and no colons make a picture."""
    return PlainTextObject(text=text, emoji=False)
