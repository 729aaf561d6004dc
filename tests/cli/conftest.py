"""A database, a command line over it, and files to give it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import wiring
from bot.cli import anbot
from bot.digests.pace import Pace
from bot.wiring import Wiring
from tests import newsletters, sheets
from tests.cli.patients import Doctor
from tests.cli.teapots import DRAFT, Run, sheet_rows
from tests.drafts import NOW


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "an.sqlite"


@pytest.fixture
def run(database: Path, tmp_path: Path) -> Run:
    """The command line over a database of its own, asked from the same process."""
    environment = {"ANBOT_DB": str(database), "ANBOT_HISTORY": str(tmp_path / "history"), "ANBOT_SOURCES": ""}

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


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(sheets.as_xlsx(sheet_rows()))
    return file


@pytest.fixture
def doctor(database: Path) -> Doctor:
    """`anbot doctor` at a time, in an environment."""

    def invoke(at: datetime = NOW, change: Callable[[Wiring], Wiring] = lambda w: w, **more: str) -> Result:
        environment = {"ANBOT_DB": str(database), "ANBOT_SOURCES": "", **more}
        put_together = change(replace(wiring(environment), pace=Pace(clock=lambda: at)))
        return CliRunner().invoke(anbot, ["doctor"], obj=put_together, catch_exceptions=False)

    return invoke


@pytest.fixture
def filled(run: Run, issue: Path) -> None:
    assert run("index", issue).exit_code == 0
