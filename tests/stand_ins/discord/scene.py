"""What most tests begin with: one application, one guild, one channel, one person."""

from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.stand_ins.discord import Application, Channel, Guild, ManualClock, Person, Record, StandIn


@dataclass(slots=True, kw_only=True)
class Scene:
    """The stand-in and what is in it, and a bare client that speaks as the application."""

    discord: StandIn
    clock: ManualClock
    app: Application
    guild: Guild
    general: Channel
    alice: Person
    session: aiohttp.ClientSession
    token: str | None = None

    async def ask(self, method: str, path: str, body: Any = None, **query: str) -> Record:
        """Sends a request below the API's root; the answer as it was noted, and as it came."""
        token = self.app.token if self.token is None else self.token
        headers = {"Authorization": f"Bot {token}"}
        sent = {} if body is None else {"json": body}
        url = self.discord.api_url + path
        async with self.session.request(method, url, headers=headers, params=query, **sent) as response:
            text = await response.text()
            assert not text or response.content_type in ("application/json", "text/html")
            assert response.status == self.discord.journal.records[-1].status
        return self.discord.journal.records[-1]

    async def send(self, **body: Any) -> Record:
        return await self.ask("POST", f"/channels/{self.general.id}/messages", body)
