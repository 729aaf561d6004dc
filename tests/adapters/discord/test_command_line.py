"""What the command line has of Discord: the address that installs it, and previews."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from adapters.discord.preview import preview
from bot.__main__ import build_app
from bot.cli import anbot
from tests.adapters.discord.world import NOW, Bench, World
from tests.support.three_issues import lookup_over

APPLICATION = 123456789012345678
TOKEN = base64.urlsafe_b64encode(str(APPLICATION).encode()).decode().rstrip("=") + ".any.thing"


def run(*arguments: str, token: str = "") -> Result:
    environment = {"ANBOT_DB": "/nowhere/an.sqlite", "DISCORD_TOKEN": token}
    return CliRunner().invoke(anbot, arguments, obj=build_app(environment))


def asked(address: str) -> dict[str, str]:
    parts = urlsplit(address.strip())
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "discord.com", "/oauth2/authorize")
    return {name: value for name, (value,) in parse_qs(parts.query).items()}


def test_the_invitation_asks_for_what_posting_and_replying_and_digests_need_and_no_more() -> None:
    address = asked(run("invite", token=TOKEN).stdout)
    assert address["client_id"] == str(APPLICATION)
    assert address["scope"] == "bot applications.commands"
    view, send, embed, history, threads, opening = 1 << 10, 1 << 11, 1 << 14, 1 << 16, 1 << 38, 1 << 35
    assert int(address["permissions"]) == view | send | embed | history | threads | opening


def test_a_person_is_asked_for_commands_alone() -> None:
    address = asked(run("invite", "--personal", "--application", "42").stdout)
    assert address == {"client_id": "42", "integration_type": "1", "scope": "applications.commands"}


@pytest.mark.parametrize("token", ["", "nonsense", "é.x.y", "...."])
def test_without_an_application_it_says_where_to_find_its_id(token: str) -> None:
    result = run("invite", token=token)
    assert result.exit_code == 2
    assert "--application" in result.stderr
    assert not token or token not in result.stderr


def test_running_with_nothing_configured_says_what_to_set() -> None:
    result = run("run")
    assert result.exit_code == 2
    assert "DISCORD_TOKEN" in result.stderr


def test_a_token_never_shows_in_what_the_settings_look_like() -> None:
    assert TOKEN not in repr(build_app({"DISCORD_TOKEN": TOKEN}))


def test_a_preview_is_the_request_as_json() -> None:
    result = run("try", "--as", "discord", "/paper selection vs control")
    body = json.loads(result.stdout)
    assert body["type"] == 4
    assert body["data"]["embeds"][0]["title"] == "Selection vs Control"
    assert body["data"]["allowed_mentions"] == {"parse": []}


async def test_a_preview_is_what_is_sent_except_for_the_asker(world: World, bench: Bench) -> None:
    questions = (("an", "issue", "58"), ("paper", "words", "risks from"), ("paper", "words", "pizza"))
    for command, option, value in questions:
        await world.alice.slash(world.channel, command, **{option: value})
        requests: list[Any] = [r.json for r in world.env.http_requests if r.path.endswith("/callback")]
        lookup = lookup_over(bench.library, bench.finder)
        shown = json.loads(await preview(lookup, f"/{command} {value}", lambda: NOW))
        assert without_owner(shown) == without_owner(requests[-1])


def without_owner(body: Any) -> Any:
    """The body with nobody in the custom ids, and without what says nothing."""
    for row in body["data"].get("components", ()):
        for item in row["components"]:
            verb, _, target = item["custom_id"].split(":", 2)
            item["custom_id"] = f"{verb}::{target}"
    body["data"] = {name: value for name, value in body["data"].items() if value}
    return body
