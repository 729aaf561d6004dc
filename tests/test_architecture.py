"""The arrows point one way, and what has one place has no other."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application.use_cases import SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"adapters", "bot", "store", "tests"}


def linted(config: Path) -> bool:
    configuration.configure()
    return bool(lint_imports(config_filename=str(config), cache_dir=None) == SUCCESS)


def test_no_module_imports_what_its_layer_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert linted(ROOT / "pyproject.toml")


def test_the_check_itself_sees_an_import_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    upside_down = tmp_path / "layers.toml"
    upside_down.write_text(
        '[tool.importlinter]\nroot_package = "bot"\n'
        '[[tool.importlinter.contracts]]\nname = "Upside down"\ntype = "layers"\n'
        'layers = ["bot.model", "bot.cards"]\n',
        encoding="utf-8",
    )
    assert not linted(upside_down)


def test_no_statement_numbers_its_placeholders() -> None:
    """Python's sqlite3 warns of them since 3.12, and is to refuse them from 3.14 on."""
    numbering = [
        path.name for path in (ROOT / "store").rglob("*.py") if re.search(r"\?\d", path.read_text("utf-8"))
    ]
    assert numbering == ["database.py"]  # which says so


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS - {"tests"}
        for path in (ROOT / folder).rglob("*.py")
        if any(
            name in path.read_text(encoding="utf-8") for name in ("os.environ", "os.getenv", "import environ")
        )
    }
    assert readers == {"bot/__main__.py"}


def test_there_are_no_other_folders() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    folders -= {marker.parent.name for marker in ROOT.glob("*/pyvenv.cfg")}  # whatever somebody calls theirs
    assert folders - {"build", "dist", "docs", "findings", "__pycache__"} == FOLDERS


@pytest.mark.slow
def test_slacks_tests_load_no_discord() -> None:
    """All their modules are collected and one is run, in a process without simcord's plugin."""
    script = (
        "import sys, pytest\n"
        "options = ['-q', '-p', 'no:simcord', '-p', 'no:cacheprovider', '-p', 'no:xdist']\n"
        "ran = pytest.main([*options, 'tests/adapters/slack', '-k', 'test_typed_text_comes_as_it_was_typed'])\n"
        "loaded = {'discord', 'simcord', 'tests.adapters.discord'} & set(sys.modules)\n"
        "sys.exit(f'{loaded} is loaded' if loaded else ran)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
