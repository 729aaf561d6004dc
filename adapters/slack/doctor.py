"""What `anbot doctor` asks Slack: whether it takes the tokens, and which scopes it granted.

Whether the bot may post in a channel cannot be asked with the scopes that it has: a digest
that was refused is paused, which is another finding.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.auth import installed, token_of
from adapters.slack.client import client_of
from adapters.slack.errors import DEAD, as_bot_errors, error_of
from adapters.slack.run import check_tokens
from adapters.slack.scopes import grant_of
from adapters.slack.settings import SlackSettings
from bot.app import Store
from bot.model.findings import Finding, clock_finding, ok, warn
from bot.runtime.clock import Clock

_MOST: Final = 100
"""Workspaces whose tokens are tried, so that Slack's limits are kept to."""
_SCOPES: Final = "x-oauth-scopes"
_AGAIN: Final = "Somebody there can install it again."


async def check(settings: SlackSettings, store: Store, clock: Clock) -> Sequence[Finding]:
    """The findings. Raises InputError for a token that Slack refuses, Unavailable if it cannot be reached."""
    with as_bot_errors():
        await check_tokens(settings)
        client = client_of(settings.api_url, settings.bot_token)
        headers = _headers(await (client.api_test() if settings.for_many else client.auth_test()))
        if settings.for_many:
            findings = [ok("Slack answers"), *[each async for each in _workspaces(settings, store)]]
        else:
            findings = [ok("Slack takes the tokens"), *_granted(settings, headers.get(_SCOPES))]
    return [*findings, *clock_finding("Slack", headers.get("date", ""), clock())]


def _headers(answer: AsyncSlackResponse) -> Mapping[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}


def _granted(settings: SlackSettings, scopes: str | None) -> Iterator[Finding]:
    if scopes is None:
        return
    granted = {scope.strip() for scope in scopes.split(",")}
    if missing := sorted(set(grant_of(settings).scopes) - granted):
        yield warn(
            f"Slack did not grant the bot {' and '.join(missing)}",
            "Install the app again from what `anbot manifest` prints.",
        )


async def _workspaces(settings: SlackSettings, store: Store) -> AsyncIterator[Finding]:
    """The workspaces that want digests and take the bot's token no more."""
    subscriptions = [each for each in await store.subscriptions.all() if not each.paused]
    teams = sorted({each.place.server for each in subscriptions if each.place.platform == "slack"})
    tokens = token_of(settings, installed(settings, store))
    for team in teams[:_MOST]:
        token = await tokens(team)
        if not (token and await _is_taken(settings, token)):
            yield warn(f"Slack workspace {team} wants digests, but does not let the bot in any more", _AGAIN)
    if len(teams) > _MOST:
        yield warn(
            f"The tokens of {len(teams) - _MOST} more workspaces were not tried", "It would take long."
        )


async def _is_taken(settings: SlackSettings, token: str) -> bool:
    try:
        await client_of(settings.api_url, token).auth_test()
    except SlackApiError as error:
        if error_of(error) not in DEAD:
            raise
        return False
    return True
