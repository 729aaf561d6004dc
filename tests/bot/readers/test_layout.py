"""Wrapped text without blank lines: what shows where paragraphs begin parts them."""

import textwrap

import pytest

from bot.errors import InputError
from bot.model.newsletter import Entry
from bot.readers import read

PARTS = [
    "Alignment Newsletter",
    "Highlights",
    "Counting Sheep and Other Ways to Fall Asleep in a Field at Night Time (Ann Lee) (summarized by Flo): Whoever counts sheep falls asleep, which some say (see above) is due to the sheep (and probably their wool). The farmer counts most of them, and all that are left over are (more or less likely) counted by the dog.",
    "Rohin's opinion: I would sleep too if somebody counted them for me, as long as they are counted twice (twice).",
    "Are Rams Robust? Learning to Graze on Steep Slopes in the Dark (Bo Chen) (summarized by Rohin): They are, but only on slopes that are not too steep, and only if it is not too dark, which the authors (both shepherds) knew.",
    "News",
    "Shepherd wanted (summarized by Rohin): Apply here before the sheep fall asleep, or after they have woken up.",
]
TITLES = [
    "Counting Sheep and Other Ways to Fall Asleep in a Field at Night Time",
    "Are Rams Robust? Learning to Graze on Steep Slopes in the Dark",
    "Shepherd wanted",
]


def filled(width: int, first: str = "", others: str = "") -> str:
    return "\n".join(
        textwrap.fill(part, width, initial_indent=first, subsequent_indent=others) for part in PARTS
    )


def entries(text: str) -> tuple[Entry, ...]:
    return read(text.encode(), "an.txt").drafts[0].entries


@pytest.mark.parametrize("width", [60, 65, 72, 78])
@pytest.mark.parametrize(
    ("first", "others"), [("  ", ""), ("     ", ""), ("\t", ""), ("\u3000\u3000", ""), ("", "   "), ("", "")]
)
def test_paragraphs_are_parted_by_their_indent_or_else_by_titles_labels_and_short_lines(
    width: int, first: str, others: str
) -> None:
    read_back = entries(filled(width, first, others))
    assert [entry.title for entry in read_back] == TITLES
    assert read_back[0].text == PARTS[2].partition("): ")[2]
    assert [opinion.by for opinion in read_back[0].opinions] == ["Rohin"]


@pytest.mark.parametrize(
    "after", ["Rams on Slopes (Bo Chen) (summarized by Rohin): They are.", "Rohin's opinion: I would sleep."]
)
def test_a_full_line_ends_a_paragraph_before_a_title_and_before_a_label(after: str) -> None:
    full = "\n".join(["Whoever counts sheep at night falls asleep, as the shepherds say"] * 4)
    text = f"News\nSheep (Ann Lee) (summarized by Flo): It is soft, and many are for it\n{full}.\n{after}\n"
    first, *others = entries(text)
    assert "Rams" not in first.text
    assert "opinion" not in first.text
    assert len(others) + len(first.opinions) == 1


@pytest.mark.parametrize("aside", ["non-human", "probably", "FERL"])
def test_an_aside_at_the_end_of_a_line_makes_no_title_of_it(aside: str) -> None:
    line = f"Of all that were counted in the field at night the strongest were those of one player ({aside})"
    text = f"News\n\nSheep (Ann Lee) (summarized by Flo): Wool.\n\n{line}\n\ncame last.\n\nFeedback\n"
    assert [entry.title for entry in entries(text)] == ["Sheep"]


def test_a_title_in_the_midst_of_a_paragraph_is_a_reason_to_refuse() -> None:
    glued = (
        "It ends here, after a long sentence that is about nothing but wool and sheep and all their lambs. "
        * 2
    )
    text = f"News\n\nSheep (Ann Lee): Wool.\n\n{glued}Rams and More of Them (Bo Chen) (summarized by Flo): Horns."
    with pytest.raises(InputError, match="1 summaries are signed in it, but only 0 of them have a title"):
        entries(text)
