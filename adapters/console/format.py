"""The console's cards: they show everything at once, for a terminal can be scrolled."""

import sys
from typing import Final

from bot.cards.card import CardFormat
from bot.cards.wording import cut
from bot.lookup.commands import COMMANDS, DIGEST
from bot.text.rich_text import AS_MARKDOWN, Block, blocks_of, heading

ON_DIGESTS: Final = blocks_of(
    "Digests are posted in channels, not here. A shell has `anbot digest list|due|log|preview|send-now|pause|resume|stop` for them."
)


def _text(block: Block) -> str:
    return block.text


def _label(text: str) -> str:
    return text


def _nothing(_: Block) -> int:
    """The size of a block on a page that has no end."""
    return 0


def _works(example: str) -> bool:
    return not example.startswith(f"/{DIGEST.name}")


CONSOLE_FORMAT: Final = CardFormat(
    write=_text,
    fit=cut,
    label=_label,
    gap=_nothing,
    takes=_nothing,
    heading=heading,
    layout=AS_MARKDOWN,
    tight=False,
    options=sys.maxsize,
    target=sys.maxsize,
    value=sys.maxsize,
    listed=sys.maxsize,
    brief=sys.maxsize,
    page=sys.maxsize,
    commands=COMMANDS,
    works=_works,
    aside=ON_DIGESTS,
    whole=True,
)
