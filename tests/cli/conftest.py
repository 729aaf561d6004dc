"""A database, a command line over it, and files to give it."""

import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.app import App
from bot.cli import anbot
from bot.runtime.clock import Clock
from tests.support import newsletters, sheets
from tests.support.checkup import Doctor
from tests.support.drafts import NOW
from tests.support.one_issue import DRAFT, Run, sheet_rows


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "an.sqlite"


@pytest.fixture(autouse=True)
def no_system_timezones() -> Iterator[None]:
    """The machine's own rules of timezones, of whatever version, are out of the way."""
    zoneinfo.reset_tzpath(to=())
    yield
    zoneinfo.reset_tzpath()


@pytest.fixture
def run(database: Path, tmp_path: Path) -> Run:
    """The command line over a database of its own, asked from the same process."""
    environment = {"ANBOT_DB": str(database), "ANBOT_HISTORY": str(tmp_path / "history"), "ANBOT_SOURCES": ""}

    def invoke(*arguments: str | Path, typed: str = "") -> Result:
        return CliRunner().invoke(
            anbot, list(map(str, arguments)), obj=build_app(environment), input=typed, catch_exceptions=False
        )

    return invoke


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue as a web page."""
    file = tmp_path / "801.html"
    file.write_text(newsletters.page(DRAFT), encoding="utf-8")
    return file


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(sheets.as_xlsx(sheet_rows()))
    return file


@pytest.fixture
def doctor(database: Path) -> Doctor:
    """`anbot doctor` at a time, in an environment."""

    def invoke(at: datetime = NOW, change: Callable[[App], App] = lambda w: w, **more: str) -> Result:
        environment = {"ANBOT_DB": str(database), "ANBOT_SOURCES": "", **more}
        put_together = change(replace(build_app(environment), clock=Clock(read=lambda: at)))
        return CliRunner().invoke(anbot, ["doctor"], obj=put_together, catch_exceptions=False)

    return invoke


@pytest.fixture
def filled(run: Run, issue: Path) -> None:
    assert run("index", issue).exit_code == 0
