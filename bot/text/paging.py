"""Cuts a text into pages: after a paragraph, else after a sentence, else after a
word; never inside a link or open formatting.

How long a block is depends on how a platform writes it, so every function needs
the platform's `write`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from msgspec.structs import replace

from bot.text.rich_text import Block, Span

Write = Callable[[Block], str]
Gap = Callable[[Block], int]
"""How many characters part a block from the one above it."""
Page = tuple[Block, ...]
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])")
_BLANK: Final = re.compile(r"\s+")
_LINE_END: Final = re.compile(r"\n")
_WIDEST: Final = 2


def pages(blocks: Sequence[Block], limit: int, write: Write, gap: Gap) -> tuple[Page, ...]:
    """The blocks on pages that, written, have at most `limit` characters (at least
    600, so that any link fits).

    All of the text is on them, in order, and no heading ends one. No blocks make no pages.
    """
    pages: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        room = limit - used - _WIDEST if used else limit
        for piece in pieces(block, limit, room, write):
            length = len(write(piece))
            if used and used + gap(piece) + length > limit:
                pages.append(_begun(pages[-1], limit - gap(piece) - length, write))
                used = sum(len(write(heading)) for heading in pages[-1])
            pages[-1].append(piece)
            used += length + (gap(piece) if used and length else 0)
    return tuple(tuple(page) for page in pages if any(map(write, page)))


def _begun(before: list[Block], room: int, write: Write) -> list[Block]:
    """A new page: empty, or with a heading that would else end the one before."""
    if len(before) > 1 and before[-1].heading and len(write(before[-1])) <= room:
        return [before.pop()]
    return []


def pieces(block: Block, limit: int, room: int, write: Write) -> Iterator[Block]:
    """The block in pieces: the first fits the room that is left on a page if
    that is worth it, the others a page of at most `limit` characters each.
    """
    if len(write(block)) <= max(room, 0):
        yield block
        return
    room = room if room >= limit // 3 else limit
    while len(write(block)) > room:
        at = _cut(block, room, write)
        if not at and room < limit:
            room = limit
            continue
        at = at or 1
        yield _slice(block, 0, at)
        block = replace(_slice(block, at, None), mark=block.indent, close=False)
        room = limit
    yield block


def _cut(block: Block, room: int, write: Write) -> int:
    """The place to cut so that the first piece fits: the last end of a sentence if
    that fills a third, else the last word that fits, else beside a link, else
    anywhere; 0 for nowhere.
    """
    place = 0
    for pattern in (_LINE_END,) if block.fenced else (_SENTENCE_END, _BLANK):
        place = _last_fitting(block, _places(block, pattern), room, write) or place
        if len(write(_slice(block, 0, place))) >= room // 3:
            return place
    edges = [at for inside in _whole(block) for at in (inside.start - 1, inside.stop)]
    return (
        place
        or _last_fitting(block, sorted(edges), room, write)
        or _last_fitting(block, range(1, len(block.text)), room, write)
    )


def _whole(block: Block) -> list[range]:
    """The ranges of its text in which the block must not be cut."""
    starts = accumulate((len(span.text) for span in block.spans), initial=0)
    return [
        range(start + 1, start + len(span.text))
        for start, span in zip(starts, block.spans, strict=False)
        if (span.url or span.code) and not block.fenced
    ]


def _places(block: Block, pattern: re.Pattern[str]) -> list[int]:
    text, whole = block.text, _whole(block)
    ends = (match.end() for match in pattern.finditer(text))
    return [at for at in ends if 0 < at < len(text) and not any(at in inside for inside in whole)]


def _last_fitting(block: Block, places: Sequence[int], room: int, write: Write) -> int:
    """The last of the places up to which the text fits; 0 for none."""
    count = bisect_right(places, room, key=lambda at: len(write(_slice(block, 0, at))))
    return places[count - 1] if count else 0


def _slice(block: Block, start: int, end: int | None) -> Block:
    """The part of the block's text between two places in it."""
    spans: list[Span] = []
    at = 0
    for span in block.spans:
        text = span.text[max(start - at, 0) : None if end is None else max(end - at, 0)]
        if text:
            spans.append(replace(span, text=text))
        at += len(span.text)
    return replace(block, spans=tuple(spans))
