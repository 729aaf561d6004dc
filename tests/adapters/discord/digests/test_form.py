"""`/digest here` without options opens a form, filled in, with the fields that apply."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.model.digests import DigestKind, DigestOptions, WeeklySlot
from tests.adapters.discord.digests.scene import DigestScene
from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord import Interaction, Message
from tests.stand_ins.discord.entities import Channel, ChannelType, Json


@pytest.fixture
async def managed(scene: DigestScene) -> AsyncIterator[DigestScene]:
    """Ada manages the server."""
    manager = scene.stand_in.build.role(scene.guild, "manager", "manage_guild", "manage_channels")
    scene.stand_in.build.grant(scene.guild, scene.ada.user, manager)
    async with scene.running():
        yield scene


async def opened(scene: DigestScene, **options: Any) -> Interaction:
    """The interaction that shows the form."""
    used = await scene.ada.slash("digest here", options, channel=scene.channel)
    await used.form()
    return used


def labels(used: Interaction) -> list[str]:
    assert used.modal
    return [each["label"] for each in used.modal["components"]]


def field(used: Interaction, name: str) -> Json:
    assert used.modal
    shown = [each["component"] for each in used.modal["components"]]
    return next(each for each in shown if each["custom_id"] == name)


def chosen(used: Interaction, name: str) -> list[str]:
    return [each["value"] for each in field(used, name)["options"] if each.get("default")]


async def sent(scene: DigestScene, used: Interaction, **values: Any) -> Message:
    """What answers the form."""
    message = await (await scene.ada.submit(used, values)).answer()
    assert message.seen_only_by == scene.ada.id
    return message


def text(message: Message) -> str:
    return f"{message.embeds[0].get('title', '')}. {message.embeds[0]['description']}"


async def test_it_names_the_channel_and_shows_what_applies_to_new_issues(managed: DigestScene) -> None:
    used = await opened(managed)
    assert used.modal
    assert used.modal["title"] == "New issues in #papers"
    assert labels(used) == ["When", "How", "Sections", "Role to mention"]
    assert field(used, "when")["value"] == "as each appears"
    assert "Subscribed. • New issues · as each appears" in text(await sent(managed, used))
    assert (await managed.subscription()).options == DigestOptions()


async def test_of_a_club_it_asks_for_a_day_and_where_to_begin(managed: DigestScene) -> None:
    used = await opened(managed, what="club")
    assert used.modal
    assert used.modal["title"] == "Reading club in #papers"
    assert labels(used) == ["When", "The club begins with AN #", "How", "Sections", "Role to mention"]
    assert field(used, "when")["value"] == "Monday 9:00 UTC"
    answer = await sent(managed, used, when="friday 5 pm Berlin", start="#99", how=["full", "thread"])
    assert "Reading club · Fridays at 17:00 Europe/Berlin" in text(answer)
    assert (await managed.subscription()).options == DigestOptions(
        kind=DigestKind.CLUB,
        slot=WeeklySlot(weekday=4, hour=17, timezone="Europe/Berlin"),
        full=True,
        thread=True,
        start=99,
    )


async def test_it_is_filled_in_with_what_the_channel_has_and_changes_it_at_once(
    managed: DigestScene,
) -> None:
    role = managed.stand_in.build.role(managed.guild, "readers", mentionable=True)
    slot = WeeklySlot(weekday=0, hour=9, timezone="Asia/Tokyo")
    before = (
        await managed.subscribe(slot=slot, sections=("News",), highlights=True, thread=True, mention=role.id)
    ).options
    used = await opened(managed)
    assert field(used, "when")["value"] == "Monday 9:00 Asia/Tokyo"
    assert chosen(used, "how") == ["highlights", "thread"]
    assert chosen(used, "sections") == ["News"]
    assert [str(each["id"]) for each in field(used, "mention")["default_values"]] == [role.id]
    assert text(await sent(managed, used)).startswith("Subscribed already.")
    answer = await sent(managed, await opened(managed), when="Friday 17", how=["highlights"])
    assert text(answer).startswith("Changed.")
    after = (await managed.subscription()).options
    slot = WeeklySlot(weekday=4, hour=17, timezone="Asia/Tokyo")
    assert after == DigestOptions(slot=slot, sections=("News",), highlights=True, mention=before.mention)


@pytest.mark.parametrize(
    ("what", "values", "sentence"),
    [
        ("news", {"when": "9 Europe/London"}, "Weekly on which day?"),
        ("news", {"when": "Monday 9 Atlantis"}, "is not understood here"),
        ("club", {"when": "as each appears"}, "A reading club needs a day"),
        ("club", {"start": "4000"}, "There is no AN #4000"),
        ("club", {"start": "the first"}, "“the first” is not the number of an issue"),
    ],
)
async def test_what_is_wrong_is_said_and_the_form_opens_again_as_it_was_filled_in(
    managed: DigestScene, what: str, values: dict[str, str], sentence: str
) -> None:
    used = await opened(managed, what=what)
    answer = await sent(managed, used, **values, how=["full"])
    assert sentence in text(answer)
    assert not await managed.digest_store.subscriptions.of(managed.place)
    again = await managed.ada.click(answer, "Open the form again")
    await again.form()
    ((name, value),) = values.items()
    assert field(again, name)["value"] == value
    assert chosen(again, "how") == ["full"]
    fixed = {"when": "Monday 9 UTC", **({"start": "99"} if what == "club" else {})}
    assert text(await sent(managed, again, **fixed)).startswith("Subscribed.")


async def test_a_form_that_was_forgotten_says_to_type_the_command_again(managed: DigestScene) -> None:
    answer = await sent(managed, await opened(managed), when="never")
    managed.bench.now += timedelta(minutes=11)
    again = await (await managed.ada.click(answer, "Open the form again")).answer()
    assert "Type `/digest here` again" in text(again)


async def test_a_form_outlives_a_restart(scene: DigestScene) -> None:
    manager = scene.stand_in.build.role(scene.guild, "manager", "manage_guild", "manage_channels")
    scene.stand_in.build.grant(scene.guild, scene.ada.user, manager)
    async with scene.running():
        used = await opened(scene)
    async with scene.running():
        assert text(await sent(scene, used, how=["full"])).startswith("Subscribed.")


async def test_who_may_no_longer_manage_the_channel_cannot_send_it(managed: DigestScene) -> None:
    used = await opened(managed)
    managed.guild.members[managed.ada.id].roles.clear()
    assert "members who can manage this channel" in text(await sent(managed, used))
    assert not await managed.digest_store.subscriptions.of(managed.place)


async def test_a_form_never_mentions_everybody(managed: DigestScene) -> None:
    answer = await sent(managed, await opened(managed), mention=[managed.guild.id])
    assert "never mentions everybody" in text(answer)


@pytest.mark.parametrize(("kind", "boxes"), [(ChannelType.FORUM, 2), (ChannelType.NEWS, 4)])
async def test_it_shows_what_the_channel_can_do(managed: DigestScene, kind: ChannelType, boxes: int) -> None:
    other = await _channel(managed, kind)
    used = await opened(managed, channel=other)
    assert used.modal
    assert used.modal["title"] == "New issues in #other"
    assert len(field(used, "how")["options"]) == boxes
    assert ("Tags of each post" in labels(used)) == (kind is ChannelType.FORUM)
    tags = {"tags": [next(iter(other.tags))]} if other.tags else {}
    assert "In #other" in text(await sent(managed, used, **tags))
    managed.channel = other
    options = (await managed.subscription()).options
    assert options.publish == (kind is ChannelType.NEWS)
    assert options.thread == (kind is ChannelType.FORUM)
    assert options.tags == tuple(tags.get("tags", ()))


async def _channel(scene: DigestScene, kind: ChannelType) -> Channel:
    """Another channel, of which the bot knows."""
    assert scene.bot
    known = asyncio.create_task(scene.bot.wait_for("guild_channel_create", timeout=HANG))
    await asyncio.sleep(0)
    tags = ("papers", "news") if kind is ChannelType.FORUM else ()
    made = scene.stand_in.build.channel(scene.guild, "other", type=kind, tags=tags, tag_required=bool(tags))
    await known
    return made
