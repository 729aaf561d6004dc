"""Plain text that lost its line breaks: everything stands in one long line.

Titles are then told from prose by what stands around them. A title follows a
heading, a title without a text, or the end of a sentence, and it runs up to
the brackets with its authors. The scan goes from cue to cue and knows at each
what may come next; it looks at no place more than a few times, so its time
grows with the length of the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.ingest import grammar, runon, titles
from bot.ingest.blocks import Block, Head, Heading, OpinionLabel, Prerequisites, ReadMore, Text
from bot.ingest.grammar import Byline, byline_at, handle, tidy
from bot.ingest.headings import HIGHLIGHTS, PARENTS, path_of, rank, spelled

_ENTRY = 1500
"""Characters around a title that tell what it is about."""
_NAMES = sorted((form for name in PARENTS for form in (name, name.upper())), key=len, reverse=True)
_PRINTED = re.compile(r"(?<![\w'’-])(?:" + "|".join(map(re.escape, _NAMES)) + r")(?![\w'’-])")
_SENTENCE_OVER = re.compile(r"[.?!…)\]\"”’']$")
# A word that goes on with a title whose first word is a heading's name too.
_GOES_ON = re.compile(r"(?:May|Against|Beyond|With|In|For|Via|And|Of)\b")

_BARE = re.compile(r"(?P<title>[A-Z0-9\"“‘][^:.!?()]{12,160}\??) ?: (?=[A-Z\"“])")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A place where something other than running text begins."""

    start: int
    end: int
    block: Block | None
    """None ends the issue."""
    fresh: bool = False
    """Whether what follows must be a title: nothing else may stand there."""


def blocks(text: str) -> Iterator[Block]:
    """Cut one flat line of text."""
    text = " ".join(text.split())
    end = _Cue(len(text), len(text), None)
    for cue, after in pairwise([*_Scan(text).cues(), end]):
        passage = tidy(text[cue.end : after.start])
        match cue.block:
            case None:
                return
            case ReadMore():
                yield ReadMore(text=passage)
            case Prerequisites():
                yield Prerequisites(text=passage)
            case block:
                yield block
                yield from _passage(passage, fresh=cue.fresh)


def _passage(passage: str, *, fresh: bool) -> Iterator[Block]:
    """Running text, or an entry that names nobody."""
    if passage and fresh and (parts := titles.unsigned(passage)):
        yield Head(title=parts[0])
        passage = parts[1]
    if passage:
        yield Text(text=passage)


class _Scan:
    """One pass over a flat text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stops = titles.sentence_ends(text)
        self.headings = list(_PRINTED.finditer(text))
        self.capitals = sum(m[0].isupper() for m in self.headings) * 2 > len(self.headings)
        self.labels = sorted(_labels(text), key=lambda cue: cue.start)
        self.bylines = [b for b in _bylines(text) if not grammar.signed_later(text, b)]
        signed, announcing = sum(b.signed for b in self.bylines), sum(b.colon for b in self.bylines)
        self.unsigned = signed * 2 < announcing
        self.signed = signed * 5 > announcing * 4
        self.least = self._least_ranks()
        self.seen: set[str] = set()
        self.top = (-1, -1)

    def _least_ranks(self) -> list[tuple[int, int]]:
        least = [rank(("no such heading",))]
        for match in reversed(self.headings):
            sure = " " in match[0] and titles.opens_title(self.text, _skip_blank(self.text, match.end()))
            least.append(min(least[-1], rank(path_of(match[0])[:1])) if sure else least[-1])
        return least[::-1]

    def cues(self) -> Iterator[_Cue]:
        last = _Cue(0, 0, Text(text=""))
        while cue := self._next(last.end, last):
            yield cue
            if cue.block is None:
                return
            if isinstance(cue.block, Heading):
                self.seen.add(spelled(cue.block.name))
                self.top = max(self.top, rank(path_of(cue.block.name)[:1]))
            last = cue

    def _next(self, at: int, last: _Cue) -> _Cue | None:
        """The first cue from `at` on, after the cue `last`."""
        label = next(iter(self.labels[bisect_left(self.labels, at, key=lambda cue: cue.start) :][:1]), None)
        limit = label.start if label else len(self.text)
        heading = self._heading(at, limit, last)
        head = self._head(at, (heading.start if heading else limit) + titles.LONGEST, last)
        if heading and head and head.start < heading.start < head.end:
            head = None  # no heading stands inside a title
        bare = self._bare_head(
            at, min(limit, heading.start if heading else limit, head.start if head else limit)
        )
        return min(
            (cue for cue in (label, heading, head, bare) if cue),
            key=lambda cue: (cue.start, cue.end),
            default=None,
        )

    # Headings

    def _heading(self, at: int, limit: int, last: _Cue) -> _Cue | None:
        first = bisect_left(self.headings, at, key=lambda m: m.start())
        for i in range(first, len(self.headings)):
            match = self.headings[i]
            if match.start() >= limit:
                break
            if self._is_heading(match, at, last):
                return _Cue(match.start(), match.end(), Heading(name=match[0]), fresh=True)
        return None

    def _is_heading(self, match: re.Match[str], at: int, last: _Cue) -> bool:
        name = spelled(match[0])
        if match[0].isupper() != self.capitals or name in self.seen:
            return False
        if rank(path_of(name)[:1]) < self.top:
            return False  # sections come in order; this word is prose
        follows = _skip_blank(self.text, match.end())
        opens = titles.opens_title(self.text, follows)
        if self.capitals:
            return opens or self._leads_to_entry(follows)
        if " " not in name and not self._stands_alone(match, at, last):
            return False
        return opens or self._heading_at(follows)

    def _stands_alone(self, match: re.Match[str], at: int, last: _Cue) -> bool:
        """Whether a heading of one word is more than a word of a title or a sentence."""
        before = self.text[at : match.start()].rstrip()
        if _GOES_ON.match(self.text, _skip_blank(self.text, match.end())):
            return False
        if match[0] == HIGHLIGHTS and not self.seen:
            return True  # the intro may end in anything
        if isinstance(last.block, ReadMore):
            return rank(path_of(match[0])[:1]) <= self._least_after(match.end())
        return not before or (not last.fresh and bool(_SENTENCE_OVER.search(before)))

    def _least_after(self, at: int) -> tuple[int, int]:
        """The least rank of the unmistakable headings from `at` on: none may come after a greater one."""
        i = bisect_left(self.headings, at, key=lambda m: m.start())
        return self.least[i]

    def _leads_to_entry(self, at: int) -> bool:
        """Whether a heading, or brackets with names, come before the sentence ends."""
        i = bisect_right(self.stops, at)
        stop = self.stops[i] if i < len(self.stops) else len(self.text)
        j = bisect_left(self.bylines, at, key=lambda b: b.start)
        return self._heading_at(at) or (j < len(self.bylines) and self.bylines[j].start <= stop)

    def _heading_at(self, at: int) -> bool:
        i = bisect_left(self.headings, at, key=lambda m: m.start())
        return i < len(self.headings) and self.headings[i].start() == at

    # Titles

    def _head(self, at: int, limit: int, last: _Cue) -> _Cue | None:
        """The next title with its brackets, if they open before `limit`."""
        for i in range(bisect_left(self.bylines, at, key=lambda b: b.start), len(self.bylines)):
            byline = self.bylines[i]
            if byline.start >= limit:
                break
            start = self._title_start(at, byline.start, last)
            if start is not None and self._is_head(
                start, byline, fresh=last.fresh and start == _skip_blank(self.text, at)
            ):
                head = Head(
                    title=tidy(self.text[start : byline.start]),
                    authors=byline.authors,
                    hat_tip=byline.hat_tip,
                    summarizer=byline.summarizer,
                )
                return _Cue(start, byline.end, head, fresh=not byline.colon)
        return None

    def _title_start(self, at: int, end: int, last: _Cue) -> int | None:
        stops = self.stops[bisect_right(self.stops, at) : bisect_left(self.stops, end)]
        if isinstance(last.block, ReadMore | Prerequisites) and not stops:
            before, after = self.text[max(0, at - _ENTRY) : at], self.text[end : end + _ENTRY]
            return runon.part(self.text, at, end, before=before, after=after)
        start = titles.title_start(self.text, at, stops, fresh=last.fresh)
        return None if start is None else _skip_blank(self.text, start)

    def _bare_head(self, at: int, limit: int) -> _Cue | None:
        """The next title without brackets, in an issue whose editor signs nothing."""
        if not self.unsigned:
            return None
        for i in range(bisect_right(self.stops, at), bisect_left(self.stops, limit)):
            start = self.stops[i]
            if (match := _BARE.match(self.text, start, limit)) and titles.capitalised(match["title"]):
                return _Cue(start, match.end(), Head(title=tidy(match["title"])))
        return None

    def _is_head(self, start: int, byline: Byline, *, fresh: bool) -> bool:
        if not 0 < byline.start - start <= titles.LONGEST:
            return False
        if byline.signed:
            return True
        if byline.colon and self.signed and not fresh:
            return False  # where every summary is signed, this is prose
        return (fresh or handle(byline)) and (byline.colon or self._could_end_an_entry(byline.end))

    def _could_end_an_entry(self, at: int) -> bool:
        at = _skip_blank(self.text, at)
        return at >= len(self.text) or titles.opens_title(self.text, at)


def _labels(text: str) -> Iterator[_Cue]:
    """Everything that the newsletter labels, and the end of the issue."""
    people = set(grammar.summarizers(text))
    for match in grammar.OPINION.finditer(text):
        by = _name(match["by"], people)
        yield _Cue(match.end("by") - len(by), match.end(), OpinionLabel(by=by))
    for match in grammar.READ_MORE.finditer(text):
        yield _Cue(match.start(), match.end(), ReadMore(text=""))
    for match in grammar.PREREQUISITES.finditer(text):
        yield _Cue(match.start(), match.end(), Prerequisites(text=""))
    if end := grammar.FURNITURE.search(text):
        yield _Cue(end.start(), end.end(), None)


def _name(words: str, people: set[str]) -> str:
    """The name in the words before "'s opinion:".

    A capitalised word of the text before may stand there too.
    """
    *_, last = parts = words.split()
    two = " ".join(parts[-2:])
    return two if two in people or len(last.rstrip(".")) == 1 else last


def _bylines(text: str) -> Iterator[Byline]:
    for opens in grammar.OPENS.finditer(text):
        if byline := byline_at(text, opens.start()):
            yield byline


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
