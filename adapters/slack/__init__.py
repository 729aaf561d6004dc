"""The bot on Slack.

Pure functions make what is sent: a `Card` becomes blocks (`render`), blocks become a
message or a modal (`payload`) or the App Home (`app_home`), Markdown becomes mrkdwn
(`mrkdwn`, `escape`). `app` has the listeners, `interactions` answers, `button_actions`
does what buttons say, `commands` what is typed, `linking` follows discussions.
`responses` and `poster` send; `scopes` lists all that Slack has to grant.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import click

from adapters.slack.settings import VARIABLES, SlackSettings, settings_from
from bot.app import Platform, Services, Store
from bot.findings import Finding
from bot.lookup.lookup import Lookup
from bot.runtime.clock import Clock

# ruff: noqa: PLC0415 - bolt is slow to load


def platform(environ: Mapping[str, str]) -> Platform:
    """Slack, with the settings of that environment. Raises InputError for one that cannot be meant."""
    settings = settings_from(environ)
    return Platform(
        name="slack",
        variables=VARIABLES,
        given=tuple(name for name in VARIABLES if environ.get(name, "").strip()),
        needs=("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
        configured=settings.configured,
        serve=partial(_serve, settings),
        preview=_preview,
        check=partial(_check, settings),
        commands={"manifest": partial(_manifest, settings)},
    )


async def _serve(settings: SlackSettings, services: Services, stop: asyncio.Event) -> None:
    from adapters.slack.run import serve

    await serve(settings, services, stop)


async def _check(settings: SlackSettings, store: Store, clock: Clock) -> Sequence[Finding]:
    from adapters.slack.doctor import check

    return await check(settings, store, clock)


async def _preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    from adapters.slack.preview import preview

    return await preview(lookup, text, clock)


def _manifest(settings: SlackSettings) -> click.Command:
    from adapters.slack.manifest import manifest_command

    return manifest_command(settings)
