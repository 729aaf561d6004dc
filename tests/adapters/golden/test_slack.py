"""What is sent to Slack."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.golden.cases import CASES
from tests.adapters.golden.conftest import Golden
from tests.adapters.golden.library import ERRORS, TEXT, appearing, index
from tests.adapters.golden.slack_scene import SlackScene, slack_scene
from tests.adapters.slack.digests.scene import group, option
from tests.adapters.slack.timing import answer_late
from tests.stand_ins.slack import Answer, Channel, View

PAPER = "https://arxiv.org/abs/1906.01820"
LONG = "/paper A long read that goes on"


@pytest.fixture
async def scene(database: Path) -> AsyncIterator[SlackScene]:
    async with slack_scene(database) as made:
        yield made


async def test_lookups(scene: SlackScene, golden: Golden) -> None:
    golden({name: await scene.case(case) for name, case in CASES.items() if name != "help"})


async def test_sharing(scene: SlackScene, golden: Golden, database: Path) -> None:
    shown: dict[str, Any] = {}
    await scene.command(LONG)
    card = scene.last()
    shown["copy-for-somebody-else"] = await scene.use(card, "Next", by=scene.bob)
    shown["shared"] = await scene.use(scene.last(scene.bob), "Share", by=scene.bob, count=2)
    shown["remove-refused"] = await scene.use(card, "Remove", by=scene.bob)
    shown["removed"] = await scene.use(card, "Remove")
    await scene.command("/an 201")
    shown["picked"] = await scene.pick(scene.last(), 1)
    for name, text in (("find-summaries", f"see {PAPER}, AN #58 and [[robustness]]"), ("find-none", "hello")):
        message = await scene.bob.send(scene.world.general, text)
        scene.begin()
        await (await scene.alice.shortcut("find_summaries", message)).acknowledged()
        shown[name] = await scene.came()
    await scene.command(LONG)
    await index(database, appearing(200))
    shown["gone"] = await scene.use(scene.last(), "Next")
    golden(shown)


async def test_errors(scene: SlackScene, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, Any] = {}
    for name, error in ERRORS.items():
        scene.finder.error = error
        shown[name] = await scene.command("/paper mesa")
    scene.finder.error = None
    bot = next(iter(scene.world.general.members - {scene.alice.id, scene.bob.id}))
    scene.world.general.members.remove(bot)
    answer_late(monkeypatch)  # so that the answer goes to the address
    scene.world.slack.faults.add(Answer(status=404, body="used_url"), method="response_url")
    shown["not-in-the-channel"] = await scene.command("/an 58", count=3)
    golden(shown)


async def test_home(scene: SlackScene, golden: Golden) -> None:
    shown: dict[str, Any] = {}
    _, shown["of-a-member"] = await _home(scene, by_admin=False)
    home, shown["of-an-admin"] = await _home(scene, by_admin=True)
    box = next(each["element"]["action_id"] for each in home.blocks if each["type"] == "input")
    shown["search"] = await scene.use(home, box, "risks from learned optimization")
    window = scene.alice.modal
    assert window
    shown["search-turned"] = await scene.use(window, "Cited by")
    await scene.alice.close(window)
    shown["search-miss"] = await scene.use(home, box, "pizza")
    shown["settings-private"] = await scene.use(home, "set:answers", "private")
    home, _ = await _home(scene, by_admin=True)
    shown["settings-short"] = await scene.use(home, "set:length", "short")
    shown["summary-private-and-short"] = await scene.command(LONG)
    shown["summary-shared"] = await scene.use(scene.last(), "Share", count=2)
    await scene.command("/digest here each")
    await scene.command("/digest here club from:58 weekly monday 9 UTC full")
    await scene.command("/linking on")
    _, shown["with-digests"] = await _home(scene, by_admin=True)
    home, _ = await _home(scene, by_admin=True)
    scene.alice.user.is_admin = False
    shown["settings-refused"] = await scene.use(home, "set:length", "long", count=2)
    golden(shown)


async def _home(scene: SlackScene, *, by_admin: bool) -> tuple[View, Any]:
    scene.alice.user.is_admin = by_admin
    scene.begin()
    opened = await scene.alice.open_home(scene.world.app)
    assert opened
    await opened.acknowledged()
    sent = await scene.came()
    home = scene.alice.home(scene.world.app)
    assert home
    return home, sent


async def test_linking(scene: SlackScene, golden: Golden) -> None:
    shown: dict[str, Any] = {"status": await scene.command("/linking status")}
    shown["on-refused"] = await scene.command("/linking on", by=scene.bob)
    for name in ("off", "nonsense", "on everywhere", "off everywhere", "on"):
        shown[name.replace(" ", "-")] = await scene.command(f"/linking {name}")
    shown["status-on"] = await scene.command("/linking status")
    for name in ("ignore-me", "answer-me"):
        shown[name] = await scene.command(f"/linking {name}", by=scene.bob)
    general = scene.world.general
    for name, text in (
        ("one", "what of [[risks from learned optimization]]?"),
        ("three-and-the-rest", "AN #53 AN #76 AN #99 AN #136 AN #200"),
    ):
        scene.begin()
        message = await scene.bob.send(general, text)
        shown[name] = await scene.came()
    scene.begin()
    await scene.bob.edit(message, "I mean AN #58")
    shown["edited"] = await scene.came()
    reply = scene.last()
    shown["read"] = await scene.use(reply, "Read AN #58")
    carol = scene.world.slack.person("carol", scene.world.team, general)
    scene.names[carol.id] = "CAROL"
    shown["remove-refused"] = await scene.use(reply, "Remove", by=carol)
    scene.world.clock.advance(3600)
    scene.begin()
    await scene.bob.send(general, f"have you read {PAPER} ?")
    shown["unfurled"] = await scene.came()
    golden(shown)


async def test_forms(scene: SlackScene, golden: Golden) -> None:
    shown: dict[str, Any] = {"form": await scene.command("/digest")}
    form = scene.alice.modal
    assert form
    shown["no-day"] = await scene.acknowledged(await scene.alice.submit(form, {"digest:kind": "club"}))
    shown["form-with-a-club-chosen"] = await scene.chosen(form, "digest:kind", "club")
    late = await scene.alice.submit(form, {"digest:start": "5000"})
    shown["no-such-issue"] = await scene.acknowledged(late)
    shown["form-with-news-chosen"] = await scene.chosen(form, "digest:kind", "news")
    shown["timezones"] = await scene.acknowledged(await scene.alice.suggestions(form, "digest:zone", "berl"))
    readers = scene.world.slack.build.group(scene.world.team, scene.bob.user)
    scene.names[readers] = "READERS"
    filled = {
        "digest:when": "0",
        "digest:zone": option("Asia/Tokyo"),
        "digest:how": ["highlights", "thread"],
        "digest:sections": ["Mesa optimization"],
        "digest:mention": group(readers),
    }
    scene.begin()
    await (await scene.alice.submit(form, filled)).acknowledged()
    shown["submitted"] = await scene.came()
    shown["form-of-what-is-there"] = await scene.command("/digest")
    assert scene.alice.modal
    scene.begin()
    await (await scene.alice.submit(scene.alice.modal, {"digest:time": "18"})).acknowledged()
    shown["changed"] = await scene.came()
    shown["form-of-a-club"] = await scene.command("/digest here club")
    golden(shown)


async def test_digest_commands(scene: SlackScene, golden: Golden) -> None:
    shown: dict[str, Any] = {"form-refused": await scene.command("/digest", by=scene.bob)}
    for name, line in (
        ("list-empty", "list"),
        ("none", "pause"),
        ("preview-none", "preview"),
        ("log-empty", "log"),
        ("here", "here each"),
        ("here-existing", "here weekly friday 17 Europe/Berlin highlights full thread in:News"),
        ("here-club", "here club from:58 weekly monday 9 UTC"),
        ("which", "stop"),
        ("paused", "pause news"),
        ("paused-already", "pause news"),
        ("list", "list"),
        ("resumed", "resume news"),
        ("preview", "preview news"),
        ("preview-club", "preview club"),
        ("stopped", "stop club"),
        ("unknown-timezone", "here weekly monday 9 Europe/Londn"),
        ("unknown-section", "here in:“meza optimisation”"),
        ("unknown-issue", "here club monday 9 Europe/London from:5000"),
        ("unknown-word", "here hilights"),
        ("no-day", "here weekly"),
        ("no-group", "here mention:@readers"),
        ("nonsense", "tomorrow"),
        ("help", "help"),
    ):
        shown[name] = await scene.command(f"/digest {line}", count=2 if name == "preview" else 1)
        await scene.name_digests()
    shown["refused"] = await scene.command("/digest stop", by=scene.bob)
    for name, label, texts in (("changed", "Change it", "full"), ("kept", "Keep it", "headlines")):
        await scene.command(f"/digest here each {texts}")
        shown[name] = await scene.use(scene.last(), label)
    golden(shown)


async def test_digests(scene: SlackScene, golden: Golden, database: Path) -> None:
    world = scene.world
    readers = world.slack.build.group(world.team, scene.bob.user)
    scene.names[readers] = "READERS"
    channels: dict[str, Channel] = {}
    for name, typed in {
        "headlines": "each",
        "highlights": "each highlights",
        "full": "each full",
        "thread": "each full thread",
        "mention": f"each highlights mention:<!subteam^{readers}|@readers>",
        "section": "each in:News",
        "club": "club from:58 tuesday 9 UTC",
    }.items():
        channels[name] = scene.new_channel(name)
        await scene.command(f"/digest here {typed}", channel=channels[name])
    closed = scene.new_channel("closed")
    await scene.command("/digest here each", channel=closed)
    await scene.name_digests()
    closed.archived = True
    await index(database, appearing(300, entries=8, text=TEXT))
    scene.begin()
    club = channels.pop("club")
    direct = scene.alice.direct(world.app)
    await world.passing(lambda: all(map(scene.delivered, channels.values())) and world.slack.messages(direct))
    await scene.settled(channels.values())
    world.clock.advance(7 * 24 * 3600)
    await world.passing(lambda: scene.delivered(club))
    channels["club"] = club
    await scene.settled(channels.values())
    shown: dict[str, Any] = {
        f"of-{name}": scene.sent(lambda record, at=channel.id: record.args.get("channel") == at)  # type: ignore[misc] # mypy infers no lambda with a default
        for name, channel in channels.items()
    }
    shown["refused"] = scene.sent(lambda record: record.args.get("channel") == scene.alice.id)
    posted = scene.posted(channels["headlines"])[0]
    shown["entry"] = await scene.pick(posted, 1)
    shown["issue"] = await scene.use(posted, "Open the whole issue")
    shown["about"] = await scene.use(posted, "About this digest")
    for name in ("headlines", "thread"):
        shown[f"log-of-{name}"] = await scene.command("/digest log", channel=channels[name])
    golden(shown)
