"""The arrows point one way: adapters and store know the core, and nothing knows them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PLATFORMS = {"discord", "slack_bolt", "slack_sdk"}
FOLDERS = {"adapters", "bot", "store", "tests"}
COMPOSITION_ROOT = ROOT / "bot" / "__main__.py"


def modules(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, f"nothing to look at in {folder}"
    return found


def imported(path: Path) -> Iterator[str]:
    """Every module the file imports, wherever in it, by its absolute name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def offences(path: Path, forbidden: set[str]) -> list[str]:
    """What the file imports of the forbidden packages or of what lies in them."""
    return [name for name in imported(path) if any(name == f or name.startswith(f"{f}.") for f in forbidden)]


@pytest.mark.parametrize("path", modules("bot"), ids=str)
def test_the_core_knows_no_store_no_adapter_and_no_platform(path: Path) -> None:
    forbidden = PLATFORMS if path == COMPOSITION_ROOT else PLATFORMS | {"adapters", "store"}
    assert offences(path, forbidden | {"tests", "sqlite3", "aiosqlite"}) == []


@pytest.mark.parametrize("path", modules("store"), ids=str)
def test_the_store_knows_the_core_alone(path: Path) -> None:
    assert offences(path, PLATFORMS | {"adapters", "tests", "bot.__main__"}) == []


@pytest.mark.parametrize("path", modules("adapters"), ids=str)
def test_an_adapter_knows_the_core_and_no_other_adapter(path: Path) -> None:
    names = {folder.name for folder in (ROOT / "adapters").iterdir() if (folder / "__init__.py").exists()}
    mine = path.relative_to(ROOT / "adapters").parts[0]
    others = {f"adapters.{name}" for name in names - {mine}}
    assert offences(path, others | {"store", "tests", "bot.__main__", "sqlite3", "aiosqlite"}) == []


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS - {"tests"}
        for path in modules(folder)
        if offences(path, {"os.environ", "os.getenv"}) or "os.environ" in path.read_text(encoding="utf-8")
    }
    assert readers == {"bot/__main__.py"}


def test_there_are_no_other_folders() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    folders -= {marker.parent.name for marker in ROOT.glob("*/pyvenv.cfg")}  # whatever somebody calls theirs
    assert folders - {"build", "dist", "docs", "findings", "__pycache__"} == FOLDERS


def test_the_check_itself_sees_an_import_wherever_it_stands(tmp_path: Path) -> None:
    sly = tmp_path / "sly.py"
    sly.write_text("def f():\n    from store.opening import Store\n    import discord.ui\n", encoding="utf-8")
    assert offences(sly, {"store", "discord"}) == ["store.opening", "store.opening.Store", "discord.ui"]


def test_slacks_tests_load_no_discord() -> None:
    """All their modules are collected and one is run, in a process without simcord's plugin."""
    script = (
        "import sys, pytest\n"
        "options = ['-q', '-p', 'no:simcord', '-p', 'no:cacheprovider', '-p', 'no:xdist']\n"
        "ran = pytest.main([*options, 'tests/adapters/slack', '-k', 'test_a_message_that_mentions_nothing'])\n"
        "loaded = {'discord', 'simcord', 'tests.adapters.discord'} & set(sys.modules)\n"
        "sys.exit(f'{loaded} is loaded' if loaded else ran)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
