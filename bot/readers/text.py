"""Issues as plain text, with or without their line breaks."""

import re
from collections.abc import Iterator

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, SourceKind
from bot.model.sections import PARENTS, spelled
from bot.readers import flat, grammar, titles
from bot.readers.decoding import decode
from bot.readers.fragments import Block, Head, Heading, OpinionLabel, Prerequisites, ReadMore, Text, assemble
from bot.readers.grammar import Byline, byline_at, stated_number, tidy

_LARGEST = 1_000_000
_OPENING = 400
"""Characters at the start of a text that may state its number."""


def read_text(data: bytes, name: str) -> Document:
    """One issue from plain text.

    Raises:
        InputError: not text, far larger than an issue, or no entry in it.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; no issue is longer than {_LARGEST:,}.")
    draft = text_draft(decode(data, name))
    if not draft.entries:
        raise InputError(
            f"{name} holds no newsletter: no title with authors or a summarizer was found in it."
        )
    return Document(kind=SourceKind.TEXT, drafts=(draft,), numbered=draft.number is not None)


def text_draft(text: str) -> Draft:
    """What the text of one issue says; without entries if it is not one.

    The number is taken from the opening words ("Newsletter #58") if they have
    it; most texts do not.
    """
    broken = any(is_heading(line) for line in text.split("\n"))
    entries = assemble(blocks(text) if broken else flat.blocks(text))
    first = entries[0].title if entries else ""
    return Draft(number=stated_number(text[:_OPENING], first), entries=entries)


_HEADING_LENGTH = 60
_LIST_ITEM = re.compile(r"(?:[-*•]|\(?\w{1,2}[.)])\s")


def is_heading(line: str) -> bool:
    """Whether a whole line is one of the newsletter's headings."""
    line = line.strip()
    return len(line) <= _HEADING_LENGTH and spelled(line) in PARENTS


def blocks(text: str) -> Iterator[Block]:
    """Cut the text at its lines.

    Without markup a title that nobody signs is known only by its place: a
    line after a heading, or after another entry of nothing but a title.
    """
    fresh = False  # whether a title may come without a byline
    tight = False
    for line in map(str.strip, text.split("\n")):
        if grammar.BOILERPLATE.match(line):
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
    """Whether everything before the brackets reads as one title."""
    ends = [stop for stop in titles.sentence_ends(line, 0, end) if stop < end]
    return titles.title_start(line, 0, ends, fresh=True) == 0
