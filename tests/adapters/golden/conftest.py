"""Goldens: a file for each answer, in a folder for each test.

`pytest tests/adapters/golden --update-goldens` writes them anew; what changed is then a diff to read.
"""

import asyncio
import json
import shutil
from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.golden.library import fill

_WIDTH = 110
Golden = Callable[[Mapping[str, Any]], None]
"""Fails unless the folder of the test holds these answers and no others."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="Write the goldens as the answers are now."
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    platform, name = request.path.stem.removeprefix("test_"), request.node.name.removeprefix("test_")
    folder = request.path.parent / platform / name

    def check(shown: Mapping[str, Any]) -> None:
        files = dict(_file(name, answer) for name, answer in shown.items())
        if request.config.getoption("--update-goldens", default=False):
            _write(folder, files)
        stored = {each.name: each.read_text(encoding="utf-8") for each in folder.glob("*")}
        changed = [
            name for name in sorted(stored.keys() | files.keys()) if stored.get(name) != files.get(name)
        ]
        diffs = [
            _diff(f"{folder.name}/{name}", stored.get(name, ""), files.get(name, "")) for name in changed
        ]
        if diffs:
            pytest.fail("\n".join(diffs), pytrace=False)

    return check


def _file(name: str, answer: Any) -> tuple[str, str]:
    if isinstance(answer, str):
        return f"{name}.txt", answer
    return f"{name}.json", _laid_out(answer) + "\n"


def _laid_out(answer: Any, margin: str = "") -> str:
    """JSON in which what fits in a line stands in one."""
    flat = json.dumps(answer, ensure_ascii=False, sort_keys=True)
    if len(margin + flat) <= _WIDTH or not isinstance(answer, dict | list) or not answer:
        return flat
    inner = margin + "  "
    if isinstance(answer, list):
        return "[\n" + ",\n".join(inner + _laid_out(each, inner) for each in answer) + f"\n{margin}]"
    parts = (f"{inner}{json.dumps(key)}: {_laid_out(answer[key], inner)}" for key in sorted(answer))
    return "{\n" + ",\n".join(parts) + f"\n{margin}}}"


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in folder.glob("*"):
        each.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _diff(name: str, before: str, after: str) -> str:
    lines = unified_diff(before.splitlines(), after.splitlines(), name, "the answer now", lineterm="")
    return "\n".join(lines)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("goldens") / "an.sqlite"
    asyncio.run(fill(path))
    return path


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Path:
    """The test's own."""
    return Path(shutil.copy(filled, tmp_path))
