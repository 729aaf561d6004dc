"""Health and metrics over HTTP, on a port of their own."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.config import Settings, unusable
from bot.monitoring.metrics import CONTENT_TYPE, Metrics
from bot.monitoring.state import Observer

log: Final = logging.getLogger("anbot")

_STOPPING: Final = 1.0
"""Seconds that a request gets when the bot stops."""


@asynccontextmanager
async def listening(settings: Settings, observer: Observer, metrics: Metrics) -> AsyncIterator[None]:
    """Answer inside, if the settings have a port for it.

    Raises InputError for an address that cannot be used, Unavailable for a port that is taken.
    """
    if settings.health_port is None:
        yield
        return
    application = web.Application()
    pages = _Pages(observer, metrics)
    application.router.add_get("/healthz", pages.health)
    application.router.add_get("/readyz", pages.readiness)
    application.router.add_get("/metrics", pages.metrics)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_STOPPING)
    await runner.setup()
    try:
        await _start(runner, settings.health_host, settings.health_port)
        log.info("health and metrics are at port %d", runner.addresses[0][1])
        yield
    finally:
        await runner.cleanup()


async def _start(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise unusable(error, host, port, "ANBOT_HEALTH_HOST and ANBOT_HEALTH_PORT") from error


class _Pages:
    """Nothing of a request is read but its path."""

    def __init__(self, observer: Observer, metrics: Metrics) -> None:
        self._observer = observer
        self._metrics = metrics

    async def health(self, _: web.Request) -> web.Response:
        """The process runs, and its event loop goes round."""
        return web.Response(text="ok\n")

    async def readiness(self, _: web.Request) -> web.Response:
        """Every platform that is configured is connected, and the database can be read."""
        missing = (await self._observer.state()).missing
        return web.Response(status=503 if missing else 200, text="\n".join(missing or ["ready"]) + "\n")

    async def metrics(self, _: web.Request) -> web.Response:
        """Metrics in the text format of Prometheus."""
        page = self._metrics.page(await self._observer.state())
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE})
