"""What a discussion mentions is answered in a thread, where that is switched on."""

from tests.adapters.slack.world import World, words
from tests.slack_stand_in import Message

RISKS = "have you read https://arxiv.org/abs/1906.01820 ?"


async def switched_on(place: World) -> None:
    place.alice.invite(place.app, place.general)
    place.alice.user.is_admin = True
    await place.command("/linking on")
    assert "Linking is on here" in (await place.whispered()).text


def replies(place: World) -> list[Message]:
    """What the bot said in threads."""
    return [each for each in place.slack.messages(place.general) if each.app_id == place.app.id]


async def settled(place: World) -> None:
    """Return when whatever was said before is dealt with: what comes is dealt with in its order."""
    seen = len(place.slack.ephemerals(place.general, place.alice))
    await place.command("/linking status")
    await place.whispered(seen + 1)


async def test_an_address_gets_one_small_reply_in_a_thread(place: World) -> None:
    await switched_on(place)
    said = await place.bob.send(place.general, RISKS)
    await place.until(lambda: replies(place))
    (reply,) = replies(place)
    assert reply.thread_ts == said.ts
    assert "Risks from Learned Optimization" in words(reply)
    assert not reply.pings


async def test_it_is_off_until_an_admin_switches_it_on(place: World) -> None:
    place.alice.invite(place.app, place.general)
    await place.command("/linking on")
    assert "Only admins" in (await place.whispered()).text
    await place.bob.send(place.general, RISKS)
    await settled(place)
    assert replies(place) == []


async def test_code_quotes_and_addresses_in_angle_brackets_are_left_alone(place: World) -> None:
    await switched_on(place)
    for text in ("`AN #58`", "> AN #58", "<https://arxiv.org/abs/1906.01820>", "see #58 for $5"):
        await place.bob.send(place.general, text)
    await settled(place)
    assert replies(place) == []


async def test_the_reply_goes_the_way_its_message_goes(place: World) -> None:
    await switched_on(place)
    said = await place.bob.send(place.general, "AN #58")
    await place.until(lambda: replies(place))
    await place.bob.edit(said, "AN #76")
    await place.until(lambda: "Goodhart" in words(replies(place)[0]))
    await place.bob.delete(said)
    await place.until(lambda: not replies(place))


async def test_the_same_is_not_said_again_within_half_an_hour(place: World) -> None:
    await switched_on(place)
    await place.bob.send(place.general, "AN #58")
    await place.until(lambda: replies(place))
    await place.alice.send(place.general, "AN #58 again")
    await settled(place)
    assert len(replies(place)) == 1


async def test_its_poster_removes_the_reply(place: World) -> None:
    await switched_on(place)
    await place.bob.send(place.general, "AN #58")
    await place.until(lambda: replies(place))
    await (await place.bob.use(replies(place)[0], "Remove")).acknowledged()
    await place.until(lambda: not replies(place))


async def test_what_is_not_understood_is_told_how_to_say_it(place: World) -> None:
    await place.command("/linking maybe")
    assert "/linking status" in (await place.whispered()).text
