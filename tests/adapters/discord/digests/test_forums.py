"""Digests in forums and media channels: a post for each, found again if its fate is unknown."""

import pytest

from bot.model.digests import DeliveryState
from tests.adapters.discord.digests.scene import LONG, DigestScene, issue, names, posts
from tests.stand_ins.discord import Answer, Cut
from tests.stand_ins.discord.entities import Channel, ChannelType

FORUMS = (ChannelType.FORUM, ChannelType.MEDIA)


def forum(
    scene: DigestScene, kind: ChannelType = ChannelType.FORUM, *, tag_required: bool = False
) -> Channel:
    """The channel of the scene, a forum from now on."""
    scene.channel = scene.stand_in.build.channel(
        scene.guild, "newsletter", type=kind, tags=("papers", "news"), tag_required=tag_required
    )
    return scene.channel


@pytest.mark.parametrize("kind", FORUMS)
async def test_each_digest_is_a_post_with_its_parts_below_the_first(
    scene: DigestScene, kind: ChannelType
) -> None:
    channel = forum(scene, kind)
    async with scene.running():
        await scene.subscribe(full=True, thread=True, tags=(next(iter(channel.tags)),))
        scene.appear(LONG)
        await scene.deliver()
        scene.appear(issue(101))
        await scene.deliver()
        first, second = posts(scene)
        assert [first.name, second.name] == ["AN #100 — Issue 100", "AN #101 — Issue 101"]
        assert first.applied_tags == [next(iter(channel.tags))]
        assert len(scene.posted(first)) > 3
        assert names([*scene.posted(first), *scene.posted(second)]) == [each.id for each in await scene.log()]
        assert (await scene.log())[0].message == first.id


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize(
    "failure", [Cut(taken=True), Cut(taken=False), Answer(status=503, taken=True), Answer(status=503)]
)
async def test_a_post_of_unknown_fate_is_looked_for_among_the_posts(
    scene: DigestScene, failure: Cut | Answer, *, archived: bool
) -> None:
    channel = forum(scene)
    other = scene.stand_in.build.thread(channel, "AN #100 — Issue 100", owner=scene.ada.user)
    async with scene.running():
        await scene.subscribe(full=True, thread=True)
        scene.appear(LONG)
        scene.stand_in.faults.add(failure, method="POST", path="/channels/*/threads")
        await scene.deliver()
        for post in posts(scene):
            post.archived = archived
        await scene.later(60)
        (post,) = [each for each in posts(scene) if each is not other]
        assert names(scene.posted(post)) == [each.id for each in await scene.log()]
        assert {each.state for each in await scene.log()} == {DeliveryState.SENT}


async def test_a_post_of_unknown_fate_is_found_behind_many_that_were_archived_since(
    scene: DigestScene,
) -> None:
    channel = forum(scene)
    async with scene.running():
        await scene.subscribe(thread=True)
        scene.appear(issue(100))
        scene.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/threads")
        await scene.deliver()
        posts(scene)[0].archived = True
        for number in range(230):
            scene.clock.advance(0.1)
            scene.stand_in.build.thread(channel, f"question {number}", owner=scene.ada.user).archived = True
        await scene.later(60)
        assert [each.name for each in posts(scene) if each.owner_id == scene.app.bot.id] == [
            "AN #100 — Issue 100"
        ]
        assert [each.state for each in await scene.log()] == [DeliveryState.SENT]


async def test_a_post_that_somebody_deleted_is_not_taken_for_one_that_is_there(scene: DigestScene) -> None:
    forum(scene)
    async with scene.running():
        await scene.subscribe(thread=True)
        scene.appear(issue(100))
        scene.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/threads")
        await scene.deliver()
        posts(scene)[0].messages.clear()
        await scene.later(60)
        assert [len(scene.posted(each)) for each in posts(scene)] == [0, 1]


async def test_without_the_history_a_post_of_unknown_fate_is_not_repeated(scene: DigestScene) -> None:
    scene.stand_in.build.deny(forum(scene), scene.app.bot, "read_message_history")
    async with scene.running():
        await scene.subscribe(thread=True)
        scene.appear(issue(100))
        scene.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/threads")
        await scene.deliver()
        await scene.later(10)
        assert len(posts(scene)) == 1
        assert "Read Message History" in (await scene.log())[0].problem


async def test_a_tag_that_was_removed_is_left_out_and_a_required_one_pauses(scene: DigestScene) -> None:
    channel = forum(scene, tag_required=True)
    gone, left = channel.tags
    async with scene.running():
        await scene.subscribe(thread=True, tags=(gone, left))
        del channel.tags[gone]
        await scene.announce(channel)
        scene.appear(issue(100))
        await scene.deliver()
        assert posts(scene)[0].applied_tags == [left]
        del channel.tags[left]
        await scene.announce(channel)
        scene.appear(issue(101))
        await scene.deliver()
        assert "requires a tag on each post" in (await scene.subscription()).paused


async def test_a_forum_closed_to_the_bot_pauses_and_says_which_permission_is_lacking(
    scene: DigestScene,
) -> None:
    scene.stand_in.build.deny(forum(scene), scene.app.bot, "send_messages")
    async with scene.running():
        await scene.subscribe(thread=True)
        scene.appear(issue(100))
        await scene.deliver()
        assert "I lack the permissions Create Posts" in (await scene.subscription()).paused
