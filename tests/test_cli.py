"""The command line, through its front door."""

import io
import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import __version__, sources
from bot.__main__ import wiring
from bot.cli import anbot
from bot.cli_report import lines_of
from bot.cli_sources import expand
from bot.indexing import Report
from bot.types import Draft, Entry, Kind, Note, Opinion
from store import open_store
from tests import newsletters, sheets

ROOT = Path(__file__).resolve().parents[1]
ENTRIES = (
    Entry(
        title="On Teapots and Their Orbits",
        authors="Ada One, Bo Two, Cy Three",
        section=("Highlights",),
        highlight=True,
        summarizer="Rohin",
        text="A teapot is claimed to circle the sun. Nobody has looked.",
        opinions=(Opinion(by="Rohin", text="I would look first (AN #7)."),),
    ),
    Entry(
        title="The Shape of Kettles",
        authors="Di Four",
        section=("Technical AI alignment", "Robustness"),
        summarizer="Flo",
        text="Kettles are round. This is good for them.",
    ),
)
DRAFT = Draft(number=801, title="Teapots", entries=ENTRIES)

Run = Callable[..., Result]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "an.sqlite"


@pytest.fixture
def run(database: Path, tmp_path: Path) -> Run:
    """The command line over a database of its own, asked from the same process."""
    environment = {"ANBOT_DB": str(database), "ANBOT_HISTORY": str(tmp_path / "history")}

    def invoke(*arguments: str | Path, typed: str = "") -> Result:
        return CliRunner().invoke(
            anbot, list(map(str, arguments)), obj=wiring(environment), input=typed, catch_exceptions=False
        )

    return invoke


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue as a web page."""
    file = tmp_path / "801.html"
    file.write_text(newsletters.page(DRAFT), encoding="utf-8")
    return file


def sheet_rows() -> sheets.Rows:
    address: sheets.Value = ("AN #801", "https://mailchi.mp/1/an-801-teapots")
    return sheets.sheet(
        {"Category": "Problems", "Highlight?": "Highlight", "Title": ENTRIES[0].title, "Email": address,
         "Authors": "Ada One, Bo Two", "Year": 2031, "Summarizer": "Rohin", "Summary": "Of teapots."},
        {"Category": "Robustness", "Title": ENTRIES[1].title, "Email": address, "Year": "soon"},
    )  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(sheets.as_xlsx(sheet_rows()))
    return file


def documents(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_without_a_database_the_sample_answers_and_says_so(run: Run, database: Path) -> None:
    result = run("try", "/an 58", "/an 99")
    assert result.exit_code == 0
    assert "Mesa optimization: what it is, and why we should care" in result.stdout
    assert result.stdout.count("This is a sample: 5 issues, 55 summaries retold in our own words.") == 1
    assert not database.exists()


def test_every_issue_of_the_sample_has_its_neighbours_in_printed_order(run: Run) -> None:
    found = documents(run("try", "--as", "json", "/an 76"))[0]
    assert (found["previous"], found["following"]) == (58, 99)
    titles = [lead["headline"]["title"] for lead in found["highlights"]]  # type: ignore[attr-defined] # JSON
    assert titles == ["Self-training with Noisy Student improves ImageNet classification", "Safety Gym"]


def test_citations_within_the_sample_lead_both_ways(run: Run) -> None:
    found = documents(run("try", "--as", "json", "/open 58-selection-vs-control"))[0]
    assert [h["title"] for h in found["cites"]] == [  # type: ignore[attr-defined] # JSON
        "Risks from Learned Optimization in Advanced Machine Learning Systems"
    ]
    assert [h["issue"] for h in found["cited_by"]] == [76]  # type: ignore[attr-defined] # JSON


def test_a_miss_is_an_answer_not_a_failure(run: Run) -> None:
    result = run("try", "/an 5000", "nonsense", "/topic cooking")
    assert result.exit_code == 0
    assert "There is no AN #5000 here" in result.stdout


def test_json_goes_to_stdout_alone(run: Run) -> None:
    result = run("try", "--as", "json", "/an 58", "/help")
    assert [found["type"] for found in documents(result)] == ["IssueFound", "Help"]
    assert "anbot index" in result.stderr


def test_lines_of_a_pipe_are_answered_and_numbers_pick(run: Run) -> None:
    result = run("try", typed="/an 58\n2\nquit\n/an 99\n")
    assert result.exit_code == 0
    assert "Two things go by the name of optimization" in result.stdout
    assert "AN #99" not in result.stdout.replace("Next: AN #99", "")


def test_what_was_indexed_is_what_is_answered(run: Run, issue: Path, database: Path) -> None:
    result = run("index", issue)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{issue}: AN #801, 2 summaries: 2 new\n"
    assert database.exists()
    answer = run("try", "/an 801", "/open 801-the-shape-of-kettles").stdout
    assert "AN #801" in answer
    assert "A teapot is claimed to circle the sun." in answer
    assert "Kettles are round. This is good for them." in answer
    assert "sample" not in answer


def test_indexing_the_same_again_changes_nothing_and_says_so(run: Run, issue: Path) -> None:
    run("index", issue)
    assert run("index", issue).stdout == f"{issue}: AN #801, 2 summaries: 2 unchanged\n"


def test_an_option_names_another_database(run: Run, issue: Path, database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    run("index", "--db", other, issue)
    assert other.exists()
    assert not database.exists()
    assert "AN #801" in run("try", "--db", other, "/an 801").stdout


def test_a_row_that_is_broken_is_told_and_loses_nothing_else(run: Run, sheet: Path) -> None:
    result = run("index", sheet)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{sheet}: AN #801, 2 summaries: 2 new")
    assert "row 3" in result.stdout
    assert "soon" in result.stdout


def test_any_order_of_sources_makes_the_same_library(
    run: Run, issue: Path, sheet: Path, tmp_path: Path
) -> None:
    exports = []
    for name, order in (("one", (issue, sheet)), ("two", (sheet, issue))):
        for source in order:
            run("index", "--db", tmp_path / name, source)
        exports.append(run("export", "--db", tmp_path / name).stdout)
    assert exports[0] == exports[1]
    assert len(exports[0].splitlines()) == 3


@pytest.mark.usefixtures("sheet")
def test_a_folder_is_taken_with_its_spreadsheet_first(run: Run, issue: Path) -> None:
    hidden = issue.parent / ".hidden" / "802.html"
    hidden.parent.mkdir()
    hidden.write_text(newsletters.page(replace(DRAFT, number=802)), encoding="utf-8")
    result = run("index", "--json", issue.parent)
    told = json.loads(result.stdout)
    assert [Path(report["source"]).name for report in told["sources"]] == ["sheet.xlsx", "801.html"]
    assert told["failures"] == []


def test_a_text_without_a_number_finds_its_place_after_the_others(
    run: Run, sheet: Path, tmp_path: Path
) -> None:
    text = tmp_path / "a.txt"
    text.write_text(newsletters.flat(DRAFT), encoding="utf-8")
    told = json.loads(run("index", "--json", text, sheet).stdout)
    assert [report["issues"] for report in told["sources"]] == [[801], [801]]


def test_a_page_without_a_number_waits_for_what_tells_it(run: Run, issue: Path, tmp_path: Path) -> None:
    """Files are taken by kind; the place of this one is known from a later one."""
    issue.write_text(newsletters.page(DRAFT).replace("Newsletter #801", ""), encoding="utf-8")
    text = tmp_path / "z.txt"
    text.write_text(f"Newsletter #801. {newsletters.flat(DRAFT)}", encoding="utf-8")
    told = json.loads(run("index", "--json", issue, text).stdout)
    assert [Path(report["source"]).name for report in told["sources"]] == ["z.txt", "801.html"]
    assert [report["issues"] for report in told["sources"]] == [[801], [801]]


def test_what_is_named_twice_is_taken_once(run: Run, issue: Path) -> None:
    assert len(run("index", issue, issue, issue.parent / "*.html").stdout.splitlines()) == 1


def test_a_word_stands_for_the_address_of_the_spreadsheet(issue: Path) -> None:
    addresses = ["https://a.example/feed", "sheet"]
    assert [source.name for source in expand([str(issue), *addresses])] == [
        sources.SHEET,
        str(issue),
        addresses[0],
    ]


def test_a_long_list_of_reasons_is_cut_short() -> None:
    notes = tuple(Note(where=f"row {n}", what="is odd") for n in range(1000))
    report = Report(
        source="a.csv", kind=Kind.CSV, issues=(), new=0, changed=0, unchanged=0, removed=0, skipped=notes
    )
    told = list(lines_of(report))
    assert told[0] == "a.csv: 0 summaries: 1,000 skipped"
    assert told[-1].strip() == "and 995 more"
    assert len(told) == 8


def test_plain_text_is_filled_to_the_columns_of_the_environment(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    with process("try", "/open 58-selection-vs-control", database=database) as program:
        out, _ = program.communicate(timeout=60)
    assert all(len(line) <= 50 for line in out.splitlines() if " " in line.strip("- "))


def test_a_pattern_stands_for_the_files_it_matches(run: Run, issue: Path) -> None:
    assert "AN #801" in run("index", issue.parent / "8*.html").stdout


def test_one_bad_source_does_not_lose_the_others(run: Run, issue: Path, tmp_path: Path) -> None:
    image = tmp_path / "image.xlsx"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    result = run("index", image, issue)
    assert result.exit_code == 2
    assert "AN #801, 2 summaries: 2 new" in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert "image.xlsx" in result.stderr
    told = json.loads(run("index", "--json", image, issue).stdout)
    assert [failure["source"] for failure in told["failures"]] == [str(image)]


def test_an_issue_without_a_number_is_refused_with_what_settles_it(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(newsletters.flat(DRAFT), encoding="utf-8")
    refused = run("index", text)
    assert refused.exit_code == 2
    assert "--issue" in refused.stderr
    assert "AN #801" in run("index", "--issue", "801", text).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["index", "nowhere.html"], "no file or folder nowhere.html"),
        (["index", "{tmp}/*.html"], "No file matches"),
        (["index", "{tmp}"], "There are no newsletters in"),
        (["parse", "nowhere.html"], "no file nowhere.html"),
        (["parse", "{tmp}"], "cannot be read"),
        (["index", "--issue", "3", "{tmp}/a", "{tmp}/b"], "no file or folder"),
        (["export"], "There is no database"),
        (["try", "--db", "{tmp}", "/an 58"], "is a directory"),
        (["try", "--as", "xml", "/an 58"], "'xml' is not one of"),
        (["index"], "Missing argument"),
        (["nothing"], "No such command 'nothing'"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_with_exit_code_2(
    run: Run, tmp_path: Path, arguments: list[str], told: str
) -> None:
    result = run(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_an_issue_number_is_for_one_file(run: Run, issue: Path, sheet: Path) -> None:
    result = run("index", "--issue", "801", issue, sheet)
    assert result.exit_code == 2
    assert "2 are named" in result.stderr


def test_parse_prints_what_is_understood_and_keeps_nothing(run: Run, issue: Path, database: Path) -> None:
    result = run("parse", issue)
    found = json.loads(result.stdout)
    assert found["issue"] == 801
    entry = found["entries"][0]
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
    assert found["notes"] == []
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
    found = json.loads(run("parse", file).stdout)
    assert [draft["issue"] for draft in found["issues"]] == [801, 802]
    assert any("row 3" in note["where"] for note in found["notes"])


def test_every_command_has_help(run: Run) -> None:
    listed = re.findall(r"^  (\w+) ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed == ["try", "index", "search", "parse", "export"]
    for name in listed:
        assert "Usage:" in run(name, "--help").stdout


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout == f"anbot, version {__version__}\n"


def process(*arguments: str, database: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "ANBOT_DB": str(database)}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_runs_as_a_program_of_its_own(database: Path) -> None:
    with process("try", "/an 58", database=database) as program:
        out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")
    assert "AN #58" in out


def at_a_terminal(*arguments: str, database: Path, **environment: str) -> str:
    """What the program writes to a terminal of 80 columns."""
    mine, its = pty.openpty()
    surroundings = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "ANBOT_DB": str(database),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=surroundings | environment,
        stdin=subprocess.DEVNULL,
        stdout=its,
    ):
        os.close(its)
        with open(mine, "rb", buffering=0) as screen:  # noqa: PTH123 - a descriptor
            return b"".join(_until_closed(screen)).decode()


def _until_closed(screen: io.RawIOBase) -> Iterator[bytes]:
    with suppress(OSError):  # how a terminal says that nobody writes to it any more
        while chunk := screen.read(4096):
            yield chunk


def test_at_a_terminal_there_are_colours_and_links(database: Path) -> None:
    shown = at_a_terminal("try", "/open 58-selection-vs-control", database=database)
    assert "\x1b[1;36m" in shown
    assert "\x1b]8;" in shown
    assert "alignmentforum.org/posts/ZDZmopKquzHYPRNxq" in shown


def test_who_wants_no_colour_gets_none(database: Path) -> None:
    shown = at_a_terminal("try", "/open 58-selection-vs-control", database=database, NO_COLOR="1")
    assert "\x1b[1m" in shown
    assert not re.search(r"\x1b\[[0-9;]*(?<![0-9])(3[0-7]|9[0-7])m", shown)


def test_ctrl_c_ends_indexing_between_two_sources(database: Path, issue: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    with process("index", str(pipe), str(issue), database=database) as program:
        with pipe.open("wb") as source:  # opens once the program reads from it
            program.send_signal(signal.SIGINT)
            source.write(newsletters.page(replace(DRAFT, number=802)).encode())
        out, err = program.communicate(timeout=60)
    assert program.returncode == 130
    assert out == f"{pipe}: AN #802, 2 summaries: 2 new\n"
    assert err.startswith("Stopped.")


def test_a_terminal_that_lacks_a_character_gets_the_rest(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with process("try", "/an 58", database=database) as program:
        out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")
    assert "? Risks from Learned Optimization" in out


@pytest.mark.parametrize("style", ["console", "json"])
def test_bytes_that_are_no_text_are_answered(database: Path, style: str) -> None:
    odd = os.fsdecode(b"/paper \xff\xfe mesa \xff")
    with process("try", "--as", style, odd, os.fsdecode(b"\xff"), database=database) as program:
        _, err = program.communicate(timeout=60)
    assert program.returncode == 0
    assert "Traceback" not in err


def test_lines_that_are_no_text_are_answered(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "try"],
        cwd=ROOT,
        env={**os.environ, "ANBOT_DB": str(database)},
        input=b"\xff\xfe\n/an 58\n",
        capture_output=True,
        check=True,
    )
    assert b"AN #58" in done.stdout


def test_a_database_that_cannot_be_written_ends_indexing_at_once(
    run: Run, issue: Path, database: Path
) -> None:
    run("index", issue)
    other = issue.with_name("802.html")
    other.write_text(newsletters.page(replace(DRAFT, number=802)), encoding="utf-8")
    with closing(sqlite3.connect(database)) as hog:
        hog.execute("BEGIN IMMEDIATE")
        hasty = replace(wiring({}), open_store=partial(open_store, busy_seconds=0))
        arguments = ["index", "--db", str(database), str(other), str(issue)]
        result = CliRunner().invoke(anbot, arguments, obj=hasty)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "another process" in result.stderr


def test_an_answer_does_not_load_what_it_does_not_need() -> None:
    """Slow libraries wait until they are needed, so that the first answer does not."""
    slow = [
        "aiohttp",
        "discord",
        "slack_bolt",
        "lxml",
        "openpyxl",
        "prompt_toolkit",
        "rich",
        "feedparser",
        "bs4",
    ]
    code = (
        "import sys; sys.argv = ['anbot', 'try', '/an 58']\n"
        "from bot.__main__ import main\n"
        "try: main()\n"
        f"finally: print('LOADED', [name for name in {slow} if name in sys.modules])"
    )
    environment = {**os.environ, "ANBOT_DB": "/nowhere/an.sqlite"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"
