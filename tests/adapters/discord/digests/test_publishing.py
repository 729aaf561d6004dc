"""Digests in announcement channels, published to those that follow them."""

from collections.abc import AsyncIterator

import pytest

from bot.model.digests import DeliveryState
from tests.adapters.discord.digests.scene import LONG, DigestScene, issue
from tests.stand_ins.discord import Answer, Cut
from tests.stand_ins.discord.entities import ChannelType, MessageFlag

CROSSPOST = "/channels/*/messages/*/crosspost"


@pytest.fixture
async def announcing(scene: DigestScene) -> AsyncIterator[DigestScene]:
    scene.channel = scene.stand_in.build.channel(scene.guild, "news", type=ChannelType.NEWS)
    async with scene.running():
        yield scene


def published(scene: DigestScene) -> list[bool]:
    return [bool(message.flags & MessageFlag.CROSSPOSTED) for message in scene.posted()]


@pytest.mark.parametrize("publish", [False, True])
async def test_every_part_is_published_if_that_was_asked_for(
    announcing: DigestScene, *, publish: bool
) -> None:
    await announcing.subscribe(full=True, publish=publish)
    announcing.appear(LONG)
    await announcing.deliver()
    assert len(announcing.posted()) > 3
    assert set(published(announcing)) == {publish}


@pytest.mark.parametrize(
    "failure", [Cut(taken=True), Cut(taken=False), Answer(status=503), Answer(status=503, taken=True)]
)
async def test_a_publication_of_unknown_fate_is_made_good_and_nothing_is_posted_twice(
    announcing: DigestScene, failure: Cut | Answer
) -> None:
    announcing.stand_in.nonces_last(0)
    await announcing.subscribe(publish=True)
    announcing.appear(issue(100))
    announcing.stand_in.faults.add(failure, method="POST", path=CROSSPOST)
    await announcing.deliver()
    assert (await announcing.log())[0].state is DeliveryState.SENDING
    await announcing.later(60)
    assert published(announcing) == [True]
    assert [(each.state, each.problem) for each in await announcing.log()] == [(DeliveryState.SENT, "")]


async def test_what_may_not_be_published_stays_posted_and_the_log_says_why(announcing: DigestScene) -> None:
    await announcing.subscribe(publish=True)
    announcing.appear(issue(100))
    body = '{"message": "Missing Permissions", "code": 50013}'
    announcing.stand_in.faults.add(Answer(status=403, body=body), method="POST", path=CROSSPOST)
    await announcing.deliver()
    (delivery,) = await announcing.log()
    assert delivery.state is DeliveryState.SENT
    assert delivery.problem == "It was not published: Discord says “Missing Permissions”."
    assert not (await announcing.subscription()).paused
