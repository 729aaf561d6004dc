"""What a discussion mentions that is worth answering unasked.

A wrong answer is worse than none, so little counts: `[[words]]` whose answer
is clear, `[[!exact title]]`, `AN #58`, and addresses of something summarized.
Nothing counts in code, in quotes or in `<https://…>`.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.addresses import canonical, elsewhere, find_in
from bot.ports import Finder, Library
from bot.text import fold
from bot.types import Issue, Summary, Verdict

NAMED: Final = re.compile(r"\[\[\s*([^\[\]\n\0]{2,200}?)\s*\]\]")
"""`[[words]]`, whatever they are."""
SHOWN: Final = 3
"""Answers to one message; what goes beyond is counted."""
_LONGEST: Final = 4000
_LOOKED_UP: Final = 10
"""References of one message that are looked up at all."""
_WORTH: Final = re.compile(r"\[\[|\bAN[ #]|(?i:://|arxiv|\bwww\.|\.(?:com|org|gov|co)/)")
_ISSUE: Final = re.compile(
    r"(?<![\w$#@./-])AN ?(?:# ?(\d{1,4})|(?<= )(\d{1,4})(?! +[A-Z]{2}))(?![\w%]|[-.,:/]\w)"
)
_RUN: Final = re.compile("`+")
_QUOTED: Final = re.compile(r"^[ \t]*>>> [\s\S]*|^[ \t]*> .*$", re.MULTILINE)
_BRACKETED: Final = re.compile(r"<[^<>\s]*>")
_GAP: Final = "\0"
"""Stands where something was left out, so that nothing is read across it."""


class Kind(Enum):
    """How a reference is written, and so how sure one must be of it."""

    ADDRESS = auto()
    WORDS = auto()
    TITLE = auto()
    ISSUE = auto()


@dataclass(frozen=True, slots=True)
class Reference:
    """`text` is the address as written, the words, the title, or the issue's number."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What was found, in the order of the text, each once."""

    found: tuple[Issue | Summary, ...]

    def named(self) -> dict[str, Issue | Summary]:
        """By names that are the same whenever the same is found."""
        return {_name(thing): thing for thing in self.found}


def concerns(text: str) -> bool:
    """Whether the text may hold a reference; almost free, and never wrongly False."""
    return _WORTH.search(text) is not None


def references(text: str) -> tuple[Reference, ...]:
    """At most ten references, in the order of the text; of a long one its first 4,000 characters count.

    >>> [r.text for r in references("[[mesa]] in AN #58, not `AN #1` or <https://arxiv.org/abs/1906.01820>")]
    ['mesa', '58']
    """
    if not concerns(text):
        return ()
    said = _said(text[:_LONGEST])
    found = sorted(_found(said), key=lambda pair: pair[0])
    return tuple(dict.fromkeys(reference for _, reference in found))[:_LOOKED_UP]


async def linked(wanted: Sequence[Reference], library: Library, finder: Finder) -> Linked:
    """What of the references the library holds for certain."""
    found = [await _looked_up(reference, library, finder) for reference in wanted]
    things = {_name(thing): thing for thing in found if thing}
    return Linked(found=tuple(things.values()))


def _name(thing: Issue | Summary) -> str:
    return thing.key if isinstance(thing, Summary) else f"AN #{thing.number}"


def _said(text: str) -> str:
    """The text without what is not the writer's own word: code, quotes, `<…>`."""
    return _BRACKETED.sub(_GAP, _QUOTED.sub(_GAP, _without_code(text)))


def _without_code(text: str) -> str:
    """A run of backticks opens code where an equal run follows that closes it."""
    runs = [match.span() for match in _RUN.finditer(text)]
    ahead: defaultdict[int, deque[int]] = defaultdict(deque)
    for start, end in runs:
        ahead[end - start].append(start)
    kept, at = [], 0
    for start, end in runs:
        equal = ahead[end - start]
        while equal and equal[0] <= start:
            equal.popleft()
        if start >= at and equal:
            kept.append(text[at:start])
            at = equal[0] + end - start
    return _GAP.join([*kept, text[at:]])


def _found(text: str) -> Iterator[tuple[int, Reference]]:
    rest = text
    for mention in find_in(text):
        yield mention.start, Reference(Kind.ADDRESS, text[mention.start : mention.end])
        rest = rest[: mention.start] + _GAP * (mention.end - mention.start) + rest[mention.end :]
    for match in NAMED.finditer(rest):
        words = match[1].removeprefix("!").strip()
        if words:
            yield match.start(), Reference(Kind.TITLE if match[1][0] == "!" else Kind.WORDS, words)
    for match in _ISSUE.finditer(NAMED.sub(lambda named: _GAP * len(named[0]), rest)):
        yield match.start(), Reference(Kind.ISSUE, str(int(match[1] or match[2])))


async def _looked_up(reference: Reference, library: Library, finder: Finder) -> Issue | Summary | None:
    text = reference.text
    match reference.kind:
        case Kind.ISSUE:
            return await library.issue(int(text))
        case Kind.ADDRESS:
            found = await finder.find(text, limit=1)
            best = await library.summary(found.hits[0].headline.key) if found.hits else None
            return best if best and _stands_at(best, text) else None
        case Kind.TITLE:
            found = await finder.find(text)
            same = [hit for hit in found.hits if fold(hit.headline.title) == fold(text)]
            return await library.summary(same[0].headline.key) if same else None
        case Kind.WORDS:
            found = await finder.find(text, limit=1)
            clear = found.verdict is Verdict.ANSWER and found.hits
            return await library.summary(found.hits[0].headline.key) if clear else None


def _stands_at(summary: Summary, address: str) -> bool:
    """Whether the address is one of the summary's own; that a search led there is not enough."""
    place = canonical(address)
    places = {canonical(link) for link in summary.links}
    return place is not None and (place in places or elsewhere(place) in places - {None})
