"""What a discussion mentions is answered in a thread, where that is switched on."""

from tests.adapters.slack.world import World, words
from tests.stand_ins.slack import Message
from tests.stand_ins.slack.tiny_bot import client

PAPER = "https://arxiv.org/abs/1906.01820"


async def switched_on(place: World) -> None:
    place.alice.invite(place.app, place.general)
    place.alice.user.is_admin = True
    await place.command("/linking on")
    assert "Linking is on here" in (await place.whispered()).text


def replies(place: World) -> list[Message]:
    """What the bot said in threads."""
    return [each for each in place.slack.messages(place.general) if each.app_id == place.app.id]


QUESTIONS = 5
"""The most that an event asks the database one after the other."""


async def settled(place: World) -> None:
    """Return when whatever was said before is dealt with.

    An event may be overtaken by a command, since both wait for the database, but not by as many
    as it has questions for it: the database answers in order.
    """
    seen = len(place.slack.ephemerals(place.general, place.alice))
    for number in range(1, QUESTIONS + 1):
        await place.command("/linking status")
        await place.whispered(seen + number)


async def test_what_is_said_in_a_thread_is_answered_there(place: World) -> None:
    await switched_on(place)
    head = await place.bob.send(place.general, "good morning")
    await place.alice.send(place.general, "AN #58", thread=head)
    await place.until(lambda: replies(place))
    assert replies(place)[0].thread_ts == head.ts


async def test_an_address_elsewhere_than_our_domains_gets_its_reply_in_the_thread(place: World) -> None:
    await switched_on(place)
    await place.bob.send(place.general, "see https://www.alphaxiv.org/abs/1906.01820v3")
    await place.until(lambda: replies(place))
    assert "Risks from Learned Optimization" in words(replies(place)[0])


async def test_code_quotes_and_addresses_in_angle_brackets_are_left_alone(place: World) -> None:
    await switched_on(place)
    for text in (
        "`AN #58`",
        "> AN #58",
        f"`{PAPER}`",
        f"<{PAPER}>",
        "```\nAN #58\n```",
        "so\n>AN #58",
        ">>>\nAN #58",
        ">>>so\nAN #58",
        ">>> so\nAN #58",
    ):
        await place.bob.send(place.general, text)
    await settled(place)
    assert replies(place) == []
    assert place.slack.journal.of("chat.unfurl") == []


async def test_a_reply_that_is_deleted_past_the_bot_stays_so(place: World) -> None:
    await switched_on(place)
    message = await place.bob.send(place.general, "AN #58")
    await place.until(lambda: replies(place))
    installed = place.slack.world.installed(place.app, place.team)
    assert installed
    (reply,) = replies(place)
    await client(place.slack, installed.token).chat_delete(channel=place.general.id, ts=reply.ts)
    await place.bob.edit(message, "AN #76")
    await place.until(lambda: place.slack.journal.of("chat.update"))
    await place.bob.edit(message, "AN #99")
    await settled(place)
    assert len(place.slack.journal.of("chat.update")) == 1
    await place.alice.send(place.general, "AN #99")
    await place.until(lambda: replies(place))
    assert [reply.thread_ts == message.ts for reply in replies(place)] == [False]
