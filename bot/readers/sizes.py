"""How much there is of a page or a text, and how deep it nests, seen before it is parsed.

Reading takes time for each element, line and sign, however short they are. So
what has far more of them than any issue is refused.
"""

import re
from typing import Final

_DEEPEST: Final = 200
"""Elements within one another: an issue has 40."""
_MOST: Final = 50_000
"""Tags of a page: an issue has 3,000."""
_MOST_LINES: Final = 20_000
"""Lines of a text: an issue has 1,000."""
_MOST_SIGNS: Final = 20_000
"""Signs in Markdown that may begin or end something: an issue has 2,000."""
_SIGN: Final = re.compile(r"[][*_`<>!&\\]")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?:[^<>]{0,4000}?(/?))?>")
_NO_END: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option",
    "colgroup",
})  # fmt: skip
"""Elements that have no end, or that a parser ends by itself."""


def is_outsized_text(text: str) -> bool:
    """Whether there are more lines than in any issue."""
    return text.count("\n") > _MOST_LINES


def is_outsized_markdown(text: str) -> bool:
    """Whether there are more signs with a meaning than in any issue."""
    return len(_SIGN.findall(text)) > _MOST_SIGNS


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
