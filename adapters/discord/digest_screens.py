"""What is told about digests as screens, for who asked alone. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from adapters.discord.digest_message import card_of, entries_of
from adapters.discord.escape import escape
from adapters.discord.lists import missed
from adapters.discord.markdown import pages
from adapters.discord.screens import Button, Card, Colour, Screen
from bot.cards.routes import Route, View
from bot.digests.compose import Part
from bot.digests.subscriptions import Told
from bot.model.digests import Digest

_LENGTH: Final = 3800
_MOST: Final = 5
_CUT: Final = "-# Older ones do not fit here."


def told_screens(told: Told) -> tuple[Screen, ...]:
    """As many screens as it takes, at most five."""
    texts = pages(told.blocks, _LENGTH) or ("",)
    if len(texts) > _MOST:
        texts = (*texts[: _MOST - 1], f"{texts[_MOST - 1]}\n\n{_CUT}")
    colour = Colour.PLAIN if told.ok or told.existing else Colour.MISSED
    titles = (escape(told.title), *[""] * (len(texts) - 1))
    return tuple(
        Screen(card=Card(title=title, description=text, colour=colour), private=True)
        for title, text in zip(titles, texts, strict=True)
    )


def preview_screen(digest: Digest, parts: Sequence[Part]) -> Screen:
    """The first part as it would be posted."""
    if not parts:
        number = digest.issues[0].number
        return missed(f"Nothing in AN #{number} is of what was asked for, so nothing would be posted.")
    first = parts[0]
    whole = Route(view=View.ISSUE, target=str(first.issue))
    return Screen(
        card=card_of(digest, first),
        buttons=(Button(label="The whole issue", route=whole),) if first.issue is not None else (),
        menu=entries_of(first),
        content=_announced(digest, len(parts)),
        private=True,
    )


def with_note(screen: Screen, note: str) -> Screen:
    """The screen with a sentence more below what it says."""
    if not note:
        return screen
    return replace(screen, card=replace(screen.card, description=f"{screen.card.description}\n\n{note}"))


def _announced(digest: Digest, count: int) -> str:
    mention = " It would begin with a mention." if digest.subscription.options.mention else ""
    number = "in one part" if count == 1 else f"in {count} parts, of which this is the first"
    return f"Only you see this. It would be posted {number}.{mention}"
