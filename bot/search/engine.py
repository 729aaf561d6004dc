"""From a typed text to ranked summaries and a verdict, within one generation of the index.

An address is looked up. Words are matched against titles, authors and aliases,
and against texts if those leave a word unmatched; the candidates are ranked,
and the confidence in the best decides the verdict.
"""

import heapq
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final

from bot.model.newsletter import Headline
from bot.model.search import Filters, Hit, SearchResult, Verdict
from bot.search import addresses, features
from bot.search.candidates import Clues, by_name, by_text
from bot.search.cohesion import Cohesion
from bot.search.confidence import confidence, doubtful, is_close, next_other, verdict
from bot.search.facets import Allowed, narrow
from bot.search.field_names import NAMES
from bot.search.index import Index
from bot.search.query import ParsedQuery, understand
from bot.search.ranking import NAMED, SETTLED, Fit, Ranking
from bot.search.stored import ALIAS, OPENING, TITLE, Record
from bot.search.tokens import split, squash
from bot.search.vocabulary import Vocabulary
from bot.text.urls import canonical, find_in

_LONGEST: Final = 1000
_BEGINNINGS: Final = 12
_SHORTEST_BEGINNING: Final = 4
"""Letters; fewer begin a title in the middle of a word by chance."""
_RANKED: Final = 14
"""Documents, likeliest by their words alone, that are ranked if texts are looked at."""
_COMPARED: Final = 8
"""Documents whose texts are read for how close together they have the words."""
_LIKELIEST: Final = 3
"""Documents by whose names it is decided whether texts are looked at."""
_FULL_NAME: Final = 5.0
"""As an alias used so often counts a title that an abbreviation stands for."""
_OFTEN: Final = 0.45
"""Of a document that others call so about three times: nothing else is meant."""
_LITTLE_DOUBT: Final = 0.85
"""Probability that the best by name is right: a look at texts hardly ever changes it."""


class Engine:
    """Searches one generation of the index."""

    def __init__(self, index: Index) -> None:
        self.index: Final = index
        self._vocabulary: Final = Vocabulary(index)

    def find(self, words: str, filters: Filters, limit: int) -> SearchResult:
        """Answer a free text, narrowed by filters."""
        text = _clean(words)
        if not split(text):
            return self.narrowed(filters, 0, limit)
        allowed, problem = narrow(filters, self.index)
        if problem:
            closest = self._words(text, None, limit).hits
            return SearchResult(verdict=Verdict.NOTHING, hits=closest, problem=problem)
        return self._address(text, allowed, limit) or self._words(text, allowed, limit)

    def narrowed(self, filters: Filters, offset: int, limit: int) -> SearchResult:
        """All that filters allow, likeliest first: by document number."""
        allowed, problem = narrow(filters, self.index)
        if not allowed:
            return SearchResult(verdict=Verdict.NOTHING, problem=problem)
        hits = self._hits(sorted(allowed)[offset : offset + limit])
        sure = Verdict.ANSWER if len(allowed) == 1 else Verdict.CHOICES
        return SearchResult(verdict=sure, hits=hits, total=len(allowed))

    def at(self, address: str) -> list[Headline]:
        """The summaries with that address, likeliest first."""
        place = canonical(address)
        documents = sorted(addresses.documents_at(place, self.index)) if place else ()
        return [hit.headline for hit in self._hits(documents)]

    def titles_in(self, text: str) -> list[Headline]:
        """The summaries whose whole titles, of two words or more, the text has, in its order."""
        documents = dict.fromkeys(self.index.titles_in(" ".join(split(text))))
        return [record.headline for record in _in_order(documents, self.index)]

    def complete(self, words: str, limit: int) -> list[Headline]:
        """Summaries for a half-typed query, best first."""
        return [record.headline for record in self._completed(_clean(words), limit)[:limit]]

    def _address(self, text: str, allowed: Allowed | None, limit: int) -> SearchResult | None:
        """The summaries at the address in the text; None if it holds none that could be known."""
        whole = canonical(text)
        if whole and (issue := addresses.issue_at(whole, text, self.index)) is not None:
            return SearchResult(verdict=Verdict.NOTHING, issue=issue)
        address = whole or next((mention.address for mention in find_in(text)), None)
        if address is None:
            return None
        if documents := _only(addresses.documents_at(address, self.index), allowed):
            return SearchResult(verdict=Verdict.ANSWER, hits=self._hits(sorted(documents)[:limit]))
        if not whole or not addresses.is_address(text, whole):
            return None
        return self._near(text, whole, allowed, limit)

    def _near(self, text: str, address: str, allowed: Allowed | None, limit: int) -> SearchResult:
        """For an unknown address the copy elsewhere that has its title, or a choice of what it is part of;
        nothing less is sure, the closest are only told.
        """
        title = addresses.title_in(text)
        result = self._words(title, allowed, limit) if title else SearchResult(verdict=Verdict.NOTHING)
        if result.hits and addresses.is_copy_of(title, result.hits[0].headline):
            return result
        if documents := _only(addresses.parents_of(address, self.index), allowed):
            return SearchResult(verdict=Verdict.CHOICES, hits=self._hits(documents[:limit]))
        closest = () if result.verdict is Verdict.NOTHING else result.hits
        return SearchResult(verdict=Verdict.NOTHING, hits=closest)

    def _hits(self, documents: Collection[int]) -> tuple[Hit, ...]:
        return tuple(Hit(headline=record.headline, score=1.0) for record in _in_order(documents, self.index))

    def _words(self, text: str, allowed: Allowed | None, limit: int) -> SearchResult:
        query = understand(text, self._vocabulary)
        fits = self._ranked(query, allowed)
        named = self._called(query)
        right = confidence(fits[0], query, next_other(fits)) if fits else 0.0
        decided = verdict(fits, query, right)
        hits: list[Hit] = []
        for each in fits[:limit]:
            right = min(right, confidence(each, query, each.score)) if hits else right
            if decided is Verdict.NOTHING and not is_close(each, query, right):
                continue
            hits.append(Hit(headline=each.record.headline, score=right, named=each.document == named))
        unsure = decided is Verdict.CHOICES and doubtful(fits, query)
        return SearchResult(verdict=decided, hits=tuple(hits), doubtful=unsure)

    def _called(self, query: ParsedQuery) -> int | None:
        """The document with this alias more than once and twice as often as any other."""
        named = self.index.named(query.squashed)
        times = sorted(((name.weight, name.document) for name in named if name.how == ALIAS), reverse=True)
        first, second = (*times, (0.0, 0), (0.0, 0))[:2]
        return first[1] if first[0] > max(1.0, 2 * second[0]) else None

    def _ranked(self, query: ParsedQuery, allowed: Allowed | None, *, names_only: bool = False) -> list[Fit]:
        called = self._called_so(query)
        clues = Clues(
            shortlist=by_name(query, allowed),
            beginning=self._beginning(query, whole_words=query.named and not names_only),
            called=called,
        )
        titled = {*clues.beginning, *called}
        if allowed is not None:
            titled &= allowed
        likeliest = {*islice(clues.shortlist, _LIKELIEST), *titled}
        by_names = Ranking(query, clues)
        fits = self._fitted(likeliest, by_names)
        if names_only or not query.terms or query.cites or _settled(fits, query):
            return _sorted(fits + self._fitted(clues.shortlist.keys() - likeliest, by_names))
        clues.described, clues.related = by_text(query, allowed)
        documents = {*titled, *clues.shortlist, *clues.described, *clues.related}
        likely = heapq.nlargest(_RANKED, sorted(documents), key=clues.likelihood)
        fits = self._fitted({*likely, *titled}, Ranking(query, clues))
        cohesion = Cohesion(query.terms, self.index)
        for fit in fits[:_COMPARED]:
            fit.score += features.TOGETHER * cohesion.of(fit.document)
        return _sorted(fits[:_COMPARED]) + fits[_COMPARED:]

    def _beginning(self, query: ParsedQuery, *, whole_words: bool) -> Collection[int]:
        """Documents whose titles are the query or begin with it, with whole words if it may be a word of its own."""
        titled = [name.document for name in self.index.named(query.squashed) if name.how == TITLE]
        starting = self.index.starting(query.folded, _BEGINNINGS)
        if whole_words or len(query.folded) < _SHORTEST_BEGINNING:
            starting = [each for each in starting if self._goes_on(each, query.folded)]
        return {*titled, *starting}

    def _goes_on(self, document: int, beginning: str) -> bool:
        """Whether the title has another word after its beginning."""
        return self.index.record(document).folded.startswith(f"{beginning} ")

    def _called_so(self, query: ParsedQuery) -> dict[int, float]:
        """Documents with the query as an alias, counted: also without its small words, and by what it abbreviates."""
        called: dict[int, float] = {}
        for name_of in {query.squashed, squash(query.plain)}:
            for name in self.index.named(name_of):
                if name.how == ALIAS:
                    called[name.document] = max(name.weight, called.get(name.document, 0.0))
        if len(query.terms) == 1:
            for phrase in (*NAMES.get(query.plain, ())[:1], *self.index.long_forms(query.plain)):
                called |= dict.fromkeys(self.index.starting(phrase, _BEGINNINGS), _FULL_NAME)
        return called

    def _fitted(self, documents: Collection[int], ranking: Ranking) -> list[Fit]:
        return _sorted([ranking.fit(document, self.index.record(document)) for document in documents])

    def _completed(self, text: str, limit: int) -> list[Record]:
        if not text.strip():
            return _in_order(range(1, limit + 1), self.index)
        address = canonical(text)
        if address and (documents := addresses.documents_at(address, self.index)):
            return _in_order(documents, self.index)
        query = understand(text, self._vocabulary)
        folded = query.folded
        if len(folded) <= OPENING:
            named = [name.document for name in self.index.named(folded)]
            started = (*self.index.starting(folded, limit), *self.index.within(folded, limit))
            return _in_order(dict.fromkeys((*named, *started)), self.index)
        return [each.record for each in self._ranked(query, None, names_only=True)]


def _clean(text: str) -> str:
    """The text without lone surrogates, cut at a bound."""
    return text[:_LONGEST].encode(errors="ignore").decode()


def _only(documents: Sequence[int], allowed: Allowed | None) -> Sequence[int]:
    return documents if allowed is None else [document for document in documents if document in allowed]


def _sorted(fits: Iterable[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda each: (-each.score, each.document))


def _settled(fits: Sequence[Fit], query: ParsedQuery) -> bool:
    """Whether names suffice and texts need no look: every word is matched as typed, or all well and
    some misspelt, or the names alone leave little doubt. A single unknown word is looked for in texts.
    """
    if not fits:
        return False
    best = fits[0]
    if best.least_named >= SETTLED or best.often >= _OFTEN:
        return True
    misspelt = len(query.terms) > 1 and not all(term.occurs for term in query.terms)
    if misspelt and best.least_named >= NAMED:
        return True
    return confidence(best, query, next_other(fits)) >= _LITTLE_DOUBT


def _in_order(documents: Iterable[int], index: Index) -> list[Record]:
    return [index.record(document) for document in documents if document <= index.size]
