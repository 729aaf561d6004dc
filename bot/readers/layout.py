"""Plain text as mailers, editors and terminals lay it out, put back into paragraphs.

A line of the result is a heading, a list item or a whole paragraph. Quotation
marks, indents, the list of addresses below a dump and the line breaks that
only fill a page are gone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from bot.model.sections import PARENTS, spelled
from bot.readers.grammar import LABELS, convincing
from bot.readers.heads import find_byline
from bot.readers.titles import opens_title, sentence_ends

_QUOTE: Final = re.compile(r"(?: ?[>|])+ ?")
_TABLE_RULE: Final = re.compile(r"(?m)^\| *\|\n\|[ :-]*-{3}[ :-]*\|$")
_CELL: Final = re.compile(r"(?m)^\| ([^\n]*[^|\s])[ |]*\|$")
_WIDE_BLANKS: Final = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_BLANKS: Final = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u3000", " "))
_LIST_ITEM: Final = re.compile(r"\s*(?:[-*•+]|\(?(?:\d{1,2}|[a-z])[.)])\s")
_MARK: Final = re.compile(r"\[(\d{1,4})\]")
_ADDRESSES: Final = re.compile(
    r"\n[ \t]*(?:References|Links|Visible links)[ \t]*:?\n+(?=[ \t]*\[?\d{1,4}[\].] )"
)
_ADDRESS: Final = re.compile(r"^[ \t]*\[?(\d{1,4})[\].] +\w+:", re.MULTILINE)
_DEFINITION: Final = re.compile(r"\s*\[[^\[\]]{1,300}\]:(?:\s|$)")
"""Where a link of Markdown leads, on a line of its own."""
_RULE: Final = re.compile(r"[-=_*~]{4,}")
_HEADING_LENGTH: Final = 60
_ADORNMENT: Final = " \t*=-–—_~#:•"
_NARROWEST: Final = 45
_WIDEST: Final = 120
"""Characters of a line within which a program wraps a text."""
_UNBREAKABLE: Final = re.compile(r"\S{60}")
_SENTENCE: Final = re.compile(r"[.!?:;)\]\"”]$")
_FULL_STOP: Final = re.compile(r"[.!…][)\"”’]?$")
_FEWEST: Final = 2
"""Lines that go on in the next, without which a text is not taken for wrapped."""
_MOSTLY: Final = 0.6
_NEARLY_ALL: Final = 0.9
_TITLE_PIECES: Final = 9
"""Lines of the longest title, with what joins them."""
_HEAD_LINES: Final = 5
"""Lines of the longest title with its names."""
_COMPOUND: Final = re.compile(r"\w-$")
_TWO_HALVES: Final = frozenset({"and", "or", "to"})


def is_heading(line: str) -> bool:
    """Whether a whole line is one of the newsletter's headings, plain or adorned."""
    return len(line) <= _HEADING_LENGTH and spelled(unadorned(line)) in PARENTS


def unadorned(line: str) -> str:
    """The line without what sets a heading off in plain text.

    >>> unadorned("*** NEWS ***"), unadorned("Highlights:")
    ('NEWS', 'Highlights')
    """
    return line.strip(_ADORNMENT)


def laid_out(text: str) -> str:
    """The text with a line for each paragraph."""
    text, numbers = _without_addresses(_out_of_tables(text))
    lines = [_WIDE_BLANKS.sub(" ", line.rstrip()) for line in text.translate(_BLANKS).split("\n")]
    text = "\n".join(_joined(_parted(_flush(_unquoted(lines)))))
    return _MARK.sub(lambda mark: "" if mark[1] in numbers else mark[0], text) if numbers else text


def _out_of_tables(text: str) -> str:
    """The text of tables with one column, which lay out a page and say nothing."""
    if not _TABLE_RULE.search(text):
        return text
    return _CELL.sub(r"\1\n", _TABLE_RULE.sub("", text))


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """What an answer quotes; its own words are nobody's newsletter."""
    filled = [line for line in lines if line]
    marks = [_QUOTE.match(line) for line in filled]
    if sum(mark is not None for mark in marks) <= _MOSTLY * len(filled):
        return lines
    return _unquoted([line[mark.end() :] if (mark := _QUOTE.match(line)) else "" for line in lines])


def _flush(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the indent that all of them have."""
    indents = [len(line) - len(line.lstrip(" ")) for line in lines if line]
    indent = min(indents, default=0)
    return [line[indent:] for line in lines]


def _parted(lines: Sequence[str]) -> Sequence[str]:
    """The lines with a blank one before each paragraph, if only indents show where those begin.

    Either their first lines are set in, or all others are.
    """
    if _is_spaced(lines):
        return lines
    for set_in in (True, False):
        if _part_paragraphs(lines, set_in=set_in):
            return [
                part for line in lines for part in (("", line) if _is_set_in(line) == set_in else (line,))
            ]
    return lines


def _is_set_in(line: str) -> bool:
    return line.startswith((" ", "\t"))


def _part_paragraphs(lines: Sequence[str], *, set_in: bool) -> bool:
    """Whether lines with that indent begin paragraphs: all others go on where a line was full."""
    pairs = [
        (line, after.strip())
        for line, after in pairwise(lines)
        if _may_go_on(line, after) and _is_set_in(after) != set_in
    ]
    width = _usual_width(pairs)
    full = sum(not _had_room(*pair, width) for pair in pairs)
    return len(pairs) >= _FEWEST and full > _NEARLY_ALL * len(pairs) and _NARROWEST <= width <= _WIDEST


def _begins_part(before: str, lines: Sequence[str]) -> bool:
    """Whether lines begin with a label, or a title and names, where a sentence has ended."""
    if not _FULL_STOP.search(before) or sentence_ends(f"{before} ")[-1:] != [len(before) + 1]:
        return False
    if any(label.match(lines[0].strip()) for label in LABELS):
        return True
    byline = find_byline(" ".join(line.strip() for line in lines), fresh=False)
    return (
        byline is not None
        and (byline.signed or (byline.colon and convincing(byline)))
        and opens_title(lines[0].lstrip(" \t"), 0)
        and ")" not in lines[0].partition("(")[0]
    )


def _usual_width(pairs: Sequence[tuple[str, str]]) -> int:
    """The length of the longest lines, 0 if there are none; the few that stick out do not count."""
    lengths = sorted(len(line) for line, _ in pairs)
    return lengths[(len(lengths) - 1) * 19 // 20] if lengths else 0


def _without_addresses(text: str) -> tuple[str, frozenset[str]]:
    """The text above a list of addresses, and the numbers that mark links in it."""
    listed = _ADDRESSES.search(text)
    numbers = frozenset(_ADDRESS.findall(text, listed.end())) if listed else frozenset()
    return (text[: listed.start()], numbers) if listed and numbers else (text, frozenset())


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The lines, those that only fill a page joined with the next."""
    spaced = _is_spaced(lines)
    width = _width(lines, spaced=spaced)
    paragraph: list[str] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else ""
        begun = bool(paragraph and width)
        if begun and not spaced:
            begun = not (_is_title(paragraph, line) or _begins_part(before, lines[i : i + _HEAD_LINES]))
        if begun and _goes_on(before, line, width, spaced=spaced):
            rest = line.strip()
            paragraph += [rest] if _is_compound(before, rest) else [" ", rest]
            continue
        if paragraph:
            yield "".join(paragraph)
        paragraph = [line] if line else []
        if not line:
            yield ""
    if paragraph:
        yield "".join(paragraph)


def _is_title(paragraph: Sequence[str], after: str) -> bool:
    """Whether it is a title with its authors and nothing is to follow: it fills its last line by chance."""
    if (
        len(paragraph) > _TITLE_PIECES
        or not paragraph[-1].endswith(")")
        or after.lstrip().startswith(("(", ":"))
    ):
        return False
    text = "".join(paragraph)
    byline = find_byline(text, fresh=True)
    return byline is not None and byline.end == len(text) and convincing(byline)


def _width(lines: Sequence[str], *, spaced: bool) -> int:
    """The width that the text is wrapped at, 0 if it is not.

    Without blank lines, the lines may be paragraphs of like length, which end with a sentence.
    """
    pairs = [pair for pair in pairwise(lines) if _may_go_on(*pair) and not _is_special(*pair)]
    if len(pairs) < _FEWEST:
        return 0
    width = _usual_width(pairs)
    full = sum(not _had_room(line, after, width) or _is_cut(line, after) for line, after in pairs)
    open_ended = sum(_SENTENCE.search(line) is None for line, _ in pairs)
    wrapped = (full if spaced else min(full, open_ended)) > _MOSTLY * len(pairs)
    return width if wrapped and _NARROWEST <= width <= _WIDEST else 0


def _is_cut(line: str, after: str) -> bool:
    """Whether the line breaks within brackets or a sentence."""
    opened = line.count("(") > line.count(")") and ")" in after.partition("(")[0]
    return opened or (_SENTENCE.search(line) is None and after[0].islower())


def _may_go_on(line: str, after: str) -> bool:
    return bool(line and after and not _DEFINITION.match(after)) and not any(
        is_heading(part) or _RULE.fullmatch(part.strip()) for part in (line, after)
    )


def _is_special(line: str, after: str) -> bool:
    """Whether the break says nothing of the width: a long address, an item of a list."""
    return bool(_UNBREAKABLE.search(line) or _LIST_ITEM.match(after))


def _had_room(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word would have fitted into the line."""
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width


def _is_spaced(lines: Sequence[str]) -> bool:
    """Whether blank lines part the paragraphs."""
    blank = sum(not line for line in lines[:-1])  # what follows the last line break is no line
    return blank * 20 > len(lines)


def _goes_on(line: str, after: str, width: int, *, spaced: bool) -> bool:
    """Whether a paragraph goes on in the next line."""
    if not _may_go_on(line, after):
        return False
    if _had_room(line, after, width):
        return spaced and not _LIST_ITEM.match(after) and _is_cut(line, after)
    return True


def _is_compound(line: str, rest: str) -> bool:
    """Whether a word is parted between the two at its own hyphen."""
    parted = _COMPOUND.search(line[-2:]) is not None and rest[:1].isalpha()
    return parted and rest.split(maxsplit=1)[0] not in _TWO_HALVES
