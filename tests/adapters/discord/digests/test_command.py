"""`/digest` with its options: what is stored, shown, listed and previewed, for the asker alone."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import Env

from bot.model.digests import DigestKind, WeeklySlot
from tests.adapters.discord.digests.asking import only, private_text, subscriptions
from tests.adapters.discord.world import Bench, World, shown
from tests.support.three_issues import RISKS


async def test_each_new_issue_is_posted_as_headlines_and_it_says_so(world: World, bench: Bench) -> None:
    text = private_text(await world.admin.slash(world.channel, "digest here", when="each"))
    assert text.startswith("\nSubscribed.")
    for part in ("New issues · as each appears", "all entries · as headlines · in the channel", "by ada"):
        assert part in text
    subscription = await only(world, bench)
    assert subscription.place.channel == str(world.channel.id)
    assert subscription.by == str(world.admin.id)


async def test_every_option_is_stored_and_shown(world: World, bench: Bench) -> None:
    readers = world.guild.create_role("Readers", mentionable=True)
    text = private_text(
        await world.admin.slash(
            world.channel,
            "digest here",
            when="weekly",
            day=4,
            hour="6 pm",
            timezone="europe/berlin",
            section="news, MESA optimization",
            highlights=True,
            full=True,
            thread=True,
            mention=readers,
        )
    )
    assert "Fridays at 18:00 Europe/Berlin" in text
    assert "next: Friday 16 January 18:00 Europe/Berlin, <t:1768582800:F> (<t:1768582800:R>)" in text
    assert "highlights only · of News, Mesa optimization · with their texts · in a thread · mentions" in text
    options = (await only(world, bench)).options
    assert options.sections == ("News", "Mesa optimization")
    assert options.mention == str(readers.id)


async def test_a_day_alone_makes_it_weekly_at_nine_in_the_timezone_the_server_named_last(
    world: World, bench: Bench
) -> None:
    await world.admin.slash(world.channel, "digest here", day=1, timezone="Asia/Tokyo")
    other = world.guild.create_text_channel("other")
    assert "Wednesdays at 09:00 Asia/Tokyo" in private_text(
        await world.admin.slash(other, "digest here", day=2)
    )
    elsewhere = World.in_(world.env)
    there = await elsewhere.admin.slash(elsewhere.channel, "digest here", day=2)
    assert "Wednesdays at 09:00 UTC" in private_text(there)
    assert len(await subscriptions(world, bench)) == 2


async def test_a_reading_club_begins_with_the_chosen_issue(world: World, bench: Bench) -> None:
    text = private_text(await world.admin.slash(world.channel, "digest here", what="club", start=76))
    assert "Reading club · Mondays at 09:00 UTC" in text
    assert "from AN #76" in text
    assert (await only(world, bench)).options.kind is DigestKind.CLUB


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"when": "each", "day": 1}, "is for a weekly digest"),
        ({"start": 58}, "Only a reading club"),
        ({"timezone": "Europe/Londn"}, "No timezone is called “Europe/Londn”. Did you mean Europe/London"),
        ({"section": "meza optimisation"}, "The nearest: “Mesa optimization”"),
        ({"what": "club", "start": 4000}, "There is no AN #4000"),
        ({"what": "club", "when": "each"}, "A reading club needs a day"),
    ],
)
async def test_options_that_contradict_each_other_are_refused_in_a_sentence(
    world: World, bench: Bench, options: dict[str, Any], sentence: str
) -> None:
    assert sentence in private_text(await world.admin.slash(world.channel, "digest here", **options))
    assert await subscriptions(world, bench) == []


async def test_what_was_not_said_stays(world: World, bench: Bench) -> None:
    await world.admin.slash(world.channel, "digest here", day=0, timezone="PST", highlights=True, thread=True)
    again = await world.admin.slash(world.channel, "digest here", day=4, hour="noon")
    assert r"America/Los\_Angeles → Fridays at 12:00" in private_text(again)
    await world.admin.click(shown(again), label="Change it")
    options = (await only(world, bench)).options
    assert options.slot == WeeklySlot(weekday=4, hour=12, timezone="America/Los_Angeles")
    assert options.highlights
    assert options.thread


@pytest.mark.parametrize("how", ["late", "restarted"])
async def test_a_question_that_is_forgotten_says_to_ask_again(
    world: World, bench: Bench, env: Env, how: str
) -> None:
    await world.admin.slash(world.channel, "digest here", when="each")
    again = await world.admin.slash(world.channel, "digest here", full=True)
    question = shown(again)
    if how == "late":
        bench.now += timedelta(minutes=11)
    else:
        await env.restart_bot(bench.client())
    assert "Type `/digest here` again" in private_text(await world.admin.click(question, label="Change it"))
    assert not (await only(world, bench)).options.full


async def test_the_list_names_every_channel_of_the_server_and_links_it(world: World) -> None:
    other = world.guild.create_text_channel("other_*place*")
    assert "No digests" in private_text(await world.admin.slash(world.channel, "digest list"))
    for channel in (world.channel, other):
        await world.admin.slash(channel, "digest here", when="each")
    text = private_text(await world.admin.slash(world.channel, "digest list"))
    assert rf"[\#papers](<https://discord.com/channels/{world.guild.id}/{world.channel.id}>)" in text
    assert f"/{other.id}>) · New issues · as each appears" in text
    elsewhere = World.in_(world.env)
    assert "No digests" in private_text(await elsewhere.admin.slash(elsewhere.channel, "digest list"))


async def test_the_list_names_no_channel_that_the_reader_cannot_see(world: World) -> None:
    secret = world.guild.create_text_channel("secret")
    await world.admin.slash(secret, "digest here", when="each")
    keeper = world.guild.add_member(world.env.create_user("kim"))
    closed = world.guild.create_text_channel(
        "closed", overwrites={keeper: discord.PermissionOverwrite(view_channel=False)}
    )
    await world.admin.slash(closed, "digest here", when="each")
    own = world.guild.create_text_channel(
        "own", overwrites={keeper: discord.PermissionOverwrite(manage_channels=True)}
    )
    text = private_text(await keeper.slash(own, "digest list"))
    assert str(secret.id) in text
    assert str(closed.id) not in text
    assert str(closed.id) in private_text(await world.admin.slash(world.channel, "digest list"))


async def test_a_list_longer_than_a_card_goes_on_below_it(world: World) -> None:
    for number in range(40):
        channel = world.guild.create_text_channel(f"channel-{number:02}-{'x' * 80}")
        await world.admin.slash(channel, "digest here", timezone="America/Argentina/ComodRivadavia")
    result = await world.admin.slash(world.channel, "digest list")
    texts = [private_text(result), *(message.embeds[0].description or "" for message in result.followups)]
    assert len(texts) > 1
    assert all(message.ephemeral for message in result.followups)
    assert all(f"channel-{number:02}" in "".join(texts) for number in range(40))


async def test_the_preview_is_what_would_be_posted_and_says_how_much_of_it(world: World) -> None:
    assert "AN #99 has nothing that these options select" in private_text(
        await world.admin.slash(world.channel, "digest preview")
    )
    await world.admin.slash(world.channel, "digest here", what="club", full=True)
    result = await world.admin.slash(world.channel, "digest preview")
    text = private_text(result)
    assert "It would be posted in one part." in text
    assert "Reading club: AN #58 — Mesa optimization" in text
    assert shown(result).embeds[0].footer.text == "Asked for by ada · /digest stop ends it"
    opened = await world.admin.select(shown(result), [RISKS])
    assert "Risks from Learned Optimization" in private_text(opened)


@pytest.mark.parametrize(
    ("option", "typed", "first"),
    [
        ("timezone", "london", "Europe/London"),
        ("section", "mes", "Mesa optimization"),
        ("section", "News, mes", "News, Mesa optimization"),
        ("start", "58", 58),
    ],
)
async def test_options_are_completed(world: World, option: str, typed: str, first: object) -> None:
    offered = await world.admin.autocomplete(world.channel, "digest here", option, typed)
    assert offered[0]["value"] == first
