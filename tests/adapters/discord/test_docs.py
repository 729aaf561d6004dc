"""docs/discord.md and docs/digests.md name what there is on Discord, and nothing else."""

import re
from pathlib import Path
from typing import Any

from adapters.discord.client import Client
from adapters.discord.invite import NEEDED
from tests.adapters.discord.world import Bench

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "discord.md").read_text(encoding="utf-8")
DIGESTS = (DOCS / "digests.md").read_text(encoding="utf-8")


async def test_every_command_is_documented_and_no_other(bench: Bench) -> None:
    async with bench.client() as client:
        names = {command.name for command in client.tree.get_commands()}
    assert names == {*re.findall(r"`/([\w-]+)", PAGE), *re.findall(r"\*\*(Find summaries)\*\*", PAGE)}


async def test_every_setting_is_documented_and_no_other(bench: Bench) -> None:
    async with bench.client() as client:
        options = [option["name"] for option in written(client, "settings")["options"]]
    assert options == re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)


async def test_every_option_of_a_digest_is_documented_and_no_other(bench: Bench) -> None:
    async with bench.client() as client:
        (here,) = [each for each in written(client, "digest")["options"] if each["name"] == "here"]
    columns = re.findall(r"^\|(?: `.*?`)? \| (`.*?`) \|", DIGESTS, re.MULTILINE)
    assert {option["name"] for option in here["options"]} == set(re.findall(r"`(\w+)`", "".join(columns)))


def written(client: Client, name: str) -> dict[str, Any]:
    (command,) = [each for each in client.tree.get_commands() if each.name == name]
    return command.to_dict(client.tree)


def test_every_permission_that_is_asked_for_is_documented() -> None:
    asked = {name.replace("_", " ").title().replace(" In ", " in ") for name, given in NEEDED if given}
    asked = asked - {"Read Messages"} | {"View Channel"}  # discord.py's older name of the same
    listed = re.search(r"`anbot invite` asks for (.*?)\.", PAGE)
    assert listed
    assert asked == set(re.split(r", | and ", listed[1]))
