"""`anbot doctor` asks the platforms whether they take the tokens, and what the bot may do."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping

import pytest

from tests.adapters.contract.discord_scene import DiscordScene
from tests.adapters.contract.scene import ADA, Scene
from tests.adapters.contract.slack_scene import SlackScene
from tests.support.processes import ROOT, running

pytestmark = pytest.mark.slow

NOWHERE = {"DISCORD_API_URL": "http://127.0.0.1:9/api/v10", "SLACK_API_URL": "http://127.0.0.1:9/api"}
GUESSED = "xoxb-quite.a.guess-indeed"


async def diagnosed(environment: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """The exit code, and the health of each finding."""
    doctor = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor", "--json"),
        cwd=ROOT,
        env={**os.environ, "ANBOT_SOURCES": "", "PYTHONTZPATH": "", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await doctor.communicate()
    assert err == b""
    findings = [json.loads(line) for line in out.splitlines()]
    assert doctor.returncode is not None
    return doctor.returncode, {finding["what"]: finding["health"] for finding in findings}


def that_says(findings: Mapping[str, str], words: str) -> str:
    """The health of the one finding with these words."""
    (health,) = (health for what, health in findings.items() if words in what)
    return health


async def test_it_says_that_tokens_are_taken_clocks_agree_and_if_a_bot_has_the_database(idle: Scene) -> None:
    async with running(**idle.environment) as process:
        await process.says("this process delivers digests")
        await idle.ask("/digest here each", by=ADA)
        code, findings = await diagnosed(idle.environment)
        assert await process.terminated() == 0
    _, after = await diagnosed(idle.environment)
    name = idle.name.title()
    assert (code, that_says(findings, f"{name} takes the token")) == (0, "ok")
    assert that_says(findings, f"The clock agrees with {name}'s") == "ok"
    assert that_says(findings, f"A running bot has this database: it delivers digests on {idle.name}") == "ok"
    assert that_says(findings, f"{idle.environment['ANBOT_DB']}: ") == "ok"
    assert {what for what, health in findings.items() if health != "ok"} == {
        "The database has no newsletters; the embedded sample answers",
        "No source is polled, so no new issue is noticed",
    }
    assert that_says(after, "No running bot has this database") == "ok"


async def test_a_token_that_is_refused_is_bad_and_not_shown(idle: Scene) -> None:
    variable = "DISCORD_TOKEN" if idle.name == "discord" else "SLACK_BOT_TOKEN"
    code, findings = await diagnosed({**idle.environment, variable: GUESSED})
    assert code == 1
    assert that_says(findings, f"does not accept the token in {variable}") == "bad"
    assert GUESSED not in str(findings)


async def test_a_platform_that_is_away_is_no_fault_of_the_bots(idle: Scene) -> None:
    async with running(**idle.environment) as process:
        await process.says("this process delivers digests")
        code, findings = await diagnosed({**idle.environment, **NOWHERE})
    assert (code, that_says(findings, "cannot be reached")) == (0, "warn")


async def test_on_discord_it_names_the_permission_that_a_channel_lacks(idle: Scene) -> None:
    if not isinstance(idle, DiscordScene):
        pytest.skip("Slack tells nobody")
    async with running(**idle.environment) as process:
        await process.says("this process delivers digests")
        await idle.ask("/digest here each", by=ADA)
        idle.close_channel()
        code, findings = await diagnosed(idle.environment)
    lacks = (
        f"Discord channel {idle.channel.id} of {idle.guild.id} wants digests, but the bot lacks Send Messages"
    )
    assert (code, that_says(findings, lacks)) == (0, "warn")


async def test_on_discord_an_operator_that_is_nobody_is_named(idle: Scene) -> None:
    if not isinstance(idle, DiscordScene):
        pytest.skip("Slack tells nobody")
    async with running(**idle.environment) as process:
        await process.says("ready discord")
        for operator, known in ((idle.channel.id, True), (idle.people[ADA].id, True), ("42", False)):
            _, findings = await diagnosed({**idle.environment, "DISCORD_OPERATOR": operator})
            healths = {health for what, health in findings.items() if "DISCORD_OPERATOR is" in what}
            assert healths == (set() if known else {"warn"})


async def test_on_discord_an_intent_that_is_missing_is_bad(idle: Scene) -> None:
    if not isinstance(idle, DiscordScene):
        pytest.skip("there are none on Slack")
    async with running(**idle.environment) as process:
        await process.says("ready discord")
        idle.app.flags = 0
        code, findings = await diagnosed({**idle.environment, "DISCORD_MESSAGE_CONTENT": "yes"})
    assert (code, that_says(findings, "DISCORD_MESSAGE_CONTENT is on, but Discord does not let")) == (
        1,
        "bad",
    )


async def test_on_slack_it_names_the_scopes_that_were_not_granted(idle: Scene) -> None:
    if not isinstance(idle, SlackScene):
        pytest.skip("Discord has none of them")
    installed = idle.world.slack.world.installed(idle.world.app, idle.world.team)
    assert installed
    async with running(**idle.environment) as process:
        await process.says("ready slack")
        installed.scopes -= {"users:read"}
        code, findings = await diagnosed(idle.environment)
    assert (code, that_says(findings, "Slack did not grant the bot users:read")) == (0, "warn")
