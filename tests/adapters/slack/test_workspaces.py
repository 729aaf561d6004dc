"""Many workspaces: each installs the app by itself, and none sees another's."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters import slack
from bot.model.places import Place, Preferences
from bot.runtime.clock import Clock
from store import open_store
from tests.adapters.slack.digests.scene import appear, digests, new_issue
from tests.adapters.slack.picturing import pictures
from tests.adapters.slack.test_http import headers_of, sent
from tests.adapters.slack.world import World, words, world
from tests.stand_ins.slack import Channel, Person
from tests.support.processes import free_port

# slack_sdk sends a client's id and secret in a way aiohttp has begun to warn of.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def many(tmp_path: Path) -> AsyncIterator[World]:
    """An app that no workspace has installed yet, met over HTTP."""
    async with world(tmp_path / "anbot.sqlite", port=free_port(), installed=False) as made:
        yield made


def client_of(place: World) -> dict[str, str]:
    app = place.app
    return {
        "SLACK_BOT_TOKEN": "",
        "SLACK_CLIENT_ID": app.client_id,
        "SLACK_CLIENT_SECRET": app.client_secret,
        "SLACK_SIGNING_SECRET": app.signing_secret,
    }


async def install(place: World, person: Person) -> tuple[str, str]:
    """What the bot's page says when a person has allowed the installation, and the address that led there."""
    address = f"http://127.0.0.1:{place.port}/slack"
    async with aiohttp.ClientSession() as browser:
        async with browser.get(f"{address}/install") as page:
            cookie = page.headers["Set-Cookie"].partition(";")[0]
            link = re.search(r'href="(https://slack.com/oauth[^"]+)"', await page.text())
        assert link
        query = person.approve(unescape(link[1])).partition("?")[2]
        callback = f"{address}/oauth_redirect?{query}"
        async with browser.get(callback, headers={"Cookie": cookie}) as page:
            return await page.text(), callback


def another(place: World) -> tuple[Person, Channel]:
    """Somebody in another workspace, and its channel."""
    team = place.slack.build.team("writers")
    general = place.slack.general(team)
    return place.slack.person("carol", team, general), general


async def both_subscribed(place: World) -> tuple[Person, Channel]:
    """Two workspaces installed the bot, and each has a digest; somebody in the other, and its channel."""
    carol, elsewhere = another(place)
    for person, channel in ((place.alice, place.general), (carol, elsewhere)):
        await install(place, person)
        person.user.is_admin = True
        person.invite(place.app, channel)
        await place.command("/digest here each", by=person, channel=channel)
        await place.until(partial(place.slack.ephemerals, channel, person))
    return carol, elsewhere


async def test_each_workspace_is_answered_with_a_token_of_its_own(many: World) -> None:
    carol, elsewhere = another(many)
    async with many.run(**client_of(many)):
        for person, channel in ((many.alice, many.general), (carol, elsewhere)):
            page, _ = await install(many, person)
            assert "is installed" in page
            await many.command("/an 58", by=person, channel=channel)
            assert "AN #58" in words(await many.posted(channel=channel))
        assert len(many.slack.messages(many.general)) == 1


async def test_a_picture_is_uploaded_to_each_workspace_that_sees_it(tmp_path: Path) -> None:
    async with world(tmp_path / "anbot.sqlite", port=free_port(), installed=False, pictures=True) as many:
        carol, elsewhere = another(many)
        async with many.run(**client_of(many)):
            for person, channel in ((many.alice, many.general), (carol, elsewhere)):
                await install(many, person)
                await many.command("/paper risks from", by=person, channel=channel)
                await person.use(await many.posted(channel=channel), "Cited by 1")
                await many.passing(partial(pictures, many, channel))
            first, second = pictures(many, many.general), pictures(many, elsewhere)
            assert first != second
            uploads = many.slack.journal.of("files.completeUploadExternal")
            assert [each.team_id for each in uploads] == [many.team.id, carol.team.id]


async def test_what_one_workspace_prefers_holds_for_it_alone(many: World) -> None:
    carol, elsewhere = another(many)
    async with many.run(**client_of(many)):
        await install(many, many.alice)
        await install(many, carol)
        async with open_store(many.database, clock=many.now) as store:
            place = Place(platform="slack", server=many.team.id)
            await store.preferences.put(place, Preferences(private=True))
        await many.command("/an 58")
        assert "AN #58" in words(await many.whispered())
        assert many.slack.messages(many.general) == []
        await many.command("/an 58", by=carol, channel=elsewhere)
        assert "AN #58" in words(await many.posted(channel=elsewhere))


async def test_each_workspace_gets_its_digests_with_a_token_of_its_own(many: World) -> None:
    async with many.run(**client_of(many)):
        carol, elsewhere = await both_subscribed(many)
        appear(many, new_issue())
        await many.passing(lambda: digests(many) and digests(many, elsewhere))
        posted = many.slack.journal.of("chat.postMessage")
        assert {(each.team_id, each.args["channel"]) for each in posted} == {
            (many.team.id, many.general.id),
            (carol.team.id, elsewhere.id),
        }


async def test_the_doctor_names_the_workspace_that_does_not_let_the_bot_in_any_more(many: World) -> None:
    async with many.run(**client_of(many)):
        await both_subscribed(many)
    many.slack.revoke(many.app, many.team)  # nobody is there to hear it
    platform = slack.platform(many.environment(**client_of(many)))
    assert platform.check
    async with open_store(many.database, clock=many.now, readonly=True) as store:
        findings = await platform.check(store, Clock(read=lambda: datetime.now(UTC)))
    assert [f"{each.health}: {each.what}" for each in findings] == [
        "ok: Slack answers",
        f"warn: Slack workspace {many.team.id} wants digests, but does not let the bot in any more",
        "ok: The clock agrees with Slack's",
    ]


async def test_an_installation_cannot_be_ended_twice(many: World) -> None:
    async with many.run(**client_of(many)):
        _, callback = await install(many, many.alice)
        async with aiohttp.ClientSession() as browser, browser.get(callback) as page:
            assert page.status in {400, 401}
            assert "was not installed" in await page.text()


async def test_an_installation_that_is_only_begun_leaves_nothing(many: World) -> None:
    address = f"http://127.0.0.1:{many.port}/slack/install"
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        async with aiohttp.ClientSession() as browser:
            for _ in range(20):
                async with browser.get(address) as page:
                    assert page.status == 200
        assert await store.connection.execute_fetchall("SELECT * FROM claim") == []


@pytest.mark.parametrize("forged", ["", "guessed", "a.b", "x.99999999999.00", "é.1.é"])
async def test_a_state_that_was_not_issued_is_refused(many: World, forged: str) -> None:
    async with many.run(**client_of(many)), aiohttp.ClientSession() as browser:
        address = f"http://127.0.0.1:{many.port}/slack/oauth_redirect"
        cookie = {"Cookie": f"slack-app-oauth-state={forged}"}
        async with browser.get(address, params={"code": "1", "state": forged}, headers=cookie) as page:
            assert page.status in {400, 401}


async def test_of_an_installation_no_persons_token_is_kept(many: World) -> None:
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        await install(many, many.alice)
        installation = await store.installations.of("slack", many.team.id)
        assert installation
        assert "bot_token" in installation
        assert "user_token" not in installation


async def test_a_workspace_without_installation_is_told_so_and_fills_no_log(
    many: World, caplog: pytest.LogCaptureFixture
) -> None:
    asked = {"command": "/an", "text": "58", "team_id": "T0", "channel_id": "C0", "user_id": "U0"}
    body = urlencode({**asked, "trigger_id": "1.2"}).encode()
    async with many.run(**client_of(many)):
        before = len(caplog.records)
        for _ in range(40):
            status, text = await sent(many, body, headers_of(many, body))
            assert status == 200
            assert "is not installed in your workspace" in text
    logged = [record.getMessage() for record in caplog.records[before:]]
    assert logged.count("refused a request: its workspace has no installation here") == 10
    assert len(logged) < 15


async def test_a_command_asks_slack_nothing_before_it_is_answered(many: World) -> None:
    async with many.run(**client_of(many)):
        await install(many, many.alice)
        before = len(many.slack.journal.records)
        used = await many.command("/an 58")
        assert used.answer
        assert len(many.slack.journal.records) == before
