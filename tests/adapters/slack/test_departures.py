"""Workspaces that remove the bot are forgotten, but only if Slack says for certain that they did."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.oauth_store import Installed
from bot.model.places import Place, Preferences
from store import open_store
from tests.adapters.slack.digests.scene import appear, digests, new_issue
from tests.adapters.slack.test_workspaces import both_subscribed, client_of, install, many
from tests.adapters.slack.world import World, words
from tests.stand_ins.common.faults import Cut
from tests.stand_ins.slack.faults import Answer, Failure, TooMany

__all__ = ["many"]
# slack_sdk sends a client's id and secret in a way aiohttp has begun to warn of.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

UNCERTAIN = {
    "cut off": Cut(taken=False),
    "500": Answer(),
    "500 of a proxy": Answer(status=502, body="Bad Gateway"),
    "half an answer": Answer(status=200, body='{"ok":'),
    "429": TooMany(),
    "another refusal": Answer(status=200, body='{"ok": false, "error": "fatal_error"}'),
    "a token that can be renewed": Answer(status=200, body='{"ok": false, "error": "token_expired"}'),
}
CERTAIN = ("account_inactive", "invalid_auth", "token_revoked")


async def test_who_removes_the_bot_ends_no_digest_of_another_workspace(many: World) -> None:
    async with many.run(**client_of(many)):
        carol, elsewhere = await both_subscribed(many)
        many.slack.uninstall(many.app, many.team)
        while len(await many.subscriptions()) != 1:
            await many.until(lambda: True)
        appear(many, new_issue())
        await many.passing(lambda: digests(many, elsewhere))
        assert digests(many) == []
        (left,) = await many.subscriptions()
        assert left.place.server == carol.team.id


async def test_who_removes_the_bot_leaves_nothing_behind_and_can_come_back(many: World) -> None:
    place = Place(platform="slack", server=many.team.id)
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        await install(many, many.alice)
        await store.preferences.put(place, Preferences(private=True))
        many.slack.uninstall(many.app, many.team)
        installations = store.installations
        await many.slack.events("app_uninstalled")[-1].acknowledged()
        while await installations.of("slack", many.team.id):
            await many.slack.until(lambda: True)
        assert await store.preferences.of(place) == Preferences()
        await install(many, many.alice)
        await many.command("/an 58")
        assert "AN #58" in words(await many.posted())


async def test_a_goodbye_that_comes_after_the_next_installation_ends_nothing(many: World) -> None:
    many.slack.build.install(many.app, many.team)
    many.slack.uninstall(many.app, many.team)  # nobody is there to hear it, so Slack says it again
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        await install(many, many.alice)
        (goodbye,) = many.slack.events("app_uninstalled")
        await many.passing(goodbye.done.is_set)
        assert not goodbye.failed
        assert len(goodbye.attempts) > 1
        await many.until(lambda: many.slack.journal.of("auth.test"))
        await many.command("/an 58")
        assert "AN #58" in words(await many.posted())
        assert await store.installations.of("slack", many.team.id)


async def test_no_installation_is_saved_while_slack_is_asked_if_an_older_one_ended(tmp_path: Path) -> None:
    async with open_store(tmp_path / "anbot.sqlite", clock=partial(datetime.now, UTC)) as store:
        rotator = AsyncTokenRotator(client_id="", client_secret="")
        installed = Installed(store.installations, store.forgetting, rotator)
        old, new = (
            Installation(user_id="U1", team_id="T1", bot_token=f"xoxb-{age}") for age in ("old", "new")
        )
        await installed.async_save(old)
        saving: list[asyncio.Task[None]] = []

        async def lets_in(team: str) -> bool:
            saving.append(asyncio.create_task(installed.async_save(new)))
            for _ in range(10):  # each takes its turn behind what was asked of the database before
                await store.preferences.put(Place(platform="slack", server=team), Preferences(private=True))
            return False

        assert await installed.forget_if_gone("T1", lets_in)
        await asyncio.gather(*saving)
        assert "xoxb-new" in (await store.installations.of("slack", "T1") or "")
        assert await store.preferences.of(Place(platform="slack", server="T1")) == Preferences()


async def test_a_revoked_token_is_forgotten(many: World) -> None:
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        await install(many, many.alice)
        assert await store.installations.of("slack", many.team.id)
        many.slack.revoke(many.app, many.team)
        await many.slack.events("tokens_revoked")[-1].acknowledged()
        while await store.installations.of("slack", many.team.id):
            await many.slack.until(lambda: True)


async def settled(place: World) -> Place:
    """The workspace, of which something is kept, in an app that somebody installed."""
    await install(place, place.alice)
    async with open_store(place.database, clock=place.now) as store:
        team = Place(platform="slack", server=place.team.id)
        await store.preferences.put(team, Preferences(private=True))
    return team


@pytest.mark.parametrize("failure", UNCERTAIN.values(), ids=UNCERTAIN)
async def test_nothing_is_deleted_before_slack_says_it_for_certain(
    many: World, failure: Failure, caplog: pytest.LogCaptureFixture
) -> None:
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        team = await settled(many)
        fault = many.slack.faults.add(failure, method="auth.test", times=None)
        many.slack.uninstall(many.app, many.team)
        await many.until(lambda: "before that is certain" in caplog.text)
        assert await store.preferences.of(team) == Preferences(private=True)
        assert await store.installations.of("slack", many.team.id)
        many.slack.faults.remove(fault)
        while await store.installations.of("slack", many.team.id):
            many.clock.advance(3600)
            await many.until(lambda: True)
        assert await store.preferences.of(team) == Preferences()


async def test_what_is_uncertain_is_asked_again_after_a_restart(
    many: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(many.database, clock=many.now) as store:
        async with many.run(**client_of(many)):
            team = await settled(many)
            fault = many.slack.faults.add(Answer(), method="auth.test", times=None)
            many.slack.uninstall(many.app, many.team)
            await many.until(lambda: "before that is certain" in caplog.text)
        many.slack.faults.remove(fault)
        async with many.run(**client_of(many)):
            while await store.installations.of("slack", many.team.id):
                await many.until(lambda: True)
        assert await store.preferences.of(team) == Preferences()


@pytest.mark.parametrize("code", CERTAIN)
async def test_slack_has_ways_to_say_that_a_token_is_dead(many: World, code: str) -> None:
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        await settled(many)
        refusal = Answer(status=200, body=f'{{"ok": false, "error": "{code}"}}')
        many.slack.faults.add(refusal, method="auth.test")
        many.slack.uninstall(many.app, many.team)
        while await store.installations.of("slack", many.team.id):
            await many.until(lambda: True)
