"""`/digest` at the console: kept over runs, printed where it is due."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.cli import anbot
from bot.model.newsletter import Entry
from bot.runtime.clock import Clock
from tests.support import newsletters
from tests.support.drafts import draft

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Console:
    """The command line over one database, at times of the test's choice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOW

    def run(self, *arguments: str) -> Result:
        environment = {"ANBOT_DB": str(self.folder / "an.db"), "ANBOT_HISTORY": str(self.folder / "history")}
        put_together = replace(build_app(environment), clock=Clock(read=lambda: self.now))
        return CliRunner().invoke(anbot, list(arguments), obj=put_together, catch_exceptions=False)

    def say(self, *texts: str) -> str:
        return self.run("try", *texts).stdout

    def index(self, number: int) -> None:
        paper = Entry(
            title=f"A paper of {number}",
            authors="Ada One",
            section=("Highlights",),
            highlight=True,
            summarizer="Rohin",
            text="It says this and that. And more.",
        )
        file = self.folder / f"{number}.html"
        file.write_text(newsletters.page(draft(number, paper)), encoding="utf-8")
        assert self.run("index", str(file)).exit_code == 0


@pytest.fixture
def console(tmp_path: Path) -> Console:
    made = Console(tmp_path)
    made.index(1)
    made.index(2)
    return made


def test_a_new_issue_is_printed_once(console: Console) -> None:
    assert "New issues · as each appears" in console.say("/digest here")
    assert "A paper" not in console.say("/digest list")
    console.index(3)
    assert "A paper of 3" in console.say("/digest list")
    assert "A paper of 3" not in console.say("/digest list")
    assert "1 of 1 part posted" in console.say("/digest log")


def test_a_club_is_printed_at_its_hour(console: Console) -> None:
    told = console.say("/digest here club from:2 monday 9 Europe/London")
    assert "Monday 23 November 09:00 Europe/London, in 3 days, from AN #2" in told
    console.now += timedelta(days=4)
    assert "Reading club: AN #2" in console.say("/an 1")


def test_a_second_one_asks_and_the_offered_line_changes_it(console: Console) -> None:
    console.say("/digest here")
    asked = console.say("/digest here full")
    assert "Shall it be changed" in asked
    assert "/digest here change full" in asked
    assert "as headlines" in console.say("/digest list")
    assert "with their texts" in console.say("/digest here change full")


@pytest.mark.parametrize("line", ["/digest", "/digest help", "/digest pause foo", "/digest foo"])
def test_anything_else_is_answered_with_how_to_ask(console: Console, line: str) -> None:
    assert "/digest pause | resume | stop" in console.say(line)


def test_it_is_paused_resumed_previewed_and_stopped(console: Console) -> None:
    console.say("/digest here")
    assert "A paper of 2" in console.say("/digest preview")
    assert "Paused" in console.say("/digest pause")
    assert "Resumed" in console.say("/digest resume news")
    assert "Stopped" in console.say("/digest stop")
    assert "There is no digest" in console.say("/digest preview")


def test_as_json_nothing_is_printed_that_was_not_asked_for(console: Console) -> None:
    console.say("/digest here")
    console.index(3)
    (line,) = console.run("try", "--as", "json", "/digest list").stdout.splitlines()
    assert json.loads(line)["blocks"][0]["text"] == "Digests"


def test_each_line_of_what_is_told_stands_in_a_line_of_its_own(console: Console) -> None:
    console.say("/digest here weekly monday 9 Europe/London")
    assert console.say("/digest list").splitlines() == [
        "Digests",
        "",
        "• New issues · Mondays at 09:00 Europe/London",
        "• next: Monday 23 November 09:00 Europe/London, in 3 days",
        "• all entries · as headlines · in the channel",
    ]
