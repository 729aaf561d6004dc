"""Where it is switched on, what a discussion mentions is answered once, quietly, and follows its message."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord import Env
from simcord.builders import ChannelHandle

from adapters.discord import linking
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.render import payload_of
from bot.cards.linked import linked_card
from bot.errors import StoreError
from bot.model.newsletter import Summary
from bot.model.search import Filters, SearchResult
from tests.adapters.contract.discord_scene import discord_scene
from tests.adapters.contract.scene import ADA
from tests.adapters.discord.limits import check
from tests.adapters.discord.openapi import check_requests
from tests.adapters.discord.world import NOW, Bench, World, shown
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

MESA = "what of [[risks from learned]]?"
PAPER = "https://arxiv.org/abs/1906.01820"


class Finder(MemoryFinder):
    """Fails where the test says so."""

    error: Exception | None = None

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        if self.error:
            raise self.error
        return await super().find(words, filters, limit=limit)


@pytest.fixture
def finder(library: MemoryLibrary) -> Finder:
    return Finder(library.summaries)


@pytest.fixture
async def env(bench: Bench) -> AsyncIterator[Env]:
    env = Env(bench.client(message_content=True))
    await env.start()
    try:
        yield env
        check_requests(env)
    finally:
        await env.shutdown()


@pytest.fixture
async def on(world: World) -> World:
    await world.admin.slash(world.channel, "linking on")
    return world


def replies(world: World, channel: ChannelHandle | None = None) -> list[Any]:
    """What the bot has posted there for a discussion that still stands."""
    user = world.env.bot.user
    assert user
    return [m for m in (channel or world.channel).history() if m.author.id == user.id and m.reference]


def labels(message: Any) -> list[str]:
    return [button.label for row in message.components for button in row.children]


async def test_other_channels_stay_off(on: World) -> None:
    other = on.guild.create_text_channel("other")
    await on.bob.send(other, MESA)
    assert replies(on, other) == []


async def test_a_message_that_stays_as_it_is_is_not_answered_late(on: World, bench: Bench) -> None:
    await on.alice.send(on.channel, MESA)
    message = await on.bob.send(on.channel, MESA)
    bench.now = NOW + timedelta(minutes=30)
    await on.bob.edit(message, MESA)  # the event of a preview or a pin looks so
    assert len(replies(on)) == 1


async def test_webhooks_are_not_answered_unless_the_server_lets_proxies_in(
    on: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "_PROXIED", 0)
    webhook = on.guild.create_webhook(on.channel)
    await webhook.send(MESA)
    assert replies(on) == []
    await on.admin.slash(on.channel, "settings", proxies="answered")
    await webhook.send(MESA)
    assert len(replies(on)) == 1
    await on.bob.send(on.channel, "AN #76")
    assert len(replies(on)) == 2


@pytest.mark.slow
async def test_a_message_that_a_proxy_bot_replaces_is_not_answered_before(tmp_path: Path) -> None:
    async with discord_scene(tmp_path / "an.db") as scene, scene.running():
        await scene.ask("/linking on", by=ADA)
        used = await scene.people[ADA].slash("settings", {"proxies": "answered"}, channel=scene.channel)
        await used.answer()
        replaced = await scene.say(MESA)
        await scene.delete(replaced)
        await scene.settled()
        await scene.passes(3)
        assert scene.seen_by_all() == []
        await scene.say(MESA)
        await scene.passing(scene.seen_by_all)


async def test_what_is_mentioned_in_a_spoiler_is_answered_in_spoilers(on: World) -> None:
    await on.bob.send(on.channel, "the end is ||in [[risks from learned]]||")
    (hidden,) = replies(on)
    lines = hidden.embeds[0].description.split("\n")
    assert all(line.startswith("||") and line.endswith("||") for line in lines if line)
    assert labels(hidden) == ["Read 1", "Remove"]
    await on.bob.send(on.channel, "AN #76 and ||nothing||")
    assert "||" not in replies(on)[-1].embeds[0].description


async def test_a_thread_goes_with_its_channel(world: World) -> None:
    await world.admin.slash(world.channel, "linking on")
    channel = world.env.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="more of it", type=discord.ChannelType.public_thread)
    (thread,) = world.channel.threads
    await world.bob.send(thread, MESA)
    assert len(replies(world, thread)) == 1
    state = shown(await world.admin.slash(thread, "linking status")).embeds[0]
    assert state.title == "Linking is on in this channel"


async def test_a_channel_where_it_may_not_post_stays_silent(on: World) -> None:
    closed = on.guild.create_text_channel(
        "closed", overwrites={on.guild.default_role: discord.PermissionOverwrite(embed_links=False)}
    )
    await on.admin.slash(closed, "linking on")
    before = len(on.env.http_requests)
    await on.bob.send(closed, MESA)
    assert len(on.env.http_requests) == before


async def test_where_it_may_not_read_what_was_said_it_answers_below(on: World) -> None:
    unread = on.guild.create_text_channel(
        "unread", overwrites={on.guild.default_role: discord.PermissionOverwrite(read_message_history=False)}
    )
    await on.admin.slash(unread, "linking on")
    await on.bob.send(unread, MESA)
    assert replies(on, unread) == []
    assert [len(message.embeds) for message in unread.history()] == [0, 1]


TEXT = st.text(alphabet=st.sampled_from("ab *_`[]()<>@|\\#-1.\n\u202e"), max_size=400)


@given(
    st.lists(
        st.builds(
            lambda title, text, authors: summary(
                title, text=text, authors=authors, links=(PAPER + "x" * 400,)
            ),
            TEXT,
            TEXT,
            TEXT,
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda summary: summary.key,
    ),
    st.integers(0, 7),
)
def test_any_reply_keeps_discord_s_limits_and_its_formatting_closed(
    summaries: list[Summary], more: int
) -> None:
    check(payload_of(linked_card(summaries, more, DISCORD_FORMAT), owner=2**63, private=False))


async def test_what_is_deleted_with_many_others_takes_its_reply_along(on: World) -> None:
    first, second = await on.bob.send(on.channel, MESA), await on.bob.send(on.channel, "AN #76")
    channel = on.env.bot.get_channel(on.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.delete_messages([first, second])
    await on.env.settle()
    assert replies(on) == []


async def test_an_error_is_for_the_log_alone(
    on: World, finder: Finder, caplog: pytest.LogCaptureFixture
) -> None:
    finder.error = StoreError("the file is damaged.")
    with caplog.at_level(logging.ERROR, "anbot.discord"):
        await on.bob.send(on.channel, MESA)
    assert replies(on) == []
    assert "incident" in caplog.text
    finder.error = None
    await on.bob.send(on.channel, MESA)
    assert len(replies(on)) == 1


async def test_without_the_intent_only_what_is_meant_for_it_is_read(world: World, bench: Bench) -> None:
    await world.env.restart_bot(bench.client())
    await world.admin.slash(world.channel, "linking on")
    await world.bob.send(world.channel, MESA)
    assert replies(world) == []
    assert world.env.bot.user
    await world.bob.send(world.channel, f"{world.env.bot.user.mention} {MESA}")
    assert len(replies(world)) == 1
    await world.bob.send(world.channel, "and AN #76", reply_to=replies(world)[0])
    assert len(replies(world)) == 2


async def test_a_direct_message_is_answered_without_any_setting(world: World, bench: Bench) -> None:
    await world.env.restart_bot(bench.client())
    message = await world.bob.send_dm("AN #58")
    posted = [m async for m in message.channel.history(limit=5) if m.embeds]
    assert [(m.embeds[0].description or "")[:10] for m in posted] == ["**[AN #58]"]
