"""How Slack's cards are written, and how much they hold."""

from typing import Final

from adapters.slack.action_ids import TARGET, VALUE
from adapters.slack.escape import cut
from adapters.slack.mrkdwn import LISTS, gap, write
from adapters.slack.scopes import COMMANDS
from adapters.slack.screens import LIST, OPTION
from bot.cards.card import CardFormat
from bot.lookup.commands import DIGEST
from bot.text.rich_text import Block, heading


def label(text: str) -> str:
    """The text as a menu takes it."""
    return cut(text, OPTION)


def _takes(block: Block) -> int:
    """Headings are few and stand in what a page leaves free."""
    return 0 if block.heading else len(write(block)) + 2


def _works(example: str) -> bool:
    """Whether it can be typed: whatever does not begin with a slash is a message."""
    return example.startswith("/")


SLACK_FORMAT: Final = CardFormat(
    write=write,
    fit=cut,
    label=label,
    gap=gap,
    takes=_takes,
    heading=heading,
    layout=LISTS,
    tight=False,
    options=LIST,
    target=TARGET,
    value=VALUE,
    listed=4500,
    brief=60,
    page=4000,
    commands=(*COMMANDS, DIGEST),
    works=_works,
)
