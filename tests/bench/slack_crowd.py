"""Many channels on Slack's stand-in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.manifest import manifest_of
from adapters.slack.oauth_store import Installed
from adapters.slack.scopes import EVERYTHING, PATH
from bot.app import Store
from bot.model.places import Place
from tests.bench.crowds import IN_A_SERVER, forget, servers
from tests.exactly_once.grounds import named
from tests.stand_ins import slack as slack_stand_in


@dataclass
class Slack:
    """Workspaces of so many channels, met over HTTP as an app is that many install: in turns at each of the
    ports, as through a proxy.
    """

    stand_in: slack_stand_in.StandIn
    channels: int
    ports: Sequence[int]
    in_a_server: int = IN_A_SERVER
    name: str = "Slack"
    asked: list[slack_stand_in.Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        build = self.stand_in.build
        address = _address(self.ports[0])
        self._app = build.app_of(manifest_of(address, EVERYTHING), request_url=address + PATH)
        self.behind(1)
        teams = [build.team(f"readers {n}") for n in servers(self.channels, self.in_a_server)]
        self._installed = [build.install(self._app, team) for team in teams]
        self._talk = self.stand_in.general(teams[0])
        self._alice = self.stand_in.person("alice", teams[0], self._talk)
        self._wanting = []
        for n in range(self.channels):
            installed = self._installed[n // self.in_a_server]
            self._wanting.append(build.channel(installed.team, f"papers-{n}", installed.bot))

    def behind(self, workers: int) -> None:
        """From now on, so many of the ports are in use."""
        self._turns = cycle(self.ports[:workers])

    async def install(self, store: Store) -> None:
        """Keep the tokens of all workspaces, as after each installed the bot."""
        for each in self._installed:
            installation = Installation(
                app_id=self._app.id,
                team_id=each.team.id,
                user_id=each.bot.id,
                bot_token=each.token,
                bot_id=each.bot_id,
                bot_user_id=each.bot.id,
                bot_scopes=sorted(each.scopes),
            )
            rotator = AsyncTokenRotator(client_id="", client_secret="")
            await Installed(store.installations, store.forgetting, rotator).async_save(installation)

    @property
    def wheres(self) -> list[Place]:
        return [Place(platform="slack", server=each.team_id, channel=each.id) for each in self._wanting]

    @property
    def bound(self) -> float:
        limit = self.stand_in.limits.messages_of_all
        return min(self.channels, self.in_a_server) / limit.count * limit.seconds

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SLACK_CLIENT_ID": self._app.client_id,
            "SLACK_CLIENT_SECRET": self._app.client_secret,
            "SLACK_SIGNING_SECRET": self._app.signing_secret,
            "SLACK_API_URL": self.stand_in.api_url.rstrip("/"),
            "SLACK_LINKING": "text",
            "SLACK_SETTLING": "1",
            "PORT": str(self.ports[0]),
        }

    @property
    def count(self) -> int:
        return sum(len(channel.messages) for channel in self._wanting)

    async def reaches(self, count: int, within: float) -> None:
        await self.stand_in.until(lambda: self.count >= count, within=within, what="digests")

    def standing(self) -> list[str]:
        return [
            name
            for channel in self._wanting
            for message in self.stand_in.messages(channel)
            for name in named(message.metadata)
        ]

    def posts(self) -> dict[str, list[float]]:
        records = defaultdict(list)
        for record in self.stand_in.journal.of("chat.postMessage"):
            records[str(record.team_id)].append(record.at)
        return records

    counted = posts

    @property
    def refused(self) -> int:
        return self.stand_in.limits.refused.total()

    async def ask(self, words: str) -> None:
        self._app.request_url = _address(next(self._turns)) + PATH
        self.asked.append(await self._alice.command(f"/paper {words}", self._talk))

    def waits(self) -> list[float | None]:
        return self._waits(self.asked)

    def _waits(self, asked: Sequence[slack_stand_in.Delivery]) -> list[float | None]:
        arrived = {each.path: each.at for each in self.stand_in.journal.of("response_url")}
        paths = [each.payload["response_url"].removeprefix(self.stand_in.url) for each in asked]
        return [_wait(each, arrived.get(path)) for path, each in zip(paths, asked, strict=True)]

    def settled(self, until: float) -> list[float | None]:
        # What was asked at this moment is not on its way yet.
        over = [each for each in self.asked if each.attempts and each.attempts[0].at <= until]
        waits = self._waits(over)
        self.asked = self.asked[len(over) :]
        forget(self.stand_in.journal, until)
        return waits

    @property
    def talk(self) -> Place:
        return Place(platform="slack", server=self._talk.team_id, channel=self._talk.id)

    async def say(self, text: str) -> None:
        await self._alice.send(self._talk, text)

    def drop(self) -> None:
        """Over HTTP each request brings its own."""


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _wait(used: slack_stand_in.Delivery, arrived: float | None) -> float | None:
    """How long an answer took that came with the acknowledgement, or by the address at that time."""
    first = used.attempts[0]
    at = first.ended if used.answer else arrived
    return None if at is None else at - first.at
