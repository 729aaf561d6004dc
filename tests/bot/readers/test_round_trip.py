"""What the newsletter could have printed is read back as it was."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.indexing.merge import merge
from bot.model.newsletter import Draft, Entry, Opinion, SourceKind
from bot.model.sections import HIGHLIGHTS, TREE
from bot.ports import IssueRef, SourceVersion
from bot.readers import read
from tests.roundtrip import FORMS, archive, measure
from tests.support import newsletters
from tests.support.archive import SHARED

WORDS = [
    "sheep",
    "wool",
    "rams",
    "graze",
    "learning",
    "safely",
    "robust",
    "flocks",
    "objectives",
    "night",
    "counting",
    "fences",
    "agents",
    "shepherds",
]
NAMES = ["Ann Lee", "Bo Chen", "Zoë Quill", "G. H. Ito", "Eve van Dam"]
PEOPLE = ["Flo", "Dan H", "Cody", "Asya"]

sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(
    lambda w: " ".join(w).capitalize() + "."
)
texts = st.lists(sentences, min_size=1, max_size=3).map(" ".join)
titles = st.lists(st.sampled_from(WORDS), min_size=2, max_size=7, unique=True).map(
    lambda w: " ".join(w).title()
)
sections = st.sampled_from([(top, child) for top, children in TREE.items() for child in children])


@st.composite
def entry(draw: st.DrawFn) -> Entry:
    summarizer = draw(st.sampled_from(PEOPLE))
    section = draw(sections | st.just((HIGHLIGHTS,)))
    return Entry(
        title=draw(titles),
        links=("https://sheep.example/",),
        authors=", ".join(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))),
        summarizer=summarizer,
        section=section,
        highlight=section == (HIGHLIGHTS,),
        text=draw(texts),
        opinions=tuple(
            Opinion(by=by, text=draw(texts))
            for by in draw(st.sampled_from([(), (summarizer,), (summarizer, "Rohin")]))
        ),
    )


issues = st.lists(entry(), min_size=1, max_size=6, unique_by=lambda e: e.title).map(
    lambda entries: Draft(number=99, entries=tuple(sorted(entries, key=lambda e: _order(e.section))))
)


def _order(section: tuple[str, ...]) -> list[int]:
    top = list(TREE).index(section[0])
    return [top, *(TREE[section[0]].index(name) for name in section[1:])]


CLOSE = "wrapped, nothing between"
SHOWN_BY_MANY_LINES = {CLOSE, "wrapped, hanging indents", "wrapped, paragraphs set in"}
"""Forms that a few lines do not show."""
MOST_GLUED = 5
"""Issues with a paragraph that fills its last line by chance, before a title."""


@pytest.mark.parametrize("name", sorted(FORMS.keys() - SHOWN_BY_MANY_LINES))
@given(draft=issues)
def test_every_issue_reads_back_in_every_form(name: str, draft: Draft) -> None:
    (got,) = read(FORMS[name](draft).encode(), "issue").drafts
    facts = [
        (e.title, newsletters.printed_authors(e.authors), e.summarizer, e.section, e.text, e.opinions)
        for e in draft.entries
    ]
    assert [(e.title, e.authors, e.summarizer, e.section, e.text, e.opinions) for e in got.entries] == facts


MOST_GUESSED = 45
"""Issues with a title whose border no flat line shows: mostly after links, which end without a sign."""
MOST_REFUSED = {name: MOST_GUESSED for name in FORMS if name.startswith("one line")} | {
    CLOSE: MOST_GLUED,
    "Markdown, laid out in tables": 1,
}
LINKED_PARAGRAPHS = {"55-fli-s-youtube-channel"}
"""A paragraph of a summary that is all link, which a page shows like a title without a text."""


@pytest.mark.archive
@pytest.mark.parametrize("name", FORMS)
def test_the_real_archive_reads_back(name: str) -> None:
    """No sentence of it helps: titles, headings and prose are what was really printed."""
    score = measure(FORMS[name])
    assert score.recall >= 0.98
    assert score.precision >= 0.999
    assert score.refused <= MOST_REFUSED.get(name, 0)
    assert score.authors == score.summarizers == score.recovered
    assert sum(score.texts) / score.recovered > 0.98


@pytest.mark.archive
@pytest.mark.parametrize("name", FORMS)
def test_beside_the_sheet_no_form_adds_a_summary_or_changes_a_text(name: str) -> None:
    added, refused = set(), 0
    for draft in archive():
        try:
            read_back = read(FORMS[name](draft).encode(), "an.txt")
        except InputError:
            refused += 1
            continue
        sheet = SourceVersion(kind=SourceKind.SHEET, source="an.xlsx", draft=draft)
        again = SourceVersion(kind=read_back.kind, source="an.txt", draft=read_back.drafts[0])
        alone, beside = (
            {
                summary.key: (summary.text, summary.opinions, summary.read_more)
                for summary in merge(IssueRef(draft.number), versions, None, {}).issue.summaries
            }
            for versions in ([sheet], [again, sheet])
        )
        added |= beside.keys() - alone.keys()
        assert beside | alone == beside
    assert added <= LINKED_PARAGRAPHS
    assert refused <= MOST_REFUSED.get(name, 0)


@pytest.mark.archive
@pytest.mark.parametrize("golden", ["058", "076", "099"])
def test_labelled_issues_are_read_without_a_fault(golden: str, tmp_path: Path) -> None:
    labels = SHARED / "golden" / f"{golden}.json"
    seed = SHARED / "corpus" / "issues" / json.loads(labels.read_text())["seed"]
    parsed = tmp_path / "parsed.json"
    command = [sys.executable, "-m", "bot", "parse", str(seed), "--issue", str(int(golden))]
    parsed.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    floors = [f"--min-{what}=1" for what in ("precision", "recall", "authors", "summarizer", "section")]
    check = [
        sys.executable,
        str(SHARED / "golden" / "check.py"),
        str(parsed),
        str(labels),
        "--news",
        "require",
        *floors,
    ]
    result = subprocess.run(
        [*check, "--min-summary=0.995", "--min-opinion=0.995"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.archive
@pytest.mark.parametrize("number", [62, 104, 140])
def test_real_pages_hold_every_row_of_the_sheet(number: int) -> None:
    page = SHARED / "corpus" / "html" / f"{number:03}.html"
    (got,) = read(page.read_bytes(), page.name).drafts
    sheet = SHARED / "corpus" / "alignment_newsletter.xlsx"
    (wrote,) = [draft for draft in read(sheet.read_bytes(), sheet.name).drafts if draft.number == number]
    assert got.number == number
    facts = {(e.title, e.links, e.references, e.highlight, e.text.count("](")) for e in wrote.entries}
    assert {(e.title, e.links, e.references, e.highlight, e.text.count("](")) for e in got.entries} == facts
