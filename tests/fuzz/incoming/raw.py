"""What anybody can send to the bot's port, and Slack over a websocket, that is none of its payloads."""

import random
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import aiohttp

from tests.adapters.slack.world import World
from tests.fuzz.incoming.mutation import TEXTS, damaged
from tests.stand_ins.slack import App, StandIn
from tests.stand_ins.slack.signing import signed

_PATHS: Final = ("/slack/install", "/slack/oauth_redirect", "/slack/events", "/healthz", "/metrics", "/")
_BODIES: Final = (b"payload=%7B%22type%22%3A%22block_actions%22%7D", b'{"type":"event_callback","event":{}}')
_KINDS: Final = ("application/json", "application/x-www-form-urlencoded", "text/plain; charset=none", "")
_FRAMES: Final = (
    b'{"type":"hello","num_connections":1}',
    b'{"type":"slash_commands","envelope_id":"1","payload":{}}',
    b"Ping from applink-1",
)
_LONGEST: Final = 3000


@dataclass(frozen=True)
class Browser:
    """Opens the pages of the bot and sends it requests."""

    session: aiohttp.ClientSession
    world: World

    async def page(self, rng: random.Random) -> None:
        """Open the pages of an installation, or anything else, with whatever parameters and cookies."""
        names = [name for name in ("code", "state", "error", "a") if rng.random() < 0.5]
        query = "&".join(f"{name}={_quoted(rng)}" for name in names)
        async with self.session.request(
            rng.choice(("GET", "GET", "HEAD", "POST")),
            f"http://127.0.0.1:{self.world.port}{rng.choice(_PATHS)}?{query}",
            headers={"Cookie": f"slack-app-oauth-state={_quoted(rng)}"},
            allow_redirects=False,
        ) as page:
            await page.read()

    async def request(self, rng: random.Random) -> None:
        """Send a signed request of any form."""
        body = damaged(rng, rng.choice(_BODIES))
        headers = {"Content-Type": rng.choice(_KINDS)}
        headers |= signed(self.world.app.signing_secret, body, self.world.clock.now())
        address = f"http://127.0.0.1:{self.world.port}/slack/events"
        async with self.session.post(address, data=body, headers=headers) as answer:
            await answer.read()


@dataclass(frozen=True)
class Frames:
    """Sends over the websocket what is no envelope, or says that it ends."""

    slack: StandIn
    app: App

    async def send(self, rng: random.Random) -> None:
        """Send one, and wait for another connection if this one ends."""
        sockets = self.slack.sockets
        if rng.random() < 0.2:
            before = sockets.connects[self.app.id]
            await sockets.disconnect(self.app)
            await self.slack.until(lambda: sockets.connects[self.app.id] > before, what="another connection")
        else:
            frame = damaged(rng, rng.choice(_FRAMES))
            await sockets.connected(self.app)[-1].socket.send_str(frame.decode(errors="replace"))


def _quoted(rng: random.Random) -> str:
    return quote(rng.choice(TEXTS), errors="replace")[:_LONGEST]
