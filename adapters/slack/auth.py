"""How requests are authorised: by one workspace's token, or by each workspace's own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import aiohttp
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack import scopes
from adapters.slack.client import client_of
from adapters.slack.oauth_store import Installed, States
from adapters.slack.scopes import grant_of
from adapters.slack.settings import SlackSettings
from bot.app import Services, Store

_STATE_SECONDS: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`token` is the one workspace's, "" if each has its own; `options` are further
    arguments of the app. `forget_if_gone` deletes all data of a workspace or an organisation, by
    its id, unless Slack says that its token is valid; it returns if it did. `joined`
    notes that an organisation's installation serves a workspace.
    """

    forget_if_gone: Callable[[str], Awaitable[bool]]
    joined: Callable[[str, str], Awaitable[None]]
    token: str = field(default="", repr=False)
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)


def access_for(settings: SlackSettings, services: Services, store: Installed) -> Access:
    """Access as the settings say: for many workspaces if there are a client id and a secret."""
    forget = partial(store.forget_if_gone, lets_in=partial(_lets_in, settings, store))
    if not settings.for_many:
        return Access(token=settings.bot_token, forget_if_gone=forget, joined=store.joined)
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
    options = {"installation_store": store, "oauth_settings": oauth, "installation_store_bot_only": True}
    return Access(options=options, forget_if_gone=forget, joined=store.joined)


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


async def _lets_in(settings: SlackSettings, store: Installed, team: str) -> bool:
    """If Slack takes the token: events of a removal come for hours, even after a new installation."""
    token = await token_of(settings, store)(team)
    try:
        await client_of(settings.api_url, token).auth_test()
    except (SlackClientError, aiohttp.ClientError, OSError):
        return False
    return True


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    del args
    text = "The Alignment Newsletter bot is installed. Type /an help in any channel of your workspace."
    return _page(200, text)


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    text = f"The bot was not installed ({args.reason}). Begin again at {scopes.INSTALL_PATH}."
    return _page(args.suggested_status_code, text)


def _page(status: int, text: str) -> BoltResponse:
    return BoltResponse(status=status, body=text, headers={"Content-Type": "text/plain; charset=utf-8"})
