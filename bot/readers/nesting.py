"""How deep markup nests and how much of it there is, seen before a parser builds it."""

import re
from typing import Final

_DEEPEST: Final = 200
"""Elements within one another: an issue has 40."""
_MOST: Final = 150_000
"""Tags of a page: an issue has 3,000."""
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?:[^<>]{0,4000}?(/?))?>")
_NO_END: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "colgroup",
    ]
)
"""Elements that have no end, or that a parser ends by itself."""


def is_outsized(markup: str) -> bool:
    """Whether there are more elements than in any issue, or deeper nested, also by never ending."""
    depth = tags = 0
    opened: dict[str, int] = {}
    for match in _TAG.finditer(markup):
        closing, name, empty = match[1], match[2].lower(), match[3]
        tags += 1
        if tags > _MOST:
            return True
        if name in _NO_END or empty:
            continue
        if not closing:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False
