"""Mention detection: what a message mentions that is worth answering unasked.

A wrong answer is worse than none, so few forms count: `[[words]]` that are a
title or a name, `[[!exact title]]`, `AN #58`, and addresses of something
summarized. Nothing counts in code, in quotes or in `<https://…>`.
`bot.linking.resolve` finds what the references lead to.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.text.urls import find_in

NAMED: Final = re.compile(r"\[\[([^\[\]\n\0]{2,220})\]\]")
"""`[[words]]`, with the blanks around them."""
SHOWN: Final = 3
"""Most answers to one message; more are counted."""
_LONGEST: Final = 4000
_FEWEST: Final = 2
"""Fewest letters of words in brackets: `a[[i]]` is code."""
_LOOKED_UP: Final = 10
"""Most references of one message that are looked up."""
_SPELLED_OUT: Final = 400
"""Most letters in brackets that are looked up, about eight titles: many words take time."""
_WORTH: Final = re.compile(
    r"\[\[|\]\(|AN[ \xa0\u202f#]|(?i:://|arxiv|\bdoi\b|\bwww\.|\.(?:com|org|gov|co|net|pub|be)/)"
)
_UNITS: Final = (
    r"year|yr|month|week|day|hour|hr|minute|min|second|sec|page|point|bit|byte|inch|foot|mile|meter|metre|km|mph"
    r"|percent|dollar|euro|pound|people|person|man|men|woman|women|kid|child|mm|cm|kg|gb|mb|core|story|volt|watt"
)
_GOES_ON: Final = (
    r"is|are|was|were|be|been|has|had|have|do|does|did|can|could|will|would|may|might|should|says?|said|came|made|gave"
    r"|summari\w+|covers?|covered|mentions?|mentioned|discusse[sd]|explain(?:s|ed)|talks|talked|a|an|the|this|that|these"
    r"|those|all|some|any|no|my|your|his|her|its|our|their|i|we|you|they|he|she|it|who|which|what|when|where|why|how|at"
    r"|of|on|in|into|by|for|with|from|to|about|after|before|since|because|while|as|if|and|or|but|so|also|again|too|then"
    r"|than|not|just|really|only|even|still|already|now|today|yesterday|here|there"
)
_EIGHT: Final = r"(?:8\d{0,3}|11|18)(?!\d)"
_ARTICLE: Final = rf"(?<=[A-Z] AN ){_EIGHT}|{_EIGHT} +(?!(?:{_GOES_ON})\b)\w"
"""Matches "AN 80 YEAR OLD": here AN is the article."""
_ISSUE: Final = re.compile(
    r"(?<![^\W_])(?<![$#@./-])AN ?(?:# ?(\d{1,4})(?![^\W_]|%|\.\d)"
    rf"|(?<= )(?!{_ARTICLE})(\d{{1,4}})(?! ?(?:{_UNITS})s?\b| +[A-Z]{{2}}|[^\W_]|[%+]|[-.,:/][^\W_]))"
)
_NO_BREAK: Final = re.compile("[\xa0\u202f]")
_LINKED: Final = re.compile(r"(?<!!)\[([^\[\]\n\0]{2,220})\]\(https?://")
_LINKED_WORDS: Final = 2
"""Fewest words of a link's text that may be a title: one word is more likely just a word."""
_RUN: Final = re.compile("`+")
_QUOTED: Final = re.compile(r"^[ \t]*>>> [\s\S]*|^[ \t]*> .*$", re.MULTILINE)
_BRACKETED: Final = re.compile(r"<[^<>\s]*>")
_GAP: Final = "\0"
"""Replaces what is left out, so that nothing is matched across it."""


class ReferenceKind(Enum):
    """How a reference is written."""

    ADDRESS = auto()
    WORDS = auto()
    TITLE = auto()
    ISSUE = auto()


@dataclass(frozen=True, slots=True)
class Reference:
    """`text` is the address as written, the words, the title, or the issue's number."""

    kind: ReferenceKind
    text: str


def concerns(text: str) -> bool:
    """Whether the text may hold a reference: cheap, and never wrongly False."""
    return _WORTH.search(text) is not None


def references(text: str) -> tuple[Reference, ...]:
    """At most ten references, in order, from the first 4,000 characters; in double brackets, from 400.

    >>> [r.text for r in references("[[mesa]] in AN #58, not `AN #1` or <https://arxiv.org/abs/1906.01820>")]
    ['mesa', '58']
    """
    if not concerns(text):
        return ()
    positioned = sorted(_positioned(_own_words(text[:_LONGEST])), key=lambda pair: pair[0])
    return tuple(dict.fromkeys(reference for _, reference in positioned))[:_LOOKED_UP]


def _own_words(text: str) -> str:
    """The text without code, quotes and `<…>`."""
    return _BRACKETED.sub(_GAP, _QUOTED.sub(_GAP, _without_code(_NO_BREAK.sub(" ", text))))


def _without_code(text: str) -> str:
    """The text without code: a run of backticks opens it if an equal run closes it."""
    runs = [match.span() for match in _RUN.finditer(text)]
    ahead: defaultdict[int, deque[int]] = defaultdict(deque)
    for start, end in runs:
        ahead[end - start].append(start)
    outside, at = [], 0
    for start, end in runs:
        equal = ahead[end - start]
        while equal and equal[0] <= start:
            equal.popleft()
        if start >= at and equal:
            outside.append(text[at:start])
            at = equal[0] + end - start
    return _GAP.join([*outside, text[at:]])


def _positioned(text: str) -> Iterator[tuple[int, Reference]]:
    rest = text
    for mention in find_in(text):
        yield mention.start, Reference(ReferenceKind.ADDRESS, text[mention.start : mention.end])
        rest = rest[: mention.start] + _GAP * (mention.end - mention.start) + rest[mention.end :]
    for match in _LINKED.finditer(text):
        if len(match[1].split()) >= _LINKED_WORDS:
            yield match.start(), Reference(ReferenceKind.TITLE, match[1].strip())
    room = _SPELLED_OUT
    for match in NAMED.finditer(rest):
        words = match[1].strip()
        room -= len(words)
        if room < 0:
            break
        kind = ReferenceKind.TITLE if words.startswith("!") else ReferenceKind.WORDS
        words = words.removeprefix("!").strip()
        if len(words) >= _FEWEST:
            yield match.start(), Reference(kind, words)
    for match in _ISSUE.finditer(NAMED.sub(lambda named: _GAP * len(named[0]), rest)):
        yield match.start(), Reference(ReferenceKind.ISSUE, str(int(match[1] or match[2])))
