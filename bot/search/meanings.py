"""The documents that have what a typed word means in other words: two words run together,
an abbreviation, a name or synonym of the field.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.search.acronyms import WHOLE
from bot.search.field_names import NAMES, SYNONYMS
from bot.search.index import Index
from bot.search.stored import INITIALS
from bot.search.tokens import STOP_WORDS, stem
from bot.search.typed import Typed
from bot.search.variants import Variant

Match = tuple[str, float]
"""What a document has for a typed word, and how likely that is meant."""
_SPLIT: Final = 0.85
_SPELT_OUT: Final = 1.0
_SCATTERED: Final = 0.85
"""Of a phrase whose words a name has, but not side by side."""
_LATER: Final = 0.95
"""Likelihood of each further phrase, relative to the one before."""
_MEANT: Final = 0.55
_RELATED: Final = 0.5
_INITIALS_LENGTHS: Final = range(3, 7)


def meant(typed: Typed, index: Index) -> dict[int, Match]:
    """Documents named by what the word is short for: explained in a text, or known of the field."""
    long_forms = index.long_forms(typed.word)
    singular = typed.word.removesuffix("s")
    names = NAMES.get(typed.word) or NAMES.get(singular) or ()
    return about_any((*long_forms, *names), index, _SPELT_OUT)


def initials(typed: Typed, index: Index) -> dict[int, Match]:
    """Documents whose name the word abbreviates; in capitals part of a name is enough."""
    if len(typed.word) not in _INITIALS_LENGTHS:
        return {}
    named = (name for name in index.named(typed.word) if name.how == INITIALS)
    return {name.document: ("", WHOLE) for name in named if typed.shouted or name.weight >= WHOLE}


def halves(word: str, index: Index) -> dict[int, Match]:
    """Documents whose names have the word as two."""
    halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    terms = index.terms({half for pair in halves for half in pair})
    documents: dict[int, Match] = {}
    for left, right in halves:
        if left in terms and right in terms:
            documents.update(
                dict.fromkeys(
                    terms[left].name_documents & terms[right].name_documents, (f"{left} {right}", _SPLIT)
                )
            )
    return documents


def synonymous(word: str, index: Index) -> dict[int, Match]:
    """Documents named by a phrase that may say the same."""
    return about_any((phrase for phrase in _synonyms(word) if " " in phrase), index, _MEANT)


def related(word: str, index: Index) -> tuple[Variant, ...]:
    """Single words that may say the same, as far as the corpus has them."""
    words = {
        inflected
        for each in _synonyms(word)
        if " " not in each
        for inflected in index.inflections(stem(each))
    }
    return tuple(
        Variant(term=term, quality=_RELATED) for term in index.terms(sorted(words - {word})).values()
    )


def _synonyms(word: str) -> Sequence[str]:
    return (
        SYNONYMS.get(word)
        or SYNONYMS.get(word.removesuffix("s"))
        or SYNONYMS.get(word.removesuffix("ing"))
        or ()
    )


def about_any(phrases: Iterable[str], index: Index, quality: float) -> dict[int, Match]:
    """Documents whose names have all words of one of the phrases, likelier for the earlier ones."""
    matches: dict[int, Match] = {}
    for later, phrase in enumerate(phrases):
        likely = quality * _LATER**later
        words = [word for word in phrase.split() if word not in STOP_WORDS]
        roots = " ".join(map(stem, words))
        for document in _about(phrase, index):
            beside = f" {roots} " in index.record(document).stems
            match = (" ".join(words), likely) if beside else ("", _SCATTERED * likely)
            if document not in matches or match[1] > matches[document][1]:
                matches[document] = match
    return matches


def _about(phrase: str, index: Index) -> frozenset[int]:
    documents: frozenset[int] | None = None
    for each in {stem(word) for word in phrase.split() if word not in STOP_WORDS}:
        terms = index.terms(index.inflections(each)).values()
        having: frozenset[int] = frozenset().union(*(term.name_documents for term in terms))
        documents = having if documents is None else documents & having
    return documents or frozenset()
