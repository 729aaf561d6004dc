"""The newsletter's headings in a flat line, and not the same words in prose."""

import re
from bisect import bisect_left

from bot.model.sections import HIGHLIGHTS, PARENTS, path_of, rank, spelled
from bot.readers import titles
from bot.readers.flat.cues import Cue, Line
from bot.readers.fragments import Heading

_NAMES = sorted((form for name in PARENTS for form in (name, name.upper())), key=len, reverse=True)
_PRINTED = re.compile(r"(?<![\w'’-])(?:" + "|".join(map(re.escape, _NAMES)) + r")(?![\w'’-])")
_SENTENCE_OVER = re.compile(r"[.?!…)\]\"”’']$")
# A word that goes on with a title whose first word is a heading's name too.
_GOES_ON = re.compile(r"(?:May|Against|Beyond|With|In|For|Via|And|Of)\b")


class Headings:
    """The headings of a line, asked for in order.

    An issue prints all its headings in one style, each once, and its outermost
    sections in a fixed order.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._printed = list(_PRINTED.finditer(line.text))
        printed = [match[0] for match in self._printed]
        mostly = sum(name.isupper() for name in printed) * 2 > len(printed)
        self._capitals = HIGHLIGHTS.upper() in printed or mostly
        self._least = self._least_ranks()
        self._seen: set[str] = set()
        self._top = (-1, -1)

    def after(self, last: Cue, limit: int) -> Cue | None:
        """The first heading after the cue `last` that begins before `limit`."""
        for i in range(self._index(last.end), len(self._printed)):
            match = self._printed[i]
            if match.start() >= limit:
                break
            if self._is_heading(match, last):
                return Cue(match.start(), match.end(), Heading(name=match[0]), fresh=True)
        return None

    def passed(self, name: str) -> None:
        """Note that this heading has come."""
        self._seen.add(spelled(name))
        self._top = max(self._top, _outermost(name))

    def _is_heading(self, match: re.Match[str], last: Cue) -> bool:
        name = spelled(match[0])
        if match[0].isupper() != self._capitals or name in self._seen or _outermost(name) < self._top:
            return False
        follows = self._line.word_at(match.end())
        opens = titles.opens_title(self._line.text, follows)
        if self._capitals:
            return opens or self._leads_to_entry(follows)
        if " " not in name and not self._stands_alone(match, last):
            return False
        return opens or self._is_printed_at(follows)

    def _stands_alone(self, match: re.Match[str], last: Cue) -> bool:
        """Whether a heading of one word is more than a word of a title or a sentence."""
        before = self._line.text[max(last.end, match.start() - 2) : match.start()].rstrip()
        if _GOES_ON.match(self._line.text, self._line.word_at(match.end())):
            return False
        if match[0] == HIGHLIGHTS and not self._seen:
            return True  # the intro may end in anything
        if last.links:
            return _outermost(match[0]) <= self._least[self._index(match.end())]
        return not before or (not last.fresh and bool(_SENTENCE_OVER.search(before)))

    def _leads_to_entry(self, at: int) -> bool:
        """Whether a heading, or brackets with names, come before the sentence ends."""
        byline = next(self._line.bylines_from(at), None)
        return self._is_printed_at(at) or (byline is not None and byline.start <= self._line.sentence_end(at))

    def _is_printed_at(self, at: int) -> bool:
        i = self._index(at)
        return i < len(self._printed) and self._printed[i].start() == at

    def _index(self, at: int) -> int:
        return bisect_left(self._printed, at, key=lambda m: m.start())

    def _least_ranks(self) -> list[tuple[int, int]]:
        """For each place in the list of headings the least rank of the
        unmistakable ones from there on: none of a greater rank may come before.
        """
        least = [rank(("no such heading",))]
        for match in reversed(self._printed):
            sure = " " in match[0] and titles.opens_title(self._line.text, self._line.word_at(match.end()))
            least.append(min(least[-1], _outermost(match[0])) if sure else least[-1])
        return least[::-1]


def _outermost(name: str) -> tuple[int, int]:
    """The rank of the outermost section that a heading belongs to."""
    return rank(path_of(name)[:1])
