"""What members see of each command: clear answers for all, everything else for the asker."""

from typing import Any

import pytest
from simcord import Env

from bot.model.search import Filters
from tests.adapters.discord.world import World, labels, shown
from tests.support.fakes import MemoryFinder
from tests.support.three_issues import RISKS


async def test_a_clear_answer_is_posted_in_the_channel(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="risks from")
    assert not result.ephemeral
    (embed,) = shown(result).embeds
    assert embed.title == "★ Risks from Learned Optimization"
    assert embed.url == "https://arxiv.org/abs/1906.01820"
    assert embed.author.name == "AN #58 · Technical AI alignment › Mesa optimization"
    assert embed.description.startswith(
        "**Evan Hubinger, Chris van Merwijk, Vladimir Mikulik** · arXiv 2019\n\n"
    )
    assert embed.footer.text.startswith("AN #58 · summarized by Rohin")
    assert labels(shown(result)) == ["Opinion", "Cited by 1", "Issue AN #58", "Remove"]


async def test_a_choice_is_for_who_asked_alone_and_what_is_picked_can_be_shared(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="a")
    assert result.ephemeral
    (embed,) = shown(result).embeds
    assert embed.title == "Which one?"
    picked = await world.alice.select(shown(result), [RISKS])
    assert shown(picked).ephemeral
    assert "Share" in labels(shown(picked))
    assert "Other matches" in labels(shown(picked))


@pytest.mark.parametrize(
    ("command", "options", "title"),
    [
        ("paper", {"words": "pizza recipe"}, "Not found"),
        ("an", {"issue": "999"}, None),
        ("an", {"issue": "mesa"}, "Not understood"),
        ("topic", {"section": "pizza"}, "Not found"),
        ("an", {"issue": "help"}, "/an"),
        ("paper", {"words": "help"}, "/paper"),
        ("topic", {"section": "help"}, "/topic"),
        ("an", {}, "/an"),
        ("paper", {}, "/paper"),
        ("help", {}, "How to ask"),
        ("help", {"command": "paper"}, "/paper"),
    ],
)
async def test_a_miss_and_help_are_for_who_asked_alone(
    world: World, command: str, options: dict[str, str], title: str | None
) -> None:
    result = await world.alice.slash(world.channel, command, **options)
    assert result.ephemeral
    assert shown(result).embeds[0].title == title
    assert "Share" not in labels(shown(result))


@pytest.mark.parametrize("typed", ["58", "AN #58", "an58", "#58"])
async def test_an_issue_is_found_however_its_number_is_typed(world: World, typed: str) -> None:
    result = await world.alice.slash(world.channel, "an", issue=typed)
    (embed,) = shown(result).embeds
    assert not result.ephemeral
    assert (embed.title, embed.url) == ("AN #58 — Mesa optimization", "https://mail.example/58")
    assert embed.description.startswith("24 June 2019 · 3 entries · [Listen](<https://audio.example/58.mp3>)")
    assert "### Highlights\n★ **[Risks from Learned Optimization](<https://arxiv.org/" in embed.description
    assert embed.description.index("Highlights") < embed.description.index("A long read")


async def test_the_menu_of_an_issue_opens_its_entries_and_leads_back(world: World) -> None:
    issue = await world.alice.slash(world.channel, "an", issue="58")
    opened = await world.alice.select(shown(issue), [RISKS])
    assert shown(opened).id == shown(issue).id
    assert shown(opened).embeds[0].title == "★ Risks from Learned Optimization"
    back = await world.alice.click(shown(opened), label="Issue AN #58")
    assert shown(back).embeds[0].title == "AN #58 — Mesa optimization"


async def test_issues_lead_to_their_neighbours(world: World) -> None:
    issue = await world.alice.slash(world.channel, "an", issue="76")
    assert labels(shown(issue))[:2] == ["◂ AN #58", "AN #99 ▸"]
    after = await world.alice.click(shown(issue), label="AN #99 ▸")
    assert shown(after).embeds[0].title == "AN #99"


async def test_a_topic_lists_its_summaries_newest_first(world: World) -> None:
    result = await world.alice.slash(world.channel, "topic", section="mesa optimization")
    (embed,) = shown(result).embeds
    assert embed.title == "Technical AI alignment › Mesa optimization"
    assert embed.description.index("A mesa follow-up") < embed.description.index("Risks from")


async def test_without_a_name_all_sections_are_told_and_can_be_opened(world: World) -> None:
    result = await world.alice.slash(world.channel, "topic")
    assert not result.ephemeral
    assert "- Mesa optimization (3)" in shown(result).embeds[0].description
    opened = await world.alice.select(shown(result), ["Technical AI alignment Mesa optimization"])
    assert shown(opened).embeds[0].title == "Technical AI alignment › Mesa optimization"


async def test_a_key_taken_from_the_completion_opens_exactly_that_summary(world: World) -> None:
    result = await world.alice.slash(world.channel, "paper", words="58-a-long-read")
    assert shown(result).embeds[0].title == "A long read"


async def test_filters_are_real_options(world: World, finder: MemoryFinder) -> None:
    await world.alice.slash(
        world.channel,
        "paper",
        **{"words": "risks", "by": "hubinger", "in": "mesa", "an": 58, "year": 2019, "highlight": True},
    )
    expected = Filters(by="hubinger", section="mesa", issue=58, year=2019, highlight=True)
    assert finder.asked[-1] == ("risks", expected)


async def test_filters_may_be_typed_among_the_words_as_elsewhere(world: World, finder: MemoryFinder) -> None:
    await world.alice.slash(world.channel, "paper", words="risks by:hubinger")
    assert finder.asked[-1] == ("risks", Filters(by="hubinger"))


async def test_a_title_alone_says_so_and_a_bad_address_is_no_link(world: World) -> None:
    bare = await world.alice.slash(world.channel, "paper", words="Only a title")
    assert "lists this one by its title alone" in shown(bare).embeds[0].description
    long = await world.alice.slash(world.channel, "paper", words="A long read")
    assert shown(long).embeds[0].url is None


async def test_commands_work_in_direct_messages_and_for_a_user_who_brought_the_bot(env: Env) -> None:
    synced = written(env)
    commands = {command["name"]: command for command in synced}
    for name in ("an", "paper", "topic", "help", "Find summaries"):
        assert commands[name]["integration_types"] == [0, 1]
        assert sorted(commands[name]["contexts"]) == [0, 1, 2]
    assert commands["settings"]["integration_types"] == [0]
    assert commands["settings"]["contexts"] == [0]


async def test_no_command_breaks_discords_limits(env: Env) -> None:
    synced = written(env)
    for command in synced:
        texts = [command.get("description", ""), *(o["description"] for o in command.get("options", []))]
        assert all(len(text) <= 100 for text in texts)
        assert command["type"] == 3 or all(texts)
        assert len(command["name"]) <= 32


async def test_it_asks_for_no_privileged_intent(env: Env) -> None:
    intents = env.bot.intents
    assert not intents.message_content
    assert not intents.members
    assert not intents.presences


def written(env: Env) -> Any:
    """The commands as they were given to Discord."""
    return next(request.json for request in env.http_requests if request.method == "PUT")
