"""Our client over real HTTP and a real websocket: slowness, failures and lost connections.

Every request is checked against Discord's own document where that is at hand.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.discord import responses
from tests.adapters.discord.wire_scene import Gated, Scene, wire_scene
from tests.adapters.discord.world import Bench
from tests.stand_ins.discord import (
    Answer,
    Callback,
    TooMany,
)
from tests.stand_ins.discord.discord_py import pointed_at
from tests.stand_ins.discord.interactions import FIRST_ANSWER
from tests.support.fakes import MemoryLibrary
from tests.support.three_issues import RISKS

_PATIENCE = responses.PATIENCE
"""What holds where no test changes it."""


@pytest.fixture
def finder(library: MemoryLibrary) -> Gated:
    gated = Gated(library.summaries)
    gated.gate.set()
    return gated


@pytest.fixture
async def scene(bench: Bench) -> AsyncIterator[Scene]:
    async with wire_scene(bench) as made:
        yield made


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are deferred sooner."""
    monkeypatch.setattr(responses, "PATIENCE", 0.2)


async def test_all_that_we_send_fits_discords_document(scene: Scene) -> None:
    async with scene.running():
        for command, values in (
            ("an", {"issue": "58"}),
            ("paper", {"words": "risks from"}),
            ("paper", {"words": "a"}),
            ("paper", {"words": "pizza"}),
            ("topic", {}),
            ("topic", {"section": "mesa optimization"}),
            ("help", {}),
        ):
            used = await scene.alice.slash(command, values, channel=scene.channel)
            assert (await used.answer()).embeds
        issue = scene.discord.messages(scene.channel)[0]
        assert ("58-a-long-read") in str(issue.components)
        offered = await scene.alice.autocomplete("paper", "words", "risks", channel=scene.channel)
        assert offered == [("★ Risks from Learned Optimization · Evan Hubinger et al. · AN #58", RISKS)]
    if not scene.discord.checked:
        pytest.skip("Discord's own document is not at hand")
    assert scene.discord.openapi.checked > 8


def test_an_answer_is_put_off_long_before_discord_gives_up() -> None:
    assert _PATIENCE <= FIRST_ANSWER / 2


@pytest.mark.usefixtures("hasty")
async def test_a_slow_answer_is_put_off_and_then_shown_to_all(scene: Scene, finder: Gated) -> None:
    finder.gate.clear()
    async with scene.running():
        used = await scene.alice.slash("paper", {"words": "risks from"}, channel=scene.channel)
        assert await used.acknowledgement() is Callback.DEFERRED_MESSAGE
        finder.gate.set()
        answer = await used.answer()
    assert answer.seen_only_by is None
    assert answer.embeds[0]["title"] == "★ Risks from Learned Optimization"


@pytest.mark.usefixtures("hasty")
async def test_a_slow_miss_is_shown_to_the_asker_alone(scene: Scene, finder: Gated) -> None:
    finder.gate.clear()
    async with scene.running():
        used = await scene.alice.slash("paper", {"words": "pizza"}, channel=scene.channel)
        await used.acknowledgement()
        finder.gate.set()
        message = await used.follow_up()
    assert message.seen_only_by == scene.alice.id
    assert message.embeds[0]["title"] == "Not found"
    assert scene.discord.messages(scene.channel) == []


@pytest.mark.usefixtures("hasty")
async def test_what_never_comes_is_given_up_with_a_sentence(
    scene: Scene, finder: Gated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "CEILING", 0.1)
    finder.gate.clear()
    async with scene.running():
        used = await scene.alice.slash("paper", {"words": "risks"}, channel=scene.channel)
        message = await used.follow_up()
    assert message.seen_only_by == scene.alice.id
    assert "took too long" in message.content
    assert scene.discord.messages(scene.channel) == []


@pytest.mark.usefixtures("hasty")
async def test_a_slow_button_turns_its_own_card(scene: Scene, finder: Gated) -> None:
    async with scene.running():
        card = await (await scene.alice.slash("paper", {"words": "ea"}, channel=scene.channel)).answer()
        finder.gate.clear()
        pressed = await scene.alice.click(card, "Other matches")
        assert await pressed.acknowledgement() is Callback.DEFERRED_UPDATE
        finder.gate.set()
        others = await pressed.follow_up()
    assert others.seen_only_by == scene.alice.id


@pytest.mark.usefixtures("hasty")
async def test_closing_waits_for_what_is_being_answered(scene: Scene, finder: Gated) -> None:
    finder.gate.clear()
    async with scene.running() as client:
        used = await scene.alice.slash("paper", {"words": "risks from"}, channel=scene.channel)
        await used.acknowledgement()
        closing = asyncio.create_task(client.close())
        await asyncio.sleep(0)
        assert used.loading
        finder.gate.set()
        await closing
        assert not used.loading
        assert (await used.answer()).embeds[0]["title"] == "★ Risks from Learned Optimization"


@pytest.mark.parametrize("failure", [TooMany(retry_after=0.05), Answer(status=502)], ids=["429", "502"])
async def test_an_edit_that_is_refused_for_now_is_made_in_the_end(
    scene: Scene, finder: Gated, failure: TooMany | Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "PATIENCE", 0.1)
    fault = scene.discord.faults.add(failure, method="PATCH", path="/webhooks/*")
    finder.gate.clear()
    async with scene.running():
        used = await scene.alice.slash("paper", {"words": "risks from"}, channel=scene.channel)
        await used.acknowledgement()
        finder.gate.set()
        answer = await used.answer()
    assert fault.struck
    assert answer.embeds[0]["title"] == "★ Risks from Learned Optimization"


@pytest.mark.parametrize("how", ["drop", "reconnect"])
async def test_what_was_asked_while_the_connection_was_down_is_answered(scene: Scene, how: str) -> None:
    async with scene.running():
        getattr(scene.discord.gateway, how)()
        used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
        answer = await used.answer()
    assert answer.embeds[0]["title"] == "AN #58 — Mesa optimization"


async def test_somebody_who_brought_the_bot_along_asks_where_it_is_not_installed(scene: Scene) -> None:
    elsewhere = scene.discord.build.guild("elsewhere")
    channel = scene.discord.build.channel(elsewhere, "general")
    carol = scene.discord.person("carol", elsewhere)
    carol.install(scene.app)
    async with scene.running():
        answer = await (await carol.slash("an", {"issue": "58"}, channel=channel)).answer()
        assert answer.embeds[0]["title"] == "AN #58 — Mesa optimization"
        turned = await (await carol.click(answer, "AN #76 ▸")).answer()
        assert turned.embeds[0]["title"] == "AN #76 — Goodhart"


async def test_direct_messages_are_answered_as_well(scene: Scene) -> None:
    direct = scene.alice.direct(scene.app)
    async with scene.running():
        scene.alice.install(scene.app)
        answer = await (await scene.alice.slash("paper", {"words": "A long read"}, channel=direct)).answer()
        turned = await (await scene.alice.click(answer, "Next")).answer()
        assert "Page 2 of 3" in turned.embeds[0]["footer"]["text"]
        await (await scene.alice.click(turned, "Remove")).acknowledgement()
        await scene.discord.until(lambda: not direct.public(), what="the card is removed")


async def test_an_answer_that_may_not_be_posted_is_private_and_names_what_is_missing(scene: Scene) -> None:
    scene.discord.build.deny(scene.channel, scene.app.bot, "embed_links", "send_messages")
    async with scene.running():
        answer = await (await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)).answer()
    assert answer.seen_only_by == scene.alice.id
    assert "I lack **Send Messages** in this channel" in answer.content


async def test_the_gateways_shards_are_all_served(scene: Scene) -> None:
    scene.discord.gateway.shards = 2
    with pointed_at(scene.discord):
        client = scene.bench.client(shard_count=None)
        task = asyncio.create_task(client.start(scene.app.token))
        try:
            await scene.discord.gateway.ready(scene.app, shards=2)
            used = await scene.alice.slash("an", {"issue": "58"}, channel=scene.channel)
            assert (await used.answer()).embeds
        finally:
            await client.close()
            await task
