"""Channels that are shared with another organisation: the workspace that installed the bot decides."""

import pytest

from bot.model.places import Place, Preferences
from store import open_store
from tests.adapters.slack.world import World, words
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
