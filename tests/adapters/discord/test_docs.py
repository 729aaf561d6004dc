"""The README tells of Discord what is there, and of nothing else."""

import re
from pathlib import Path

from adapters.discord.client import Client
from adapters.discord.invite import NEEDED
from tests.adapters.discord.world import Bench

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section() -> str:
    found = re.search(r"^## Discord\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


async def test_every_command_is_told(bench: Bench) -> None:
    async with bench.client() as client:
        names = {command.name for command in client.tree.get_commands()}
    told = set(re.findall(r"`/(\w+)`", section())) | set(re.findall(r"\*\*(Find summaries)\*\*", section()))
    assert names - {"help"} == told


async def test_every_setting_is_told_and_no_other(bench: Bench) -> None:
    async with bench.client() as client:
        assert options(client) == re.findall(r"^\| `(\w+)` \|", section(), re.MULTILINE)


def options(client: Client) -> list[str]:
    (settings,) = [c.to_dict(client.tree) for c in client.tree.get_commands() if c.name == "settings"]
    return [option["name"] for option in settings["options"]]


def test_every_permission_that_is_asked_for_is_told() -> None:
    asked = {name.replace("_", " ").title().replace(" In ", " in ") for name, given in NEEDED if given}
    asked = asked - {"Read Messages"} | {"View Channel"}  # discord.py's older name of the same
    paragraph = re.search(r"\*\*Permissions\.\*\* (.*)", section())
    assert paragraph
    listed = paragraph[1].partition(" for ")[2].partition(".")[0]
    assert asked == set(re.split(r", | and ", listed))
