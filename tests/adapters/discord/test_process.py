"""The real process against a Discord over real HTTP and a real websocket."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.process_scene import Scene, process_scene
from tests.stand_ins.discord import (
    Answer,
    Message,
    TooMany,
)
from tests.support import web
from tests.support.feeds import feed, issue

pytestmark = pytest.mark.slow


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with process_scene(tmp_path) as made:
        yield made


async def test_buttons_and_settings_work_after_a_restart_and_commands_are_written_once(scene: Scene) -> None:
    async with scene.process() as process:
        await process.says("ready discord")
        used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
        issue = await used.answer()
        message = await scene.admin.slash("settings", {"answers": "private"}, channel=scene.channel)
        assert "private until shared" in (await message.answer()).embeds[0]["description"]
        assert await process.terminated() == 0
    async with scene.process() as process:
        await process.says("ready discord")
        turned = await (await scene.alice.click(issue, "AN #76 ▸")).answer()
        used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
        assert (await used.answer()).seen_only_by == scene.alice.id
        assert await process.terminated() == 0
    assert turned.id == issue.id
    assert turned.embeds[0]["title"].startswith("AN #76 — ")
    writes = [record for record in scene.discord.journal if record.method == "PUT"]
    assert len(writes) == 1


async def test_buttons_work_after_a_kill_and_over_a_database_made_anew(scene: Scene) -> None:
    async with scene.process() as process:
        await process.says("ready discord")
        used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
        issue = await used.answer()
        process.running.kill()
        await process.ended()
    for file in scene.database.parent.iterdir():
        file.unlink()
    async with scene.process() as process:
        await process.says("ready discord")
        turned = await (await scene.alice.click(issue, "AN #76 ▸")).answer()
    assert turned.embeds[0]["title"].startswith("AN #76 — ")


async def test_a_discussion_is_answered_and_the_answer_goes_with_its_message_even_after_a_restart(
    scene: Scene,
) -> None:
    def replies() -> list[Message]:
        return [m for m in scene.discord.messages(scene.channel) if m.reference]

    async with scene.process() as process:
        await process.says("ready discord")
        await (await scene.admin.slash("linking on", channel=scene.channel)).answer()
        await scene.alice.send(scene.channel, "AN #76: this Discord does not tell the bot")
        message = await scene.alice.send(scene.channel, f"<@{scene.app.bot.id}> what of AN #58?")
        await scene.discord.until(replies)
        (reply,) = replies()
        assert "AN #58" in reply.embeds[0]["description"]
        assert await process.terminated() == 0
    async with scene.process() as again:
        await again.says("ready discord")
        await scene.alice.delete(message)
        await scene.discord.until(lambda: not replies())
        assert await again.terminated() == 0
    assert not re.search("incident|Traceback", "".join([*process.lines, *again.lines]))


async def test_all_messages_are_read_only_where_discord_lets_it(scene: Scene) -> None:
    async with scene.process(DISCORD_MESSAGE_CONTENT="1") as process:
        assert await process.ended() == 2
    assert "it needs Message Content Intent switched on" in "".join(process.lines)
    assert "Traceback" not in "".join(process.lines)


@pytest.mark.parametrize(
    ("token", "message"),
    [
        ("", "No platform is configured. Set in the environment"),
        ("wrong", "Discord does not accept the token"),
    ],
)
async def test_without_a_token_that_fits_it_ends_with_a_sentence(
    scene: Scene, token: str, message: str
) -> None:
    async with scene.process(token=token) as process:
        assert await process.ended() == 2
    assert message in "".join(process.lines)
    assert "Traceback" not in "".join(process.lines)


@pytest.mark.parametrize(
    ("code", "message", "exit_code"),
    [
        (4004, "Discord does not accept the token", 2),
        (4011, "Discord closed the connection for good (code 4011", 75),
        (4014, "Discord closed the connection for good (code 4014", 2),
    ],
)
async def test_a_connection_that_is_refused_for_good_ends_it_with_a_sentence(
    scene: Scene, code: int, message: str, exit_code: int
) -> None:
    async with scene.process() as process:
        await process.says("ready discord")
        scene.discord.gateway.close(code)
        assert await process.ended() == exit_code
    assert message in "".join(process.lines)
    assert "Traceback" not in "".join(process.lines)


@pytest.mark.parametrize("code", [1001, 4009])
async def test_it_comes_back_after_the_gateway_closed_the_connection(scene: Scene, code: int) -> None:
    async with scene.process() as process:
        await process.says("ready discord")
        scene.discord.gateway.close(code)
        used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
        await scene.discord.gateway.ready(scene.app)
        again = await scene.alice.slash("an", {"issue": "76"}, channel=scene.channel)
        assert (await again.answer()).embeds
        del used


@pytest.mark.parametrize("failure", [TooMany(retry_after=0.2), Answer(status=502)], ids=["429", "502"])
async def test_it_starts_although_the_commands_cannot_be_written_at_once(
    scene: Scene, failure: TooMany | Answer
) -> None:
    fault = scene.discord.faults.add(failure, method="PUT")
    async with scene.process() as process:
        await process.says("ready discord")
    assert fault.struck


async def test_sixty_who_ask_at_once_are_each_answered(scene: Scene) -> None:
    async with scene.process() as process:
        await process.says("ready discord")
        asked = [
            await scene.alice.slash("paper", {"words": words}, channel=scene.channel)
            for words in ["selection vs control", "mesa", "goodhart", "debate", "impact"] * 12
        ]
        for used in asked:
            assert (await used.answer()).embeds
    assert not re.search("incident|Traceback", "".join(process.lines))


async def test_what_it_polls_is_answered_as_soon_as_it_is_there(scene: Scene) -> None:
    async with web.serving() as site:
        site.at["/feed"] = web.page(feed(issue(158)))
        polled = {"ANBOT_SOURCES": f"{site.url('/none')} {site.url('/feed')}", "ANBOT_ALLOW_PRIVATE": "1"}
        async with scene.process(**polled) as process:
            await process.says("ready discord")
            await process.says("new issue: AN #158")
            used = await scene.alice.slash("an", {"issue": "158"}, channel=scene.channel)
            assert (await used.answer()).embeds[0]["title"] == "AN #158 — Wool 158"
            assert await process.terminated() == 0
    assert any("/none answered 404" in line for line in process.lines)


async def test_after_a_session_that_is_invalid_it_comes_back_to_the_same_discord(scene: Scene) -> None:
    async with scene.process() as process:
        await process.says("ready discord")
        scene.discord.gateway.invalidate(resumable=False)
        await scene.discord.until(lambda: not scene.discord.gateway.connected(scene.app))
        await scene.discord.gateway.ready(scene.app)
        used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
        assert (await used.answer()).embeds
