"""Blocks on pages, none longer than a limit once they are written."""

from collections.abc import Sequence

from adapters.slack.mrkdwn import write
from bot.chat.pages import Page
from bot.chat.pages import pages as parted
from bot.spans import Block


def pages(blocks: Sequence[Block], limit: int) -> tuple[Page, ...]:
    """The blocks on pages that, written, have at most `limit` characters."""
    return parted(blocks, limit, write, gap)


def gap(_: Block) -> int:
    """How many characters at most part a block from what stands above it."""
    return 2
