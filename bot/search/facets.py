"""Filters as facets: the documents they allow, and suggestions for a mistyped value."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

from rapidfuzz import fuzz, process

from bot.model.newsletter import Headline
from bot.model.search import Filters
from bot.search.index import Index
from bot.search.tokens import split
from bot.text.folding import fold

_SUGGESTIONS: Final = 3
_ALIKE: Final = 60
_AND_OTHERS: Final = frozenset({"et", "al"})
_BETWEEN_NAMES: Final = re.compile(r",\s*|\s+and\s+|\n")

Allowed = frozenset[int]


def narrow(filters: Filters, index: Index) -> tuple[Allowed | None, str]:
    """The documents that all filters allow (None without filters), and a sentence
    about the first filter that allows none.
    """
    allowed: Allowed | None = None
    for documents, problem in _each(filters, index):
        if not documents:
            return documents, problem()
        allowed = documents if allowed is None else allowed & documents
    return allowed, ""


def _each(filters: Filters, index: Index) -> Iterator[tuple[Allowed, Callable[[], str]]]:
    if filters.unreadable:
        yield frozenset(), lambda: _unreadable(filters.unreadable)
    if (name := filters.by) is not None:
        yield _by(name, index), lambda: f"No author is called {name}.{_suggested('by', name, index, _names)}"
    if (section := filters.section) is not None:
        yield (
            _in(section, index),
            lambda: f"No section is called {section}.{_suggested('in', section, index, _headings)}",
        )
    if filters.issue is not None:
        yield index.faceted("an", str(filters.issue)), lambda: f"AN #{filters.issue} holds no summaries."
    if filters.year is not None:
        yield index.faceted("year", str(filters.year)), lambda: f"Nothing is of the year {filters.year}."
    if filters.highlight:
        yield index.faceted("is", "highlight"), lambda: "Nothing is marked as a highlight."


_READABLE: Final = {
    "by": "Write a name, such as by:hubinger.",
    "in": "Write a section, such as in:robustness.",
    "an": "Write the number of an issue, such as an:58.",
    "year": "Write a year, such as year:2019.",
    "is": "There is only is:highlight.",
}


def _unreadable(typed: str) -> str:
    return f"I do not understand “{typed}”. {_READABLE[typed.partition(':')[0].lower()]}"


def _by(name: str, index: Index) -> Allowed:
    """Documents whose authors have every part of the name."""
    return _all(
        [index.faceted("by", part) for part in split(name) if len(part) > 1 and part not in _AND_OTHERS]
    )


def _in(section: str, index: Index) -> Allowed:
    """Documents of the section so named, or of all sections with all its words."""
    folded = fold(section)
    exact = index.faceted("in", folded)
    if exact or not folded:
        return exact
    words = set(folded.split())
    sections = (value for value in index.facet_values("in") if words <= set(value.split()))
    return frozenset().union(*(index.faceted("in", value) for value in sections))


def _all(documents: Collection[Allowed]) -> Allowed:
    return frozenset.intersection(*documents) if documents else frozenset()


def _suggested(facet: str, typed: str, index: Index, shown: Callable[[Headline], Collection[str]]) -> str:
    """“Did you mean …?” with the nearest values as printed; "" if none is near."""
    near = process.extract(
        fold(typed), index.facet_values(facet), scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_ALIKE
    )
    names: dict[str, None] = {}
    for value, _, _ in near:
        for document in sorted(index.faceted(facet, value))[:1]:
            written = (
                name for name in shown(index.record(document).headline) if value in (fold(name), *split(name))
            )
            names[next(written, value)] = None
    return f" Did you mean {' or '.join(f'“{name}”' for name in names)}?" if names else ""


def _names(headline: Headline) -> Collection[str]:
    return [name.strip() for name in _BETWEEN_NAMES.split(headline.authors)]


def _headings(headline: Headline) -> Collection[str]:
    return headline.section
