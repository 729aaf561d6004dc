"""A typed text is understood as people type, cite and dictate."""

import pytest

from bot.search.building import Contents
from bot.search.index import Index
from bot.search.meanings import about_any
from bot.search.query import understand
from bot.search.typed import typed_words
from bot.search.vocabulary import Vocabulary
from tests.bot.search.conftest import SHELF

INDEX = Index(Contents(SHELF).encode())
VOCABULARY = Vocabulary(INDEX)

WORDS = {
    "small words are left out": ("the shape of kettles", ["shape", "kettles"]),
    "unless there are no others": ("of the", ["of", "the"]),
    "kinds of things are left out": ("kettles paper", ["kettles"]),
    "a citation": ("(Fenwick et al., 2018)", ["fenwick", "2018"]),
    "a contraction": ("kettles aren't teapots", ["kettles", "teapots"]),
    "another language": ("der Artikel von Fenwick über kettles", ["fenwick", "kettles"]),
    "a book in another language": ("das Buch von Fenwick", ["book", "fenwick"]),
    "a word with another language's ending": ("der Artikel über Robustheit", ["robustness"]),
    "an abbreviation, dictated": ("the gee pee tee dial", ["gpt", "dial"]),
    "one with a number": ("gee pee tee three", ["gpt", "3"]),
    "one that a text explains": ("round kay ess", ["round", "ks"]),
    "one that the field has": ("human are ell aitch eff", ["human", "rlhf"]),
    "letters that abbreviate nothing": ("vee ell kettles", ["vee", "ell", "kettles"]),
    "words that sound like letters": ("to be see kettles", ["see", "kettles"]),
    "a small word before a vowel": ("papier sur l'orbits", ["orbits"]),
    "another language without its small words": ("Überblick kettles", ["overview", "kettles"]),
    "another script": ("kettles についての論文", ["kettles"]),
    "a translated word": ("sondage sur les kettles", ["survey", "kettles"]),
    "a number in words": ("eighty thousand kettles", ["80", "k", "kettles"]),
    "a fraction in words": ("one point five billion valves", ["1", "5", "b", "valves"]),
    "one number word stays": ("two kettles", ["two", "kettles"]),
    "words of asking, in a sentence": ("is there something on kettles and valves", ["kettles", "valves"]),
    "letters and digits": ("kettle2", ["kettle", "2"]),
}


@pytest.mark.parametrize("what", WORDS)
def test_words_that_count(what: str) -> None:
    text, expected = WORDS[what]
    assert [typed.word for typed in typed_words(text, INDEX) if not typed.small] == expected


@pytest.mark.parametrize("text", ["MSPL", "ViT", "GANs", "KS"])
def test_capitals_inside_are_an_abbreviation(text: str) -> None:
    (typed,) = typed_words(f"about {text}", INDEX)[1:]
    assert typed.shouted


def test_a_short_abbreviation_is_no_slip_of_a_word() -> None:
    (term,) = understand("VaT", VOCABULARY).terms
    assert term.variants == []


def test_a_name_in_capitals_has_no_inflection_but_its_plural() -> None:
    """Else "PaLM" would be by Palmer."""
    (term,) = understand("KETTLE", VOCABULARY).terms
    assert {variant.term.word for variant in term.variants} == {"kettle", "kettles"}
    (term,) = understand("SHAP", VOCABULARY).terms
    assert not term.variants


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Quill et al. 2019", 3),
        ("(Quill et al., 2019)", 3),
        ("Quill and Marsh 2019", 2),
        ("Quill & Marsh (2019)", 2),
        ("Quill, Marsh, and Fenwick 2019", 3),
        ("(Quill, 2019)", 1),
        ("Quill, A. B. (2019a)", 1),
        ("A. Quill 2019", 1),
        ("Kettles 2019", 0),  # nobody is called so
        ("quill orbits 2019", 0),
    ],
)
def test_a_citation_says_how_many_authors_there_are(text: str, authors: int) -> None:
    assert understand(text, VOCABULARY).cites == authors


def test_of_what_a_word_stands_for_the_first_is_likelier() -> None:
    documents = about_any(("forgotten valves", "their orbits", "forgotten valves"), INDEX, 1.0)
    likely = {INDEX.record(document).headline.title: match[1] for document, match in documents.items()}
    assert likely["A Survey of Forgotten Valves"] == 1
    assert 0.9 < likely["Their Orbits"] < 1


def test_words_that_sound_like_one_are_that_one() -> None:
    terms = understand("ket tells", VOCABULARY).terms
    assert all("kettles" in {variant.term.word for variant in term.variants} for term in terms)


def test_a_plural_weighs_nearly_as_much() -> None:
    (term,) = understand("kettle ", VOCABULARY).terms
    assert next(v.quality for v in term.variants if v.term.word == "kettles") > 0.95
