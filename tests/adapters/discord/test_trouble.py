"""The asker is shown what went wrong in a sentence, with an id that is in the log."""

import re
from typing import Any

import discord
import pytest
from simcord import Env

from bot.model.search import Filters, SearchResult
from tests.adapters.discord.world import Bench, World, shown
from tests.support.fakes import MemoryFinder, MemoryLibrary


class Trouble(MemoryFinder):
    """Fails as the test says."""

    error: Exception | None = None

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        if self.error:
            raise self.error
        return await super().find(words, filters, limit=limit)


@pytest.fixture
def finder(library: MemoryLibrary) -> Trouble:
    return Trouble(library.summaries)


async def test_where_it_may_not_post_cards_the_answer_is_private_and_says_what_is_missing(
    world: World,
) -> None:
    closed = world.guild.create_text_channel(
        "closed",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(embed_links=False, send_messages=False)
        },
    )
    result = await world.alice.slash(closed, "paper", words="risks from")
    assert result.ephemeral
    assert "I lack **Send Messages** in this channel" in shown(result).content
    assert shown(result).embeds[0].title == "★ Risks from Learned Optimization"
    shared = await world.alice.click(shown(result), label="Share")
    assert "I lack" in shown(shared).content
    assert not shared.followups


async def test_nothing_that_is_sent_can_ping(env: Env, world: World) -> None:
    await world.alice.slash(world.channel, "paper", words="@everyone <@123456789012345678>")
    await world.alice.slash(world.channel, "an", issue="@here")
    await world.alice.slash(world.channel, "paper", words="risks from")
    requests: list[Any] = [r.json for r in env.http_requests if r.path.endswith("/callback")]
    sent = [request["data"] for request in requests]
    assert len(sent) == 3
    for data in sent:
        assert data["allowed_mentions"] == {"parse": []}
        assert not re.search(r"@(everyone|here)|(?<!\\)<@", str(data["embeds"]))


async def test_an_unchanged_set_of_commands_is_written_once(env: Env, bench: Bench) -> None:
    await env.restart_bot(bench.client())
    await env.restart_bot(bench.client())
    assert len(writes(env)) == 1


async def test_commands_that_changed_or_were_lost_are_written_again(env: Env, bench: Bench) -> None:
    changed = bench.client()
    command = changed.tree.get_command("an")
    assert isinstance(command, discord.app_commands.Command)
    command.description = "Other words."
    await env.restart_bot(changed)
    assert len(writes(env)) == 2
    await env.bot.http.bulk_upsert_global_commands(env.bot.application_id or 0, [])
    await env.restart_bot(bench.client())
    assert len(writes(env)) == 4


def writes(env: Env) -> list[Any]:
    return [r for r in env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
