"""Plain text that lost its line breaks: everything is in one long line.

Titles are recognised by what is around them. A title follows a
heading, a title without a text, or the end of a sentence, and it runs up to
the brackets with its authors. The scan goes from cue to cue and knows at each
what may come next; it looks at no place more than a few times, so its time
grows with the length of the text.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from bot.readers import grammar, titles
from bot.readers.flat.cues import Cue, Line
from bot.readers.flat.headings import Headings
from bot.readers.flat.heads import Heads
from bot.readers.fragments import Block, Head, Heading, OpinionLabel, Prerequisites, ReadMore, Text
from bot.readers.grammar import tidy


def blocks(text: str) -> Iterator[Block]:
    """Cut one flat line of text."""
    text = " ".join(text.split())
    end = Cue(len(text), len(text), None)
    for cue, after in pairwise([*_cues(text), end]):
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


def _cues(text: str) -> Iterator[Cue]:
    """Every cue in turn; the first that counts decides where to look on."""
    line = Line(text)
    labels = sorted(_labels(text), key=lambda cue: cue.start)
    headings, heads = Headings(line), Heads(line)
    last = Cue(0, 0, Text(text=""))
    while True:
        i = bisect_left(labels, last.end, key=lambda cue: cue.start)
        label = labels[i] if i < len(labels) else None
        limit = label.start if label else len(text)
        head = heads.after(last, limit)
        heading = headings.after(last, min(limit, head.end) if head else limit)
        if heading and head and head.start < heading.start < head.end:
            head = None  # a title contains no heading
        known = [cue for cue in (label, heading, head) if cue]
        bare = heads.bare_after(last, min((cue.start for cue in known), default=limit))
        first = min(filter(None, [*known, bare]), key=lambda cue: (cue.start, cue.end), default=None)
        if first is None:
            return
        yield first
        if isinstance(first.block, Heading):
            headings.passed(first.block.name)
        elif isinstance(first.block, Head):
            heads.passed(first)
        last = first


def _labels(text: str) -> Iterator[Cue]:
    """Everything that the newsletter labels, and the end of the issue."""
    people = set(grammar.summarizers(text))
    for match in grammar.OPINION.finditer(text):
        by = _name(match["by"], people)
        yield Cue(match.end("by") - len(by), match.end(), OpinionLabel(by=by))
    for match in grammar.READ_MORE.finditer(text):
        yield Cue(match.start(), match.end(), ReadMore(text=""))
    for match in grammar.PREREQUISITES.finditer(text):
        yield Cue(match.start(), match.end(), Prerequisites(text=""))
    if end := grammar.BOILERPLATE.search(text):
        yield Cue(end.start(), end.end(), None)


def _name(words: str, people: set[str]) -> str:
    """The name in the words before "'s opinion:".

    A capitalised word of the text before may be among them.
    """
    *_, last = parts = words.split()
    two = " ".join(parts[-2:])
    return two if two in people or len(last.rstrip(".")) == 1 else last
