"""Texts that are not Markdown as Markdown that shows them, sign for sign."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.text.markdown import printable

_TAGGED: Final = re.compile(
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<(?P<name>em|i|strong|b)>(?P<inside>\S(?:[^<>\n]*\S)?)</(?P=name)>",
    re.IGNORECASE,
)
_MARKS: Final = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_INLINE: Final = re.compile(
    r"""[*`]|(?<![^\W_])_|_(?![^\W_])|\\(?=[!-/:-@\[-`{-~]|[ ]?$)|(?<=\])\(|&(?=\#?\w{1,32};)|<(?=[a-zA-Z][\w.+-]*[:@])""",
    re.MULTILINE,
)
_LINE_START: Final = re.compile(
    r"""
    ^((?:[ \t]*(?:-|\d{1,9}\.)[ \t]+(?=\S))?[ \t]*)  # the mark of a list may be before it
    (\#(?=\#{0,5}(?:[ \t]|$))|>|~(?=~~)|\+(?=[ \t]|$)|=(?==*[ \t]*$)|-(?=[- \t]*$)|\[(?=(?:\\.|[^\[\]\\\n])+\]:))
    |^([ \t]*\d{1,9})([.)](?=[ \t]*$)|\)(?=[ \t]))
    |^([ \t]*(?:-|\d{1,9}\.)[ \t]+)(-(?=[ \t]))
    |^([ \t]*(?:-|\d{1,9}\.)[ \t]+\d{1,9})([.)](?=[ \t]|$))
    """,
    re.MULTILINE | re.VERBOSE,
)
_NUMBER: Final = re.compile(r"(\d{1,9})\.(?=[ \t])")
_FENCE: Final = re.compile(r"`{3,}")


def literal(text: str) -> str:
    r"""Plain text as Markdown that shows it, sign for sign.

    A list of lines that begin with "- " or "1." stays a list.

    >>> literal("2*3*4, __init__, a_b and [x](y)"), literal("# of parameters")
    ('2\\*3\\*4, \\_\\_init\\_\\_, a_b and [x]\\(y)', '\\# of parameters')
    """
    return line_starts(inline(text))


def inline(text: str) -> str:
    r"""Plain text within a line as Markdown that shows it."""
    return _INLINE.sub(r"\\\g<0>", printable(text))


def line_starts(markdown: str) -> str:
    r"""Markdown whose lines begin no heading, quotation, rule or fence.

    >>> line_starts("~~~\n> x\n2) y\n-----")
    '\\~~~\n\\> x\n2\\) y\n\\-----'
    """
    return _LINE_START.sub(_escaped, markdown)


def _escaped(start: re.Match[str]) -> str:
    before, sign = (group for group in start.groups() if group is not None)
    return f"{before}\\{sign}"


def numbered(markdown: str) -> str:
    r"""Markdown whose items show the numbers that they are written with.

    Markdown counts on from the first one of a list, whatever the others are.

    >>> numbered("1. a\n\n3. b"), numbered("2019. A year")
    ('1. a\n\n3\\. b', '2019. A year')
    """
    return "\n".join(_numbered(markdown.split("\n"))) if _NUMBER.search(markdown) else markdown


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    due: int | None = None
    fence = ""
    for line in lines:
        number = None if fence else _NUMBER.match(line)
        if number and (number[1] != str(int(number[1])) or due not in {None, int(number[1])}):
            yield f"{number[1]}\\{line[number.end(1) :]}"
            due = None
            continue
        yield line
        if number:
            due = int(number[1]) + 1
        elif line[:1].strip():
            due = None
        if ticks := _FENCE.match(line):
            fence = "" if ticks[0] == fence else fence or ticks[0]


def without_tags(markdown: str) -> str:
    r"""Markdown with its own marks in place of HTML's for emphasis; other tags are text.

    >>> without_tags("<em>a b</em> <GRAPHS HERE> `<b>c</b>` <b>d:</b>e")
    '*a b* <GRAPHS HERE> `<b>c</b>` d:e'
    """
    return _TAGGED.sub(_marked, markdown) if "</" in markdown else markdown


def _marked(tagged: re.Match[str]) -> str:
    if not tagged["name"]:
        return tagged[0]
    inside = tagged["inside"]
    mark = _MARKS[tagged["name"].lower()] if inside[0].isalnum() and inside[-1].isalnum() else ""
    return f"{mark}{inside}{mark}"
