"""What is sent to Discord."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.golden.cases import CASES
from tests.adapters.golden.conftest import Golden
from tests.adapters.golden.discord_scene import DiscordScene, discord_scene
from tests.adapters.golden.library import ERRORS, TEXT, appearing, index
from tests.stand_ins.discord import Channel, Message

PAPER = "https://arxiv.org/abs/1906.01820"


@pytest.fixture
async def scene(database: Path) -> AsyncIterator[DiscordScene]:
    async with discord_scene(database) as made:
        yield made


async def test_lookups(scene: DiscordScene, golden: Golden) -> None:
    golden({name: await scene.case(case) for name, case in CASES.items()})


async def test_sharing(scene: DiscordScene, golden: Golden, database: Path) -> None:
    shown: dict[str, Any] = {}
    card = await scene.ask("/paper A long read that goes on")
    copy = await scene.press(card, "Next", by=scene.bob)
    shown["copy-for-somebody-else"] = scene.sent()
    await scene.share(copy, by=scene.bob)
    shown["shared"] = scene.sent()
    await scene.press_only(card, "Remove", by=scene.bob)
    shown["remove-refused"] = scene.sent()
    await scene.press_only(card, "Remove", by=scene.alice)
    shown["removed"] = scene.sent()
    opened = await scene.ask("/an 201")
    await scene.pick(opened, 1)
    shown["picked"] = scene.sent()
    message = await scene.bob.send(scene.channel, f"see {PAPER}, AN #58 and [[robustness]]")
    shown["find-summaries"] = await _found(scene, message)
    message = await scene.bob.send(scene.channel, "good morning")
    shown["find-summaries-none"] = await _found(scene, message)
    card = await scene.ask("/paper A long read that goes on")
    await index(database, appearing(200))
    await scene.press_only(card, "Next")
    shown["gone"] = scene.sent()
    golden(shown)


async def _found(scene: DiscordScene, message: Message) -> Any:
    scene.begin()
    await (await scene.alice.message_command("Find summaries", message)).answer()
    return scene.sent()


async def test_completion(scene: DiscordScene, golden: Golden) -> None:
    shown: dict[str, Any] = {}
    for command, option, typed in (
        ("an", "issue", "5"),
        ("paper", "words", "mesa"),
        ("paper", "by", "rohin"),
        ("topic", "section", "learn"),
    ):
        scene.begin()
        await scene.alice.autocomplete(command, option, typed, channel=scene.channel)
        shown[f"{command}-{option}"] = scene.sent()
    golden(shown)


async def test_errors(scene: DiscordScene, golden: Golden) -> None:
    shown: dict[str, Any] = {}
    for name, error in ERRORS.items():
        scene.finder.error = error
        await scene.ask("/paper mesa")
        shown[name] = scene.sent()
    scene.finder.error = None
    scene.discord.build.deny(scene.channel, scene.app.bot, "embed_links", "send_messages")
    await scene.ask("/an 58")
    shown["without-permissions"] = scene.sent()
    golden(shown)


async def test_settings(scene: DiscordScene, golden: Golden) -> None:
    shown: dict[str, Any] = {}

    async def settings(name: str, **values: Any) -> None:
        await scene.slash("settings", values, by=scene.ada)
        shown[name] = scene.sent()

    await settings("shown")
    await settings("changed", answers="private", length="short")
    await settings("of-the-channel", answers="public", **{"for": "channel"})
    await settings("reset", reset=True)
    await scene.slash("settings", {"length": "short"}, by=scene.ada)
    await scene.ask("/paper A long read that goes on")
    shown["summary-short"] = scene.sent()
    await scene.slash("settings", {"answers": "private", "for": "channel"}, by=scene.ada)
    await scene.ask("/paper mesa")
    shown["summary-private"] = scene.sent()
    golden(shown)


async def test_linking(scene: DiscordScene, golden: Golden) -> None:
    shown: dict[str, Any] = {}
    for name, by in (
        ("status", scene.alice),
        ("on", scene.alice),
        ("on", scene.ada),
        ("off", scene.ada),
        ("ignore-me", scene.bob),
        ("ignore-me", scene.bob),
        ("on", scene.ada),
    ):
        await scene.slash(name if name == "ignore-me" else f"linking {name}", by=by)
        shown[_free(f"{name}-by-{by.user.name}", shown)] = scene.sent()
    await scene.slash("linking status")
    shown["status-on"] = scene.sent()
    for name, text in (
        ("one", "what of [[risks from learned optimization]]?"),
        ("address", "https://papers.example/201/3"),
        ("three-and-the-rest", "AN #53 AN #76 AN #99 AN #136 AN #200"),
    ):
        scene.begin()
        message = await scene.bob.send(scene.channel, text)
        await scene.discord.until(scene.sent)
        shown[name] = scene.sent()
    scene.begin()
    await scene.bob.edit(message, "I mean AN #58")
    await scene.discord.until(scene.sent)
    shown["edited"] = scene.sent()
    reply = scene.discord.messages(scene.channel)[-1]
    await scene.press(reply, "Read AN #58")
    shown["read"] = scene.sent()
    await scene.press_only(reply, "Remove")
    shown["remove-refused"] = scene.sent()
    golden(shown)


def _free(name: str, shown: dict[str, Any]) -> str:
    return f"{name}-again" if name in shown else name


async def test_digest_commands(scene: DiscordScene, golden: Golden) -> None:
    readers = scene.discord.build.role(scene.guild, "Readers", mentionable=True)
    scene.names[readers.id] = "READERS"
    everybody = scene.guild.roles[scene.guild.id]
    other = scene.new_channel("other")
    weekly = {"when": "weekly", "day": 4, "hour": "18", "timezone": "europe/berlin", "mention": readers}
    ways = {"section": "news, MESA optimization", "highlights": True, "full": True, "thread": True}
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("list-empty", "list", {}),
        ("none", "pause", {}),
        ("preview-none", "preview", {}),
        ("log-empty", "log", {}),
        ("here", "here", {"when": "each"}),
        ("here-existing", "here", {"full": True}),
        ("here-club", "here", {"what": "club", "start": 58}),
        ("which", "stop", {}),
        ("paused", "pause", {"what": "news"}),
        ("paused-already", "pause", {"what": "news"}),
        ("list", "list", {}),
        ("resumed", "resume", {"what": "news"}),
        ("preview", "preview", {"what": "news"}),
        ("preview-club", "preview", {"what": "club"}),
        ("stopped", "stop", {"what": "club"}),
        ("unknown-timezone", "here", {"timezone": "Europe/Londn"}),
        ("unknown-section", "here", {"section": "meza optimisation"}),
        ("unknown-issue", "here", {"what": "club", "start": 4000}),
        ("contradiction", "here", {"when": "each", "day": 1}),
        ("everybody", "here", {"mention": everybody}),
    ]
    shown: dict[str, Any] = {}
    await scene.slash("digest here", {"when": "each"}, by=scene.alice)
    shown["refused"] = scene.sent()
    for name, command, values in steps:
        await scene.slash(f"digest {command}", values, by=scene.ada)
        await scene.name_digests()
        shown[name] = scene.sent()
    await scene.slash("digest here", weekly | ways, by=scene.ada, channel=other)
    shown["here-weekly"] = scene.sent()
    for name, label, full in (("changed", "Change it", True), ("kept", "Keep it", False)):
        asked = await scene.slash("digest here", {"full": full}, by=scene.ada)
        await scene.press(asked, label, by=scene.ada)
        shown[name] = scene.sent()
    for name, values in (("form", {}), ("form-of-a-club", {"what": "club"})):
        shown[name] = await scene.form(values)
    golden(shown)


async def test_digests(scene: DiscordScene, golden: Golden, database: Path) -> None:
    readers = scene.discord.build.role(scene.guild, "Readers", mentionable=True)
    scene.names[readers.id] = "READERS"
    ways: dict[str, dict[str, Any]] = {
        "headlines": {"when": "each"},
        "highlights": {"highlights": True},
        "full": {"full": True},
        "thread": {"full": True, "thread": True},
        "mention": {"highlights": True, "mention": readers},
        "section": {"section": "news"},
        "club": {"what": "club", "start": 58, "day": 1},
    }
    channels: dict[str, Channel] = {}
    for name, values in ways.items():
        channels[name] = scene.new_channel(name)
        await scene.slash("digest here", values, by=scene.ada, channel=channels[name])
    closed = scene.new_channel("closed")
    await scene.slash("digest here", {"when": "each"}, by=scene.ada, channel=closed)
    scene.discord.build.deny(closed, scene.app.bot, "send_messages")
    await scene.name_digests()
    await index(database, appearing(300, entries=8, text=TEXT))
    scene.begin()
    club = channels.pop("club")
    direct = scene.ada.direct(scene.app)
    await scene.passing(
        lambda: all(map(scene.delivered, channels.values())) and scene.discord.messages(direct)
    )
    await scene.settled(channels.values())
    scene.clock.advance(7 * 24 * 3600)
    await scene.passing(lambda: scene.delivered(club))
    channels["club"] = club
    await scene.settled(channels.values())
    shown = {f"of-{name}": scene.sent_to(channel) for name, channel in channels.items()}
    shown["refused"] = scene.sent_to(direct)
    posted = scene.discord.messages(channels["headlines"])[0]
    await scene.pick(posted, 1)
    shown["entry"] = scene.sent()
    for label, name in (("Open the whole issue", "issue"), ("About", "about")):
        await scene.press(posted, label)
        shown[name] = scene.sent()
    for name, channel in {
        "headlines": channels["headlines"],
        "thread": channels["thread"],
        "closed": closed,
    }.items():
        await scene.slash("digest log", by=scene.ada, channel=channel)
        shown[f"log-of-{name}"] = scene.sent()
    golden(shown)
