"""What the bot does if a channel is closed to it: it pauses, and says why."""

import pytest

from bot.model.digests import DeliveryState
from tests.adapters.discord.digests.scene import LONG, DigestScene, issue, names
from tests.stand_ins.discord import Answer


async def test_a_closed_channel_pauses_with_a_reason_notifies_once_and_resumes(
    running: DigestScene,
) -> None:
    await running.subscribe(full=True)
    await running.deny("send_messages")
    running.appear(LONG)
    await running.deliver()
    paused = await running.subscription()
    assert "I lack the permissions Send Messages and Embed Links in the channel" in paused.paused
    (notice,) = running.ada.direct(running.app).public()
    assert paused.paused in notice.content
    assert f"https://discord.com/channels/{running.guild.id}/{running.channel.id}" in notice.content
    asked = len(running.sent())
    await running.later(3600)
    assert len(running.sent()) == asked
    running.stand_in.build.allow(running.channel, running.app.bot, "send_messages")
    await running.lookup.resume(running.place, None)
    await running.later(1)
    assert names(running.posted()) == [delivery.id for delivery in await running.log()]


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (400, 50083, "The thread is archived."),
        (400, 160005, "The thread is locked."),
        (400, 200000, "AutoMod of this server blocks the digest."),
        (403, 50001, "the permission View Channel"),
        (400, 50008, "of a kind now that takes no digests"),
        (400, 50024, "of a kind now that takes no digests"),
    ],
)
async def test_what_is_closed_for_good_pauses_says_why_in_plain_text_and_tells_once(
    running: DigestScene, status: int, code: int, reason: str
) -> None:
    await running.subscribe()
    body = f'{{"message": "No.", "code": {code}}}'
    running.stand_in.faults.add(
        Answer(status=status, body=body), method="POST", path="/channels/*/messages", times=1
    )
    running.appear(issue(100))
    await running.deliver()
    paused = (await running.subscription()).paused
    assert reason in paused
    assert "/digest " in paused
    assert not set("*`") & set(paused)
    assert len(running.ada.direct(running.app).public()) == 1
    await running.lookup.resume(running.place, None)
    await running.later(1)
    assert [delivery.state for delivery in await running.log()] == [DeliveryState.SENT], "it was kept"


async def test_a_locked_thread_is_said_to_be_locked_though_discord_names_a_permission(
    running: DigestScene,
) -> None:
    running.channel = thread = await running.heard(
        "thread_join",
        lambda: running.stand_in.build.thread(running.channel, "talk", owner=running.ada.user),
    )
    await running.subscribe()
    thread.locked = True
    await running.announce(thread)
    running.appear(issue(100))
    await running.deliver()
    assert (await running.subscription()).paused.startswith("The thread is locked.")


async def test_a_channel_that_nobody_told_us_is_gone_pauses_as_well(running: DigestScene) -> None:
    await running.subscribe()
    gone = '{"message": "Unknown Channel", "code": 10003}'
    running.stand_in.faults.add(Answer(status=404, body=gone), path="/channels/*/messages")
    running.appear(issue(100))
    await running.deliver()
    assert (await running.subscription()).paused == "The channel was deleted."


async def test_a_channel_that_is_deleted_pauses_at_once_and_tells(running: DigestScene) -> None:
    await running.subscribe()
    running.stand_in.build.delete_channel(running.channel)
    direct = running.ada.direct(running.app)
    await running.stand_in.until(direct.public)
    assert (await running.subscription()).paused == "The channel was deleted."
    assert len(direct.public()) == 1


async def test_a_server_that_is_left_pauses_everything_in_it(running: DigestScene) -> None:
    await running.subscribe()
    running.stand_in.build.remove(running.guild, running.app.bot)
    direct = running.ada.direct(running.app)
    await running.stand_in.until(direct.public)
    assert "I was removed from the server" in (await running.subscription()).paused
    running.appear(issue(100))
    await running.deliver()
    assert len(running.sent()) == 1  # the notice


async def test_subscribers_who_accept_no_direct_messages_are_not_notified_and_nothing_else_changes(
    running: DigestScene,
) -> None:
    await running.subscribe()
    running.ada.user.closed_to.add(running.app.bot.id)
    running.stand_in.build.deny(running.channel, running.app.bot, "view_channel")
    running.appear(issue(100))
    await running.deliver()
    assert "View Channel" in (await running.subscription()).paused
