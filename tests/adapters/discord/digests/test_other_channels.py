"""`channel:` manages the digests of another channel, for those who manage that one."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from bot.model.digests import Subscription
from bot.model.places import Place
from tests.adapters.discord.digests.scene import DigestScene
from tests.stand_ins.discord.entities import Channel, ChannelType


@pytest.fixture
async def managed(scene: DigestScene) -> AsyncIterator[DigestScene]:
    """Ada manages the server."""
    manager = scene.stand_in.build.role(scene.guild, "manager", "manage_guild", "manage_channels")
    scene.stand_in.build.grant(scene.guild, scene.ada.user, manager)
    async with scene.running():
        yield scene


async def channel_of(scene: DigestScene, kind: ChannelType, **facts: Any) -> Channel:
    """Another channel, of which the bot knows."""
    build = partial(scene.stand_in.build.channel, scene.guild, "other", type=kind, **facts)
    return await scene.heard("guild_channel_create", build)


async def answer_to(scene: DigestScene, command: str, **options: Any) -> str:
    """What the command answers Ada alone."""
    used = await scene.ada.slash(f"digest {command}", options, channel=scene.channel)
    message = await used.answer()
    assert message.seen_only_by == scene.ada.id
    return f"{message.embeds[0].get('title', '')}. {message.embeds[0]['description']}"


async def subscriptions(scene: DigestScene, channel: Channel) -> list[Subscription]:
    place = Place(platform="discord", server=scene.guild.id, channel=channel.id)
    return list(await scene.digest_store.subscriptions.of(place))


async def test_everything_about_a_digest_is_done_from_another_channel(managed: DigestScene) -> None:
    other = await channel_of(managed, ChannelType.TEXT)
    assert "In #other" in await answer_to(managed, "here", channel=other, when="each")
    assert not await subscriptions(managed, managed.channel)
    for command, answer in (
        ("pause", "Paused."),
        ("resume", "Resumed."),
        ("log", "Nothing was posted here yet."),
        ("preview", "AN #99"),
        ("stop", "Stopped."),
    ):
        assert answer in await answer_to(managed, command, channel=other)
    assert not await subscriptions(managed, other)


async def test_a_forum_has_its_tags_chosen_or_says_that_one_is_needed(managed: DigestScene) -> None:
    forum = await channel_of(managed, ChannelType.FORUM, tags=("Papers", "News"), tag_required=True)
    text = await answer_to(managed, "here", channel=forum, when="each")
    assert "This forum requires a tag on each post. Choose one under `tags`: Papers, News." in text
    text = await answer_to(managed, "here", channel=forum, when="each", tags="papers, sport")
    assert "This forum has no tag “sport”. It has: Papers, News." in text
    text = await answer_to(managed, "here", channel=forum, when="each", tags="papers, NEWS")
    assert "tags: Papers, News" in text
    (subscription,) = await subscriptions(managed, forum)
    assert subscription.options.tags == tuple(forum.tags)
    assert subscription.options.thread
    offered = await managed.ada.autocomplete(
        "digest here", "tags", "papers, n", channel=managed.channel, others={"channel": forum}
    )
    assert offered == [("papers, News", "papers, News")]
    text = await answer_to(managed, "here", channel=forum, tags="News")
    assert "Tags: Papers, News → News" in text
    del forum.tags[subscription.options.tags[0]]
    await managed.announce(forum)
    assert "tags: News, 1 more" in await answer_to(managed, "list")


async def test_what_an_announcement_channel_gets_is_published_unless_somebody_says_no(
    managed: DigestScene,
) -> None:
    news = await channel_of(managed, ChannelType.NEWS)
    assert "published" in await answer_to(managed, "here", channel=news, when="each")
    (subscription,) = await subscriptions(managed, news)
    assert subscription.options.publish
    text = await answer_to(managed, "here", channel=news, publish=False)
    assert "Published: yes → no" in text


@pytest.mark.parametrize(
    ("kind", "options", "sentence"),
    [
        (ChannelType.TEXT, {"publish": True}, "Only what is posted in an announcement channel"),
        (ChannelType.TEXT, {"tags": "papers"}, "Only posts in a forum have tags"),
        (ChannelType.CATEGORY, {"when": "each"}, "Choose a text, announcement, forum or media channel"),
    ],
)
async def test_what_a_channel_cannot_do_is_said(
    managed: DigestScene, kind: ChannelType, options: dict[str, Any], sentence: str
) -> None:
    other = await channel_of(managed, kind)
    assert sentence in await answer_to(managed, "here", channel=other, **options)
    assert not await subscriptions(managed, other)


async def test_a_channel_that_the_bot_cannot_see_is_refused(managed: DigestScene) -> None:
    other = await channel_of(managed, ChannelType.TEXT)
    deny = partial(managed.stand_in.build.deny, other, managed.app.bot, "embed_links")
    await managed.heard("guild_channel_update", deny)
    assert "I lack **Embed Links**" in await answer_to(managed, "here", channel=other)
    del managed.bot.guilds[0]._channels[int(other.id)]  # type: ignore[union-attr] # noqa: SLF001 - as if it was never told
    assert "I cannot see that channel" in await answer_to(managed, "here", channel=other)


async def test_who_manages_one_channel_manages_no_other(scene: DigestScene) -> None:
    async with scene.running():
        scene.app.shown_to_all.add("digest")
        own = await channel_of(scene, ChannelType.TEXT)
        scene.stand_in.build.allow(own, scene.ada.user, "manage_channels")
        assert "Subscribed" in await answer_to(scene, "here", channel=own, when="each")
        assert "members who can manage this channel" in await answer_to(scene, "here", when="each")
        used = await scene.ada.slash("digest stop", {"channel": scene.channel}, channel=own)
        assert "members who can manage" in (await used.answer()).embeds[0]["description"]


async def test_an_archived_thread_is_named_in_the_list(managed: DigestScene) -> None:
    thread = managed.stand_in.build.thread(managed.channel, "old readings", owner=managed.ada.user)
    thread.archived = True
    managed.stand_in.build.announce(thread)
    home, managed.channel = managed.channel, thread
    await managed.subscribe()
    managed.channel = home
    text = await answer_to(managed, "list")
    assert f"[\\#old readings](<https://discord.com/channels/{managed.guild.id}/{thread.id}>)" in text
