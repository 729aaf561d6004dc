"""Cards about digests that need Discord's measures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from adapters.discord.digest_message import card_of
from adapters.discord.format import DISCORD_FORMAT
from bot.cards.card import Button, Card, state_card
from bot.cards.routes import Route, Verb, View
from bot.digests.compose import Part
from bot.model.digests import Digest
from bot.text.paging import pages
from bot.text.rich_text import plain_block

_LENGTH: Final = 3800
"""Characters of a long list on one embed."""
_MOST: Final = 5
_CUT: Final = "Older ones do not fit here."


def split(card: Card) -> tuple[Card, ...]:
    """A card with a long list as several, at most five; buttons go with the first."""
    parts = pages(card.body, _LENGTH, DISCORD_FORMAT.write, DISCORD_FORMAT.gap) or ((),)
    if len(parts) > _MOST:
        parts = (*parts[: _MOST - 1], (*parts[_MOST - 1], plain_block(_CUT)))
    first, *others = parts
    more = (Card(body=body, missed=card.missed, private=True) for body in others)
    return (replace(card, body=first), *more)


def preview_card(digest: Digest, parts: Sequence[Part]) -> Card:
    """The first part as it would be posted."""
    if not parts:
        number = digest.issues[0].number
        return state_card(
            f"AN #{number} has nothing that these options select, so nothing would be posted.", missed=True
        )
    card = card_of(digest, parts[0])
    about = tuple(button for button in card.buttons if button.verb is not Verb.ABOUT)
    notice = (plain_block(_announced(digest, len(parts))),)
    return replace(card, notice=notice, buttons=about, private=True)


def form_problem(sentence: str, draft: str) -> Card:
    """Why a form was not taken, and a button that opens it again; `draft` names what was filled in."""
    route = Route(view=View.TEXT, target=draft)
    return replace(
        state_card(sentence, missed=True),
        buttons=(Button(label="Open the form again", route=route, verb=Verb.FORM),),
    )


def _announced(digest: Digest, count: int) -> str:
    mention = " It would begin with a mention." if digest.subscription.options.mention else ""
    number = "in one part" if count == 1 else f"in {count} parts, of which this is the first"
    return f"Only you see this. It would be posted {number}.{mention}"
