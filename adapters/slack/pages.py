"""Blocks on pages, none longer than a limit once they are written.

Pages end where a paragraph ends, else a sentence, else a word; never inside a
link, in a formatting that stays open, or in an escaped character.
"""

from collections.abc import Sequence
from typing import Final

from adapters.slack.mrkdwn import write
from bot.chat.pages import pieces
from bot.spans import Block

_GAP: Final = 2
Page = tuple[Block, ...]


def pages(blocks: Sequence[Block], limit: int) -> tuple[Page, ...]:
    """The blocks on pages that, written, have at most `limit` characters (at least 600).

    All of the text is on them, in order. No blocks make no pages.
    """
    found: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        for piece in pieces(block, limit, limit - used, write):
            length = len(write(piece)) + _GAP
            if used + length > limit + _GAP:
                found.append(_begun(found[-1], limit - length))
                used = sum(len(write(before)) + _GAP for before in found[-1])
            found[-1].append(piece)
            used += length
    return tuple(tuple(page) for page in found if any(map(write, page)))


def _begun(before: list[Block], room: int) -> list[Block]:
    """A new page: empty, or with a heading that would else end the one before."""
    if len(before) > 1 and before[-1].heading and len(write(before[-1])) <= room:
        return [before.pop()]
    return []
