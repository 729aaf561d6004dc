"""What is shown beside answers."""

from collections.abc import Sequence
from dataclasses import replace

from adapters.slack.format import SLACK_FORMAT
from adapters.slack.render import laid_out
from adapters.slack.screens import Screen
from bot.cards.help import usage_card
from bot.cards.lists import mentioned_card
from bot.lookup.commands import Command
from bot.model.newsletter import Headline


def help_screen(commands: Sequence[Command], examples: Sequence[str], lead: str = "") -> Screen:
    """How to ask, with those of the examples that work here."""
    return laid_out(usage_card(commands, replace(SLACK_FORMAT, works=examples.__contains__), lead))


def mentioned_screen(issues: Sequence[int], headlines: Sequence[Headline], more: int) -> Screen:
    """What a message mentions, for who asked alone."""
    return laid_out(mentioned_card(issues, headlines, more, SLACK_FORMAT))
