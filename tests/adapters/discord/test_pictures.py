"""On Discord a picture is below the list that it shows, and goes with it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.discord import responses
from tests.adapters.discord.wire_scene import Scene, wire_scene
from tests.adapters.discord.world import Bench
from tests.stand_ins.discord import Callback, Message
from tests.stand_ins.discord.permissions import bits
from tests.support.fakes import MemoryLibrary


@pytest.fixture
async def scene(bench: Bench, library: MemoryLibrary) -> AsyncIterator[Scene]:
    """The topic of these issues has summaries of two years."""
    issue = library.issues[1]
    later = replace(issue.summaries[0], year=2021)
    library.issues = (library.issues[0], replace(issue, summaries=(later,)), library.issues[2])
    async with wire_scene(replace(bench, pictures=True)) as made:
        yield made


def pictures(message: Message) -> list[tuple[str, str]]:
    """The names of the files, as embeds show them, with what they say to who cannot see them."""
    shown = [each["image"]["url"].rpartition("/")[2] for each in message.embeds if "image" in each]
    assert shown == [each["filename"] for each in message.attachments]
    return [(each["filename"], each["description"]) for each in message.attachments]


async def test_a_topic_shows_its_years(scene: Scene) -> None:
    async with scene.running():
        used = await scene.alice.slash("topic", {"section": "mesa"}, channel=scene.channel)
        alternative = "Summaries on Mesa optimization by year. 2019: 1, 2021: 1."
        assert pictures(await used.answer()) == [("years.png", alternative)]


async def test_a_picture_that_takes_long_comes_with_its_list(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responses, "PATIENCE", 0)
    async with scene.running():
        used = await scene.alice.slash("topic", {"section": "mesa"}, channel=scene.channel)
        assert await used.acknowledgement() is Callback.DEFERRED_MESSAGE
        assert [name for name, _ in pictures(await used.answer())] == ["years.png"]


async def test_citations_are_drawn_as_long_as_they_are_listed(scene: Scene) -> None:
    async with scene.running():
        used = await scene.alice.slash("paper", {"words": "risks from"}, channel=scene.channel)
        summary = await used.answer()
        assert pictures(summary) == []
        listed = await (await scene.alice.click(summary, "Cited by 1")).answer()
        alternative = "“Risks from Learned Optimization” is cited by “A mesa follow-up” (AN #76)."
        assert pictures(listed) == [("citations.png", alternative)]
        back = await (await scene.alice.click(listed, "Summary")).answer()
        assert back.id == summary.id
        assert pictures(back) == []


async def test_somebody_else_gets_a_copy_with_the_picture(scene: Scene) -> None:
    async with scene.running():
        used = await scene.alice.slash("paper", {"words": "risks from"}, channel=scene.channel)
        copy = await (await scene.bob.click(await used.answer(), "Cited by 1")).answer()
        assert copy.seen_only_by == scene.bob.id
        assert [name for name, _ in pictures(copy)] == ["citations.png"]
        await scene.bob.click(copy, "Share")
        await scene.discord.until(lambda: len(shared(scene)) == 2)
        assert [name for name, _ in pictures(shared(scene)[-1])] == ["citations.png"]


async def test_where_no_files_may_be_attached_the_list_answers_alone(scene: Scene) -> None:
    everyone = scene.guild.roles[scene.guild.id]
    everyone.permissions &= ~bits(["attach_files"])
    async with scene.running():
        used = await scene.alice.slash("topic", {"section": "mesa"}, channel=scene.channel)
        answer = await used.answer()
    assert answer.embeds[0]["title"].endswith("Mesa optimization")
    assert pictures(answer) == []


def shared(scene: Scene) -> list[Message]:
    return [each for each in scene.discord.messages(scene.channel) if not each.seen_only_by]
