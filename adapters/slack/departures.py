"""Forgets workspaces that removed the bot.

Goodbyes come for hours, also after a new installation, so Slack is asked if it still
takes the token. Only a refusal for good deletes anything: while Slack cannot be reached or
says something else, the workspace is asked for again every hour, also after a restart.
"""

import asyncio
import logging
from typing import Final

from slack_sdk.errors import SlackApiError

from adapters.slack.auth import token_of
from adapters.slack.client import client_of
from adapters.slack.errors import as_bot_errors, error_of
from adapters.slack.oauth_store import PLATFORM, Installed
from adapters.slack.settings import SlackSettings
from bot.errors import BotError, Unavailable
from bot.ports import Forgetting
from bot.runtime.clock import Clock

log: Final = logging.getLogger("anbot.slack")

_GONE: Final = frozenset({"account_inactive", "invalid_auth", "token_revoked"})
"""What Slack says of a token that it will never take again
(https://docs.slack.dev/reference/methods/auth.test). One that has expired can be renewed.
"""
_EVERY: Final = 3600.0


class Departures:
    """Knows who said goodbye, and forgets them once it is certain."""

    def __init__(
        self, settings: SlackSettings, installed: Installed, forgetting: Forgetting, clock: Clock
    ) -> None:
        self._url = settings.api_url
        self._token = token_of(settings, installed)
        self._installed = installed
        self._forgetting = forgetting
        self._clock = clock

    async def goodbye(self, server: str) -> None:
        """Note the goodbye of a workspace or an organisation, and look if it is true."""
        await self._forgetting.left(PLATFORM, server, self._clock())
        await self._look(server)

    async def run(self, over: asyncio.Event) -> None:
        """Look every hour after those that Slack said nothing certain of, until all is `over`."""
        while not over.is_set():
            try:
                for server in await self._forgetting.left_before(PLATFORM, self._clock()):
                    await self._look(server)
            except BotError as error:
                log.warning("workspaces that removed the bot are not forgotten now: %s", error)
            await self._clock.sleep_unless(over, _EVERY)

    async def _look(self, server: str) -> None:
        try:
            forgotten = await self._installed.forget_if_gone(server, self._lets_in)
        except Unavailable as error:
            log.warning("a workspace said goodbye, but nothing is deleted before that is certain: %s", error)
            return
        if forgotten:
            log.info("a workspace removed the bot: its data is deleted")
        else:
            await self._forgetting.returned(PLATFORM, server)
            log.info("a workspace that removed the bot had it installed again since: nothing is deleted")

    async def _lets_in(self, server: str) -> bool:
        """If Slack takes the token. Raises Unavailable if that is not known."""
        with as_bot_errors():
            try:
                token = await self._token(server)
                if token:
                    await client_of(self._url, token, again=False).auth_test()
            except SlackApiError as error:
                if error_of(error) not in _GONE:
                    raise
                return False
        return bool(token)
