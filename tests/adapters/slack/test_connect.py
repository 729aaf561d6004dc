"""Channels that are shared with another organisation: the workspace that installed the bot decides."""

import pytest

from bot.model.places import Place, Preferences
from store import open_store
from tests.adapters.slack.digests.scene import appear, digests, new_issue, subscribed
from tests.adapters.slack.world import World, labels, words
from tests.stand_ins.slack import Channel, Person

PAPER = "https://arxiv.org/abs/1906.01820"


@pytest.fixture
async def shared(place: World) -> tuple[World, Channel, Person]:
    """A channel with the bot, and somebody of another organisation in it, an admin there."""
    team = place.slack.build.team("others")
    channel = place.slack.build.channel(place.team, "shared", place.alice.user)
    place.slack.build.share(channel, team)
    carol = place.slack.person("carol", team, channel)
    carol.user.is_admin = True
    place.alice.invite(place.app, channel)
    return place, channel, carol


async def test_a_stranger_is_answered_as_the_workspace_with_the_bot_has_it(
    shared: tuple[World, Channel, Person],
) -> None:
    place, channel, carol = shared
    place.alice.user.is_admin = True
    await place.command("/linking on", channel=channel)
    await carol.send(channel, f"read {PAPER}")
    await place.until(
        lambda: len(place.slack.messages(channel)) > 1 or place.slack.messages(channel)[0].unfurls
    )


async def test_the_other_organisations_settings_do_not_count(shared: tuple[World, Channel, Person]) -> None:
    place, channel, carol = shared
    async with open_store(place.database, clock=place.now) as store:
        other = Place(platform="slack", server=carol.team.id)
        await store.preferences.put(other, Preferences(linking=True))
    message = await carol.send(channel, f"read {PAPER} and AN #58")
    for event in place.slack.events("message"):
        await event.acknowledged()
    await place.command("/an 76", channel=channel)
    await place.until(lambda: len(place.slack.messages(channel)) > 1)
    assert [words(each)[:20] for each in place.slack.messages(channel)[2:]] == []
    assert message.unfurls == {}


async def test_an_admin_of_another_organisation_has_no_rights(shared: tuple[World, Channel, Person]) -> None:
    place, channel, carol = shared
    await place.command("/an 58", channel=channel)
    card = await place.posted(channel=channel)
    await (await carol.use(card, "Remove")).acknowledged()
    await place.until(lambda: place.slack.ephemerals(channel, carol))
    assert "Only the asker" in place.slack.ephemerals(channel, carol)[0].text
    assert place.slack.messages(channel) == [card]


async def test_a_digest_is_the_workspaces_own_and_opens_for_strangers_who_change_nothing(
    shared: tuple[World, Channel, Person],
) -> None:
    place, channel, carol = shared
    await subscribed(place, channel=channel)
    (subscription,) = await place.subscriptions()
    assert (subscription.place.server, subscription.place.channel) == (place.team.id, channel.id)
    appear(place, new_issue())
    await place.passing(lambda: digests(place, channel))
    (posted,) = digests(place, channel)
    await (await carol.use(posted, "Open the whole issue")).acknowledged()
    await place.until(lambda: place.slack.ephemerals(channel, carol))
    assert "Entry 2 of 100" in words(place.slack.ephemerals(channel, carol)[0])
    await (await carol.use(posted, "About this digest")).acknowledged()
    await place.until(lambda: len(place.slack.ephemerals(channel, carol)) > 1)
    about = place.slack.ephemerals(channel, carol)[1]
    assert "Asked for by alice" in words(about)
    assert labels(about) == []
