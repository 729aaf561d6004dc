"""A digest stands in its channel once, whole and in order."""

import asyncio

import pytest

from bot.model.digests import DeliveryState
from bot.model.newsletter import Issue
from tests.adapters.discord.digests.scene import LONG, DigestScene, issue, menu_of, names, texts
from tests.adapters.discord.limits import check_markdown
from tests.stand_ins.discord import Answer, TooMany
from tests.stand_ins.discord.entities import Pings
from tests.support.fakes import summary


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


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (
            400,
            '{"message": "Send messages has been temporarily disabled", "code": 40004}',
            "for now (Send mess",
        ),
        (403, "<html>error code: 1015</html>", "Something on the way to Discord refuses it (status 403)."),
        (404, "<html>not found</html>", "Something on the way to Discord refuses it (status 404)."),
    ],
)
async def test_what_is_refused_for_a_while_is_posted_later(
    running: DigestScene, status: int, body: str, problem: str
) -> None:
    await running.subscribe()
    running.stand_in.faults.add(Answer(status=status, body=body), method="POST", path="/channels/*/messages")
    running.appear(issue(100))
    await running.deliver()
    assert problem in (await running.log())[0].problem
    assert not (await running.subscription()).paused
    await running.later(300)
    assert len(running.posted()) == 1


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


async def test_no_request_lets_discord_look_for_mentions(running: DigestScene) -> None:
    await running.subscribe(full=True, thread=True)
    running.appear(LONG)
    await running.deliver()
    assert len(running.sent()) > 2
    assert [each.json["allowed_mentions"] for each in running.sent()] == [{"parse": []}] * len(running.sent())


async def test_a_role_is_mentioned_as_long_as_who_asked_may_mention_it(running: DigestScene) -> None:
    build, ada = running.stand_in.build, running.ada.user
    role = build.role(running.guild, "readers")
    keeper = build.role(running.guild, "keepers", "mention_everyone")
    build.grant(running.guild, ada, keeper)
    build.grant(running.guild, running.app.bot, keeper)
    assert running.bot
    guild = running.bot.get_guild(int(running.guild.id))
    assert guild
    while not guild.me.guild_permissions.mention_everyone:  # noqa: ASYNC110 - no event tells of it
        await asyncio.sleep(0)
    await running.subscribe(mention=role.id)
    for number, change in ((100, None), (101, running.guild.members[ada.id].roles.clear), (102, None)):
        if change:
            change()
        if number == 102:
            build.remove(running.guild, ada)
        running.appear(issue(number))
        await running.deliver()
        await running.later(5)
    first, *others = running.posted()
    assert list(first.pings.roles) == [role.id]
    assert len(others) == 2
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
