"""Where the border of a title in a flat line is only likely.

Nothing in such a line says that the links after "Read more" have ended, whether
a question is the last sentence of a text or the first of a title, or whether one
word in brackets is a name. What is guessed so can be a title that nobody wrote.
"""

import re
from typing import Final

from bot.model.sections import PARENTS
from bot.readers import titles
from bot.readers.flat import runon
from bot.readers.flat.cues import Cue, Line
from bot.readers.grammar import Byline

_QUESTION: Final = 15
"""Words of the longest question that a title begins with."""
_HEADING_FIRST: Final = re.compile(
    "(?:" + "|".join(re.escape(name) for name in PARENTS if " " in name) + r") (?=[a-z\"“])"
)


def is_guessed(line: Line, last: Cue, start: int, byline: Byline) -> bool:
    """Whether a title from `start` to its byline, after the cue `last`, may begin or end elsewhere."""
    title = line.text[start : byline.start]
    if len(title.split()) > titles.MOST_WORDS or _may_go_on(line, byline):
        return True
    if last.fresh and start == line.word_at(last.end):
        return False
    if last.links:
        return not runon.parts_surely(line.text, last.end, start)
    return (
        _may_begin_earlier(line, last, start)
        or _HEADING_FIRST.match(title) is not None
        or _may_be_prose(line, title, byline)
    )


def _may_go_on(line: Line, byline: Byline) -> bool:
    """Whether the brackets may be a word of the title: "A (Mostly) Harmless Flock (Jane Doe)"."""
    if byline.signed or byline.colon or not line.speaks_of(byline.authors):
        return False
    following = next(line.bylines_from(byline.end), None)
    return following is not None and following.start < line.sentence_end(byline.end)


def _may_begin_earlier(line: Line, last: Cue, start: int) -> bool:
    """Whether the question before may be the first sentence of the title."""
    before = line.ends_between(last.end, start)
    question = line.text[before[-1] : start].rstrip() if before else ""
    return question.endswith("?") and len(question.split()) <= _QUESTION


def _may_be_prose(line: Line, title: str, byline: Byline) -> bool:
    """Whether brackets in a sentence look like a byline: "It is (almost) Bayesian"."""
    if byline.signed or byline.colon or titles.capitalised(title):
        return False
    return any(map(line.speaks_of, re.split(r"\W+", byline.authors)))
