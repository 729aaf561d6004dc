"""Slack's installations and OAuth states, in the bot's own database.

Only what a bot needs of an installation is saved: no token of a person.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import msgspec
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.ports import Installations

_PLATFORM: Final = "slack"
_FIELDS: Final = (
    "app_id",
    "enterprise_id",
    "enterprise_name",
    "team_id",
    "team_name",
    "bot_token",
    "bot_id",
    "bot_user_id",
    "bot_scopes",
    "bot_refresh_token",
    "bot_token_expires_at",
    "is_enterprise_install",
    "installed_at",
)
log: Final = logging.getLogger("anbot.slack")


class Installed(AsyncInstallationStore):
    """`bot.ports.Installations` for slack_sdk: one for each workspace, or one for all
    workspaces of an organisation.
    """

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    @property
    def logger(self) -> logging.Logger:
        """The logger of slack_sdk."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Save the bot's part of the installation, in place of an earlier one."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Save the bot, in place of an earlier one."""
        fields = {name: value for name in _FIELDS if (value := getattr(bot, name)) is not None}
        server = _server(bot.enterprise_id, bot.team_id, everywhere=bool(bot.is_enterprise_install))
        await self._installations.put(_PLATFORM, server, msgspec.json.encode(fields).decode())

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """The workspace's own, and only its own."""
        server = _server(enterprise_id, team_id, everywhere=bool(is_enterprise_install))
        installation = await self._installations.of(_PLATFORM, server)
        return Bot(**msgspec.json.decode(installation)) if installation else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete the bot, and all other data of the workspace."""
        await self._installations.drop(_PLATFORM, _server(enterprise_id, team_id, everywhere=team_id is None))

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Do nothing: nothing of a person is saved."""


class States(AsyncOAuthStateStore):
    """States that are good once, and for ten minutes."""

    def __init__(self, installations: Installations, clock: Callable[[], datetime], seconds: float) -> None:
        self._installations = installations
        self._clock = clock
        self._lasting = timedelta(seconds=seconds)

    @property
    def logger(self) -> logging.Logger:
        """The logger of slack_sdk."""
        return log

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A state nobody can guess."""
        del args, kwargs
        state = secrets.token_urlsafe(24)
        await self._installations.issue_state(state, self._clock() + self._lasting)
        return state

    async def async_consume(self, state: str) -> bool:
        """If the state was issued, is not too old, and was not used before."""
        return await self._installations.consume_state(state, self._clock())


def _server(enterprise: str | None, team: str | None, *, everywhere: bool) -> str:
    return (enterprise if everywhere else team) or team or enterprise or ""
