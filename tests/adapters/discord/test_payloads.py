"""What Discord may send is served: fields and kinds that are new, and what is not as usual."""

import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.contract.discord_scene import DiscordScene, discord_scene
from tests.adapters.contract.scene import ADA, Card, turned
from tests.stand_ins.common.transit import widened
from tests.stand_ins.discord.events import Event

Json = dict[str, Any]
MESA = "what of [[risks from learned]]?"
RISKS = "Risks from Learned Optimization"
MENU = {"type": 3, "custom_id": "another bot's", "options": []}


@pytest.fixture
async def scene(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[DiscordScene]:
    caplog.set_level(logging.INFO)
    async with discord_scene(tmp_path / "anbot.sqlite") as made, made.running():
        yield made


def changing(scene: DiscordScene, name: str, change: Callable[[Json], Json]) -> None:
    """Have each event of that name changed on its way."""

    def changed(payload: Json) -> Json:
        return {**payload, "d": change(payload["d"])} if payload.get("t") == name else payload

    scene.discord.world.transit.payload = changed


def replies(scene: DiscordScene) -> list[Card]:
    return [card for card in scene.seen_by_all() if card.replies_to]


async def test_fields_that_are_new_change_nothing(
    scene: DiscordScene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.discord.world.transit.payload = widened
    card = await scene.ask("/an 58")
    await turned(scene, card, "AN #76 ▸")
    assert RISKS in (await scene.find_summaries(MESA)).text
    await scene.ask("/linking on", by=ADA)
    message = await scene.say(MESA)
    await scene.until(lambda: replies(scene))
    await scene.edit(message, "never mind")
    await scene.until(lambda: not replies(scene))
    assert "refused" not in caplog.text


@pytest.mark.parametrize(
    "unusual",
    [
        {"mentions": [None]},
        {"components": [{"type": 1, "components": [MENU, MENU]}] * 6},
        {"components": [{"type": 999, "content": 1, "components": None, "label": []}]},
        {"embeds": [{"type": "new", "fields": None, "author": None, "footer": [], "title": {}}]},
        {"flags": 1 << 40, "nonce": 10**24, "position": None, "message_snapshots": []},
        {"webhook_id": None, "application_id": None, "member": {"roles": [], "flags": 0, "nick": None}},
    ],
    ids=lambda unusual: next(iter(unusual)),
)
async def test_a_message_is_answered_whatever_else_is_in_it(
    scene: DiscordScene, caplog: pytest.LogCaptureFixture, unusual: Json
) -> None:
    await scene.ask("/linking on", by=ADA)
    changing(scene, "MESSAGE_CREATE", lambda message: {**message, **unusual})
    await scene.say(MESA)
    await scene.until(lambda: replies(scene))
    assert RISKS in replies(scene)[0].text
    assert "refused" not in caplog.text


async def test_what_is_told_of_a_preview_alone_changes_nothing(
    scene: DiscordScene, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.ask("/linking on", by=ADA)
    message = await scene.say(MESA)
    await scene.until(lambda: replies(scene))
    changing(
        scene,
        "MESSAGE_UPDATE",
        lambda told: {name: told[name] for name in ("id", "channel_id", "guild_id", "embeds")},
    )
    await scene.edit(message, "never mind")
    await scene.settled()
    assert len(replies(scene)) == 1
    assert "refused" not in caplog.text


async def test_interactions_of_kinds_to_come_are_passed_over(
    scene: DiscordScene, caplog: pytest.LogCaptureFixture
) -> None:
    changing(scene, "INTERACTION_CREATE", lambda told: {**told, "type": 99, "data": None, "token": ""})
    await scene.people[ADA].slash("an", {"issue": "58"}, channel=scene.channel)
    scene.discord.world.transit.clear()
    await scene.ask("/an 76")
    assert len(scene.seen_by_all()) == 1
    assert "refused" not in caplog.text


async def test_events_to_come_are_passed_over(scene: DiscordScene, caplog: pytest.LogCaptureFixture) -> None:
    news = Event(name="MESSAGE_CREATE_BY_NOBODY", data={"id": None}, guild_id=scene.guild.id)
    scene.discord.world.emit(news)
    await scene.ask("/an 58")
    assert "refused" not in caplog.text


async def test_summaries_are_found_in_a_message_with_parts_of_any_form(scene: DiscordScene) -> None:
    def with_parts(told: Json) -> Json:
        (message,) = told["data"]["resolved"]["messages"].values()
        message["components"] = [{"type": 10, "content": 1}, {"type": 1, "components": [MENU] * 3}]
        message["poll"] = {
            "question": {"text": "?"},
            "answers": [{"answer_id": 1, "poll_media": {"text": None}}],
            "expiry": "2026-01-12T03:04:00+00:00",
            "allow_multiselect": False,
            "layout_type": 1,
        }
        return told

    changing(scene, "INTERACTION_CREATE", with_parts)
    assert RISKS in (await scene.find_summaries(MESA)).text


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("MESSAGE_CREATE", {"author": {"id": "1"}}),
        ("MESSAGE_CREATE", {"content": 58}),
        ("MESSAGE_UPDATE", {"author": None}),
        ("MESSAGE_DELETE", {"id": "C1"}),
    ],
)
async def test_what_cannot_be_read_is_refused_in_a_line(
    scene: DiscordScene, caplog: pytest.LogCaptureFixture, name: str, change: Json
) -> None:
    await scene.ask("/linking on", by=ADA)
    changing(scene, name, lambda told: {**told, **change})
    message = await scene.say("good morning")
    await scene.edit(message, "good evening")
    await scene.delete(message)
    scene.discord.world.transit.clear()
    await scene.ask("/an 58")
    assert f"refused what Discord sent: {name}: " in caplog.text
    assert "Traceback" not in caplog.text
