"""Plain text in which every heading and paragraph stands on a line of its own."""

import re
from collections.abc import Iterator

from bot.ingest import grammar, titles
from bot.ingest.blocks import Block, Head, Heading, OpinionLabel, Prerequisites, ReadMore, Text
from bot.ingest.grammar import Byline, byline_at, tidy
from bot.ingest.headings import PARENTS, spelled

_HEADING_LENGTH = 60
_LIST_ITEM = re.compile(r"(?:[-*•]|\(?\w{1,2}[.)])\s")


def is_heading(line: str) -> bool:
    """Whether a whole line is one of the newsletter's headings."""
    line = line.strip()
    return len(line) <= _HEADING_LENGTH and spelled(line) in PARENTS


def blocks(text: str) -> Iterator[Block]:
    """Cut the text at its lines.

    Without markup a title that nobody signs shows only by where it stands: a
    line after a heading, or after another entry of nothing but a title.
    """
    fresh = False  # whether a title may come without a byline
    tight = False
    for line in map(str.strip, text.split("\n")):
        if grammar.FURNITURE.match(line):
            return
        if not line:
            tight = False
            continue
        if is_heading(line):
            yield Heading(name=line)
            fresh = True
        elif head := head_of(line, fresh=fresh):
            start, rest = head
            yield start
            yield from _labelled(rest)
            fresh = not rest
        else:
            yield from _labelled(line, tight=tight)
            fresh = False
        tight = True


def _labelled(text: str, *, tight: bool = False) -> Iterator[Block]:
    """A paragraph, cut before each label it may hold."""
    if match := grammar.READ_MORE.match(text):
        yield ReadMore(text=tidy(text[match.end() :]))
    elif match := grammar.PREREQUISITES.match(text):
        yield Prerequisites(text=tidy(text[match.end() :]))
    elif match := grammar.OPINION.search(text):
        if before := tidy(text[: match.start()]):
            yield Text(text=before, tight=tight)
        yield OpinionLabel(by=match["by"])
        yield from _labelled(text[match.end() :])
    elif text:
        yield Text(text=tidy(text), tight=tight)


def head_of(line: str, *, fresh: bool) -> tuple[Head, str] | None:
    """The head of an entry and the text after it, if the line begins one."""
    if any(label.match(line) for label in (grammar.OPINION, grammar.READ_MORE, grammar.PREREQUISITES)):
        return None
    if byline := find_byline(line, fresh=fresh):
        return Head.under(line[: byline.start], byline), line[byline.end :].strip()
    if fresh and (parts := titles.unsigned(line)):
        return Head(title=tidy(parts[0])), parts[1]
    return None


def find_byline(line: str, *, fresh: bool, after: int = 0) -> Byline | None:
    """The byline of a line that is a head: before its text, or at its end.

    The title is known to reach to the offset `after` at least.
    """
    if _LIST_ITEM.match(line):
        return None
    for opens in grammar.OPENS.finditer(line, 0, titles.LONGEST):
        byline = byline_at(line, opens.start())
        if byline is None or byline.start < after or not line[: byline.start].strip():
            continue
        if byline.signed:
            return byline
        if not _one_title(line, byline.start):
            return None
        if byline.colon and not grammar.signed_later(line, byline) and (fresh or grammar.handle(byline)):
            return byline
        if byline.end == len(line) and not byline.colon:
            return byline
    return None


def _one_title(line: str, end: int) -> bool:
    """Whether all that stands before the brackets reads as one title."""
    ends = [stop for stop in titles.sentence_ends(line, 0, end) if stop < end]
    return titles.title_start(line, 0, ends, fresh=True) == 0
