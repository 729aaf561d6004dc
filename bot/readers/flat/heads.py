"""The heads of entries in a flat line: titles with their bylines."""

import re
from dataclasses import replace
from functools import cached_property

from bot.readers import titles
from bot.readers.flat import borders, runon
from bot.readers.flat.cues import Cue, Line
from bot.readers.fragments import Head
from bot.readers.grammar import Byline, handle, tidy
from bot.readers.heads import signed_head

_ENTRY = 1500
"""Characters around a title that show what it is about."""
_BARE = re.compile(r"(?P<title>[A-Z0-9\"“‘][^:.!?()]{12,160}\??) ?: (?=[A-Z\"“])")


class Heads:
    """The heads of a line, asked for in order.

    If nearly all bylines that announce a text name its summarizer, one that does
    not is prose. If few do, the editor signs nothing, and an entry may have no
    byline at all.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        signed, announcing = (sum(b.signed for b in line.bylines), sum(b.colon for b in line.bylines))
        self._all_signed = signed * 5 > announcing * 4
        self._few_signed = signed * 2 < announcing
        self._begun = 0

    def passed(self, head: Cue) -> None:
        """Note that this head has come."""
        self._begun = head.start

    @cached_property
    def _words(self) -> runon.Words:
        """Only few texts need them."""
        return runon.Words(self._line.text)

    def after(self, last: Cue, limit: int) -> Cue | None:
        """The first title after the cue `last` whose brackets open before `limit`."""
        for byline in self._line.bylines_from(last.end):
            if byline.start >= limit:
                break
            if not self._may_end_a_head(byline):
                continue
            start = self._title_start(last, byline.start)
            if start is not None and self._is_head(start, byline, last):
                head = signed_head(self._line.text[start : byline.start], byline)
                guessed = borders.is_guessed(self._line, last, start, byline)
                return Cue(start, byline.end, replace(head, guessed=guessed), fresh=not byline.colon)
        return None

    def bare_after(self, last: Cue, limit: int) -> Cue | None:
        """The first title without brackets, which ends a sentence and announces a text."""
        if not self._few_signed:
            return None
        for start in self._line.ends_between(last.end, limit):
            match = _BARE.match(self._line.text, start, limit)
            if match and titles.capitalised(match["title"]):
                return Cue(start, match.end(), Head(title=tidy(match["title"])))
        return None

    def _may_end_a_head(self, byline: Byline) -> bool:
        """Whether it could be the byline of a title, wherever that begins."""
        return byline.signed or byline.colon or self._could_end_an_entry(byline.end)

    def _title_start(self, last: Cue, end: int) -> int | None:
        text, at = self._line.text, last.end
        ends = self._line.ends_between(at, end)
        if last.links and (not ends or runon.reference_end(text, at, end) is not None):
            return self._words.part(at, end, *self._around(at, end))
        start = titles.title_start(text, at, ends, fresh=last.fresh)
        return None if start is None else self._line.word_at(start)

    def _around(self, at: int, end: int) -> tuple[int, int]:
        """Where the entry before `at` begins, and where the one whose title ends at `end` ends."""
        following = next(self._line.bylines_from(end + 1), None)
        until = min(end + _ENTRY, following.start if following else len(self._line.text))
        return max(self._begun, at - _ENTRY), until

    def _is_head(self, start: int, byline: Byline, last: Cue) -> bool:
        fresh = last.fresh and start == self._line.word_at(last.end)
        if not 0 < byline.start - start <= titles.LONGEST:
            return False
        if byline.signed:
            return True
        if byline.colon and self._all_signed and not fresh:
            return False
        return fresh or handle(byline)

    def _could_end_an_entry(self, at: int) -> bool:
        at = self._line.word_at(at)
        return at >= len(self._line.text) or titles.opens_title(self._line.text, at)
