"""Plain text: titles are recognised by the newsletter's grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.model.newsletter import Draft, Entry, Opinion
from bot.readers import read
from bot.readers.text import read_text
from tests.support import newsletters

FLAT = (
    "Find everything here . Audio version here (may not be up yet). Highlights Counting Sheep at Scale (Ann Lee et al) "
    "(summarized by Flo): Sheep are counted, see night school ( AN #7 ), and it scales . Is it useful? It is. "
    "Flo's opinion: I like it ( AN #9 ). Rohin's opinion: Me too. Read more: Github repo Technical AI alignment "
    "Verification Verification of Herds (Bo Chen) (H/T Cy Dee) (summarized by Rohin): We verify. "
    "Verification on the other hand is hard (AN #3): so says the flock. Is Wool Robust? A Second Look at Fleece "
    "(Di Jin, Zhi Jin et al) (summarized by Dan H): WOOL (summarized above) holds up. Other progress in AI "
    "Reinforcement learning Rams and Rewards (Eve Fox) Ewes in Control (G. H. Ito and Jo K) News "
    "Shepherd wanted (summarized by Rohin): Apply here . Feedback I'm always happy to hear feedback."
)


def entries(text: str) -> tuple[Entry, ...]:
    return read_text(text.encode(), "issue.txt").drafts[0].entries


def test_flat_text_yields_every_title_and_invents_none() -> None:
    assert [e.title for e in entries(FLAT)] == [
        "Counting Sheep at Scale",
        "Verification of Herds",
        "Is Wool Robust? A Second Look at Fleece",
        "Rams and Rewards",
        "Ewes in Control",
        "Shepherd wanted",
    ]


def test_flat_text_yields_bylines_sections_and_labelled_parts() -> None:
    first, second, third, fourth, _, last = entries(FLAT)
    assert (first.authors, first.summarizer, first.section) == ("Ann Lee et al", "Flo", ("Highlights",))
    assert first.highlight
    assert first.text == "Sheep are counted, see night school (AN #7), and it scales. Is it useful? It is."
    assert first.opinions == (
        Opinion(by="Flo", text="I like it (AN #9)."),
        Opinion(by="Rohin", text="Me too."),
    )
    assert (first.read_more, first.references) == ("Github repo", (7, 9))
    assert (second.hat_tip, second.section) == ("Cy Dee", ("Technical AI alignment", "Verification"))
    assert third.summarizer == "Dan H"
    assert (fourth.text, fourth.section) == ("", ("Other progress in AI", "Reinforcement learning"))
    assert (last.text, last.section) == ("Apply here.", ("News",))


def test_headings_in_capitals_do_not_swallow_the_first_word_of_a_title() -> None:
    text = (
        "HIGHLIGHTS AI and Wool (Ann Lee): Wool. AI STRATEGY AND POLICY AI Governance of Flocks (Bo Chen) "
        "(summarized by Flo): Rules. OTHER PROGRESS IN AI REINFORCEMENT LEARNING CURL: Curly Horns (Cy Dee) "
        "(summarized by Flo): Horns. FEEDBACK I'm always happy to hear feedback."
    )
    parsed = [(e.title, e.section) for e in entries(text)]
    assert parsed == [
        ("AI and Wool", ("Highlights",)),
        ("AI Governance of Flocks", ("AI strategy and policy",)),
        ("CURL: Curly Horns", ("Other progress in AI", "Reinforcement learning")),
    ]


LINES = """Welcome to the issue.

Counting Sheep at Scale (Ann Lee et al): Sheep are counted as in Flocks (AN #46):

that is, one by one.

Rohin's note: they sleep.

Rohin's opinion: Good.

It goes on.

Prerequisities: Wool

Read more: The paper

Technical AI alignment

Agent foundations

What is a sheep, to first order? (bo_peep)

Farm school: Lessons are free.

New Comment
1 comment, sorted by Click to highlight new comments since: today
"""


def test_lines_are_taken_as_headings_heads_labels_and_paragraphs() -> None:
    first, second, third = entries(LINES)
    assert (first.title, first.authors, first.section) == ("Counting Sheep at Scale", "Ann Lee et al", ())
    assert first.text == (
        "Sheep are counted as in Flocks (AN #46):\n\nthat is, one by one.\n\nRohin's note: they sleep."
    )
    assert first.opinions == (Opinion(by="Rohin", text="Good.\n\nIt goes on."),)
    assert (first.prerequisites, first.read_more, first.references) == ("Wool", "The paper", (46,))
    assert (second.title, second.authors) == ("What is a sheep, to first order?", "bo_peep")
    assert second.section == ("Technical AI alignment", "Agent foundations")
    assert (third.title, third.text) == ("Farm school", "Lessons are free.")


def test_a_stated_number_is_taken_and_an_unstated_one_is_said_to_be_missing() -> None:
    stated = read_text(b"Alignment Newsletter #58 Highlights Wool (Ann Lee): Soft.", "x.txt")
    assert (stated.drafts[0].number, stated.numbered) == (58, True)
    assert not read_text(FLAT.encode(), "x.txt").numbered


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "x.txt is empty"),
        (b" \n \n", "x.txt is empty"),
        (b"\x00\x01\x02" * 100, "binary data"),
        (b"Two pizzas, please, with olives.", "no newsletter"),
        (b"sheep " * 9_000_000, "no issue is longer"),
    ],
)
def test_what_is_no_issue_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(data, "x.txt")


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "(a) ",
        "A (B c): ",
        "Rohin's opinion: ",
        "News ",
        "Read more: X ",
        "? ",
        "Aa. (Bb Cc) ",
        "(" * 50 + ")" * 50,
    ],
)
def test_hostile_repetition_neither_fails_nor_hides_what_came_before(unit: str) -> None:
    first, *_ = entries("Highlights Wool (Ann Lee): Soft. " + unit * (100_000 // len(unit)))
    assert (first.title, first.authors) == ("Wool", "Ann Lee")


@given(
    st.text(
        alphabet=st.sampled_from("Aa (),:.?'’\n#") | st.characters(exclude_categories=("Cc", "Cf", "Cs")),
        max_size=300,
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert entries("Highlights Wool (Ann Lee): Soft. " + text)
    except InputError:
        assert "\n" in text  # lines without a heading of their own


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    text = "Highlights Wool – a Primer (Jürgen Müller): Soft, isn’t it?"
    (entry,) = read_text(text.encode(encoding), "x.txt").drafts[0].entries
    assert (entry.title, entry.authors, entry.text) == ("Wool – a Primer", "Jürgen Müller", "Soft, isn’t it?")


def test_control_characters_do_not_come_through() -> None:
    soft = "It is soft to the touch, as everybody knows who ever had one. " * 3
    (entry,) = entries(f"Highlights Wo\x1bol\x07 (Ann Lee): {soft}So\x00ft.")
    assert (entry.title, entry.text) == ("Wool", soft + "Soft.")


def test_an_issue_written_out_by_the_generator_reads_back_the_same() -> None:
    """The generator that measures the reader on the archive is itself right."""
    draft = Draft(
        number=80,
        entries=(
            Entry(
                title="Wool",
                authors="Ann Lee",
                summarizer="Flo",
                text="Soft.",
                highlight=True,
                section=("News",),
            ),
            Entry(title="Horn", authors="Bo, Cy", section=("Technical AI alignment", "Problems")),
        ),
    )
    for form in (newsletters.flat(draft), newsletters.flat(draft, capitals=True), newsletters.lines(draft)):
        wool, horn = entries(form)
        assert (wool.title, wool.authors, wool.text, wool.section) == (
            "Wool",
            "Ann Lee",
            "Soft.",
            ("Highlights",),
        )
        assert (horn.title, horn.authors, horn.section) == (
            "Horn",
            "Bo et al",
            ("Technical AI alignment", "Problems"),
        )
