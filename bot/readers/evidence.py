"""Evidence that an entry was written: what has none is no entry.

A byline or a text that a colon announces is evidence. A bare title is one
only by its place: among other entries, or before the issue's closing words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from bot.model.newsletter import Entry
from bot.model.sections import PARENTS
from bot.readers import grammar
from bot.readers.fragments import Block, Head, Heading, Text

_STRANGE: Final = re.compile(
    r"https?://|[-=_*#~]{3,}|^[\])}>|*#.,;:]|\[\d+\]|[(\[{,;]$|\(summarized by"
    # tags, control words and code, a mark of a list, brackets alone, sentences without a blank between
    r"|</?[a-z]|\\[a-z]|\"{3}|\w\(\)|\]\]|[{}|]|::|^[•·◦▪‣] |^\([^()]*\)$|[a-z]{2}[.?!)][A-Z]"
)
_BROKEN: Final = re.compile(
    r"\|\s*\||-{3,}|\(AN #\d|\bet al\)|[*_]\(|^(?:"
    + "|".join(re.escape(name.upper()) for name in PARENTS)
    + ") "
)
"""What a title never has, not even one that is a link: a piece of a table, a reference, another's names, a heading."""
_SOURCE: Final = re.compile(r"<[a-z]{1,10} [a-z-]{2,20}=")
_HEADINGS: Final = "\n".join(PARENTS).casefold()
_TOO_MANY: Final = 0.1
_SIGNED: Final = 0.9
"""Share of the signatures in a text that must belong to an entry."""


def evident(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of those entries of a plain text for which there is evidence, and all headings."""
    return _evident(blocks, lambda group: not _has_text(group))


def evident_links(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of those entries of a page for which there is evidence, and all headings.

    A title that is all one link may have a text below it.
    """
    return _evident(blocks, lambda _: True)


def _evident(blocks: Iterable[Block], may_be_title: Callable[[Sequence[Block]], bool]) -> Iterator[Block]:
    groups = list(_groups(blocks))
    heads = [i for i, group in enumerate(groups) if _begins_entry(group[0])]
    first, last = (heads[0], heads[-1]) if heads else (len(groups), -1)
    closed = bool(groups) and isinstance(groups[-1][0], Heading)
    for i, group in enumerate(groups):
        among = first < i and (i < last or closed)
        if not isinstance(group[0], Head) or not group[0].bare or (among and may_be_title(group)):
            yield from group


def _begins_entry(block: Block) -> bool:
    return isinstance(block, Head) and not block.bare


def _has_text(group: Sequence[Block]) -> bool:
    return len(group) > 1 and isinstance(group[1], Text)


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Each heading or head with all that follows it."""
    group: list[Block] = []
    for block in blocks:
        if group and isinstance(block, Head | Heading):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def placed(entries: Sequence[Entry]) -> bool:
    """Whether entries are below headings of ours, or signed: prose and programs have brackets after words too."""
    return 2 * sum(bool(entry.section or entry.summarizer) for entry in entries) >= len(entries)


def garbled(entries: Sequence[Entry]) -> str:
    """What shows that a page was not understood, "" if nothing does: links say where a title ends,
    so that one alone may look as it likes.
    """
    source = any(_SOURCE.search(entry.title) for entry in entries)
    return _cut_or_glued(entries, 0 if source else max(1, len(entries) // 2))


def doubts(entries: Sequence[Entry], text: str = "") -> str:
    """What shows that a text was not understood, "" if nothing does."""
    if glued := _cut_or_glued(entries, _TOO_MANY * len(entries)):
        return glued
    signed = sum(bool(entry.summarizer) for entry in entries)
    signatures = len(grammar.summarizers(text))
    if signed < _SIGNED * signatures:
        return f"{signatures} summaries are signed in it, but only {signed} of them have a title"
    return ""


def strange(entries: Iterable[Entry]) -> list[str]:
    """The titles that look cut or glued. A page shows by links where a title ends, so that it may look as it likes."""
    return [
        entry.title
        for entry in entries
        if _BROKEN.search(entry.title) or (not entry.links and _is_strange(entry.title))
    ]


def _cut_or_glued(entries: Sequence[Entry], most: float) -> str:
    odd = [entry.title for entry in entries if _is_strange(entry.title)]
    if len(odd) <= most:
        return ""
    return f"{len(odd)} of its {len(entries)} titles look cut or glued, such as “{odd[0][:60]}”"


def _is_strange(title: str) -> bool:
    halved = title.count("(") != title.count(")") or title.count('"') % 2 == 1
    piece = title.isupper() and title.strip("()").casefold() in _HEADINGS
    return piece or halved or _STRANGE.search(title) is not None or not any(map(str.isalpha, title))
