"""Blocks on pages, none longer than a limit once they are written.

Pages end where a paragraph ends, else a sentence, else a word; never inside a
link, in a formatting that stays open, or in an escaped character.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from adapters.slack.mrkdwn import write
from bot.spans import Block, Span

_SENTENCE_END: Final = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])")
_BLANK: Final = re.compile(r"\s+")
_LINE: Final = re.compile(r"\n")
_GAP: Final = 2
Page = tuple[Block, ...]


def pages(blocks: Sequence[Block], limit: int) -> tuple[Page, ...]:
    """The blocks on pages that, written, have at most `limit` characters (at least 600).

    All of the text is on them, in order. No blocks make no pages.
    """
    found: list[list[Block]] = [[]]
    used = 0
    for block in blocks:
        for piece in _pieces(block, limit, limit - used):
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


def _pieces(block: Block, limit: int, room: int) -> Iterator[Block]:
    """The block in pieces: the first fits the room that is left on a page if
    that is worth it, the others a page each.
    """
    if len(write(block)) <= room:
        yield block
        return
    room = room if room >= limit // 3 else limit
    while len(write(block)) > room:
        at = _cut(block, room)
        if not at and room < limit:
            room = limit
            continue
        at = at or 1
        yield _slice(block, 0, at)
        block = replace(_slice(block, at, None), mark=block.indent, close=False)
        room = limit
    yield block


def _cut(block: Block, room: int) -> int:
    """Where to cut so that the first piece fits: the best place that does; 0 for none."""
    text = "".join(span.text for span in block.spans)
    starts = accumulate((len(span.text) for span in block.spans), initial=0)
    whole = [
        range(start + 1, start + len(span.text))
        for start, span in zip(starts, block.spans, strict=False)
        if span.url or (span.code and not block.fenced)
    ]

    def fitting(places: Sequence[int]) -> int:
        """The last of the places up to which the text fits; 0 for none."""
        low, high = 0, len(places)
        while low < high:
            middle = (low + high) // 2
            if len(write(_slice(block, 0, places[middle]))) <= room:
                low = middle + 1
            else:
                high = middle
        return places[low - 1] if low else 0

    def last(pattern: re.Pattern[str]) -> int:
        ends = (match.end() for match in pattern.finditer(text))
        return fitting([at for at in ends if at < len(text) and not any(at in inside for inside in whole)])

    if block.fenced:
        return last(_LINE) or fitting(range(1, len(text)))
    sentence = last(_SENTENCE_END)
    if len(write(_slice(block, 0, sentence))) >= room // 3:
        return sentence
    edges = [at for inside in whole for at in (inside.start - 1, inside.stop)]
    return last(_BLANK) or sentence or fitting(sorted(edges)) or fitting(range(1, len(text)))


def _slice(block: Block, start: int, end: int | None) -> Block:
    """The part of the block's text between two places in it."""
    taken: list[Span] = []
    at = 0
    for span in block.spans:
        text = span.text[max(start - at, 0) : None if end is None else max(end - at, 0)]
        if text:
            taken.append(replace(span, text=text))
        at += len(span.text)
    return replace(block, spans=tuple(taken))
