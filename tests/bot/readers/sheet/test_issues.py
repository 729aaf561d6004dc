"""How rows of the sheet become issues."""

from collections.abc import Mapping

import pytest

from bot.model.newsletter import Document, SourceKind
from bot.readers.sheet import read_sheet
from tests.support.sheets import Value, as_xlsx, remarks, row, sheet


def read(*rows: Mapping[str, Value]) -> Document:
    return read_sheet(as_xlsx(sheet(*rows)), "sheet.xlsx")


class TestIssues:
    def test_are_in_order_and_hold_their_rows_as_printed(self) -> None:
        document = read(
            row(title="news", email="AN #10", category="News"),
            row(title="rl", email="AN #10", category="Reinforcement learning"),
            row(title="unknown", email="AN #10", category="Beekeeping"),
            row(title="mesa 1", email="AN #10", category="Mesa optimization"),
            row(title="mesa 2", email=" an  10", category="MESA OPTIMIZATION"),
            row(title="best", email="AN #10", category="News", highlight="Highlight"),
            row(title="first", email="AN #9"),
        )
        assert [(d.number, [e.title for e in d.entries]) for d in document.drafts] == [
            (9, ["first"]),
            (10, ["best", "mesa 1", "mesa 2", "rl", "news", "unknown"]),
        ]
        assert document.kind is SourceKind.SHEET

    def test_outside_the_numbers_are_kept_under_their_label(self) -> None:
        emails = ["N/A", "Recon #5", "", "AN #5", "Recon  #4", "Recon #5"]
        document = read(*(row(title=str(i), email=email) for i, email in enumerate(emails)))
        assert [(d.number, d.label, [e.title for e in d.entries]) for d in document.drafts] == [
            (5, "", ["3"]),
            (None, "Recon #4", ["4"]),
            (None, "Recon #5", ["1", "5"]),
            (None, "", ["0", "2"]),
        ]
        assert [where for where, _, _ in remarks(document)] == ["Recon #4", "Recon #5", "no issue"]

    @pytest.mark.parametrize(
        ("slug", "title"),
        [
            ("an-58-what-ants-want", "What ants want"),
            ("an-58what-ants-want", "What ants want"),
            ("an-58-what-ai-wants?e=ab12", "What AI wants"),
            ("an-588-what-ants-want", ""),
            ("alignment-newsletter-58", ""),
            ("4da2bu7tjd", ""),
        ],
    )
    def test_have_the_title_their_address_holds(self, slug: str, title: str) -> None:
        address = f"https://m.example/1f/{slug}"
        (draft,) = read(row(title="AI, AI and Ai", email=("AN #58", address))).drafts
        assert (draft.title, draft.url) == (title, address.partition("?")[0])

    def test_whose_rows_disagree_on_the_address_take_the_commonest(self) -> None:
        given = ["https://m.example/a", "https://m.example/b", "https://m.example/b"]
        document = read(*(row(email=("AN #3", address)) for address in given), row(email="AN #3"))
        assert document.drafts[0].url == "https://m.example/b"
        assert remarks(document) == [
            ("AN #3", "its rows give 2 addresses; took the one of 2 rows, https://m.example/b", False)
        ]
