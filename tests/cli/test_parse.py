"""`anbot parse` prints what the bot reads in a file."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.support import newsletters, sheets
from tests.support.one_issue import DRAFT, ENTRIES, Run, sheet_rows


def test_parse_prints_what_is_understood_and_keeps_nothing(run: Run, issue: Path, database: Path) -> None:
    result = run("parse", issue)
    output = json.loads(result.stdout)
    assert output["issue"] == 801
    entry = output["entries"][0]
    expected: Mapping[str, object] = {
        "title": ENTRIES[0].title,
        "authors": "Ada One et al",
        "summarizer": "Rohin",
        "ht": "",
        "section": ["Highlights"],
        "summary": ENTRIES[0].text,
        "references": [7],
        "highlight": True,
        "prerequisites": "",
        "read_more": "",
        "venue": "",
        "year": None,
    }
    assert {name: entry[name] for name in expected} == expected
    assert [opinion["by"] for opinion in entry["opinions"]] == ["Rohin"]
    assert entry.keys() >= {"url", "links", "cites"}
    assert output["notes"] == []
    assert not database.exists()


def test_parse_numbers_a_text_that_does_not_say(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(newsletters.flat(DRAFT), encoding="utf-8")
    assert json.loads(run("parse", text).stdout)["issue"] is None
    assert json.loads(run("parse", "--issue", "801", text).stdout)["issue"] == 801


def test_parse_prints_several_issues_as_a_list(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.xlsx"
    rows = sheet_rows()
    another = ["AN #802" if cell == rows[1][7] else cell for cell in rows[1]]
    file.write_bytes(sheets.as_xlsx([*rows, another]))
    output = json.loads(run("parse", file).stdout)
    assert [draft["issue"] for draft in output["issues"]] == [801, 802]
    assert any("row 3" in note["where"] for note in output["notes"])


def test_parse_refuses_another_newsletter_unless_it_is_said_to_be_an_issue(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "other.html"
    page.write_text("<h1>News</h1><p><a href='https://p.example/'>Python 4</a> (Jane Doe): It is fast.</p>")
    refused = run("parse", page)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "shows no sign of this one" in refused.stderr
    assert json.loads(run("parse", "--issue", "7", page).stdout)["issue"] == 7


def test_parse_says_what_is_only_likely_beside_what_it_reads(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "an.txt"
    text.write_text(
        "Alignment Newsletter. Highlights Wool (Ann Lee) (summarized by Flo): It is soft. "
        "Read more: Defending Flocks The Ram Learns to Trust (Bo Chen) (summarized by Flo): It does."
    )
    parsed = run("parse", text)
    assert parsed.exit_code == 0
    assert "an.txt is all on one line, and nothing shows where 1 of its titles begin or end" in parsed.stderr
    assert json.loads(parsed.stdout)["entries"][0]["title"] == "Wool"
    assert run("parse", "--issue", "7", text).stderr == ""
