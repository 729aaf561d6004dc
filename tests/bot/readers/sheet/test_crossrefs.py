"""The sheet's references from row to row, as the newsletter prints them."""

from collections.abc import Mapping

import pytest

from bot.model.newsletter import Document, Entry, Target
from bot.readers.sheet import read_sheet
from tests.support.sheets import Value, as_xlsx, remarks, row, sheet


def citing(
    text: str, *others: Mapping[str, Value], email: str = "AN #9", column: str = "summary"
) -> tuple[Entry, Document]:
    """The entry with that text among others, and the whole document."""
    rows = [*others, row(title="The citing one", email=email, **{column: text})]
    document = read_sheet(as_xlsx(sheet(*rows)), "sheet.xlsx")
    return next(e for d in document.drafts for e in d.entries if e.title == "The citing one"), document


class TestReferences:
    OTHER = row(title=("Better plans", "https://a.example/plans"), email="AN #4")

    @pytest.mark.parametrize(
        ("written", "printed"),
        [
            ("<@Better plans@>", "[Better plans](https://a.example/plans) (AN #4)"),
            ("(see <@this@>(@better PLANS@))", "(see [this](https://a.example/plans) (AN #4))"),
            ("<@Better plans@> (AN #4).", "[Better plans](https://a.example/plans) (AN #4)."),
            ("<@Better plan@>", "[Better plan](https://a.example/plans) (AN #4)"),
        ],
    )
    @pytest.mark.parametrize("column", ["summary", "my_opinion", "prerequisites", "read_more"])
    def test_are_printed_as_the_newsletter_does_in_every_text(
        self, column: str, written: str, printed: str
    ) -> None:
        entry, _ = citing(written, self.OTHER, column=column)
        texts = [entry.text, *(o.text for o in entry.opinions), entry.prerequisites, entry.read_more]
        assert [text for text in texts if text] == [printed]
        assert entry.cites == (Target(issue=4, title="Better plans"),)
        assert entry.references == (4,)

    def test_to_a_row_without_an_issue_name_none(self) -> None:
        entry, _ = citing("<@Old@>", row(title=("Old", "https://a.example"), email="Recon #4"))
        assert (entry.text, entry.cites) == ("[Old](https://a.example)", (Target(issue=None, title="Old"),))

    def test_to_a_row_without_an_address_stay_unlinked(self) -> None:
        entry, _ = citing("<@Old@>", row(title="Old", email="AN #1"))
        assert entry.text == "Old (AN #1)"

    def test_find_each_part_of_a_title_that_has_several_with_its_own_link(self) -> None:
        title = "[On ants](https://a.example/ants) and [On bees](https://a.example/bees)"
        entry, _ = citing("<@on bees@>, <@On ants and on bees@>", row(title=title, email="AN #2"))
        assert entry.text == (
            "[on bees](https://a.example/bees) (AN #2), [On ants and on bees](https://a.example/ants) (AN #2)"
        )
        assert entry.cites == (Target(issue=2, title="On ants and On bees"),)

    def test_to_nothing_stay_plain_and_are_noted(self) -> None:
        entry, document = citing(
            "<@these@>(@Lost plans@) and <@Plans for all ants, part 2@>",
            row(title="Plans for all ants, part 1"),
        )
        assert (entry.text, entry.cites, entry.references) == ("these and Plans for all ants, part 2", (), ())
        assert [(where, "no row is called" in what, skipped) for where, what, skipped in remarks(document)][
            :2
        ] == [("row 3", True, False)] * 2

    @pytest.mark.parametrize(
        ("at", "taken"), [("AN #9", 7), ("AN #6", 2), ("AN #1", 2), ("Recon #1", 2), ("AN #40", 7)]
    )
    def test_to_one_of_several_titles_take_the_nearest_earlier_issue_and_say_so(
        self, at: str, taken: int
    ) -> None:
        same = [row(title=("Same", f"https://a.example/{n}"), email=f"AN #{n}") for n in (2, 7)]
        entry, document = citing("<@Same@>", row(title="Same", email="N/A"), *same, email=at)
        assert entry.cites == (Target(issue=taken, title="Same"),)
        assert f"took row {3 if taken == 2 else 4} (AN #{taken})" in remarks(document)[0][1]

    def test_to_the_own_title_mean_the_other_row_of_that_title(self) -> None:
        rows = sheet(
            row(title="Same", summary="<@Same@>"),
            row(title=("Same", "https://a.example/other")),
        )
        (draft,) = read_sheet(as_xlsx(rows), "sheet.xlsx").drafts
        assert draft.entries[0].text == "[Same](https://a.example/other) (AN #3)"

    def test_to_oneself_cite_nothing(self) -> None:
        entry, _ = citing("<@The citing one@>")
        assert (entry.text, entry.cites) == ("The citing one (AN #9)", ())

    def test_of_nothing_but_signs_name_nothing(self) -> None:
        entry, _ = citing("<@?@> <@ @>", row(title="!!", email="AN #1"))
        assert (entry.text, entry.cites) == ("? ", ())

    def test_are_counted(self) -> None:
        _, document = citing("<@Better plans@> <@Lost@>", self.OTHER)
        assert "2 cross-references: 1 resolved, 0 of them" in remarks(document)[-1][1]

    def test_that_never_end_are_text(self) -> None:
        text = "<@" * 15_000
        entry, _ = citing(text)
        assert entry.text == text
