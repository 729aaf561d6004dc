"""README and docs/ name every command, option and variable there is, and no other."""

import re
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from bot.__main__ import build_app
from bot.cli import anbot
from bot.config import READ_ELSEWHERE, Settings
from bot.lookup.commands import COMMANDS
from bot.runtime.environment import variables_of
from bot.sources import named

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    (text,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return str(text)


def first_cells(text: str) -> list[str]:
    """The code in the first column of the table."""
    rows = re.findall(r"^\| (`.*?`) \|", text, re.MULTILINE)
    return [re.sub(r"\\\|", "|", row) for row in rows]


def documented() -> dict[str, str]:
    """The usage of each command, by its name: "try", "digest log"."""
    cells = "\n".join(first_cells(section(OPERATING, "Commands")))
    return dict(re.findall(r"`anbot ([a-z][a-z -]*[a-z]) ?([^`]*)`", cells))


def commands(group: click.Group = anbot, before: str = "") -> dict[str, click.Command]:
    context = click.Context(group, obj=build_app({}))
    named: dict[str, click.Command] = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            named |= commands(command, f"{before}{name} ")
        elif command:
            named[before + name] = command
    return named


def known_variables() -> set[str]:
    """The variables of the core and of every platform."""
    platforms = build_app({}).platforms
    return {
        *READ_ELSEWHERE,
        *variables_of(Settings),
        *(name for platform in platforms for name in platform.variables),
    }


def test_every_command_is_documented_and_no_other() -> None:
    assert documented().keys() == commands().keys()


@pytest.mark.parametrize("name", commands())
def test_every_option_is_documented_and_no_other(name: str) -> None:
    options = {
        opt
        for p in commands()[name].params
        if isinstance(p, click.Option)
        for opt in p.opts
        if opt[:2] == "--"
    }
    assert set(re.findall(r"--[a-z]+", documented()[name])) == options


def test_every_variable_is_documented_and_no_other() -> None:
    variables = {name for cell in first_cells(CONFIGURATION) for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert variables == known_variables()


def test_every_variable_of_the_sample_environment_is_known() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert set(named) <= known_variables()


def test_every_request_is_documented() -> None:
    chat = section(README, "In a chat")
    assert [command.name for command in COMMANDS if f"`/{command.name}" not in chat] == []


def test_the_way_to_the_real_archive_is_the_one_the_bot_names() -> None:
    assert named.FETCH_ARCHIVE in README


def test_the_example_is_what_is_printed() -> None:
    (asked, printed) = re.findall(r'^\$ anbot try "(.*?)"\n(.*?)^```', README, re.MULTILINE | re.DOTALL)[0]
    result = CliRunner().invoke(anbot, ["try", asked], obj=build_app({"ANBOT_DB": "/nowhere/an.sqlite"}))
    assert result.stdout.startswith(printed)


def test_the_first_block_holds_the_two_commands() -> None:
    block = re.search(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert block
    install, test = block[1].splitlines()
    assert install.startswith("python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . && ")
    assert install.endswith('.venv/bin/anbot try "/an 58" "/paper mesa"')
    assert test.endswith("python -m pytest -q -n auto")


def test_the_constraints_name_exact_versions_and_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines)


def test_the_constraints_cover_everything_that_this_python_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["dependencies"] + project["optional-dependencies"]["test"]
    fixed = {name.partition("==")[0] for name in (ROOT / "constraints.txt").read_text().splitlines()}
    assert needed(declared) <= {canonical(name) for name in fixed}


def needed(declared: Iterable[str]) -> set[str]:
    """The names in these requirements, and in those of what they name."""
    waiting = {Requirement(line) for line in declared}
    seen: set[Requirement] = set()
    while waiting:
        requirement = waiting.pop()
        seen.add(requirement)
        waiting |= set(requirements_of(requirement)) - seen
    return {canonical(requirement.name) for requirement in seen}


def requirements_of(requirement: Requirement) -> Iterable[Requirement]:
    for needed in map(Requirement, metadata.requires(requirement.name) or ()):
        extras = requirement.extras or {""}
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
            yield needed


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~! ;]", name)[0]).lower()
