"""Find summaries sees what a reader of the message sees."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.adapters.discord.wire_scene import Scene, wire_scene
from tests.adapters.discord.world import Bench

RISKS = "Risks from Learned Optimization"
URL = "https://arxiv.org/abs/1906.01820"
EMBEDS: dict[str, dict[str, Any]] = {
    "title": {"title": RISKS},
    "description": {"description": f"see {RISKS}"},
    "field": {"fields": [{"name": "Paper", "value": RISKS, "inline": False}]},
    "author": {"author": {"name": RISKS}},
    "footer": {"footer": {"text": RISKS}},
}
PARTS: dict[str, dict[str, Any]] = {
    "text": {"type": 10, "id": 1, "content": RISKS},
    "link button": {
        "type": 1,
        "id": 1,
        "components": [{"type": 2, "id": 2, "style": 5, "label": RISKS, "url": URL}],
    },
    "container": {"type": 17, "id": 1, "components": [{"type": 10, "id": 2, "content": RISKS}]},
    "section": {
        "type": 9,
        "id": 1,
        "components": [{"type": 10, "id": 2, "content": RISKS}],
        "accessory": {"type": 2, "id": 3, "style": 5, "label": "Paper", "url": URL},
    },
    "thumbnail": {
        "type": 9,
        "id": 1,
        "components": [{"type": 10, "id": 2, "content": "look"}],
        "accessory": {"type": 11, "id": 3, "description": RISKS, "media": {"url": "https://a.example/a.png"}},
    },
}


async def answer_to(scene: Scene, message: Any) -> str:
    """What Find summaries says of the message."""
    async with scene.running():
        answer = await (await scene.alice.message_command("Find summaries", message)).answer()
    return str(answer.embeds)


@pytest.fixture
async def scene(bench: Bench) -> AsyncIterator[Scene]:
    async with wire_scene(bench) as made:
        yield made


@pytest.mark.parametrize("where", EMBEDS)
async def test_what_embeds_say_is_seen(scene: Scene, where: str) -> None:
    message = await scene.alice.send(scene.channel, "look")
    message.embeds = [{"type": "rich", **EMBEDS[where]}]
    assert RISKS in await answer_to(scene, message)


@pytest.mark.parametrize("where", PARTS)
async def test_what_components_say_is_seen(scene: Scene, where: str) -> None:
    message = await scene.alice.send(scene.channel, "-")
    message.content, message.components, message.flags = "", [PARTS[where]], 1 << 15
    assert RISKS in await answer_to(scene, message)


async def test_a_poll_is_seen(scene: Scene) -> None:
    message = await scene.alice.send(scene.channel, "-")
    message.content = ""
    message.poll = {
        "question": {"text": "What next?"},
        "answers": [{"answer_id": 1, "poll_media": {"text": RISKS}}],
        "expiry": "2026-01-13T03:04:00+00:00",
        "allow_multiselect": False,
        "layout_type": 1,
    }
    assert RISKS in await answer_to(scene, message)


async def test_what_a_picture_is_described_as_is_seen(scene: Scene) -> None:
    message = await scene.alice.send(scene.channel, "look")
    message.attachments = [
        {
            "id": "1",
            "filename": "a.png",
            "size": 1,
            "url": "https://cdn.example/a.png",
            "proxy_url": "https://cdn.example/a.png",
            "description": RISKS,
        }
    ]
    assert RISKS in await answer_to(scene, message)


async def test_what_is_forwarded_is_seen(scene: Scene) -> None:
    original = await scene.bob.send(scene.channel, RISKS)
    assert RISKS in await answer_to(scene, await scene.alice.forward(scene.channel, original))


async def test_the_embeds_of_what_is_forwarded_are_seen(scene: Scene) -> None:
    original = await scene.bob.send(scene.channel, "look")
    original.embeds = [{"type": "rich", "title": RISKS}]
    assert RISKS in await answer_to(scene, await scene.alice.forward(scene.channel, original))


async def test_the_message_that_a_thread_is_about_is_seen_at_its_start(scene: Scene) -> None:
    original = await scene.bob.send(scene.channel, RISKS)
    starter = await scene.alice.send(scene.channel, "-", answers=original)
    starter.content, starter.type = "", 21
    assert RISKS in await answer_to(scene, starter)
