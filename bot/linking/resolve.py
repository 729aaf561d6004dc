"""Entity resolution: the summaries that a reference in a message surely names.

Nobody asked, so this is stricter than a lookup. `[[words]]` name a summary if
they are its whole title, misspelt or not; its first three words, four words
within it, or all before its colon, if no other title fits as well; an alias
(`bot.model.search.Hit.named`); or its section, if no other summary there scores
close. A common phrase within a title names nothing, and one or two words that
are no whole title must look like a name: CIRL does, "debate" and "toy problem"
do not.

Several summaries may have one address: a paper printed twice, the parts of a
sequence, the jobs of each year. All are meant; of equal titles only the one with
the longest text, and summaries without a text only if none has one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from bot.linking.detect import Reference, ReferenceKind
from bot.model.newsletter import Headline, Issue, Summary
from bot.model.search import SearchResult, Verdict
from bot.ports import Finder, Library
from bot.search.tokens import STOP_WORDS
from bot.text.folding import fold
from bot.text.moved import also_at
from bot.text.urls import canonical

_HITS: Final = 6
_WHOLE: Final = 85.0
"""Fewest per cent of similarity between a misspelt title and the right one."""
_SURE: Final = 95.0
"""At this ratio, missing or extra spaces do not count."""
_SLIPPED: Final = 5
"""One word in so many may be missing or extra."""
_PART: Final = 90.0
"""Fewest per cent of similarity to a part of a title."""
_NUMBER: Final = re.compile(r"\d+")
_PIECES: Final = re.compile(r"[:?!–—]+|\s-\s")
"""Between a title and its subtitle."""
_MARGIN: Final = 2.0
"""Least distance, in per cent, to the next title."""
_PHRASE: Final = 2
"""Fewest words of a title that may name it."""
_LEAD: Final = 0.5
"""Least lead in score of the first of a section over the next."""
_SHOUTED: Final = 5
"""Letters of the longest abbreviation; longer words in capitals are shouted."""
_LETTERS: Final = 8
"""Fewest letters of such words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The issues and summaries found, in the order of the text, each once."""

    things: tuple[Issue | Summary, ...]

    def named(self) -> dict[str, Issue | Summary]:
        """By stable names."""
        return {name_of(thing): thing for thing in self.things}


def name_of(thing: Issue | Summary) -> str:
    """The name under which a shown thing is recorded."""
    return thing.key if isinstance(thing, Summary) else f"AN #{thing.number}"


async def linked(references: Iterable[Reference], library: Library, finder: Finder) -> Linked:
    """The issues and summaries that the references surely name."""
    things: dict[str, Issue | Summary] = {}
    for reference in references:
        for thing in await named_by(reference, library, finder):
            things.setdefault(name_of(thing), thing)
    return Linked(things=tuple(things.values()))


async def named_by(reference: Reference, library: Library, finder: Finder) -> Sequence[Issue | Summary]:
    """One thing, none, or several at one address."""
    text = reference.text
    match reference.kind:
        case ReferenceKind.ISSUE:
            issue = await library.issue(int(text))
            return (issue,) if issue else ()
        case ReferenceKind.ADDRESS:
            summaries = await _summaries(await finder.at(text), library)
            at = _distinct([summary for summary in summaries if stands_at(summary, text)])
            return at or await _issue_at(text, library, finder)
        case ReferenceKind.TITLE:
            return _distinct(await _summaries(_titled(text, await finder.find(text)), library))
        case ReferenceKind.WORDS:
            result = await finder.find(text, limit=_HITS)
            return _distinct(await _summaries(_titled(text, result) or _clear(text, result), library))


async def _issue_at(address: str, library: Library, finder: Finder) -> Sequence[Issue]:
    number = (await finder.find(address, limit=1)).issue
    issue = await library.issue(number) if number is not None else None
    return (issue,) if issue else ()


async def _summaries(headlines: Iterable[Headline], library: Library) -> list[Summary]:
    summaries = [await library.summary(headline.key) for headline in headlines]
    return [summary for summary in summaries if summary]


def _distinct(summaries: Sequence[Summary]) -> Sequence[Summary]:
    """One summary per title, the longest; those without a text only if none has one."""
    with_text = [summary for summary in summaries if summary.text] or summaries
    longest: dict[str, Summary] = {}
    for summary in with_text:
        title = fold(summary.title)
        if title not in longest or len(summary.text) > len(longest[title].text):
            longest[title] = summary
    return tuple(longest.values())


def stands_at(summary: Summary, address: str) -> bool:
    """Whether the address is one of the summary's own links."""
    place = canonical(address)
    if place is None:
        return False
    places = {each for link in summary.links if (own := canonical(link)) for each in (own, *also_at(own))}
    return place in places or not places.isdisjoint(also_at(place))


def _titled(words: str, result: SearchResult) -> list[Headline]:
    """The hits with exactly that title."""
    return [hit.headline for hit in result.hits if fold(hit.headline.title) == fold(words)]


def _clear(words: str, result: SearchResult) -> list[Headline]:
    """The hit that the words clearly name without being its title, and hits of equal title."""
    if result.verdict is not Verdict.ANSWER or not result.hits:
        return []
    best, typed = result.hits[0], fold(words)
    title = fold(best.headline.title)
    same = [hit.headline for hit in result.hits if fold(hit.headline.title) == title]
    others = {fold(hit.headline.title) for hit in result.hits} - {title}
    named = best.named and (_words(typed) >= _PHRASE or _looks_like_a_name(words))
    titled = _is_misspelt(typed, title, others) or _is_part(words, best.headline.title, others)
    return same if named or titled or _leads_its_section(typed, result) else []


def _is_misspelt(typed: str, title: str, others: Iterable[str]) -> bool:
    """Whether the words misspell the title; another number is no misspelling, nor a word fewer in a short title."""
    like = fuzz.ratio(typed, title)
    words = len(_content(title))
    complete = like >= _SURE or abs(len(_content(typed)) - words) <= words // _SLIPPED
    if like < _WHOLE or not complete or _numbers(typed) != _numbers(title):
        return False
    return all(fuzz.ratio(typed, other) + _MARGIN <= like for other in others)


def _is_part(words: str, title: str, others: Iterable[str]) -> bool:
    """Whether the words are part of this title and of no other. Few words are likelier chance: two must be
    all before the colon, and capitalized like a title.
    """
    typed = fold(words)
    plain = _words(typed) <= _PHRASE and (words.islower() or words.isupper())
    if plain or len(typed) < _LETTERS or not _numbers(typed) <= _numbers(fold(title)):
        return False
    like = max((fuzz.ratio(typed, part) for part in _parts(typed, title)), default=0.0)
    return like >= _PART and all(fuzz.partial_ratio(typed, other) + _MARGIN <= like for other in others)


def _parts(typed: str, title: str) -> Iterator[str]:
    """Parts of the title that this many words may name."""
    count, telling, content = len(typed.split()), _words(typed), len(_content(typed))
    whole = fold(title).split()
    first, *later = (fold(piece) for piece in _PIECES.split(title))
    if telling >= _PHRASE:
        yield first
    if telling > _PHRASE and content >= _PHRASE:
        yield from (*later, " ".join(whole[:count]))
        if telling > _PHRASE + 1 and content > _PHRASE:
            yield from (" ".join(whole[at : at + count]) for at in range(1, len(whole) - count + 1))


def _content(folded: str) -> list[str]:
    return [word for word in folded.split() if word not in STOP_WORDS]


def _words(folded: str) -> int:
    """How many words there are; digits are none: "80,000 Hours" is one."""
    return sum(not word.isdigit() for word in folded.split())


def _numbers(folded: str) -> set[str]:
    return set(_NUMBER.findall(folded))


def _leads_its_section(typed: str, result: SearchResult) -> bool:
    """True if the words name the top hit's section and no other hit there scores close."""
    best = result.hits[0]
    second = next((h.score for h in result.hits if fold(h.headline.title) != fold(best.headline.title)), 0.0)
    sections = {fold(name) for name in best.headline.section}
    return _words(typed) >= _PHRASE and typed in sections and best.score - second >= _LEAD


def _looks_like_a_name(word: str) -> bool:
    """True of MuZero, CIRL and GPT-3, not of DEBATE."""
    letters = word.strip()
    marked = any(c.isupper() or c.isdigit() for c in letters[1:])
    return (
        letters[:1].isalpha()
        and marked
        and not (letters.isupper() and letters.isalpha() and len(letters) > _SHOUTED)
    )
