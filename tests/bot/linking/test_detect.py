"""What a text mentions that is worth answering unasked, and all that is not."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.linking.detect import Reference, ReferenceKind, concerns, references

PAPER = "https://arxiv.org/abs/1906.01820"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("have you read [[mesa optimization]]?", [Reference(ReferenceKind.WORDS, "mesa optimization")]),
        ("[[!Selection vs Control]]", [Reference(ReferenceKind.TITLE, "Selection vs Control")]),
        (
            "in AN #58, and AN 76.",
            [Reference(ReferenceKind.ISSUE, "58"), Reference(ReferenceKind.ISSUE, "76")],
        ),
        (f"see ({PAPER}),", [Reference(ReferenceKind.ADDRESS, PAPER)]),
        (
            "lesswrong.com/posts/abcdef123",
            [Reference(ReferenceKind.ADDRESS, "lesswrong.com/posts/abcdef123")],
        ),
        (
            "arXiv:1906.01820 [[b c]]",
            [Reference(ReferenceKind.ADDRESS, "arXiv:1906.01820"), Reference(ReferenceKind.WORDS, "b c")],
        ),
        (
            "_AN #58_ and **AN #76**",
            [Reference(ReferenceKind.ISSUE, "58"), Reference(ReferenceKind.ISSUE, "76")],
        ),
        (
            "AN 80 is on debate, see AN 11.",
            [Reference(ReferenceKind.ISSUE, "80"), Reference(ReferenceKind.ISSUE, "11")],
        ),
        ("READ AN 58", [Reference(ReferenceKind.ISSUE, "58")]),
        (
            "AN #58: mesa, AN #76-78",
            [Reference(ReferenceKind.ISSUE, "58"), Reference(ReferenceKind.ISSUE, "76")],
        ),
        (
            "AN #58/59 or AN #76,99",
            [Reference(ReferenceKind.ISSUE, "58"), Reference(ReferenceKind.ISSUE, "76")],
        ),
        ("see AN\N{NO-BREAK SPACE}#58", [Reference(ReferenceKind.ISSUE, "58")]),
        (
            "see [the shape of kettles](https://a.example/b)",
            [
                Reference(ReferenceKind.TITLE, "the shape of kettles"),
                Reference(ReferenceKind.ADDRESS, "https://a.example/b"),
            ],
        ),
        ("[[same]] and [[same]]", [Reference(ReferenceKind.WORDS, "same")]),
        ("an `x` [[y z]] `", [Reference(ReferenceKind.WORDS, "y z")]),
    ],
)
def test_what_counts(text: str, expected: list[Reference]) -> None:
    assert list(references(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`[[mesa]]`",
        "``a ` [[mesa]]``",
        "```py\nAN #58\n```",
        "> AN #58 said so",
        "hm\n> [[mesa]]",
        ">>> one\n[[mesa]]",
        f"<{PAPER}>",
        "#58 is fixed",
        "an #58 for you",
        "PLAN #58",
        "AN 58-year-old",
        "AN 58 YEAR OLD MAN",
        "AN 58.5",
        "AN 58%",
        "an apple",
        "AN #123456",
        "AN #58.5",
        "AN #58th",
        "1906.01820",
        "[[x]",
        "AN `x`#58",
        "[[ ]]",
        "[[!]]",
        "[[a\nb]]",
        "a[[i]]",
        "[[ ! ]]",
        "AN 80 year old",
        "AN 8 bit chip",
        "AN 11 page paper",
        "AN 18 wheeler",
        "AN 58 year old",
        "AN 58 YEARS",
        "THAT IS AN 80, maybe",
        "AN 18+ channel",
        "if [[ -f x ]",
    ],
)
def test_what_does_not(text: str) -> None:
    assert references(text) == ()


@given(st.text(alphabet=st.sampled_from("[]!`<> AN#58\nhttps://arxiv.org/abs/1906.01820 mesa"), max_size=300))
def test_nothing_is_found_in_code_quotes_or_angle_brackets(text: str) -> None:
    line = text.replace("\n", " ")
    assert references("```" + text.replace("`", "") + "```") == ()
    assert references("> " + line.replace("`", "")) == ()


@given(st.text())
def test_any_text_is_read_and_the_quick_look_never_misses(text: str) -> None:
    references_ = references(text)
    assert len(references_) <= 10
    assert not references_ or concerns(text)


def spent(text: str) -> float:
    """Seconds to read it, without what other programs take: the least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        references(text)
        times.append(time.process_time() - start)
    return min(times)


MARKS = "[[ [ ]] ! ` ``` < > ( ) { _ * ~ | @ - / %"
STARTS = "a x. 58 http:// https://a www. arxiv arxiv.org/ arXiv: .com/ 1906.01820"
HALVES = st.lists(
    st.sampled_from([*MARKS.split(), *STARTS.split(), "AN ", "AN #", "> ", " ", "\n", "\t", "\0"]),
    min_size=1,
    max_size=8,
).map("".join)


@given(st.text(max_size=5), HALVES)
@example("[[", " ")
@example("", "[[a ")
@example("https://x.org/", ")")
def test_a_message_twice_as_long_needs_hardly_more_than_twice_as_long(start: str, piece: str) -> None:
    half, whole = (f"{start}{piece * length}"[:length] for length in (2_000, 4_000))
    assert spent(whole) < 3 * spent(half) + 0.003
    assert spent(whole) < 0.1


def test_of_a_long_message_the_first_four_thousand_characters_count() -> None:
    assert references("x" * 3_993 + " AN #58") == (Reference(ReferenceKind.ISSUE, "58"),)
    assert references("x" * 4_000 + " AN #58") == ()


def test_of_words_in_brackets_no_more_are_looked_up_than_some_titles_have() -> None:
    title = "a title of forty-eight letters, more or less so"
    assert len(references(" ".join(f"[[{n} {title}]]" for n in range(10)))) == 8
    assert len(references(" ".join(f"AN #{n}" for n in range(20)))) == 10
