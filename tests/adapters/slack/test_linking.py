"""What a discussion mentions is answered in a thread, where that is switched on."""

import pytest

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


async def settled(place: World) -> None:
    """Return when whatever was said before is dealt with: what comes is dealt with in its order."""
    seen = len(place.slack.ephemerals(place.general, place.alice))
    await place.command("/linking status")
    await place.whispered(seen + 1)


@pytest.mark.parametrize(
    "text", ["what of [[risks from learned]]?", "[[!Risks from learned optimization]]", "arXiv:1906.01820"]
)
async def test_what_is_named_gets_one_small_reply_in_a_thread(place: World, text: str) -> None:
    await switched_on(place)
    said = await place.bob.send(place.general, text)
    await place.until(lambda: replies(place))
    (reply,) = replies(place)
    assert reply.thread_ts == said.ts
    assert "Risks from Learned Optimization" in words(reply)
    assert not reply.pings


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


async def test_it_is_off_until_an_admin_switches_it_on(place: World) -> None:
    place.alice.invite(place.app, place.general)
    await place.command("/linking on")
    assert "Only admins" in (await place.whispered()).text
    await place.bob.send(place.general, f"AN #58 and {PAPER}")
    await settled(place)
    assert replies(place) == []


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


async def test_weak_matches_and_chatter_stay_silent(place: World) -> None:
    await switched_on(place)
    for text in ("see #58 for $5", "[[pizza]]", "[[!Risks]]", "AN #1000", "good morning"):
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


async def test_its_poster_and_admins_remove_the_reply_and_nobody_else(place: World) -> None:
    await switched_on(place)
    said = await place.bob.send(place.general, "AN #58")
    await place.until(lambda: replies(place))
    carol = place.slack.person("carol", place.team, place.general)
    await (await carol.use(replies(place)[0], "Remove")).acknowledged()
    assert "can remove this" in (await place.whispered(to=carol)).text
    await (await place.bob.use(replies(place)[0], "Remove")).acknowledged()
    await place.until(lambda: not replies(place))
    await place.bob.edit(said, "AN #76")
    await settled(place)
    assert replies(place) == []
    await place.bob.send(place.general, "AN #99")
    await place.until(lambda: replies(place))
    await (await place.alice.use(replies(place)[0], "Remove")).acknowledged()
    await place.until(lambda: not replies(place))


async def test_a_reply_that_is_deleted_past_the_bot_stays_so(place: World) -> None:
    await switched_on(place)
    said = await place.bob.send(place.general, "AN #58")
    await place.until(lambda: replies(place))
    installed = place.slack.world.installed(place.app, place.team)
    assert installed
    (reply,) = replies(place)
    await client(place.slack, installed.token).chat_delete(channel=place.general.id, ts=reply.ts)
    await place.bob.edit(said, "AN #76")
    await place.until(lambda: place.slack.journal.of("chat.update"))
    await place.bob.edit(said, "AN #99")
    await settled(place)
    assert len(place.slack.journal.of("chat.update")) == 1
    await place.alice.send(place.general, "AN #99")
    await place.until(lambda: replies(place))
    assert [reply.thread_ts == said.ts for reply in replies(place)] == [False]


async def test_after_a_restart_replies_still_follow_and_nothing_is_repeated(by_socket: World) -> None:
    place = by_socket
    async with place.run():
        await switched_on(place)
        changed = await place.bob.send(place.general, "AN #58")
        gone = await place.bob.send(place.general, "AN #76")
        await place.until(lambda: len(replies(place)) == 2)
    async with place.run():
        await place.alice.send(place.general, "AN #58 and AN #76")
        await place.bob.edit(changed, "AN #99")
        await place.bob.delete(gone)
        await place.until(lambda: len(replies(place)) == 1)
        await place.until(lambda: "AN #99" in words(replies(place)[0]))


async def test_bots_are_not_answered(place: World) -> None:
    await switched_on(place)
    other = place.slack.build.install(place.slack.build.app("other"), place.team)
    place.alice.invite(other.app, place.general)
    await client(place.slack, other.token).chat_postMessage(channel=place.general.id, text="AN #58")
    await settled(place)
    assert replies(place) == []
