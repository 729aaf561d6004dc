"""The REST API, one file per resource."""

from tests.stand_ins.discord.call import Endpoint
from tests.stand_ins.discord.rest import (
    callbacks,
    channels,
    commands,
    guilds,
    messages,
    reactions,
    start,
    threads,
    webhooks,
)

ENDPOINTS: list[Endpoint] = [
    endpoint
    for module in (start, commands, callbacks, webhooks, messages, reactions, channels, threads, guilds)
    for endpoint in module.routes
]
