"""What speaks of the newsletter and is no issue of it is doubted."""

import pytest

from bot.errors import InputError
from bot.readers import read
from tests.roundtrip import FORMS
from tests.support import newsletters
from tests.support.one_issue import DRAFT

README = """# A bot over the Alignment Newsletter

## News

[Version 2.0](https://wool.example/2) (Jane Doe): Faster.

[Version 1.0](https://wool.example/1) (Bo Chen): {slow}

## Security

- Tokens stay out of the log (Ann Lee)
"""
SLACK = """Ann Lee  10:02 AM
did you read the Alignment Newsletter #7 ?
Bo Chen  10:03 AM
Counting Sheep (Ann Lee) (summarized by Rohin): that one
Cy Dee  10:05 AM
News
Ann Lee  10:09 AM
Shepherd wanted (Bo Chen)
"""
DISCORD = """Ann Lee — Today at 10:02 PM
Alignment Newsletter #7, anybody?

Bo Chen — Today at 10:03 PM
Counting Sheep (Ann Lee) (summarized by Rohin)

Cy Dee — Today at 10:05 PM
News

Shepherd wanted (Bo Chen) (summarized by Rohin): Apply.
"""
EXPORTED = """[08-Apr-20 10:02 PM] Ann Lee
The Alignment Newsletter is out.

[08-Apr-20 10:03 PM] Bo Chen
Counting Sheep (Ann Lee) (summarized by Rohin): A good one.

[08-Apr-20 10:04 PM] Cy Dee
News
"""
EXAMPLE = """Summaries of the Alignment Newsletter, such as this one:

Counting Sheep (Ann Lee) (summarized by Rohin): They are counted.

News

Credits (Jane Doe, Bo Chen): Data and code.
"""
NOTES = """Reading group on the Alignment Newsletter

Highlights

We talked about Counting Sheep (Ann Lee): it is long.

News

Pizza (Bo Chen): on Friday.
"""
SYLLABUS = """# A course after the Alignment Newsletter

## Interpretability

[Counting Sheep](https://wool.example/1) (Ann Lee)

[Dreams of Sheep](https://wool.example/2) (Bo Chen)
"""
BARE = """Alignment Newsletter

News

Wool (Ann Lee) (summarized by Flo)

Shearing on Monday

Dipping on Tuesday

Dagging on Friday

Feedback
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (README.format(slow="Slow."), "nobody signed 2 of its 2 texts"),
        (SLACK, "4 of its lines state the time of day"),
        (DISCORD, "3 of its lines state the time of day"),
        (EXPORTED, "3 of its lines state the time of day"),
        (EXAMPLE, "nobody signed 1 of its 2 texts"),
        (NOTES, "nobody signed 2 of its 2 texts"),
        (SYLLABUS, "a list of titles without a text"),
        (BARE, "only 1 of its 4 titles name their authors or a summarizer"),
    ],
)
def test_what_speaks_of_the_newsletter_and_is_no_issue_is_doubted(text: str, why: str) -> None:
    doubt = read(text.encode(), "x.md").doubt
    assert doubt.startswith("x.md speaks of the newsletter, but ")
    assert why in doubt
    assert "--issue N" in doubt


def test_items_of_a_list_in_markdown_are_no_entries() -> None:
    (draft,) = read(README.format(slow="Slow.").encode(), "x.md").drafts
    assert [entry.title for entry in draft.entries] == ["Version 2.0", "Version 1.0"]


def test_an_editor_who_signs_nothing_gives_his_opinion() -> None:
    slow = "Slow.\n\n**Rohin's opinion:** It was."
    assert not read(README.format(slow=slow).encode(), "x.md").doubt


def test_a_source_with_titles_between_quotation_marks_is_refused() -> None:
    source = 'ISSUE = (\n    "Highlights Wool (Ann Lee) (summarized by Flo): Soft. News "\n    "Shepherd wanted (summarized by Rohin): Apply."\n)\n'
    with pytest.raises(InputError):
        read(f'"""The Alignment Newsletter."""\n{source}'.encode(), "x.py")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_issue_is_not_doubted_in_any_form_nor_for_its_times_of_day(form: newsletters.Form) -> None:
    sent = "Alignment Newsletter\nSent: 8 Apr 2020 10:02\nSent: 9 Apr 2020 11:02\n\n"
    assert not read(form(DRAFT).encode(), "x").doubt
    assert not read(f"{sent}{newsletters.lines(DRAFT)}".encode(), "x").doubt


@pytest.mark.parametrize(
    "title",
    [
        "HIGHLIGHTS Wool and More of It",
        "| | |----| | Wool and More of It",
        "Felt (Cy Dee et al) Wool and More of It",
        "Horns (AN #50) and Wool",
        "AGENDAS AND PRIORITIZATION",
    ],
)
def test_a_title_that_holds_more_than_a_title_makes_an_issue_doubtful(title: str) -> None:
    entries = "\n\n".join(f"Sheep {n} (Ann Lee) (summarized by Flo): Soft." for n in range(20))
    text = f"Alignment Newsletter\n\nNews\n\n{entries}\n\n{title} (Bo Chen) (summarized by Flo): Felt.\n"
    assert "1 of its 21 titles look cut or glued" in read(text.encode(), "x.txt").doubt


def test_what_was_printed_on_pages_is_doubted() -> None:
    text = newsletters.lines(DRAFT)
    assert "was printed on pages" in read(text.replace("\n\n", "\n\n\f", 3).encode(), "x.txt").doubt
    assert not read(f"{text}\f".encode(), "x.txt").doubt


def test_what_a_comment_signs_below_markdown_is_no_part_of_the_issue() -> None:
    comment = "Mentioned in\n\nOne more (summarized by nobody)\n"
    document = read(f"{FORMS['Markdown'](DRAFT)}\n\n{comment}".encode(), "x.md")
    assert [entry.title for entry in document.drafts[0].entries] == [entry.title for entry in DRAFT.entries]
