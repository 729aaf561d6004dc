"""`anbot try` answers from the sample, or from what was indexed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.cli import anbot
from bot.lookup.lookup import Lookup
from tests.support.one_issue import Run


def documents(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_without_a_database_the_sample_answers_and_says_so(run: Run, database: Path) -> None:
    result = run("try", "/an 58", "/an 99")
    assert result.exit_code == 0
    assert "Mesa optimization: what it is, and why we should care" in result.stdout
    assert result.stdout.count("This is a sample: 5 issues, 55 summaries retold in our own words.") == 1
    assert not database.exists()


def test_every_issue_of_the_sample_has_its_neighbours_in_printed_order(run: Run) -> None:
    document = documents(run("try", "--as", "json", "/an 76"))[0]
    assert (document["previous"], document["following"]) == (58, 99)
    titles = [lead["headline"]["title"] for lead in document["highlights"]]  # type: ignore[attr-defined] # JSON
    assert titles == ["Self-training with Noisy Student improves ImageNet classification", "Safety Gym"]


def test_citations_within_the_sample_lead_both_ways(run: Run) -> None:
    document = documents(run("try", "--as", "json", "/open 58-selection-vs-control"))[0]
    assert [h["title"] for h in document["cites"]] == [  # type: ignore[attr-defined] # JSON
        "Risks from Learned Optimization in Advanced Machine Learning Systems"
    ]
    assert [h["issue"] for h in document["cited_by"]] == [76]  # type: ignore[attr-defined] # JSON


def test_a_miss_is_an_answer_not_a_failure(run: Run) -> None:
    result = run("try", "/an 5000", "nonsense", "/topic cooking")
    assert result.exit_code == 0
    assert "There is no AN #5000 here" in result.stdout


def test_a_request_may_come_in_the_words_of_a_shell(run: Run) -> None:
    document = documents(
        run("try", "--as", "json", "/an", "58", "/paper", "selection", "vs", "control", "/topic", "99")
    )
    assert [answer["type"] for answer in document] == ["IssueFound", "SummaryFound", "Sections", "IssueFound"]


def test_a_named_database_that_does_not_exist_is_reported(run: Run, tmp_path: Path) -> None:
    result = run("try", "--db", tmp_path / "none.sqlite", "/an 58")
    assert result.exit_code == 0
    assert "There is no database" in result.stderr
    assert "AN #58" in result.stdout


def test_json_goes_to_stdout_alone(run: Run) -> None:
    result = run("try", "--as", "json", "/an 58", "/help")
    assert [document["type"] for document in documents(result)] == ["IssueFound", "Help"]
    assert "anbot index" in result.stderr


def test_lines_of_a_pipe_are_answered_and_numbers_pick(run: Run) -> None:
    result = run("try", typed="/an 58\n2\nquit\n/an 99\n")
    assert result.exit_code == 0
    assert "Two things go by the name of optimization" in result.stdout
    assert "AN #99" not in result.stdout


def test_an_option_names_another_database(run: Run, issue: Path, database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    run("index", "--db", other, issue)
    assert other.exists()
    assert not database.exists()
    assert "AN #801" in run("try", "--db", other, "/an 801").stdout


def test_the_sample_knows_what_is_meant_by_mesa(run: Run) -> None:
    """The first thing that the README has a newcomer ask."""
    (document,) = documents(run("try", "--as", "json", "/paper mesa"))
    assert document["type"] == "SummaryFound"
    assert document["summary"]["title"].startswith("Risks from Learned Optimization")  # type: ignore[index] # JSON


def test_whatever_platform_there_is_can_be_asked_for(database: Path) -> None:
    async def preview(_: Lookup, text: str, __: Callable[[], datetime]) -> str:
        return f"coo {text}"

    app = build_app({"ANBOT_DB": str(database)})
    app = replace(app, platforms=(replace(app.platforms[0], name="pigeon", preview=preview),))
    assert "[console|json|pigeon]" in CliRunner().invoke(anbot, ["try", "--help"], obj=app).stdout
    assert CliRunner().invoke(anbot, ["try", "--as", "pigeon", "/an 58"], obj=app).stdout == "coo /an 58\n"
    assert CliRunner().invoke(anbot, ["try", "--as", "slack", "/an 58"], obj=app).exit_code == 2
