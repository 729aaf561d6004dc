"""Heads of entries in a line of text: a title with its byline, or without one."""

import re
from dataclasses import replace

from bot.readers import grammar, titles
from bot.readers.fragments import Head
from bot.readers.grammar import Byline, byline_at, tidy

_JOB = re.compile(r"\b(?:Engineer|Director|Manager|Officer|Assistant|Researcher)\b")
_HANDLED = 14
"""Words of the longest title in lower case that only a handle follows."""
_LIST_ITEM = re.compile(r"(?:[-*•]|\(?\w{1,2}[.)])\s")


def head_of(line: str, *, fresh: bool) -> tuple[Head, str] | None:
    """The head of an entry and the text after it, if the line begins one."""
    if any(label.match(line) for label in grammar.LABELS):
        return None
    if byline := find_byline(line, fresh=fresh):
        return signed_head(line[: byline.start], byline), line[byline.end :].strip()
    if fresh and not _LIST_ITEM.match(line) and (parts := titles.unsigned(line)):
        return Head(title=tidy(parts[0]), announces=bool(parts[1])), parts[1]
    return None


def signed_head(title: str, byline: Byline) -> Head:
    """The head of that title and byline; who offers a job is a part of its title."""
    if byline.signed and byline.authors.isalpha() and _JOB.search(title):
        return Head.under(f"{title}({byline.authors})", replace(byline, authors=""))
    return Head.under(title, byline)


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
        if byline.signed and not _is_long(line[: byline.start]):
            return byline
        if byline.signed or not is_one_title(line, byline.start):
            return None
        if byline.colon and not grammar.signed_later(line, byline) and (fresh or grammar.handle(byline)):
            return byline
        if (
            byline.end == len(line)
            and not byline.colon
            and (fresh or _is_titled(line[: byline.start], byline))
        ):
            return byline
    return None


def _is_long(title: str) -> bool:
    return len(title.split()) > titles.MOST_WORDS


def _is_titled(title: str, byline: Byline) -> bool:
    """Whether brackets at the end of a line are a byline, and no aside or abbreviation of its last word."""
    if grammar.convincing(byline):
        return True
    return grammar.handle(byline) and (titles.capitalised(title) or len(title.split()) <= _HANDLED)


def is_one_title(line: str, end: int) -> bool:
    """Whether everything before the brackets reads as one title."""
    ends = [stop for stop in titles.sentence_ends(line, 0, end) if stop < end]
    return titles.title_start(line, 0, ends, fresh=True) == 0
