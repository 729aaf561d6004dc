"""The words of a typed text, as people type, dictate and cite them."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.search.field_names import FOREIGN_KINDS, FOREIGN_SMALL, FOREIGN_SURE, TRANSLATIONS
from bot.search.index import Index
from bot.search.spoken import spoken
from bot.search.tokens import CHAT_WORDS, FILLERS, STOP_WORDS, split, split_digits

_CHATTY: Final = 5
"""So many words are a sentence; fewer may be picked from a title, where each counts."""
_MOST_WORDS: Final = 24
_LONGEST_WORD: Final = 40
_LONGEST_SHOUTED: Final = 6
_WORD: Final = re.compile(r"[^\W_]+")
_CONTRACTED: Final = re.compile(r"(?<=[^\W\d_])(?:n['’]t|['’](?:s|re|ve|ll|d|m|t))\b", re.IGNORECASE)
_ELIDED: Final = re.compile(r"\b(?:[dlnscjmt]|qu|dell|nell|all|un)['’](?=\w)", re.IGNORECASE)
"""Small words of French and Italian before a vowel: "l'apprentissage"."""
_ET_AL: Final = re.compile(r"\bet\.?\s+al\b\.?|(?:&|\band)\s+co\b(?!-)\.?", re.IGNORECASE)
"""Also the people of "Hubinger & co"."""
_COGNATES: Final = tuple(
    (ending, english)
    for english, endings in (
        ("ability", "abilidad abilidade abilita abilite ierbarkeit abilitat"),
        ("ibility", "ibilidad ibilidade ibilita ibilite ibilitat"),
        ("ity", "idad idade ita ite itat"),
        ("ty", "dad dade ta te tat"),
        ("ization", "izacion izacao izzazione isation isierung"),
        ("tion", "cion cao zione tion"),
        ("ation", "ierung"),
        ("ness", "heit"),
        ("ism", "ismo isme ismus"),
        ("ence", "encia enza enz"),
        ("ance", "ancia anza anz"),
        ("ic", "ico ica ique isch ische ischer"),
        ("al", "ale el elle iel"),
        ("y", "ia ie"),
        ("", "e o a en"),
    )
    for ending in endings.split()
)
"""Endings of words that are English words with another ending."""


class Typed(NamedTuple):
    """A word as typed; `shouted` if short with capitals inside, `unfinished` if it is the last
    and may go on, `small` if it tells nothing apart.
    """

    word: str
    unfinished: bool = False
    shouted: bool = False
    small: bool = False


def typed_words(text: str, index: Index) -> list[Typed]:
    """The first words, each once, with small words marked; of small words only, none is."""
    foreign = is_foreign(text, index)
    whole = _ELIDED.sub("", text) if foreign else text
    if "'" in whole or "’" in whole:
        whole = _CONTRACTED.sub("", whole)
    cased = _cased(_ET_AL.sub(" ", whole))[: 2 * _MOST_WORDS]
    last = cased[-1][0] if cased and not text[-1:].isspace() else ""
    shouting = len(cased) > 1 and text.isupper()
    chatty = len(cased) >= _CHATTY
    words = [
        Typed(
            _translated(part, index) if foreign or part != word else part,
            word == last,
            not shouting and _is_shouted(raw),
            _is_small(part, index, foreign=foreign, chatty=chatty),
        )
        for word, raw in spoken(cased, index, letters=not foreign)
        for part in _parts(word, index)
    ]
    words = list({typed.word: typed for typed in reversed(words)}.values())[::-1][:_MOST_WORDS]
    if all(typed.small for typed in words):
        words = [Typed(typed.word, unfinished=typed.unfinished, shouted=typed.shouted) for typed in words]
    return words


def is_foreign(text: str, index: Index) -> bool:
    """Whether a word of it hardly occurs in English, or has a translation and does not occur here."""
    words = frozenset(split(text))
    return not FOREIGN_SURE.isdisjoint(words) or any(
        not index.term(word) for word in words & TRANSLATIONS.keys()
    )


def _translated(word: str, index: Index) -> str:
    """The English word; also by its ending: "generalización", "Robustheit"."""
    if word in TRANSLATIONS or index.term(word):
        return TRANSLATIONS.get(word, word)
    for ending, english in _COGNATES:
        if word.endswith(ending) and index.term(cognate := word.removesuffix(ending) + english):
            return cognate
    return word


def _cased(text: str) -> list[tuple[str, str]]:
    """Each folded word, and as it was typed."""
    if text.isascii():  # most are, and folding a word only makes its letters small
        return [(raw[:_LONGEST_WORD].lower(), raw) for raw in _WORD.findall(text)]
    return [(part[:_LONGEST_WORD], raw) for raw in _WORD.findall(text) for part in split(raw)]


def _parts(word: str, index: Index) -> Sequence[str]:
    return (word,) if index.term(word) else split_digits(word)


def _is_shouted(raw: str) -> bool:
    return (
        not raw.islower()
        and len(raw) <= _LONGEST_SHOUTED
        and (raw.isupper() or not raw[1:].islower())
        and not raw.isdigit()
    )


def _is_small(word: str, index: Index, *, foreign: bool, chatty: bool) -> bool:
    if word in STOP_WORDS or word in FILLERS or (chatty and word in CHAT_WORDS):
        return True
    if foreign and (word in FOREIGN_SMALL or word in FOREIGN_KINDS):
        return True
    return not word.isascii() and not index.term(word)
