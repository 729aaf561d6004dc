"""How requests are authorised: by one workspace's token, or by each workspace's own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack import scopes
from adapters.slack.client import client_of
from adapters.slack.oauth_store import Installed, States
from adapters.slack.scopes import grant_of
from adapters.slack.settings import SlackSettings
from bot.app import Services, Store
from bot.errors import BotError

_STATE_SECONDS: Final = 600


class NotInstalled(BotError):
    """A request of a workspace that has no installation here."""

    def __init__(self) -> None:
        super().__init__(
            "This bot is not installed in your workspace. Ask whoever runs it for the address to install it."
        )


class _Authorize(AsyncAuthorize):
    """Finds the installation that a request is for. Unlike bolt's it does not ask Slack each time who the
    bot is: what it was told when it was installed is saved, and a token that ended shows where it is used.
    """

    def __init__(self, store: Installed) -> None:
        self._store = store

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: str | None,
    ) -> AuthorizeResult:
        """The bot of the installation. Raises NotInstalled if there is none."""
        bot = await self._store.async_find_bot(
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=context.is_enterprise_install,
        )
        if bot is None:
            raise NotInstalled
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
            user_id=user_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`token` is the one workspace's, "" if each has its own; `options` are further
    arguments of the app. `joined` notes that an organisation's installation serves a workspace.
    """

    joined: Callable[[str, str], Awaitable[None]]
    token: str = field(default="", repr=False)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)


def access_for(settings: SlackSettings, services: Services, store: Installed) -> Access:
    """Access as the settings say: for many workspaces if there are a client id and a secret."""
    if not settings.for_many:
        return Access(token=settings.bot_token, joined=store.joined)
    oauth = AsyncOAuthSettings(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        scopes=list(grant_of(settings).scopes),
        user_scopes=[],
        install_path=scopes.INSTALL_PATH,
        redirect_uri_path=scopes.REDIRECT_PATH,
        installation_store=store,
        installation_store_bot_only=True,
        state_store=States(services.store.claims, settings.client_secret, services.clock, _STATE_SECONDS),
        state_expiration_seconds=_STATE_SECONDS,
        callback_options=AsyncCallbackOptions(success=_installed, failure=_not_installed),
    )
    options = {
        "authorize": _Authorize(store),
        "oauth_settings": oauth,
        "installation_store_bot_only": True,
    }
    return Access(options=options, joined=store.joined)


def installed(settings: SlackSettings, store: Store) -> Installed:
    """The installations, with tokens that are renewed in time."""
    rotator = AsyncTokenRotator(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        client=client_of(settings.api_url),
    )
    return Installed(store.installations, store.forgetting, rotator)


def token_of(settings: SlackSettings, store: Installed) -> Callable[[str], Awaitable[str]]:
    """Returns the token for a workspace by its id: the only one, or its own; "" for none."""

    async def token(team: str) -> str:
        if not settings.for_many:
            return settings.bot_token
        bot = await store.async_find_bot(enterprise_id=None, team_id=team)
        return str(bot.bot_token or "") if bot else ""

    return token


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    del args
    text = "The Alignment Newsletter bot is installed. Type /an help in any channel of your workspace."
    return _page(200, text)


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    text = f"The bot was not installed ({args.reason}). Begin again at {scopes.INSTALL_PATH}."
    return _page(args.suggested_status_code, text)


def _page(status: int, text: str) -> BoltResponse:
    return BoltResponse(status=status, body=text, headers={"Content-Type": "text/plain; charset=utf-8"})
