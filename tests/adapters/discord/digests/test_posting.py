"""A digest stands in its channel once, in order, whatever happens to the requests."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from bot.model.digests import DeliveryState
from bot.model.newsletter import Issue
from tests.adapters.discord.digest_scene import TEXT, DigestScene, issue, menu_of, names, texts
from tests.adapters.discord.limits import check_markdown
from tests.adapters.discord.openapi import DOCUMENT
from tests.adapters.discord.world import NOW, Bench
from tests.stand_ins.discord import Answer, Cut, ManualClock, Record, StandIn, TooMany
from tests.stand_ins.discord.entities import Pings
from tests.support.fakes import MemoryLibrary, summary

LONG = issue(100, 12, text=TEXT)
"""In full it takes several parts."""


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary(issues=[issue(99)])


@pytest.fixture
async def scene(bench: Bench, library: MemoryLibrary) -> AsyncIterator[DigestScene]:
    clock = ManualClock(NOW.timestamp())
    async with StandIn(clock=clock, openapi=DOCUMENT) as discord:
        discord.limits.window_scale = 0
        app = discord.build.application("an")
        guild = discord.build.guild("readers", apps=[app])
        scene = DigestScene(
            stand_in=discord,
            clock=clock,
            app=app,
            guild=guild,
            channel=discord.build.channel(guild, "papers"),
            ada=discord.person("ada", guild),
            bench=bench,
            library=library,
        )
        yield scene
        assert not discord.checked or discord.openapi.of("request") == []


@pytest.fixture
async def running(scene: DigestScene) -> AsyncIterator[DigestScene]:
    async with scene.running():
        yield scene


async def test_a_new_issue_is_posted_once_under_a_nonce_of_its_own(running: DigestScene) -> None:
    await running.subscribe()
    running.appear(issue(100))
    await running.deliver()
    await running.later(60)
    (message,) = running.posted()
    assert message.embeds[0]["title"] == "AN #100 — Issue 100"
    assert message.embeds[0]["url"] == "https://mail.example/100"
    (request,) = running.sent()
    (delivery,) = await running.log()
    assert request.json["nonce"] == delivery.id == names([message])[0]
    assert request.json["enforce_nonce"] is True
    assert delivery.state is DeliveryState.SENT
    assert delivery.message == message.id


async def test_nothing_old_is_posted(running: DigestScene) -> None:
    await running.subscribe()
    await running.later(3600)
    assert running.posted() == []


async def test_the_first_part_says_what_it_is_who_subscribed_and_how_to_end_it(running: DigestScene) -> None:
    await running.subscribe(full=True)
    running.appear(LONG)
    await running.deliver()
    first, *others = texts(running.posted())
    assert first.startswith("10 January 2026 · 12 entries\n\n**Highlights**\n\n★ ")
    assert len(others) > 3
    assert not any("-#" in text for text in (first, *others))
    footers = [message.embeds[0]["footer"]["text"] for message in running.posted()]
    assert footers == [
        f"Part 1 of {len(footers)} · Asked for by ada · /digest stop ends it",
        *(f"Part {n} of {len(footers)}" for n in range(2, len(footers) + 1)),
    ]


async def test_all_parts_are_posted_in_order(running: DigestScene) -> None:
    await running.subscribe(full=True)
    running.appear(LONG)
    await running.deliver()
    whole = "\n".join(texts(running.posted()))
    places = [whole.index(f"**[Entry 100.{n}](<https://papers.example/100/{n}>)**") for n in (1, 3, 5, 7)]
    assert places == sorted(places)
    assert whole.count("Sentence 59 of what there is to say about it.") == 12
    assert names(running.posted()) == [delivery.id for delivery in await running.log()]


async def test_the_parts_after_the_first_stand_in_a_thread_in_order(running: DigestScene) -> None:
    await running.subscribe(full=True, thread=True)
    running.appear(LONG)
    await running.deliver()
    assert len(running.posted()) == 1
    thread = running.thread()
    assert thread.name == "AN #100 — Issue 100"
    assert names([*running.posted(), *running.posted(thread)]) == [d.id for d in await running.log()]
    assert len(running.stand_in.journal.of("POST", "/channels/*/messages/*/threads")) == 1


@pytest.mark.parametrize("thread", [False, True])
@pytest.mark.parametrize("part", [1, 2, 3])
@pytest.mark.parametrize(
    "failure",
    [Cut(taken=True), Cut(taken=False), Answer(status=503, taken=True), Answer(status=503)],
    ids=["cut after", "cut before", "503 after", "503 before"],
)
async def test_what_nobody_knows_is_looked_for_and_nothing_is_lost_or_doubled(
    running: DigestScene, failure: Cut | Answer, part: int, *, thread: bool
) -> None:
    running.stand_in.nonces_last(0)  # so that only looking can help
    subscription = await running.subscribe(full=True, thread=thread)
    running.appear(LONG)
    struck = running.stand_in.faults.add(
        failure, method="POST", path="/channels/*/messages", when=_is(f"{subscription.id}-1-{part:02d}")
    )
    await running.deliver()
    assert struck.struck
    assert (await running.log())[part - 1].state is DeliveryState.SENDING
    await running.later(60)
    below = running.posted(running.thread()) if thread else []
    deliveries = await running.log()
    assert names([*running.posted(), *below]) == [delivery.id for delivery in deliveries]
    assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}


@pytest.mark.parametrize("failure", [Cut(taken=True), Cut(taken=False), Answer(status=503, taken=True)])
async def test_a_thread_whose_making_nobody_knows_of_is_made_once(
    running: DigestScene, failure: Cut | Answer
) -> None:
    await running.subscribe(full=True, thread=True)
    running.appear(LONG)
    running.stand_in.faults.add(failure, method="POST", path="/channels/*/messages/*/threads")
    await running.deliver()
    await running.later(60)
    below = running.posted(running.thread())
    assert names([*running.posted(), *below]) == [delivery.id for delivery in await running.log()]


async def test_it_is_found_among_many_messages_of_others(running: DigestScene) -> None:
    running.stand_in.nonces_last(0)
    await running.subscribe()
    running.appear(issue(100))
    for number in range(150):
        await running.ada.send(running.channel, f"chatter {number}")
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    for number in range(150):
        await running.ada.send(running.channel, f"more chatter {number}")
    await running.later(60)
    assert len([message for message in running.posted() if message.embeds]) == 1
    assert (await running.log())[0].state is DeliveryState.SENT


async def test_looking_reads_no_further_than_it_could_stand(running: DigestScene) -> None:
    await running.subscribe()
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=False), method="POST", path="/channels/*/messages")
    await running.deliver()
    running.bench.now += timedelta(days=1)
    running.clock.advance(86_400)
    for number in range(250):
        await running.ada.send(running.channel, f"chatter {number}")
    await running.later(1)
    assert len(running.stand_in.journal.of("GET", "/channels/*/messages")) == 1
    assert (await running.log())[0].state is DeliveryState.SENT


async def test_a_copy_of_it_by_somebody_else_is_not_taken_for_it(running: DigestScene) -> None:
    subscription = await running.subscribe()
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=False), method="POST", path="/channels/*/messages")
    await running.deliver()
    await running.ada.send(running.channel, f"e:{subscription.id}-1-01")
    await running.later(60)
    assert len([message for message in running.posted() if message.embeds]) == 1


async def test_a_limit_is_waited_out_and_nothing_doubled(running: DigestScene) -> None:
    await running.subscribe(full=True)
    running.appear(LONG)
    fault = running.stand_in.faults.add(TooMany(retry_after=0.05), path="/channels/*/messages", times=3)
    await running.deliver()
    assert len(fault.struck) == 3
    assert names(running.posted()) == [delivery.id for delivery in await running.log()]


async def test_a_long_limit_is_waited_out_by_the_clock(running: DigestScene) -> None:
    await running.subscribe()
    running.appear(issue(100))
    running.stand_in.faults.add(TooMany(retry_after=40), path="/channels/*/messages")
    await running.deliver()
    await running.later(39)
    assert len(running.sent()) == 1
    await running.later(1)
    assert len(running.posted()) == 1


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
    assert "/digest resume" in paused
    assert not set("*`") & set(paused)
    assert len(running.ada.direct(running.app).public()) == 1
    await running.lookup.resume(running.place, None)
    await running.later(1)
    assert [delivery.state for delivery in await running.log()] == [DeliveryState.SENT], "it was kept"


@pytest.mark.parametrize("code", [160006, 160007])
async def test_too_many_open_threads_are_waited_for(running: DigestScene, code: int) -> None:
    await running.subscribe(full=True, thread=True)
    body = f'{{"message": "No.", "code": {code}}}'
    running.stand_in.faults.add(
        Answer(status=400, body=body), method="POST", path="/channels/*/messages/*/threads"
    )
    running.appear(LONG)
    await running.deliver()
    assert (await running.subscription()).paused == ""
    await running.later(3600)
    assert {delivery.state for delivery in await running.log()} == {DeliveryState.SENT}


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


@pytest.mark.parametrize("deleted", ["thread", "first part", "before the thread"])
async def test_what_follows_a_part_that_somebody_deleted_is_left_out(
    running: DigestScene, deleted: str
) -> None:
    subscription = await running.subscribe(full=True, thread=True)
    running.appear(LONG)
    third = 2 if deleted == "before the thread" else 3
    path = "/channels/*/messages/*/threads" if third == 2 else "/channels/*/messages"
    when = (lambda _: True) if third == 2 else _is(f"{subscription.id}-1-03")
    running.stand_in.faults.add(Cut(taken=False), method="POST", path=path, when=when)
    await running.deliver()
    if deleted == "thread":
        running.stand_in.build.delete_channel(running.thread())
    else:
        _delete(running, running.posted()[0].id)
    await running.later(60)
    states = [delivery.state for delivery in await running.log()]
    if deleted == "first part":  # its thread is still there
        assert set(states) == {DeliveryState.SENT}
        return
    assert states[: third - 1] == [DeliveryState.SENT] * (third - 1)
    assert set(states[third - 1 :]) == {DeliveryState.FAILED}
    assert {d.problem for d in (await running.log())[third - 1 :]} == {
        "Somebody deleted the first part or its thread, so the others were left out."
    }
    assert not (await running.subscription()).paused


async def test_what_somebody_deleted_before_we_knew_of_it_is_not_posted_again(running: DigestScene) -> None:
    await running.subscribe()
    running.appear(issue(100))
    await running.deny("read_message_history")
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    _delete(running, running.posted()[0].id)
    await running.later(10)
    assert running.posted() == []
    assert (await running.log())[0].state is DeliveryState.SENT


async def test_without_the_history_a_nonce_that_is_remembered_settles_it(running: DigestScene) -> None:
    await running.subscribe()
    await running.deny("read_message_history")
    running.appear(issue(100))
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    await running.later(10)
    assert len(running.posted()) == 1
    assert len(running.sent()) == 2
    assert (await running.log())[0].message == running.posted()[0].id


async def test_without_the_history_an_old_attempt_is_not_repeated_and_the_log_says_so(
    running: DigestScene,
) -> None:
    await running.subscribe(full=True)
    await running.deny("read_message_history")
    running.appear(LONG)
    running.stand_in.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    await running.deliver()
    await running.later(600)
    first, *others = await running.log()
    assert first.state is DeliveryState.FAILED
    assert "without the permission Read Message History I cannot check" in first.problem
    assert {delivery.state for delivery in others} == {DeliveryState.SENT}
    assert len(running.posted()) == 1 + len(others)


async def test_a_part_that_discord_rejects_is_given_up_and_the_others_follow(
    running: DigestScene,
) -> None:
    await running.subscribe(full=True)
    running.appear(LONG)
    refusal = '{"message": "Invalid Form Body", "code": 50035}'
    fault = running.stand_in.faults.add(
        Answer(status=400, body=refusal), method="POST", path="/channels/*/messages"
    )
    await running.deliver()
    first, *others = await running.log()
    assert len(fault.struck) == 1
    assert first.problem == "Discord rejected it: Invalid Form Body (code 50035)."
    assert {delivery.state for delivery in others} == {DeliveryState.SENT}


async def test_a_token_that_is_not_taken_is_not_tried_again(running: DigestScene) -> None:
    await running.subscribe(full=True)
    running.appear(LONG)
    body = '{"message": "401: Unauthorized", "code": 0}'
    running.stand_in.faults.add(Answer(status=401, body=body), path="/channels/*/messages", times=None)
    await running.deliver()
    await running.later(4000)
    assert len(running.sent()) == 1
    assert not (await running.subscription()).paused


async def test_only_the_role_is_mentioned_and_only_once(running: DigestScene) -> None:
    role = running.stand_in.build.role(running.guild, "readers", mentionable=True)
    await running.subscribe(full=True, mention=role.id)
    running.appear(LONG)
    await running.deliver()
    first, *others = running.posted()
    assert first.content == f"<@&{role.id}>"
    assert list(first.pings.roles) == [role.id]
    assert not first.pings.users
    assert not any(message.pings.roles or message.content for message in others)


HOSTILE = "@everyone <@1> <@&2> **bold `x` ](https://evil.example) [a](b) ||s|| \u202e # > - 1. " * 4


async def test_hostile_titles_do_nothing(running: DigestScene) -> None:
    await running.subscribe(full=True, thread=True)
    running.appear(
        Issue(
            number=100,
            title=HOSTILE,
            url="javascript:alert(1)",
            summaries=tuple(
                summary(
                    f"{HOSTILE} {n}",
                    100,
                    n,
                    authors=HOSTILE,
                    text=HOSTILE * 9,
                    section=(HOSTILE,),
                    links=(HOSTILE,),
                )
                for n in range(1, 9)
            ),
        )
    )
    await running.deliver()
    everything = [*running.posted(), *running.posted(running.thread())]
    assert len(everything) > 2
    for message in everything:
        assert message.pings == Pings()
        assert "url" not in message.embeds[0]
        check_markdown(message.embeds[0]["title"])
        check_markdown(message.embeds[0]["description"])
    assert "@everyone" not in running.thread().name


async def test_an_entry_the_issue_and_what_was_asked_for_open_for_who_presses_alone(
    running: DigestScene,
) -> None:
    await running.subscribe()
    running.appear(issue(100))
    await running.deliver()
    (digest,) = running.posted()
    bob = running.stand_in.person("bob", running.guild)
    menu = menu_of(digest)
    opened = await (await bob.select(digest, menu["custom_id"], menu["options"][1]["value"])).answer()
    assert opened.embeds[0]["title"] == "Entry 100.2"
    whole = await (await bob.click(digest, "Open the whole issue")).answer()
    assert whole.embeds[0]["title"] == "AN #100 — Issue 100"
    about = await (await bob.click(digest, "About this digest")).answer()
    assert "New issues · as each appears" in about.embeds[0]["description"]
    assert "end it with /digest stop" in about.embeds[0]["description"]
    assert {m.seen_only_by for m in (opened, whole, about)} == {bob.id}
    assert [m.embeds[0]["title"] for m in running.posted()] == ["AN #100 — Issue 100"]
    await (await bob.click(opened, "Share")).acknowledgement()
    await running.stand_in.until(lambda: len(running.posted()) == 2)
    await running.digest_store.subscriptions.remove((await running.subscription()).id)
    ended = await (await bob.click(digest, "About this digest")).answer()
    assert "was stopped" in ended.embeds[0]["description"]


def _is(name: str) -> Callable[[Record], bool]:
    """Whether a request posts the delivery of that name."""
    return lambda record: bool(record.json and record.json.get("nonce") == name)


def _delete(scene: DigestScene, message: str) -> None:
    del scene.channel.messages[message]
