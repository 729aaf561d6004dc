"""Slack's installations and OAuth states, in the bot's own database.

Only what a bot needs of an installation is saved: no token of a person.
"""

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
import msgspec
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.errors import error_of
from bot.ports import Claims, Forgetting, Installations

PLATFORM: Final = "slack"
_ORGANISATION: Final = "organisation"
"""In place of a workspace's own installation: the id of the organisation that has one."""
_WORKSPACES: Final = "workspaces"
"""In an organisation's installation: the ids of the workspaces that it has served."""
_RENEWED: Final = 150
"""Minutes before its end that a token is renewed: bolt would do it at 120, at the same time
as others.
"""
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

    def __init__(
        self, installations: Installations, forgetting: Forgetting, rotator: AsyncTokenRotator
    ) -> None:
        self._installations = installations
        self._forgetting = forgetting
        self._rotator = rotator
        self._turns = asyncio.Lock()
        self._comings_and_goings = asyncio.Lock()
        self._joined: set[tuple[str, str]] = set()

    @property
    def logger(self) -> logging.Logger:
        """The logger of slack_sdk."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Save the bot's part of the installation, in place of an earlier one."""
        async with self._comings_and_goings:
            await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Save the bot, in place of an earlier one."""
        fields = {name: value for name in _FIELDS if (value := getattr(bot, name)) is not None}
        server = _server(bot.enterprise_id, bot.team_id, everywhere=bool(bot.is_enterprise_install))
        if workspaces := await self.workspaces(server):
            fields[_WORKSPACES] = list(workspaces)
        await self._put(server, fields)

    async def joined(self, organisation: str, team: str) -> None:
        """Note that the organisation's installation serves a workspace, unless that has its own."""
        if (organisation, team) in self._joined:
            return
        async with self._turns:
            fields = await self._fields(organisation)
            if fields is None or await self._fields(team):
                return
            await self._put(team, {_ORGANISATION: organisation})
            await self._put(organisation, {**fields, _WORKSPACES: [*fields.get(_WORKSPACES, ()), team]})
        self._joined.add((organisation, team))

    async def forget_if_gone(self, server: str, lets_in: Callable[[str], Awaitable[bool]]) -> bool:
        """Delete all that is kept of a workspace, or of an organisation and its workspaces, unless it
        still lets the bot in; True if it was deleted.

        Between the question and the deletion no new installation is saved: it would be deleted too.
        What `lets_in` raises leaves everything as it is.
        """
        async with self._comings_and_goings:
            if await lets_in(server):
                return False
            for each in (*await self.workspaces(server), server):
                await self.forget(each)
            return True

    async def forget(self, server: str) -> None:
        """Delete all that is kept of a workspace or an organisation."""
        async with self._turns:
            self._joined = {known for known in self._joined if server not in known}
            await self._forgetting.server(PLATFORM, server)

    async def workspaces(self, organisation: str) -> Sequence[str]:
        """The workspaces that an organisation's installation has served."""
        return tuple((await self._fields(organisation) or {}).get(_WORKSPACES, ()))

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """The workspace's own or its organisation's, with a token that is good for a while."""
        server = _server(enterprise_id, team_id, everywhere=bool(is_enterprise_install))
        bot = await self._bot(server)
        if bot is None or bot.bot_refresh_token is None:
            return bot
        async with self._turns:  # a refresh token is good once
            bot = await self._bot(server)
            return await self._renewed(bot) if bot else None

    async def _renewed(self, bot: Bot) -> Bot:
        """The bot, with a new token if the old one is about to end."""
        try:
            renewed = await self._rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=_RENEWED
            )
        except SlackTokenRotationError as error:
            log.warning("a token could not be renewed: %s", error_of(error.api_error))
            return bot
        except (aiohttp.ClientError, OSError) as error:
            log.warning("a token could not be renewed, since Slack cannot be reached: %s", error)
            return bot
        if renewed:
            await self.async_save_bot(renewed)
        return renewed or bot

    async def _bot(self, server: str) -> Bot | None:
        fields = await self._fields(server)
        if fields and _ORGANISATION in fields:
            fields = await self._fields(fields[_ORGANISATION])
        if fields:
            fields.pop(_WORKSPACES, None)
        return Bot(**fields) if fields else None

    async def _fields(self, server: str) -> dict[str, Any] | None:
        installation = await self._installations.of(PLATFORM, server)
        return msgspec.json.decode(installation, type=dict[str, Any]) if installation else None

    async def _put(self, server: str, fields: Mapping[str, Any]) -> None:
        await self._installations.put(PLATFORM, server, msgspec.json.encode(fields).decode())

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete the bot, and all other data of the workspace."""
        await self.forget(_server(enterprise_id, team_id, everywhere=team_id is None))

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Do nothing: nothing of a person is saved."""


class States(AsyncOAuthStateStore):
    """States that are good once, and for ten minutes. They are signed: whoever begins an installation
    leaves nothing in the database.
    """

    def __init__(self, claims: Claims, secret: str, clock: Callable[[], datetime], seconds: float) -> None:
        self._claims = claims
        self._secret = secret
        self._clock = clock
        self._lasting = timedelta(seconds=seconds)

    @property
    def logger(self) -> logging.Logger:
        """The logger of slack_sdk."""
        return log

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """A state nobody can guess: random, with its end and a signature."""
        del args, kwargs
        until = int((self._clock() + self._lasting).timestamp())
        state = f"{secrets.token_urlsafe(16)}.{until}"
        return f"{state}.{self._signature(state)}"

    async def async_consume(self, state: str) -> bool:
        """If the state was issued, is not too old, and was not used before."""
        signed, _, signature = state.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(signed).encode()):
            return False
        now, until = self._clock(), datetime.fromtimestamp(int(signed.rpartition(".")[2]), UTC)
        return now < until and await self._claims.take(f"install {signed}", now, until)

    def _signature(self, state: str) -> str:
        return hmac.new(self._secret.encode(), state.encode(), hashlib.sha256).hexdigest()


def _server(enterprise: str | None, team: str | None, *, everywhere: bool) -> str:
    return (enterprise if everywhere else team) or team or enterprise or ""
