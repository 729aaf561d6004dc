"""How Slack's cards are written, and how much they hold."""

from dataclasses import replace
from typing import Final

from adapters.slack.action_ids import TARGET, VALUE
from adapters.slack.escape import cut
from adapters.slack.mrkdwn import LISTS, gap, write
from adapters.slack.scopes import COMMANDS, LINKING
from bot.cards.card import CardFormat
from bot.lookup.commands import DIGEST
from bot.text.rich_text import Block, heading

LIST: Final = 30
"""Entries on a page: Slack's menus hold 100, but their words count towards a
message's length as well.
"""
LABEL: Final = 75
"""Characters of a button."""
OPTION: Final = 75
"""Characters of an option of a menu."""
SECTION: Final = 3000
"""Characters of a section block."""


def label(text: str) -> str:
    """The text, cut to what an option of a menu holds."""
    return cut(text, OPTION)


def _takes(block: Block) -> int:
    """Nothing for a heading: they are few, and a page leaves room for them."""
    return 0 if block.heading else len(write(block)) + 2


def _works(example: str) -> bool:
    """If the example can be typed: what does not begin with a slash is a message to Slack."""
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
    commands=(
        *COMMANDS,
        DIGEST,
        replace(LINKING, about=LINKING.about.replace(".", "; there if the app was installed for it.")),
    ),
    works=_works,
)
