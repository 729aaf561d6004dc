"""What `anbot doctor` asks Slack: whether it takes the tokens, and which scopes it granted.

Whether the bot may post in a channel cannot be asked with the scopes that it has: a digest
that was refused is paused, which is another finding.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from adapters.slack.client import client_of
from adapters.slack.run import as_bot_errors, check_tokens
from adapters.slack.scopes import grant_of
from adapters.slack.settings import SlackSettings
from bot.app import Store
from bot.findings import Finding, clock_finding, ok, warn
from bot.runtime.clock import Clock

_SCOPES: Final = "x-oauth-scopes"


async def check(settings: SlackSettings, _: Store, clock: Clock) -> Sequence[Finding]:
    """The findings. Raises InputError for a token that Slack refuses, Unavailable if it cannot be reached."""
    with as_bot_errors():
        await check_tokens(settings)
        client = client_of(settings.api_url, settings.bot_token)
        answer = await (client.api_test() if settings.for_many else client.auth_test())
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return [
        *_granted(settings, headers.get(_SCOPES)),
        *clock_finding("Slack", headers.get("date", ""), clock()),
    ]


def _granted(settings: SlackSettings, scopes: str | None) -> Iterator[Finding]:
    if settings.for_many:
        yield ok("Slack answers; each workspace has a token of its own, which is tried when it is used")
        return
    yield ok("Slack takes the tokens")
    if scopes is None:
        return
    granted = {scope.strip() for scope in scopes.split(",")}
    if missing := sorted(set(grant_of(settings).scopes) - granted):
        yield warn(
            f"Slack did not grant the bot {' and '.join(missing)}",
            "Install the app again from what `anbot manifest` prints.",
        )
