"""What is shown beside answers."""

from collections.abc import Sequence

from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.render import laid_out
from adapters.discord.screens import Card, Colour, Screen
from bot.cards.lists import mentioned_card
from bot.model.newsletter import Headline


def missed(sentence: str) -> Screen:
    """A sentence of ours, in Markdown, for who asked alone."""
    return Screen(card=Card(title="", description=sentence, colour=Colour.MISSED), private=True)


def mentioned_screen(issues: Sequence[int], headlines: Sequence[Headline], more: int) -> Screen:
    """What a message mentions, for who asked alone."""
    return laid_out(mentioned_card(issues, headlines, more, DISCORD_FORMAT))
