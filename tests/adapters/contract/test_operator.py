"""Whoever runs the bot is told in a channel or directly; what is told pings nobody and looks as it is."""

import pytest

from adapters import discord, slack
from bot.app import Platform
from bot.digests.poster import OutcomeUnknown
from bot.errors import BotError, InputError
from store import open_store
from tests.adapters.contract.discord_scene import DiscordScene
from tests.adapters.contract.scene import ALICE, Scene
from tests.adapters.contract.slack_scene import SlackScene
from tests.stand_ins.common.faults import Cut
from tests.support.drafts import clock
from tests.support.services import services_over
from tests.support.three_issues import lookup_over

TEXT = "Fails for 1 day: https://news.example/*: <@everyone> @everyone <!channel> & _so on_."


def channel_and_person(idle: Scene) -> tuple[str, str]:
    assert isinstance(idle, DiscordScene | SlackScene)
    channel = idle.channel.id if isinstance(idle, DiscordScene) else idle.world.general.id
    return channel, idle.people[ALICE].id


def platform_of(idle: Scene, operator: str) -> Platform:
    make = discord.platform if idle.name == "discord" else slack.platform
    return make({**idle.environment, f"{idle.name.upper()}_OPERATOR": operator})


async def tell(idle: Scene, operator: str) -> None:
    platform = platform_of(idle, operator)
    assert platform.tell
    async with open_store(":memory:", clock=clock) as store:
        await platform.tell(services_over(store, lookup_over(idle.library, idle.finder), clock), TEXT)


def directly(idle: Scene) -> list[str]:
    """What the bot wrote to Alice."""
    if isinstance(idle, DiscordScene):
        channel = idle.discord.world.direct_channel(idle.app.bot, idle.people[ALICE].user)
        return [message.content for message in idle.discord.messages(channel)]
    assert isinstance(idle, SlackScene)
    slack_world, team = idle.world.slack.world, idle.world.team
    installed = slack_world.installed(idle.world.app, team)
    assert installed
    channel_with_bot = slack_world.direct(team, idle.people[ALICE].id, installed.bot.id)
    return [message.text for message in idle.world.slack.messages(channel_with_bot)]


async def test_it_is_posted_in_the_channel_and_pings_nobody(idle: Scene) -> None:
    channel, _ = channel_and_person(idle)
    await tell(idle, channel)
    (card,) = idle.seen_by_all()
    assert "1 day" in card.text
    assert not card.pings
    assert "<!channel>" not in card.text
    assert "<@everyone>" not in card.text


async def test_it_is_written_to_the_person(idle: Scene) -> None:
    _, person = channel_and_person(idle)
    await tell(idle, person)
    (text,) = directly(idle)
    assert "1 day" in text
    assert idle.seen_by_all() == []


async def test_where_it_may_not_write_that_is_an_error_and_an_answer_that_is_lost_is_another(
    idle: Scene,
) -> None:
    channel, _ = channel_and_person(idle)
    idle.fail_post(Cut(taken=True))
    with pytest.raises(OutcomeUnknown):
        await tell(idle, channel)
    idle.close_channel()
    with pytest.raises(BotError) as refused:
        await tell(idle, channel)
    assert not isinstance(refused.value, OutcomeUnknown)
    assert len(idle.seen_by_all()) == 1


def test_without_a_channel_nobody_is_told(idle: Scene) -> None:
    assert platform_of(idle, "").tell is None


@pytest.mark.parametrize("wrong", ["#general", "@alice", "T012/", "12 34", "C1/T1"])
def test_what_is_no_id_is_refused(idle: Scene, wrong: str) -> None:
    with pytest.raises(InputError, match=f"{idle.name.upper()}_OPERATOR is “{wrong}”. Set it to"):
        platform_of(idle, wrong)


def test_for_many_workspaces_it_names_one_of_them() -> None:
    many = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2", "SLACK_SIGNING_SECRET": "3"}
    assert slack.platform({**many, "SLACK_OPERATOR": "T012/C012"}).tell
    with pytest.raises(InputError, match="such as T012AB3C4/C012AB3C4"):
        slack.platform({**many, "SLACK_OPERATOR": "C012"})
