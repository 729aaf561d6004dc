"""An Enterprise organisation installs the bot for all its workspaces, and tokens end after a while."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model.places import Place, Preferences
from store import open_store
from tests.adapters.slack.digests.scene import appear, digests, new_issue
from tests.adapters.slack.test_workspaces import another, client_of, install
from tests.adapters.slack.world import World, words, world
from tests.stand_ins.slack import Channel, Person
from tests.support.processes import free_port

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def many(tmp_path: Path) -> AsyncIterator[World]:
    """An app that nobody has installed yet, met over HTTP."""
    async with world(tmp_path / "anbot.sqlite", port=free_port(), installed=False) as made:
        yield made


async def organised(place: World) -> tuple[Person, Channel]:
    """An organisation of two workspaces installed the bot; somebody in the second, and its channel."""
    carol, elsewhere = another(place)
    place.slack.build.organisation(place.team, carol.team)
    await install(place, place.alice)
    return carol, elsewhere


async def subscribed(place: World, person: Person, channel: Channel) -> None:
    person.user.is_admin = True
    person.invite(place.app, channel)
    await place.command("/digest here each", by=person, channel=channel)
    await place.until(lambda: place.slack.ephemerals(channel, person))


async def test_an_organisations_workspaces_are_served_under_one_token(many: World) -> None:
    async with many.run(**client_of(many)):
        carol, elsewhere = await organised(many)
        for person, channel in ((many.alice, many.general), (carol, elsewhere)):
            await many.command("/an 58", by=person, channel=channel)
            assert "AN #58" in words(await many.posted(channel=channel))
        await subscribed(many, carol, elsewhere)
        appear(many, new_issue())
        await many.passing(lambda: digests(many, elsewhere))
        assert not [each for each in await many.subscriptions() if each.paused]


async def test_who_removes_the_bot_from_an_organisation_leaves_nothing_of_its_workspaces(many: World) -> None:
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        carol, elsewhere = await organised(many)
        await subscribed(many, carol, elsewhere)
        place = Place(platform="slack", server=carol.team.id)
        await store.preferences.put(place, Preferences(private=True))
        many.slack.uninstall(many.app, many.team)
        while await store.preferences.of(place) != Preferences():
            await many.until(lambda: True)
        while await many.subscriptions():
            await many.until(lambda: True)
        while await store.installations.of("slack", many.team.organisation):
            await many.until(lambda: True)
        assert not await store.installations.of("slack", carol.team.id)


async def test_a_digest_is_posted_with_a_token_that_was_renewed(many: World) -> None:
    many.app.rotating = True
    async with many.run(**client_of(many)), open_store(many.database, clock=many.now) as store:
        await install(many, many.alice)
        await subscribed(many, many.alice, many.general)
        installation = await store.installations.of("slack", many.team.id)
        assert installation
        first = many.slack.world.installed(many.app, many.team)
        assert first
        before, ends = first.token, installation.partition('"bot_token_expires_at":')[2].partition(",")[0]
        await store.installations.put("slack", many.team.id, installation.replace(ends, "1000000000"))
        appear(many, new_issue())
        await many.passing(lambda: digests(many))
        assert first.token != before
        assert len(many.slack.journal.of("oauth.v2.access")) == 2
