"""What README, CONTRIBUTING and docs/ point at is there: links, anchors, files, names, commands."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from bot.__main__ import build_app
from bot.cli import anbot

ROOT = Path(__file__).resolve().parents[1]
PAGES = [page for folder in ("*.md", ".github/*.md", "docs/**/*.md") for page in sorted(ROOT.glob(folder))]
PAGES = [page for page in PAGES if "node_modules" not in page.parts]
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\)|src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"[\w.*/-]*\w\.(?:py|md|toml|yml|mjs|jsx|txt)|\.?[\w-]+/[\w.*/-]*")
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ELSEWHERE = ("../shared/", ".venv/")  # what a checkout may have beside or in it
_NAMED = re.compile(r"(?P<file>[\w/]+\.py):(?P<name>\w+(?:\.\w+)?)")
_MODULE = re.compile(r"python -m (tests[\w.]*)")


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """What GitHub calls the page's headings."""
    headings = _HEADING.findall(_FENCE.sub("", text_of(page)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> Iterator[str]:
    for written, shown in _LINK.findall(_FENCE.sub("", text_of(page))):
        link = written or shown
        if not link.startswith(("http://", "https://")):
            yield link


def files(page: Path) -> Iterator[str]:
    """What the page writes as code that reads as a file or a folder of the project."""
    for code in _CODE.findall(_FENCE.sub("", text_of(page))):
        file, _, _ = code.partition(":")
        if _FILE.fullmatch(file) and not file.startswith(_ELSEWHERE):
            yield file


def lines_of_code(page: Path) -> Iterator[str]:
    """Every command line of anbot that the page shows."""
    text = text_of(page)
    yield from re.findall(r"^\$ (?:\S+=\S+ )?(anbot .*)$", text, re.MULTILINE)
    yield from (code for code in _CODE.findall(_FENCE.sub("", text)) if code.startswith("anbot "))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_anchor_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_is_there(page: Path) -> None:
    assert [name for name in files(page) if not is_there(name, page)] == []


def is_there(name: str, page: Path) -> bool:
    """Whether the project or the page's folder has it; a bare name is a file of both adapters."""
    if any(True for folder in (ROOT, page.parent) for _ in folder.glob(name)):
        return True
    return "/" not in name and all(
        (ROOT / "adapters" / each / name).exists() for each in ("discord", "slack")
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_name_is_in_its_file(page: Path) -> None:
    missing = [
        match[0] for match in _NAMED.finditer(text_of(page)) if not defines(match["file"], match["name"])
    ]
    assert missing == []


def defines(file: str, name: str) -> bool:
    """Whether the file has the class, function or constant; of `Class.method` both."""
    code = (ROOT / file).read_text(encoding="utf-8")
    return all(
        re.search(rf"^\s*(?:class|def|async def) {part}\b|^{part}\b.* = ", code, re.MULTILINE)
        for part in name.split(".")
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_example_in_python_can_be_run(page: Path) -> None:
    for block in _PYTHON.findall(text_of(page)):
        exec(compile(block, str(page), "exec"), {"__name__": "example"})  # noqa: S102 - our own pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_program_of_the_tests_is_there(page: Path) -> None:
    for module in _MODULE.findall(text_of(page)):
        path = ROOT.joinpath(*module.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_line_names_a_command_and_options_that_exist(page: Path) -> None:
    for line in lines_of_code(page):
        command, rest = parsed(shlex.split(line)[1:])
        known = {option for parameter in command.params for option in parameter.opts}
        written = {option for word in rest for option in re.findall(r"^\[?(--[a-z-]+)", word)}
        assert written - {"--version", "--help"} <= known, line


def parsed(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words name, and the words behind it."""
    command: click.Command = anbot
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        subcommand = command.get_command(click.Context(command, obj=build_app({})), words[0])
        assert subcommand, f"there is no command {words[0]}"
        command, words = subcommand, words[1:]
    return command, words


def test_the_table_of_layers_is_the_one_that_is_enforced() -> None:
    contracts = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (enforced,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert layers_of(text_of(ROOT / "docs" / "architecture.md")) == [
        set(re.split(" [|:] ", row)) for row in reversed(enforced)
    ]


def test_every_package_is_in_a_layer() -> None:
    rooms = {
        f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if re.fullmatch(r"\w+(\.py)?", path.name)
    }
    assert {*rooms, "adapters", "store"} - {"bot.__init__", "bot.__pycache__"} == set().union(
        *layers_of(text_of(ROOT / "docs" / "architecture.md"))
    )


def layers_of(page: str) -> list[set[str]]:
    """The packages and modules of each row, the lowest first."""
    (table,) = re.findall(r"^\| layer \|.*\n\|.*\n((?:\|.*\n)+)", page, re.MULTILINE)
    rows = [_CODE.findall(row.split("|")[1]) for row in table.splitlines()]
    return [{name.removesuffix(".py").strip("/").replace("/", ".") for name in row} for row in rows]


def test_the_checks_see_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One, two\n[a](#one-two) [b](gone.md) `bot/gone.py` `bot/app/__init__.py:App`\n", encoding="utf-8"
    )
    assert anchors(page) == {"one-two"}
    assert list(links(page)) == ["#one-two", "gone.md"]
    assert [name for name in files(page) if not is_there(name, page)] == ["bot/gone.py"]
    assert not defines("bot/app/__init__.py", "Application")
