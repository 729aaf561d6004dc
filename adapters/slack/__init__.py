"""The bot on Slack.

Pure functions make what is sent: a `Card` becomes blocks (`render`), blocks become a
message or a modal (`payload`) or the App Home (`app_home`), Markdown becomes mrkdwn
(`mrkdwn`, `escape`). `app` has the listeners, `interactions` answers, `button_actions`
does what buttons say, `commands` what is typed, `linking` follows discussions.
`responses` and `poster` send; `scopes` lists all that Slack has to grant.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial

import click

from adapters.slack.settings import SlackSettings
from bot.app import Platform, Services, Store
from bot.lookup.lookup import Lookup
from bot.model.findings import Finding
from bot.model.places import Place
from bot.runtime.clock import Clock
from bot.runtime.environment import settings_from, variables_of

# ruff: noqa: PLC0415 - bolt is slow to load


def platform(environ: Mapping[str, str]) -> Platform:
    """Slack, with the settings of that environment. Raises InputError for one that cannot be meant."""
    settings = settings_from(environ, SlackSettings)
    variables = variables_of(SlackSettings)
    return Platform(
        name="slack",
        variables=variables,
        given=tuple(name for name in variables if environ.get(name, "").strip()),
        needs=("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
        configured=settings.configured,
        serve=partial(_serve, settings),
        preview=_preview,
        tell=partial(_tell, settings) if settings.operator else None,
        check=partial(_check, settings),
        commands={"manifest": partial(_manifest, settings)},
        servers="[A-Z][A-Z0-9]*",
        names=_names,
        leave=partial(_leave, settings),
    )


async def _serve(settings: SlackSettings, services: Services, stop: asyncio.Event) -> None:
    from adapters.slack.run import serve

    await serve(settings, services, stop)


async def _tell(settings: SlackSettings, services: Services, text: str) -> None:
    from adapters.slack.operator import tell

    await tell(settings, services, text)


async def _check(settings: SlackSettings, store: Store, clock: Clock) -> Sequence[Finding]:
    from adapters.slack.doctor import check

    return await check(settings, store, clock)


async def _preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    from adapters.slack.preview import preview

    return await preview(lookup, text, clock)


async def _names(store: Store, places: Collection[Place]) -> Mapping[Place, str]:
    from adapters.slack.administration import channel_names

    return await channel_names(store, places)


async def _leave(settings: SlackSettings, store: Store, server: str) -> Sequence[str]:
    from adapters.slack.administration import leave

    return await leave(settings, store, server)


def _manifest(settings: SlackSettings) -> click.Command:
    from adapters.slack.manifest import manifest_command

    return manifest_command(settings)
