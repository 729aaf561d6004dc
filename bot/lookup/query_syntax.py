"""Typed text as words and filters: `mesa by:hubinger in:"mesa optimization"`."""

import re
from typing import Final

from bot.model.search import Filters

_QUOTES: Final = '"“”„«»'
_FILTER: Final = re.compile(
    rf"(?<!\S)(?P<name>by|in|an|year|is):(?P<value>[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]|[^\s{_QUOTES}]+)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:an)?\s*#?\s*(?P<number>[0-9]{1,9})", re.IGNORECASE)
_HIGHLIGHT: Final = frozenset({"highlight", "highlights", "highlighted"})


def parse(text: str) -> tuple[str, Filters]:
    """The words to look for, and the filters between them; never raises.

    If a filter is named twice, the later one counts. The first whose value means nothing
    ("year:soon") is `unreadable`.

    >>> parse('mesa by:hubinger in:"mesa optimization" an:58')
    ('mesa', Filters(by='hubinger', section='mesa optimization', issue=58, year=None, highlight=False, unreadable=''))
    """
    by = section = None
    issue = year = None
    highlight = False
    unreadable = ""
    words: list[str] = []
    end = 0
    for match in _FILTER.finditer(text):
        words.append(text[end : match.start()])
        end = match.end()
        value = (match["quoted"] if match["quoted"] is not None else match["value"]).strip()
        match match["name"].lower(), value:
            case "by", _ if value:
                by = value
            case "in", _ if value:
                section = value
            case "an", _ if (number := _number(value)) is not None:
                issue = number
            case "year", _ if (number := _number(value)) is not None:
                year = number
            case "is", _ if value.lower() in _HIGHLIGHT:
                highlight = True
            case _:
                unreadable = unreadable or match.group()
    words.append(text[end:])
    left = " ".join(" ".join(words).split()) if end else text.strip()
    filters = Filters(
        by=by, section=section, issue=issue, year=year, highlight=highlight, unreadable=unreadable
    )
    return left, filters


def _number(value: str) -> int | None:
    match = _NUMBER.fullmatch(value)
    return int(match["number"]) if match else None
