"""What the command line prints: into a pipe, on a terminal, and as JSON."""

import io
import json
import re
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import build_app
from bot.app import App
from bot.cli import anbot
from bot.runtime.clock import Clock
from tests.adapters.golden.cases import CASES
from tests.adapters.golden.conftest import Golden
from tests.adapters.golden.library import NOW
from tests.adapters.golden.readable import readable

TYPED = {
    **{name: case.at_console for name, case in CASES.items() if case.at_console},
    "help-open": "/help open",
    "open": "/open 200-a-long-read-that-goes-on",
    "gone": "/open 58-nothing",
    "no-command": "what is this",
    "unknown-command": "/papr mesa",
    "no-page": "/topic mesa optimization page:no",
}
STYLES = {"console": "plain", "json": "json", "discord": "discord", "slack": "slack"}
LINK = re.compile(r"(?<=\x1b\]8;)id=[0-9-]+")
"""The name that rich draws for a link."""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at(database: Path) -> App:
    environment = {"ANBOT_DB": str(database), "ANBOT_HISTORY": str(database.with_name("history"))}
    return replace(build_app(environment), clock=Clock(read=lambda: NOW))


def piped(database: Path, *arguments: str, typed: str = "") -> str:
    result = CliRunner().invoke(anbot, arguments, obj=at(database), input=typed, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a terminal of 80 columns."""
    for name, value in {"COLUMNS": "80", "LINES": "24"}.items():
        monkeypatch.setenv(name, value)


def on_terminal(database: Path, text: str) -> str:
    with redirect_stdout(Terminal()) as terminal:
        anbot.main(["try", text], obj=at(database), standalone_mode=False)
    shown = LINK.sub("id=CHANCE", terminal.getvalue()).replace("\x1b", "␛")
    return "\n".join(line.rstrip() for line in shown.split("\n"))


def test_plain(database: Path, golden: Golden) -> None:
    shown = {name: piped(database, "try", text) for name, text in TYPED.items()}
    shown["numbers-pick"] = piped(database, "try", typed="/an 58\n2\n/topic\nquit\n")
    golden(shown)


@pytest.mark.usefixtures("surroundings")
def test_rich(database: Path, golden: Golden) -> None:
    golden({name: on_terminal(database, text) for name, text in TYPED.items()})


def test_json(database: Path, golden: Golden) -> None:
    lines = piped(database, "try", "--as", "json", *TYPED.values()).splitlines()
    golden({name: readable(json.loads(line), {}) for name, line in zip(TYPED, lines, strict=True)})


def test_sample(tmp_path: Path, golden: Golden) -> None:
    """Without a database."""
    nowhere = tmp_path / "nowhere.sqlite"
    golden({name: _shown(piped(nowhere, "try", "--as", style, "/an 136")) for style, name in STYLES.items()})


def _shown(printed: str) -> object:
    return readable(json.loads(printed), {}) if printed.startswith("{") else printed


def test_digest(database: Path, golden: Golden) -> None:
    ways = {"headlines": [], "highlights": ["--highlights"], "full": ["--full"]}
    golden({name: piped(database, "digest", "preview", *options, "58") for name, options in ways.items()})
