"""Points discord.py at a stand-in. Another process does the same with the two addresses it is given."""

from collections.abc import Iterator
from contextlib import contextmanager

import discord.gateway
import discord.http
import yarl

from tests.stand_ins.discord.server import StandIn


@contextmanager
def pointed_at(stand_in: StandIn) -> Iterator[None]:
    """discord.py's REST calls and gateway go to the stand-in for as long as this is entered."""
    route, socket = discord.http.Route, discord.gateway.DiscordWebSocket
    before = route.BASE, socket.DEFAULT_GATEWAY
    route.BASE, socket.DEFAULT_GATEWAY = stand_in.api_url, yarl.URL(stand_in.gateway_url)
    try:
        yield
    finally:
        route.BASE, socket.DEFAULT_GATEWAY = before
