"""What an entry takes from its row of the sheet."""

import pytest

from bot.model.newsletter import Entry, Opinion
from bot.readers.sheet import read_sheet
from bot.text.markdown import plain
from tests.support.sheets import Value, as_csv, as_xlsx, row, sheet


def entry(**facts: Value) -> Entry:
    """The one entry of a sheet with these facts."""
    (draft,) = read_sheet(as_xlsx(sheet(row(**facts))), "sheet.xlsx").drafts
    (only,) = draft.entries
    return only


class TestAnEntry:
    def test_takes_every_column(self) -> None:
        assert entry(
            title=("Plans for ants", "https://a.example/ants"),
            category="Mesa optimization",
            highlight="Highlight",
            authors="Ann Ant*, Bob Bee*,\n Cy  Cricket ",
            venue="ICML 2019",
            year=2019,
            hat_tip="Dee",
            summarizer="Rohin",
            summary="Ants _plan_.",
            my_opinion="I like ants.",
            prerequisites=("Ant basics", "https://a.example/basics"),
            read_more="[Paper](https://a.example/p) and more",
        ) == Entry(
            title="Plans for ants",
            links=("https://a.example/ants",),
            authors="Ann Ant, Bob Bee, Cy Cricket",
            venue="ICML 2019",
            year=2019,
            section=("Technical AI alignment", "Mesa optimization"),
            highlight=True,
            hat_tip="Dee",
            summarizer="Rohin",
            text="Ants _plan_.",
            opinions=(Opinion(by="Rohin", text="I like ants."),),
            prerequisites="[Ant basics](https://a.example/basics)",
            read_more="[Paper](https://a.example/p) and more",
        )

    def test_may_be_nothing_but_a_title(self) -> None:
        assert entry(title=" A title \n") == Entry(title="A title")

    def test_with_several_linked_titles_keeps_all_of_them(self) -> None:
        title = "[On *ants*](https://a.example/a_(b)) and [On bees](https://a.example/c)"
        several = entry(title=title)
        assert several.title == "On ants and On bees"
        assert several.links == ("https://a.example/a_(b)", "https://a.example/c")

    @pytest.mark.parametrize(
        "title", ["FAT* and A*", "[MLSN #1]: news", "Is [this] <A, E, W> it?", "a_b_c", "2 * 3 * 4"]
    )
    def test_with_a_title_that_only_looks_like_markup_keeps_it(self, title: str) -> None:
        assert entry(title=title).title == title

    @pytest.mark.parametrize(
        ("column", "on_cell", "links"),
        [
            ("https://a.example/long", "https://a.example/lo", ("https://a.example/long",)),
            ("https://a.example", "https://a.example/", ("https://a.example",)),
            (
                "https://a.example/p",
                "https://a.example/p#c",
                ("https://a.example/p", "https://a.example/p#c"),
            ),
            ("https://a.example/p", None, ("https://a.example/p",)),
            ("a.example/p?q=1", None, ("https://a.example/p?q=1",)),
            ("", "https://a.example/p", ("https://a.example/p",)),
            ("none yet", None, ()),
        ],
    )
    def test_leads_with_the_url_column_and_adds_what_the_cell_tells_beyond_it(
        self, column: str, on_cell: str | None, links: tuple[str, ...]
    ) -> None:
        title: Value = ("A title", on_cell) if on_cell else "A title"
        assert entry(title=title, url=column).links == links

    @pytest.mark.parametrize(
        ("signed", "summarizer", "writer"),
        [
            ("Dan Hendrycks", "Dan H", "Dan H"),
            ("zachary robertson", "Zach", "Zach"),
            ("Rohin/Flo Dorner", "Rohin", "Flo"),
            ("Somebody New", "Somebody New", "Somebody New"),
            ("", "", ""),
        ],
    )
    def test_is_signed_by_the_short_name_and_its_opinion_by_whoever_wrote_it(
        self, signed: str, summarizer: str, writer: str
    ) -> None:
        read_back = entry(summarizer=signed, my_opinion="Yes.")
        assert (read_back.summarizer, read_back.opinions) == (summarizer, (Opinion(by=writer, text="Yes."),))

    @pytest.mark.parametrize(
        "label",
        [
            "**Rohin's opinion:** ",
            "**Rohin’s opinion:** ",
            "**Rohin's opinion**: ",
            "*Rohin's opinion:* ",
            "_Rohin's opinion_: ",
            "Rohin's opinion: ",
            "**Rohin Shah's opinion:**\n",
        ],
    )
    def test_has_a_second_opinion_behind_a_label_in_any_spelling(self, label: str) -> None:
        opinions = entry(summarizer="Flo", my_opinion=f"First.\n\n{label}Second.").opinions
        assert opinions == (Opinion(by="Flo", text="First."), Opinion(by="Rohin", text="Second."))

    def test_whose_opinion_starts_with_a_label_has_no_opinion_before_it(self) -> None:
        assert entry(summarizer="Flo", my_opinion="**Nicholas' opinion:** No.").opinions == (
            Opinion(by="Nicholas", text="No."),
        )

    @pytest.mark.parametrize(
        "text",
        [
            "**On interaction:** it is good.",
            "One.\n\n**Rohin's note:** Two.",
            "I share Rohin's opinion: it is good.",
            "One.\nThe author's opinion: another.",
        ],
    )
    def test_keeps_other_bold_leads_and_mentions_inside_the_opinion(self, text: str) -> None:
        assert entry(summarizer="Flo", my_opinion=text).opinions == (Opinion(by="Flo", text=text),)

    def test_keeps_what_looks_like_a_tag_or_an_escape(self) -> None:
        text = "<A, E, W> costs $5 \\_here\\_ at _x0000_.\n\n<GRAPHS HERE>\n- a\n    - b"
        assert entry(summary=text).text == text.replace("_x0000_", "\\_x0000\\_")
        assert "_x0000_." in plain(entry(summary=text).text)

    def test_loses_control_characters_and_mixed_line_ends(self) -> None:
        rows = sheet(row(summary="one\r\ntwo\rthree\x07 and \x9b31m"))
        (draft,) = read_sheet(as_csv(rows), "s.csv").drafts
        assert draft.entries[0].text.startswith("one\ntwo\nthree and ")

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            (("Paper", "https://a.example/p"), "[Paper](https://a.example/p)"),
            (("Odd ] one", "https://a.example/p_(x"), r"[Odd \] one](https://a.example/p_%28x)"),
            (("[Paper](https://b.example)", "https://a.example/p"), "[Paper](https://b.example)"),
            (("See https://a.example/p", "https://a.example/p"), "See https://a.example/p"),
            ("Section 3", "Section 3"),
        ],
    )
    def test_links_a_plain_thing_to_read_and_leaves_markdown_alone(self, text: Value, shown: str) -> None:
        assert entry(read_more=text).read_more == shown

    def test_knows_the_issues_its_texts_mention(self) -> None:
        mentions = entry(
            summary="As in ([AN #57](https://m.example)), AN #4", my_opinion="(AN #57)", read_more="AN #120"
        )
        assert mentions.references == (4, 57, 120)
