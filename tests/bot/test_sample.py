"""The embedded sample is true in its facts and ours in its words."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from openpyxl import load_workbook

from bot.model.newsletter import Entry
from bot.model.sections import PARENTS
from bot.sample import document
from tests.support.archive import SHARED

DRAFTS = {draft.number: draft for draft in document().drafts}
ENTRIES = [(draft, entry) for draft in DRAFTS.values() for entry in draft.entries]
RUN = 7
"""So many words in a row that stand in the newsletter too would be a quotation."""


def own_texts(entry: Entry) -> Iterator[str]:
    yield entry.text
    yield from (opinion.text for opinion in entry.opinions)


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?=\s|$)", text))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def test_the_sample_holds_five_issues_with_all_their_entries() -> None:
    assert {number: len(draft.entries) for number, draft in DRAFTS.items()} == {
        53: 12,
        58: 12,
        76: 9,
        99: 13,
        136: 9,
    }


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=lambda entry: entry.title)
def test_every_entry_can_be_found_read_and_filed(entry: Entry) -> None:
    assert entry.title
    assert entry.links[0].startswith("http")
    assert all(heading in PARENTS for heading in entry.section)
    assert bool(entry.text) == bool(entry.summarizer)
    assert sentences(entry.text) <= 3
    assert all(opinion.by and opinion.text for opinion in entry.opinions)


def test_every_issue_has_a_highlight_and_its_address() -> None:
    for draft in DRAFTS.values():
        assert any(entry.highlight for entry in draft.entries)
        assert draft.url.startswith("https://mailchi.mp/")


def test_what_the_sample_cites_is_in_it() -> None:
    targets = {(target.issue, target.title) for _, entry in ENTRIES for target in entry.cites}
    assert targets
    assert targets <= {(draft.number, entry.title) for draft, entry in ENTRIES}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """What the newsletter's own spreadsheet says, blanks folded."""
    book = load_workbook(SHARED / "corpus" / "alignment_newsletter.xlsx", read_only=True)
    with closing(book):
        head, *lines = book.worksheets[0].iter_rows(max_row=1957, values_only=True)
    return [{str(name): _text(value) for name, value in zip(head, line, strict=True)} for line in lines]


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


@pytest.mark.archive
def test_the_facts_are_those_of_the_newsletter(rows: list[dict[str, str]]) -> None:
    known = {(row["Email"], row["Title"]): row for row in rows}
    for draft, entry in ENTRIES:
        row = known[f"AN #{draft.number}", entry.title]
        assert entry.authors == row["Authors"].replace("*", "")
        assert (entry.venue, str(entry.year)) == (row["Venue"], row["Year"])
        assert entry.links == (row["URL"],)
        assert entry.section[-1] == row["Category"]
        assert entry.highlight == (row["Highlight?"] == "Highlight")
        assert entry.hat_tip == row["H/T"]
        assert entry.summarizer == row["Summarizer"].partition("/")[0]
        assert bool(entry.text) == bool(row["Summary"])
        assert not entry.opinions or row["My opinion"]


@pytest.mark.archive
def test_no_seven_words_in_a_row_are_the_newsletters(rows: list[dict[str, str]]) -> None:
    printed = {run for row in rows for run in (*runs(row["Summary"]), *runs(row["My opinion"]))}
    quoted = [
        run for _, entry in ENTRIES for text in own_texts(entry) for run in runs(text) if run in printed
    ]
    assert quoted == []
