"""A poster for a workspace, with a clock of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import client_of
from adapters.slack.poster import SlackPoster
from bot.model.digests import Delivery, Digest, DigestOptions, Subscription, delivery_id
from bot.model.places import Place
from bot.runtime.clock import Clock
from tests.adapters.slack.digests.scene import PARAGRAPH, new_issue
from tests.stand_ins.slack import App, Channel, ManualClock, Person, StandIn, Team


@dataclass
class Bench:
    """A poster for two workspaces, one of which has removed the bot."""

    slack: StandIn
    clock: ManualClock
    app: App
    team: Team
    general: Channel
    alice: Person
    waits: list[float] = field(default_factory=list)

    @property
    def poster(self) -> SlackPoster:
        return self.poster_at(timedelta())

    def poster_at(self, skew: timedelta) -> SlackPoster:
        """A poster whose clock is so far ahead of Slack's."""
        return SlackPoster(self.client, Clock(read=lambda: self.now() + skew, sleep=self.wait))

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now(), UTC)

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.advance(seconds)

    async def client(self, team: str) -> AsyncWebClient | None:
        installed = [each for each in self.slack.world.installations.values() if each.team.id == team]
        return (
            client_of(self.slack.api_url.rstrip("/"), installed[0].token, again=False) if installed else None
        )

    def subscription(self, **facts: Any) -> Subscription:
        place = Place(platform="slack", server=self.team.id, channel=self.general.id)
        known = {
            "id": "k3jx92ab",
            "place": place,
            "options": DigestOptions(),
            "by": self.alice.id,
            "by_name": "alice",
        }
        return Subscription(**{**known, **facts})

    def deliveries(self, poster: SlackPoster, *, thread: bool = False) -> list[Delivery]:
        """The parts of a long digest."""
        subscription = self.subscription(options=DigestOptions(full=True, thread=thread))
        digest = Digest(subscription=subscription, issues=(new_issue(count=12, text=PARAGRAPH),))
        parts = poster.parts(digest)
        made = [(delivery_id(subscription.id, 1, part.number), part) for part in parts]
        return [
            Delivery(
                id=name,
                subscription=subscription.id,
                place=subscription.place,
                digest=1,
                part=part.number,
                parts=part.count,
                payload=poster.payload(digest, part, name),
                planned=self.now(),
                began=self.now(),
                thread=thread,
            )
            for name, part in made
        ]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    clock = ManualClock()
    async with StandIn(clock=clock, limits_clock=clock) as slack:
        team, app = slack.build.team("readers"), slack.build.app()
        slack.build.install(app, team)
        general = slack.general(team)
        alice = slack.person("alice", team, general)
        alice.invite(app, general)
        yield Bench(slack=slack, clock=clock, app=app, team=team, general=general, alice=alice)
