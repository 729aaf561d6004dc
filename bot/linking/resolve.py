"""What a reference in a discussion leads to: only what it surely names.

Nobody asked, so less counts than in a lookup. `[[words]]` name a summary where
they are its whole title, misspelt or not; the three words that begin it, four
within it, or what stands before its colon, that fit no other as well; what
others call it (`bot.model.search.Hit.named`); or its section, where nothing else there
is nearly as likely. So a common phrase within a title names nothing, and one or
two words that are no whole title must look like a name: CIRL does, "debate" and
"toy problem" do not.

Several summaries may stand at one address: a paper that was printed twice, the
parts of a sequence, the jobs of each year. All of them are then meant, but of
equal titles the fullest alone, and what is but a title only where there is no
text at all.
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
from bot.text.urls import canonical, elsewhere

_HITS: Final = 6
_WHOLE: Final = 85.0
"""A misspelt title is so like the right one, of 100."""
_SURE: Final = 95.0
"""So like it, it is the same even where blanks are lost or too many."""
_SLIPPED: Final = 5
"""Of so many words one may be too few or too many."""
_PART: Final = 90.0
"""So like a part of a title are its words, misspelt or not."""
_NUMBER: Final = re.compile(r"\d+")
_PIECES: Final = re.compile(r"[:?!–—]+|\s-\s")
"""What stands between a title and its subtitle."""
_MARGIN: Final = 2.0
"""How much less like them the next title must be."""
_PHRASE: Final = 2
"""Words of a title that may stand for it."""
_LEAD: Final = 0.5
"""How much likelier the first of a section is meant than the next."""
_SHOUTED: Final = 5
"""Letters of the longest abbreviation; what is longer and all capitals is shouted."""
_LETTERS: Final = 8
"""Letters that such words have at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What was found, in the order of the text, each once."""

    found: tuple[Issue | Summary, ...]

    def named(self) -> dict[str, Issue | Summary]:
        """By names that are the same whenever the same is found."""
        return {name_of(thing): thing for thing in self.found}


def name_of(thing: Issue | Summary) -> str:
    """The name under which it is noted what was shown."""
    return thing.key if isinstance(thing, Summary) else f"AN #{thing.number}"


async def linked(wanted: Iterable[Reference], library: Library, finder: Finder) -> Linked:
    """What of the references the library holds for certain."""
    things: dict[str, Issue | Summary] = {}
    for reference in wanted:
        for thing in await named_by(reference, library, finder):
            things.setdefault(name_of(thing), thing)
    return Linked(found=tuple(things.values()))


async def named_by(reference: Reference, library: Library, finder: Finder) -> Sequence[Issue | Summary]:
    """What one reference names: one thing, none, or several at one address."""
    text = reference.text
    match reference.kind:
        case ReferenceKind.ISSUE:
            issue = await library.issue(int(text))
            return (issue,) if issue else ()
        case ReferenceKind.ADDRESS:
            held = await _summaries(await finder.at(text), library)
            return _apart([summary for summary in held if stands_at(summary, text)])
        case ReferenceKind.TITLE:
            return _apart(await _summaries(_titled(text, await finder.find(text)), library))
        case ReferenceKind.WORDS:
            found = await finder.find(text, limit=_HITS)
            return _apart(await _summaries(_titled(text, found) or _clear(text, found), library))


async def _summaries(headlines: Iterable[Headline], library: Library) -> list[Summary]:
    held = [await library.summary(headline.key) for headline in headlines]
    return [summary for summary in held if summary]


def _apart(found: Sequence[Summary]) -> Sequence[Summary]:
    """Different titles, each by its fullest summary; what is but a title only among its like."""
    told = [summary for summary in found if summary.text] or found
    fullest: dict[str, Summary] = {}
    for summary in told:
        title = fold(summary.title)
        if title not in fullest or len(summary.text) > len(fullest[title].text):
            fullest[title] = summary
    return tuple(fullest.values())


def stands_at(summary: Summary, address: str) -> bool:
    """Whether the address is one of the summary's own; that a search led there is not enough."""
    place = canonical(address)
    places = {canonical(link) for link in summary.links}
    return place is not None and (place in places or elsewhere(place) in places - {None})


def _titled(words: str, found: SearchResult) -> list[Headline]:
    """Those whose whole title it is."""
    return [hit.headline for hit in found.hits if fold(hit.headline.title) == fold(words)]


def _clear(words: str, found: SearchResult) -> list[Headline]:
    """What the words clearly mean without being its title, with its namesakes."""
    if found.verdict is not Verdict.ANSWER or not found.hits:
        return []
    best, typed = found.hits[0], fold(words)
    title = fold(best.headline.title)
    same = [hit.headline for hit in found.hits if fold(hit.headline.title) == title]
    others = {fold(hit.headline.title) for hit in found.hits} - {title}
    named = best.named and (len(typed.split()) >= _PHRASE or _looks_like_a_name(words))
    titled = _is_misspelt(typed, title, others) or _is_part(words, best.headline.title, others)
    return same if named or titled or _leads_its_section(typed, found) else []


def _is_misspelt(typed: str, title: str, others: Iterable[str]) -> bool:
    """Whether the words are the title but for slips; in a short one a word too few is none, nor is another number."""
    like = fuzz.ratio(typed, title)
    words = len(_content(title))
    complete = like >= _SURE or abs(len(_content(typed)) - words) <= words // _SLIPPED
    if like < _WHOLE or not complete or _numbers(typed) != _numbers(title):
        return False
    return all(fuzz.ratio(typed, other) + _MARGIN <= like for other in others)


def _is_part(words: str, title: str, others: Iterable[str]) -> bool:
    """Whether the words are so much of this title as of no other. The fewer they are, the likelier it is
    that they are said by chance: two must be all that stands before its colon, and written like a title.
    """
    typed = fold(words)
    plain = len(typed.split()) <= _PHRASE and (words.islower() or words.isupper())
    if plain or len(typed) < _LETTERS or not _numbers(typed) <= _numbers(fold(title)):
        return False
    like = max((fuzz.ratio(typed, part) for part in _parts(typed, title)), default=0.0)
    return like >= _PART and all(fuzz.partial_ratio(typed, other) + _MARGIN <= like for other in others)


def _parts(typed: str, title: str) -> Iterator[str]:
    """What of the title so many words may stand for."""
    count, content = len(typed.split()), len(_content(typed))
    whole = fold(title).split()
    first, *later = (fold(piece) for piece in _PIECES.split(title))
    if count >= _PHRASE:
        yield first
    if count > _PHRASE and content >= _PHRASE:
        yield from (*later, " ".join(whole[:count]))
        if count > _PHRASE + 1 and content > _PHRASE:
            yield from (" ".join(whole[at : at + count]) for at in range(1, len(whole) - count + 1))


def _content(folded: str) -> list[str]:
    return [word for word in folded.split() if word not in STOP_WORDS]


def _numbers(folded: str) -> set[str]:
    return set(_NUMBER.findall(folded))


def _leads_its_section(typed: str, found: SearchResult) -> bool:
    """Whether it is the name of the best one's section, in which nothing else is nearly as likely meant."""
    best = found.hits[0]
    second = next((h.score for h in found.hits if fold(h.headline.title) != fold(best.headline.title)), 0.0)
    sections = {fold(name) for name in best.headline.section}
    return len(typed.split()) >= _PHRASE and typed in sections and best.score - second >= _LEAD


def _looks_like_a_name(word: str) -> bool:
    """Whether it is no plain word, however loud: MuZero, CIRL and GPT-3 are none, DEBATE is one."""
    letters = word.strip()
    marked = any(c.isupper() or c.isdigit() for c in letters[1:])
    return (
        letters[:1].isalpha()
        and marked
        and not (letters.isupper() and letters.isalpha() and len(letters) > _SHOUTED)
    )
