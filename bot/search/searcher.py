"""`bot.ports.Finder`: from a typed text to ranked summaries and a verdict.

An address is looked up. Words are matched against titles, authors and aliases,
and against texts if those leave a word unmatched; the candidates are ranked,
and the confidence in the best decides the verdict.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from bot.model.newsletter import Headline
from bot.model.search import Filters, Hit, SearchResult, Verdict
from bot.search.candidates import by_name, by_text
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
    """Finds summaries in an index, and follows its rebuilding."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = RememberingIndex(index)

    async def find(self, words: str, filters: Filters = NO_FILTERS, *, limit: int = 6) -> SearchResult:
        """Answer a free text; never raises for anything a person can type.

        A filter that allows nothing is the `problem`; the hits then ignore filters.
        """
        for _ in range(_TRIES):
            generation = self._index.generation()
            result = self._find(_clean(words), filters, limit)
            if self._index.generation() == generation:
                break
        return result

    async def at(self, address: str) -> Sequence[Headline]:
        """The summaries with that address as theirs or to read more, likeliest first."""
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
        """All that filters allow, likeliest first: by document number."""
        if not allowed:
            return SearchResult(verdict=Verdict.NOTHING)
        hits = self._hits(sorted(allowed)[:limit])
        return SearchResult(verdict=Verdict.ANSWER if len(allowed) == 1 else Verdict.CHOICES, hits=hits)

    def _address(self, text: str, allowed: Allowed | None, limit: int) -> SearchResult | None:
        """The summaries at the address in the text; None if it holds none that could be known."""
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
        """A copy elsewhere whose address holds the title; nothing less counts."""
        words = max((split(part) for part in text.split("/")), key=len)
        if len(words) >= _SLUG_WORDS:
            result = self._words(" ".join(words), allowed, limit)
            if result.hits and _is_slug_of(words, result.hits[0].headline):
                return result
        return SearchResult(verdict=Verdict.NOTHING)

    def _hits(self, documents: Collection[int]) -> tuple[Hit, ...]:
        return tuple(Hit(headline=record.headline, score=1.0) for record in _in_order(documents, self._index))

    def _words(self, text: str, allowed: Allowed | None, limit: int) -> SearchResult:
        query = understand(text, self._index)
        fits = self._ranked(query, allowed)
        named = self._called(query)
        hits: list[Hit] = []
        for each in fits[:limit]:
            score = min(confidence(each, query), hits[-1].score if hits else 1.0)
            hits.append(Hit(headline=each.record.headline, score=score, named=each.document == named))
        return SearchResult(verdict=verdict(fits, query), hits=tuple(hits))

    def _called(self, query: ParsedQuery) -> int | None:
        """The document with this alias more than once and twice as often as any other."""
        named = self._index.named(squash(query.folded))
        times = sorted(((name.weight, name.document) for name in named if name.how == ALIAS), reverse=True)
        first, second = (*times, (0.0, 0), (0.0, 0))[:2]
        return first[1] if first[0] > max(1.0, 2 * second[0]) else None

    def _ranked(self, query: ParsedQuery, allowed: Allowed | None, *, names_only: bool = False) -> list[Fit]:
        named = self._index.named(squash(query.folded))
        titled = frozenset(name.document for name in named if name.how == TITLE)
        beginning = titled.union(self._index.starting(query.folded, _BEGINNINGS))
        called = {name.document: name.weight for name in named if name.how == ALIAS}
        shortlist, hits = by_name(query, allowed)
        clues = Clues(
            hits=hits, shortlist=frozenset(shortlist), described={}, beginning=beginning, named=called
        )
        candidates = clues.shortlist | beginning | called.keys()
        if allowed is not None:
            candidates &= allowed
        fits = self._fitted(candidates, query, clues)
        if not names_only and not (fits and _settled(fits[0], query)):
            described = by_text(query, allowed)
            clues = replace(clues, described=described)
            fits = self._fitted(candidates.union(described), query, clues)
        return fits

    def _fitted(self, documents: Collection[int], query: ParsedQuery, clues: Clues) -> list[Fit]:
        fits = [
            fit(number, record, query, clues) for number, record in self._index.records(documents).items()
        ]
        return sorted(fits, key=lambda each: (-each.score, each.document))

    def _completed(self, text: str, limit: int) -> list[Record]:
        if not text.strip():
            return _in_order(range(1, limit + 1), self._index)
        address = canonical(text)
        if address and (documents := self._at(address)):
            return _in_order(documents, self._index)
        query = understand(text, self._index)
        folded = query.folded
        if len(folded) <= OPENING:
            named = [name.document for name in self._index.named(folded)]
            started = (*self._index.starting(folded, limit), *self._index.within(folded, limit))
            return _in_order(dict.fromkeys((*named, *started)), self._index)
        return [each.record for each in self._ranked(query, None, names_only=True)]


def _clean(text: str) -> str:
    """The text without lone surrogates, cut at a bound."""
    return text[:_LONGEST].encode(errors="ignore").decode()


def _settled(best: Fit, query: ParsedQuery) -> bool:
    """Whether names suffice and texts need no look: every word is matched as typed,
    or all well and some misspelt. A single unknown word is looked for in texts.
    """
    if best.least_named == 1:
        return True
    misspelt = len(query.terms) > 1 and not all(term.occurs for term in query.terms)
    return misspelt and best.least_named >= NAMED


def _in_order(documents: Iterable[int], index: SearchIndex) -> list[Record]:
    listed = list(documents)
    records: Mapping[int, Record] = index.records(listed)
    return [records[document] for document in listed if document in records]


def _is_slug_of(words: Sequence[str], headline: Headline) -> bool:
    return fuzz.ratio(" ".join(words), fold(headline.title)) >= _SLUG_FIT
