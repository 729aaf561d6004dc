"""What the tests of the adapter stand on: a few newsletters, a server with members."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import discord
from simcord import Env, InteractionResult
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle

from adapters.discord.client import Client
from adapters.discord.interactions import Interactions
from bot.lookup.lookup import Lookup
from bot.model.newsletter import Issue, Opinion
from bot.ports import Finder, Library
from store import Store
from tests.support.fakes import MemoryLibrary, summary
from tests.support.services import services_over

NOW = datetime(2026, 1, 12, 3, 4, tzinfo=UTC)
MESA = ("Technical AI alignment", "Mesa optimization")
LONG = "\n\n".join(f"Paragraph {n} of a text that goes on. " * 8 for n in range(1, 12))


FOLLOW_UP = "https://www.alignmentforum.org/posts/abcdefghijk/a-mesa-follow-up"


def newsletters() -> MemoryLibrary:
    """Three issues; one long text, one title that is listed alone, one with an opinion."""
    risks = summary(
        "Risks from Learned Optimization",
        authors="Evan Hubinger*, Chris van Merwijk*, Vladimir Mikulik",
        venue="arXiv",
        year=2019,
        links=("https://arxiv.org/abs/1906.01820",),
        section=MESA,
        highlight=True,
        summarizer="Rohin",
        text="Optimizers may *produce* optimizers. **They** need not [agree](https://a.example/x).",
        opinions=(Opinion(by="Rohin", text="A useful _frame_."),),
    )
    long = summary("A long read", position=2, section=MESA, text=LONG, links=("javascript:alert(1)",))
    bare = summary("Only a title", position=3, section=("News",))
    later = summary("A mesa follow-up", 76, text="More of it.", section=MESA, links=(FOLLOW_UP,))
    issues = (
        Issue(
            number=58,
            title="Mesa optimization",
            published=date(2019, 6, 24),
            url="https://mail.example/58",
            audio="https://audio.example/58.mp3",
            summaries=(risks, long, bare),
        ),
        Issue(number=76, title="Goodhart", summaries=(later,)),
        Issue(number=99, summaries=()),
    )
    return MemoryLibrary(issues=issues, citing={later.key: [risks.key]})


RISKS = "58-risks-from-learned-optimization"


def desk_over(library: Library, finder: Finder) -> Lookup:
    return Lookup(library, finder, random.Random(1))  # noqa: S311 - no secret


@dataclass
class Bench:
    """Makes clients over one library, as restarts do."""

    library: Library
    finder: Finder
    store: Store
    now: datetime = NOW

    def client(self, **options: Any) -> Client:
        services = services_over(self.store, desk_over(self.library, self.finder), lambda: self.now)
        return Client(Interactions(services), **{"shard_count": 1, **options})


@dataclass
class World:
    """A server with two members, a moderator, an admin, and a channel."""

    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor
    moderator: MemberActor
    admin: MemberActor
    results: list[InteractionResult] = field(default_factory=list)

    @classmethod
    def in_(cls, env: Env) -> "World":
        guild = env.create_guild()
        moderators = guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
        admins = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
        return cls(
            env=env,
            guild=guild,
            channel=guild.create_text_channel("papers"),
            alice=guild.add_member(env.create_user("alice")),
            bob=guild.add_member(env.create_user("bob")),
            moderator=guild.add_member(env.create_user("mo"), roles=[moderators]),
            admin=guild.add_member(env.create_user("ada"), roles=[admins]),
        )


def shown(result: InteractionResult) -> Any:
    """The message that answers; Any, for its parts are there or the test fails."""
    assert result.response, "nothing is shown"
    return result.response


def button(message: Any, label: str) -> dict[str, Any]:
    """The button of the message whose label starts so."""
    found = [
        c for row in message.components for c in row["components"] if (c.get("label") or "").startswith(label)
    ]
    assert found, f"no button {label!r} among {labels(message)}"
    return dict(found[0])


def labels(message: Any) -> list[str]:
    return [c["label"] for row in message.components for c in row["components"] if c.get("label")]
