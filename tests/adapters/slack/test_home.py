"""The App Home: what stands in it, what it answers, and who may change what."""

from typing import Any

from tests.adapters.slack.digests.scene import subscribed
from tests.adapters.slack.world import World, words
from tests.stand_ins.slack.entities import Kind


async def home(place: World, person: Any) -> Any:
    """The App Home as it is when it has been opened."""
    before = person.home(place.app)
    opened = await person.open_home(place.app)
    assert opened
    await opened.acknowledged()
    await place.until(lambda: person.home(place.app) is not before, "the App Home")
    return person.home(place.app)


async def test_it_shows_the_latest_issue_how_to_ask_and_what_holds_here(place: World) -> None:
    shown = words(await home(place, place.alice))
    assert "AN #99" in shown
    assert "/paper" in shown
    assert "Answers: in the channel" in shown
    assert "Its admins can change that here." in shown


async def test_its_search_box_answers_in_a_window(place: World) -> None:
    shown = await home(place, place.alice)
    box = next(block["element"]["action_id"] for block in shown.blocks if block["type"] == "input")
    await (await place.alice.use(shown, box, "risks from learned optimization")).acknowledged()
    await place.until(lambda: place.alice.modal)
    assert "Risks from Learned Optimization" in words(place.alice.modal)
    window = place.alice.modal
    assert window
    await (await place.alice.use(window, "Opinion")).acknowledged()
    await place.until(lambda: "Rohin’s opinion" in words(place.alice.modal))


async def test_an_admin_makes_answers_private(place: World) -> None:
    place.alice.user.is_admin = True
    shown = await home(place, place.alice)
    await (await place.alice.use(shown, "set:answers", "private")).acknowledged()
    await place.until(lambda: "Answers: private until shared" in words(place.alice.home(place.app)))
    await place.command("/an 58", by=place.bob)
    assert "AN #58" in words(await place.whispered(to=place.bob))
    assert place.slack.messages(place.general) == []


async def test_who_is_an_admin_no_more_changes_nothing(place: World) -> None:
    place.alice.user.is_admin = True
    shown = await home(place, place.alice)
    place.alice.user.is_admin = False
    await (await place.alice.use(shown, "set:answers", "private")).acknowledged()
    await place.until(lambda: "Its admins can change" in words(place.alice.home(place.app)))
    await place.command("/an 58")
    assert "AN #58" in words(await place.posted())


async def test_it_names_the_channels_in_which_linking_is_on(place: World) -> None:
    place.alice.user.is_admin = True
    assert "Linking: off everywhere" in words(await home(place, place.alice))
    await place.command("/linking on")
    await place.whispered()
    assert f"Linking: <#{place.general.id}>" in words(await home(place, place.alice))


async def test_it_names_no_private_channel_but_the_readers_own_digests(place: World) -> None:
    secret = place.slack.build.channel(place.team, "secret", place.alice.user, kind=Kind.PRIVATE)
    for channel in (place.general, secret):
        await subscribed(place, channel=channel)
        await place.command("/linking on", channel=channel)
        while len(place.slack.ephemerals(channel, place.alice)) < 2:
            await place.until(lambda: True)
    hers, his = words(await home(place, place.alice)), words(await home(place, place.bob))
    assert hers.count(f"<#{place.general.id}>") == his.count(f"<#{place.general.id}>") == 2
    assert hers.count(secret.id) == 1
    assert secret.id not in his
