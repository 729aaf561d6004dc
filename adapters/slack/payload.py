"""A card as what Slack's API takes: a message or a modal."""

from typing import Any, Final, Literal, NotRequired, TypedDict

from adapters.slack.mrkdwn import written
from adapters.slack.render import blocks_of, plain, spoken
from bot.cards.card import Card

NAME: Final = "Alignment Newsletter"


class Message(TypedDict):
    """The body that response_url takes; without `response_type`, what chat.postMessage takes."""

    response_type: Literal["in_channel", "ephemeral"]
    text: str
    blocks: NotRequired[list[dict[str, Any]]]
    unfurl_links: bool
    unfurl_media: bool


def payload_of(card: Card, *, owner: str, private: bool, shared: bool = False) -> Message:
    """The message for the asker (`owner`, a user id, "" for nobody).

    It is for the asker alone if the card or the place is `private`. A private
    message has Share until it is `shared`, a public one has Remove; a public
    message that is `shared` says by whom. A sentence is text alone.
    """
    alone = private or card.private
    message = Message(
        response_type="ephemeral" if alone else "in_channel",
        text=written(card.notice) if _is_sentence(card) else spoken(card),
        unfurl_links=False,
        unfurl_media=False,
    )
    if not _is_sentence(card):
        message["blocks"] = list(blocks_of(card, owner=owner, private=alone, shared=shared))
    return message


def posted(message: Message) -> dict[str, Any]:
    """The message as the methods of the Web API take it."""
    return {name: value for name, value in message.items() if name != "response_type"}


def modal_of(card: Card, *, owner: str) -> dict[str, Any]:
    """The card as a modal, if there is no message to answer in."""
    return {
        "type": "modal",
        "title": plain(NAME),
        "close": plain("Close"),
        "blocks": list(blocks_of(card, owner=owner, private=True, shared=True)),
    }


def _is_sentence(card: Card) -> bool:
    return card == Card(notice=card.notice, private=card.private, missed=card.missed)
