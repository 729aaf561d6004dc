"""`bot.ports.Finder`: from typed text to what was meant.

An address is looked up. Words are looked for in titles, authors and the names
others use, and in texts where those leave a word unmatched; then every
candidate's reasons are added up, and the best are judged.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from bot.model.newsletter import Headline
from bot.model.search import Filters, Hit, SearchResult, Verdict
from bot.search.candidates import by_bodies, by_heads
from bot.search.confidence import confidence, verdict
from bot.search.facets import Allowed, narrow
from bot.search.index import ALIAS, OPENING, TITLE, Record, SearchIndex
from bot.search.query import ParsedQuery, understand
from bot.search.ranking import NAMED, Clues, Fit, fit
from bot.search.remembering import RememberingIndex
from bot.search.tokens import split, squash
from bot.text.folding import fold
from bot.text.urls import canonical, elsewhere, find_in

NO_FILTERS: Final = Filters()
_LONGEST: Final = 1000
_BEGINNINGS: Final = 24
_TRIES: Final = 3
_SLUG_WORDS: Final = 3
_SLUG_FIT: Final = 90


class Searcher:
    """Finds summaries in an index; follows it when it is made anew."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = RememberingIndex(index)

    async def find(self, words: str, filters: Filters = NO_FILTERS, *, limit: int = 6) -> SearchResult:
        """Answer free text; never raises for anything a person can type.

        A filter that allows nothing is the `problem`; the hits are then those
        of the words alone.
        """
        for _ in range(_TRIES):
            generation = self._index.generation()
            found = self._find(_clean(words), filters, limit)
            if self._index.generation() == generation:
                break
        return found

    async def at(self, address: str) -> Sequence[Headline]:
        """The summaries that name the address as theirs or to read more, the likeliest first."""
        self._index.generation()
        place = canonical(address)
        return [hit.headline for hit in self._hits(sorted(self._at(place)))] if place else []

    async def complete(self, words: str, *, limit: int = 10) -> Sequence[Headline]:
        """Summaries for a half-typed query, best first, for autocomplete."""
        self._index.generation()
        text = _clean(words)
        records = self._completed(text, limit)
        return [record.headline for record in records[:limit]]

    def _find(self, text: str, filters: Filters, limit: int) -> SearchResult:
        allowed, problem = narrow(filters, self._index)
        if problem:
            closest = self._words(text, None, limit) if split(text) else SearchResult(verdict=Verdict.NOTHING)
            return SearchResult(verdict=Verdict.NOTHING, hits=closest.hits, problem=problem)
        if not split(text):
            return self._all_of(allowed, limit)
        return self._address(text, allowed, limit) or self._words(text, allowed, limit)

    def _all_of(self, allowed: Allowed | None, limit: int) -> SearchResult:
        """What filters alone leave, the likeliest first: that is a document's number."""
        if not allowed:
            return SearchResult(verdict=Verdict.NOTHING)
        hits = self._hits(sorted(allowed)[:limit])
        return SearchResult(verdict=Verdict.ANSWER if len(allowed) == 1 else Verdict.CHOICES, hits=hits)

    def _address(self, text: str, allowed: Allowed | None, limit: int) -> SearchResult | None:
        """What is at the address in the text; None where it names none we could know."""
        whole = canonical(text)
        address = whole or next((mention.address for mention in find_in(text)), None)
        if address is None:
            return None
        documents = [d for d in self._at(address) if allowed is None or d in allowed]
        if documents:
            return SearchResult(verdict=Verdict.ANSWER, hits=self._hits(sorted(documents)[:limit]))
        if not whole or not ("/" in text or ":" in whole):
            return None
        return self._slug(text, allowed, limit)

    def _at(self, address: str) -> Sequence[int]:
        moved = elsewhere(address)
        return self._index.at(address) or (self._index.at(moved) if moved else ())

    def _slug(self, text: str, allowed: Allowed | None, limit: int) -> SearchResult:
        """A copy elsewhere often has the title in its address; nothing less counts."""
        words = max((split(part) for part in text.split("/")), key=len)
        if len(words) >= _SLUG_WORDS:
            found = self._words(" ".join(words), allowed, limit)
            if found.hits and _is_slug_of(words, found.hits[0].headline):
                return found
        return SearchResult(verdict=Verdict.NOTHING)

    def _hits(self, documents: Collection[int]) -> tuple[Hit, ...]:
        return tuple(Hit(headline=record.headline, score=1.0) for record in _in_order(documents, self._index))

    def _words(self, text: str, allowed: Allowed | None, limit: int) -> SearchResult:
        question = understand(text, self._index)
        fits = self._ranked(question, allowed)
        named = self._called(question)
        hits: list[Hit] = []
        for each in fits[:limit]:
            score = min(confidence(each, question), hits[-1].score if hits else 1.0)
            hits.append(Hit(headline=each.record.headline, score=score, named=each.document == named))
        return SearchResult(verdict=verdict(fits, question), hits=tuple(hits))

    def _called(self, question: ParsedQuery) -> int | None:
        """The document that texts call so more than once, and any other less than half as often."""
        named = self._index.named(squash(question.folded))
        times = sorted(((name.weight, name.document) for name in named if name.how == ALIAS), reverse=True)
        first, second = (*times, (0.0, 0), (0.0, 0))[:2]
        return first[1] if first[0] > max(1.0, 2 * second[0]) else None

    def _ranked(
        self, question: ParsedQuery, allowed: Allowed | None, *, heads_only: bool = False
    ) -> list[Fit]:
        named = self._index.named(squash(question.folded))
        titled = frozenset(name.document for name in named if name.how == TITLE)
        beginning = titled.union(self._index.starting(question.folded, _BEGINNINGS))
        called = {name.document: name.weight for name in named if name.how == ALIAS}
        shortlist, hits = by_heads(question, allowed)
        clues = Clues(
            hits=hits, shortlist=frozenset(shortlist), described={}, beginning=beginning, named=called
        )
        candidates = clues.shortlist | beginning | called.keys()
        if allowed is not None:
            candidates &= allowed
        fits = self._fitted(candidates, question, clues)
        if not heads_only and not (fits and _settled(fits[0], question)):
            described = by_bodies(question, allowed)
            clues = replace(clues, described=described)
            fits = self._fitted(candidates.union(described), question, clues)
        return fits

    def _fitted(self, documents: Collection[int], question: ParsedQuery, clues: Clues) -> list[Fit]:
        fits = [
            fit(number, record, question, clues) for number, record in self._index.records(documents).items()
        ]
        return sorted(fits, key=lambda each: (-each.score, each.document))

    def _completed(self, text: str, limit: int) -> list[Record]:
        if not text.strip():
            return _in_order(range(1, limit + 1), self._index)
        address = canonical(text)
        if address and (documents := self._at(address)):
            return _in_order(documents, self._index)
        question = understand(text, self._index)
        folded = question.folded
        if len(folded) <= OPENING:
            named = [name.document for name in self._index.named(folded)]
            started = (*self._index.starting(folded, limit), *self._index.within(folded, limit))
            return _in_order(dict.fromkeys((*named, *started)), self._index)
        return [each.record for each in self._ranked(question, None, heads_only=True)]


def _clean(text: str) -> str:
    """What can be looked up of a text: half a character cannot, and nobody reads that far."""
    return text[:_LONGEST].encode(errors="ignore").decode()


def _settled(best: Fit, question: ParsedQuery) -> bool:
    """Whether texts need not be asked: the head has every word, as well as it
    could be: typed words that exist are there as typed. Of a single word that
    does not, the texts tell whether there is anything to it.
    """
    if best.least_head == 1:
        return True
    misspelt = len(question.wanted) > 1 and not all(wanted.occurs for wanted in question.wanted)
    return misspelt and best.least_head >= NAMED


def _in_order(documents: Iterable[int], index: SearchIndex) -> list[Record]:
    listed = list(documents)
    records: Mapping[int, Record] = index.records(listed)
    return [records[document] for document in listed if document in records]


def _is_slug_of(words: Sequence[str], headline: Headline) -> bool:
    return fuzz.ratio(" ".join(words), fold(headline.title)) >= _SLUG_FIT
