"""Text in the forms that mailers, terminals and forums give it: understood, or refused."""

import pytest

from bot.errors import InputError
from bot.model.newsletter import Draft, Entry
from bot.readers import read
from tests.support import printed_forms

WRAPPED = """Welcome back.

News

A title of something that is so long that the line ends here (Ann
Lee) (summarized by Flo): Wool is soft to the touch, as everybody
knows who ever had some of it.

Second title (Bo Chen) (summarized by Rohin): More, and
then more.
"""


def titles(text: str, name: str = "x.txt") -> list[tuple[str, str]]:
    (draft,) = read(text.encode(), name).drafts
    return [(entry.title, entry.authors) for entry in draft.entries]


BOTH = [
    ("A title of something that is so long that the line ends here", "Ann Lee"),
    ("Second title", "Bo Chen"),
]


def test_lines_that_only_fill_a_page_are_joined() -> None:
    assert titles(WRAPPED) == BOTH
    (draft,) = read(WRAPPED.encode(), "x.txt").drafts
    assert draft.entries[0].text == "Wool is soft to the touch, as everybody knows who ever had some of it."


@pytest.mark.parametrize("mark", ["> ", ">> ", "> > ", ">", "   "])
def test_quoted_and_indented_text_is_read_as_what_it_quotes(mark: str) -> None:
    text = "".join(f"{mark}{line}".rstrip() + "\n" for line in WRAPPED.splitlines())
    assert titles(text) == BOTH


def test_the_answer_around_a_quotation_is_no_part_of_it() -> None:
    quoted = "".join(f"> {line}\n" for line in WRAPPED.splitlines())
    assert titles(f"Thanks!\n\nOn Monday the editor wrote:\n{quoted}\nMy title (Me): is none.\n") == BOTH


MAILED = """** News
------------------------------------------------------------

First (https://a.example/(1)) and Second (https://a.example/2) (Ann Lee) (summarized by Flo): See
this (https://b.example/) and https://x.us18.list-manage.com/track/click?u=1&id=2&e=3 of mine.

This is what a sequel does, like an older one (https://c.example/)

Sheep (https://x.us18.list-manage.com/track/click?u=1&id=2&e=3) (Bo Chen)
"""


def test_the_plain_text_part_of_a_mail_keeps_its_links_and_loses_its_recipient() -> None:
    (draft,) = read(MAILED.encode(), "x.txt").drafts
    first, second = draft.entries
    assert (first.title, first.authors) == ("First and Second", "Ann Lee")
    assert first.links == ("https://a.example/(1)", "https://a.example/2")
    assert "[this](https://b.example/)" in first.text
    assert (second.title, second.authors, second.url) == ("Sheep", "Bo Chen", None)
    assert "list-manage" not in repr(draft)


@pytest.mark.parametrize(
    "heading", ["# Newsletter #58\n\n## News", "News\n====", "News\n----", "### News ###"]
)
def test_markdown_is_read_with_its_links_and_emphasis(heading: str) -> None:
    text = f"{heading}\n\n[First](http://e.example/1) *(Ann Lee)* (summarized by Flo): Some *text*.\n"
    (entry,) = read(text.encode(), "x.md").drafts[0].entries
    assert (entry.title, entry.url, entry.authors, entry.text, entry.section) == (
        "First",
        "http://e.example/1",
        "Ann Lee",
        "Some *text*.",
        ("News",),
    )


def test_links_that_markdown_defines_at_the_end_are_kept_apart() -> None:
    titles = [f"{word} and {word} in the long run of things" for word in ("Sheep", "Rams", "Ewes", "Lambs")]
    entries = "\n\n".join(f"[{title}] (Ann Lee) (summarized by Flo): Wool." for title in titles)
    defined = "\n".join(f"  [{title}]: https://{i}.example/a/long/address" for i, title in enumerate(titles))
    (draft,) = read(f"# News\n\n{entries}\n\n{defined}\n".encode(), "x.md").drafts
    assert [entry.url for entry in draft.entries] == [f"https://{i}.example/a/long/address" for i in range(4)]


def test_what_a_forum_prints_around_an_issue_is_no_entry() -> None:
    text = (
        "Reinforcement learning\n\nNewsletters\n\nWelcome back to the flock.\n\nHighlights\n\n"
        "Sheep (Ann Lee): Woolly.\n\nNews\n\nRams (Bo Chen)\n\nAI\n\nFrontpage\n\n3 comments\n\nA (B c): d\n"
    )
    assert titles(text) == [("Sheep", "Ann Lee"), ("Rams", "Bo Chen")]


def test_a_bare_title_is_believed_among_other_entries() -> None:
    text = "Highlights\n\nSheep (Ann Lee): Wool.\n\nNews\n\nBare title\n\nRams (Bo Chen)\n"
    assert titles(text) == [("Sheep", "Ann Lee"), ("Bare title", ""), ("Rams", "Bo Chen")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("News\n\n** --- Sheep (Ann Lee) (summarized by Flo): Wool.\n", "look cut or glued"),
        (
            "News\n\nSheep (Ann Lee): Wool (summarized by Flo) and wool (summarized by Cody).\n",
            "2 summaries are signed in it, but only 0",
        ),
        ("News\n\n• Sheep (Ann Lee): Wool.\n\n• Rams (Bo Chen): Horns.\n", "holds no newsletter"),
        (
            '{"html": "All.</p>\\n<p>Ram. <p>\\n<p>Sheep</a> (Ann Lee) (summarized by Flo): Wool.</p>"}',
            "look cut or glued",
        ),
        ("Hi. Audio is here.NewsSheep (Ann Lee) (summarized by Flo): Wool.Rams (Bo Chen): Horns.", "glued"),
        (
            "We met. Sheep (Ann Lee): so they are called. Rams (Bo Chen): others.",
            "none of the newsletter's headings",
        ),
        (
            "import sheep\n\n\nclass Ram(Wool Giver):\n    def horns(self):\n        pass\n",
            "nothing in it is signed",
        ),
    ],
)
def test_a_text_that_lost_its_form_is_refused_with_what_looks_wrong(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(text.encode(), "x.txt")


@pytest.mark.parametrize("adorned", ["{}:", "*** {} ***", "--- {} ---", "== {} ==", "• {}"])
def test_an_adorned_heading_is_a_heading(adorned: str) -> None:
    text = f"{adorned.format('HIGHLIGHTS')}\n\nSheep (Ann Lee): Wool.\n\n{adorned.format('News')}\n\nRams (Bo Chen): Horns.\n\n{adorned.format('Feedback')}\n\nBye."
    (draft,) = read(text.encode(), "x.txt").drafts
    assert [(entry.title, entry.section) for entry in draft.entries] == [
        ("Sheep", ("Highlights",)),
        ("Rams", ("News",)),
    ]
    assert draft.entries[-1].text == "Horns."


def test_an_issue_without_its_headings_is_read_by_its_lines() -> None:
    text = "Sheep (Ann Lee)\n\nWool. Of what? We say\n\nRams (Bo Chen) (summarized by Flo): Horns.\n"
    assert titles(text) == [("Sheep", "Ann Lee"), ("Rams", "Bo Chen")]


def test_an_item_of_a_list_is_no_title_where_one_may_stand() -> None:
    text = "News\n\nSheep (Ann Lee)\n\n- they can be counted while they sleep\n\nRams (Bo Chen): Horns.\n"
    assert titles(text) == [("Sheep", "Ann Lee"), ("Rams", "Bo Chen")]


def test_a_title_that_fills_its_line_by_chance_ends_there() -> None:
    text = (
        "News\n"
        "A title of which nothing more is said than who wrote it all (Ann Lee)\n"
        "Rams and their long horns (Bo Chen) (summarized by Flo): They are long\n"
        "and they curl around, as everybody knows who ever saw a ram in its own\n"
        "full glory on a mountain, where they are the pride of all the flock we\n"
        "have.\n"
    )
    assert titles(text) == [
        ("A title of which nothing more is said than who wrote it all", "Ann Lee"),
        ("Rams and their long horns", "Bo Chen"),
    ]


def test_a_list_and_a_short_issue_are_not_taken_for_wrapped() -> None:
    text = "News\nSheep (Ann Lee)\nRams (Bo Chen)\nEwes (Cy Dee): Soft.\n- one\n- two\n"
    (draft,) = read(text.encode(), "x.txt").drafts
    assert [entry.title for entry in draft.entries] == ["Sheep", "Rams", "Ewes"]
    assert draft.entries[-1].text == "Soft.\n- one\n- two"


def test_the_generator_of_forms_writes_what_it_should() -> None:
    draft = Draft(
        number=99, entries=(Entry(title="Sheep", links=("https://a.example/",), authors="Ann Lee"),)
    )
    assert "[2]Sheep (Ann Lee)" in printed_forms.dumped(draft)
    assert "Sheep (https://a.example/) (Ann Lee)" in printed_forms.mailed(draft)
    assert "[Sheep](<https://a.example/>) (Ann Lee)" in printed_forms.markdown(draft)


def test_one_address_behind_a_title_makes_no_mail_of_a_plain_text() -> None:
    text = (
        "News\nSheep (Ann Lee) (summarized by Flo): Wool.\nEwes (Bo Chen) (summarized by Flo): See "
        "it (https://e.example) (so far).\nRams (Cy Dee) (summarized by Flo): Horns.\n"
    )
    (draft,) = read(text.encode(), "an.txt").drafts
    assert [entry.title for entry in draft.entries] == ["Sheep", "Ewes", "Rams"]
