"""Slack: commands, actions, forms, events by Socket Mode and over HTTP, and the pages of an installation."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.adapters.contract.scene import ADA
from tests.adapters.contract.slack_scene import SlackScene, slack_scene
from tests.adapters.slack.test_workspaces import client_of, install
from tests.fuzz.incoming.front import WORDS, Act
from tests.fuzz.incoming.mutation import TEXTS
from tests.fuzz.incoming.raw import Browser, Frames
from tests.stand_ins.common.transit import Transit
from tests.stand_ins.slack import Channel, Kind, Message, NotPossible, Person, View, Way, payloads
from tests.stand_ins.slack.blocks import elements
from tests.stand_ins.slack.entities import Json
from tests.support.processes import free_port

_DIGESTS: Final = (
    *(
        "",
        "here",
        "here each",
        "here club monday 9 UTC from:58",
        "here full thread",
        "list",
        "log",
        "preview",
    ),
    *(
        "pause",
        "resume",
        "stop club",
        "help",
        "here each channel:<#C1|general>",
        "here mention:<!subteam^S1|@x>",
    ),
)
_LINKING: Final = ("on", "off", "status", "ignore-me", "answer-me", "forget-me", "list", "")
_LONGEST: Final = 3000
_LATELY: Final = 200
_STEP: Final = 61.0
"""Seconds: a minute is the longest wait for an event's second and third try but one."""


class OnSlack:
    """The bot in a workspace with a public and a private channel."""

    impossible = (NotPossible,)

    def __init__(self, scene: SlackScene, browser: aiohttp.ClientSession | None = None) -> None:
        """Over HTTP with a `browser`, that opens pages and sends requests."""
        self.scene = scene
        self._world, self._slack = scene.world, scene.world.slack
        self.transit: Transit = self._slack.world.transit
        self._secret = self._slack.build.channel(
            self._world.team, "secret", *(each.user for each in scene.people.values()), kind=Kind.PRIVATE
        )
        self.acts: dict[str, Act] = {
            "slash command": self._command,
            "/digest": self._digest,
            "/linking": self._linking,
            "shortcut": self._shortcut,
            "action": self._use,
            "home": self._home,
            "action in a window": self._use_window,
            "suggestions": self._suggestions,
            "form": self._submit,
            "closed form": self._close,
            "message": self._write,
            "edit": self._edit,
            "deletion": self._delete,
            "links": self._links,
            "event": self._event,
            "another event": self._event,
        }
        if browser:
            by_browser = Browser(browser, scene.world)
            self.acts |= {"page": by_browser.page, "request": by_browser.request}
        else:
            self.acts |= {"frame": Frames(self._slack, self._world.app).send}

    @property
    def serving(self) -> Any:
        return self._world.serving

    def part_of(self, payload: Any) -> str:
        del payload
        return ""

    async def settle(self) -> None:
        """Nothing that was sent is still waited for: neither acknowledgements nor another try."""
        while any(not each.done.is_set() for each in self._slack.post.sent[-_LATELY:]):
            self._world.clock.advance(_STEP)
            await asyncio.sleep(0)

    def _somebody(self, rng: random.Random) -> Person:
        return self.scene.people[rng.choice(sorted(self.scene.people))]

    def _somewhere(self, rng: random.Random, person: Person) -> Channel:
        return rng.choice((self._world.general, self._secret, person.direct(self._world.app)))

    async def _type(self, rng: random.Random, line: str) -> None:
        person = self._somebody(rng)
        await person.command(line, self._somewhere(rng, person))

    async def _command(self, rng: random.Random) -> None:
        await self._type(rng, f"{rng.choice(sorted(self._world.app.commands))} {_text(rng)}")

    async def _digest(self, rng: random.Random) -> None:
        await self._type(rng, f"/digest {rng.choice(_DIGESTS)}")

    async def _linking(self, rng: random.Random) -> None:
        await self._type(rng, f"/linking {rng.choice(_LINKING)}")

    async def _shortcut(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        callback = rng.choice(sorted(self._world.app.shortcuts))
        await person.shortcut(callback, self._message(rng, person))

    async def _use(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        message = self._message(rng, person)
        if message.unfurls:
            url = rng.choice(sorted(message.unfurls))
            _, used = _element(rng, message.unfurls[url].get("blocks", []))
            await person.use_unfurl(message, url, used)
        else:
            await _used(rng, person, message, message.all_blocks)

    async def _home(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        home = person.home(self._world.app)
        if home and rng.random() < 0.7:
            await _used(rng, person, home, home.blocks)
        else:
            await person.open_home(self._world.app)

    async def _use_window(self, rng: random.Random) -> None:
        person, view = self._open(rng)
        await _used(rng, person, view, view.blocks)

    async def _suggestions(self, rng: random.Random) -> None:
        person, view = self._open(rng)
        asking = [
            each for block in view.blocks for each in elements(block) if each["type"] == "external_select"
        ]
        if not asking:
            raise NotPossible("nothing is suggested here")
        await person.suggestions(view, rng.choice(asking)["action_id"], _text(rng))

    async def _submit(self, rng: random.Random) -> None:
        person, view = self._open(rng)
        await person.submit(view, {})

    async def _close(self, rng: random.Random) -> None:
        person, view = self._open(rng)
        await person.close(view)

    async def _write(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        thread = self._message(rng, person) if rng.random() < 0.3 else None
        channel = thread.channel if thread else self._somewhere(rng, person)
        await person.send(channel, _text(rng) or "-", thread=thread)

    async def _edit(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        await person.edit(self._message(rng, person), _text(rng))

    async def _delete(self, rng: random.Random) -> None:
        person = self._somebody(rng)
        await person.delete(self._message(rng, person))

    async def _links(self, rng: random.Random) -> None:
        links = " ".join(f"https://{domain}/abs/1906.01820" for domain in self._world.app.domains)
        person = self._somebody(rng)
        if rng.random() < 0.5:
            await person.compose(self._world.general, links)
        else:
            await person.send(self._world.general, links)

    async def _event(self, rng: random.Random) -> None:
        """Tell of anything that the app asked for, in a payload that has what any event has."""
        installation = self._slack.world.installed(self._world.app, self._world.team)
        assert installation
        person = self._somebody(rng)
        message = payloads.message(self._message(rng, person))
        name = rng.choice(sorted(self._world.app.events))
        body = {
            **message,
            "type": name.partition(".")[0],
            "channel": self._world.general.id,
            "channel_type": "channel",
            "event_ts": self._slack.world.ts(),
            "tab": "home",
            "tokens": {"oauth": [], "bot": [installation.bot.id]},
            "links": [{"url": "https://arxiv.org/abs/1906.01820", "domain": "arxiv.org"}],
            "message_ts": message["ts"],
            "unfurl_id": "U1",
            "source": "conversations_history",
            **rng.choice(
                ({}, {"subtype": "message_changed", "message": message, "previous_message": message})
            ),
            **rng.choice(({}, {"subtype": "message_deleted", "deleted_ts": message["ts"]})),
        }
        payload = payloads.event(installation, self._slack.world.id("Ev"), body, at=self._world.clock.now())
        self._slack.post.send(self._world.app, Way.EVENT, payload)

    def _message(self, rng: random.Random, person: Person) -> Message:
        if not (messages := person.sees(self._world.general)):
            raise NotPossible("there is no message")
        return rng.choice(messages)

    def _open(self, rng: random.Random) -> tuple[Person, View]:
        """Somebody's window, and who has it open."""
        for person in rng.sample(list(self.scene.people.values()), len(self.scene.people)):
            if view := person.modal:
                return person, view
        raise NotPossible("nobody has a window open")


def _text(rng: random.Random) -> str:
    return rng.choice(WORDS if rng.random() < 0.7 else TEXTS)[:_LONGEST]


def _element(rng: random.Random, blocks: Sequence[Json]) -> tuple[Json, str]:
    """Something that can be used, and its action id."""
    offered = [each for block in blocks for each in elements(block) if "action_id" in each]
    if not offered:
        raise NotPossible("nothing is there to use")
    chosen = rng.choice(offered)
    return chosen, chosen["action_id"]


async def _used(rng: random.Random, person: Person, shown: Message | View, blocks: Sequence[Json]) -> None:
    element, name = _element(rng, blocks)
    value: Any = None
    if element["type"] in {"static_select", "radio_buttons", "overflow"}:
        groups = element.get("option_groups", ())
        options = element.get("options") or [option for group in groups for option in group["options"]]
        value = rng.choice(options)["value"]
    elif element["type"].endswith("_input"):
        value = rng.choice(WORDS)
    await person.use(shown, name, value)


@asynccontextmanager
async def by_socket(database: Path) -> AsyncIterator[OnSlack]:
    """The bot in one workspace, by Socket Mode."""
    async with slack_scene(database, port=0) as scene:
        front = OnSlack(scene)
        async with scene.running():
            yield front


@asynccontextmanager
async def over_http(database: Path) -> AsyncIterator[OnSlack]:
    """The bot over HTTP, for any workspace that installs it; one has."""
    async with slack_scene(database, port=free_port()) as scene, aiohttp.ClientSession() as browser:
        front = OnSlack(scene, browser)
        async with scene.world.run(**client_of(scene.world)):
            await install(scene.world, scene.people[ADA])
            yield front
