"""`anbot graph` draws citations into a file."""

import builtins
from pathlib import Path

import pytest

from tests.support.one_issue import Run

RISKS = "58-risks-from-learned-optimization-in-advanced-de1131"


def test_a_summary_is_drawn_with_what_cites_it(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "risks.svg"
    result = run("graph", RISKS, "--out", out)
    assert result.exit_code == 0, result.stdout
    assert "is cited by “Selection vs Control” (AN #58)" in result.stdout
    assert "Selection vs Control" in out.read_text(encoding="utf-8")


def test_a_section_is_drawn_by_a_name_as_people_type_it(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "learning.png"
    result = run("graph", "deep", "learning", "--out", out)
    assert result.exit_code == 0, result.stdout
    assert result.stdout.startswith("Citations within Deep learning: ")
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("about", "out", "says"),
    [
        ("no such thing", "a.svg", "is neither the key of a summary nor the name of one section"),
        (RISKS, "a.gif", "End its name in .svg, .png or .pdf."),
        (RISKS, "nowhere/a.svg", "cannot be written"),
        ("news", "a.svg", "there is nothing to draw"),
    ],
)
def test_what_cannot_be_drawn_is_told(run: Run, tmp_path: Path, about: str, out: str, says: str) -> None:
    result = run("graph", about, "--out", tmp_path / out)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not (tmp_path / out).exists()


def test_without_matplotlib_it_says_how_to_get_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.graph.are_available", lambda: False)
    result = run("graph", RISKS, "--out", tmp_path / "a.svg")
    assert result.exit_code == 2
    assert "install the bot as `anbot[pictures]`" in result.stderr


def test_no_other_command_loads_matplotlib(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def refuse(name: str, *rest: object) -> object:
        assert not name.startswith("matplotlib")
        return really(name, *rest)  # type: ignore[arg-type] # as Python hands them over

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert run("try", "/an 58").exit_code == 0
