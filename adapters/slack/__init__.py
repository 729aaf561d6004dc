"""The bot as members of a Slack workspace meet it.

What is said is made by pure functions: an answer becomes a `Screen` (`render`), a
`Screen` becomes a message, a window or the App Home (`payload`, `home`); the
newsletter's Markdown becomes mrkdwn (`mrkdwn`, `escape`, `pages`). What happens is
in `app` (what is listened to), `interactions` (asking and answering), `presses`,
`home_tab`, `linking` and `replies`; digests are changed through `digest_command`
and posted by `poster`; `scopes` lists all that Slack has to grant.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.app import Platform, Services
from bot.config import Settings
from bot.lookup.lookup import Lookup


async def _serve(services: Services, stop: asyncio.Event) -> None:
    from adapters.slack.run import serve  # noqa: PLC0415 - bolt is slow to load

    await serve(services, stop)


async def _preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    from adapters.slack.preview import preview  # noqa: PLC0415 - as above

    return await preview(lookup, text, clock)


def _manifest(settings: Settings, url: str, *, linking: str, settling: bool) -> str:
    from adapters.slack.manifest import manifest  # noqa: PLC0415 - as above
    from adapters.slack.scopes import Grant, domains_of  # noqa: PLC0415 - as above

    return manifest(url, Grant(linking=linking, settling=settling, domains=domains_of(settings)))


def _configured(settings: Settings) -> bool:
    alone = settings.slack_bot_token and (settings.slack_app_token or settings.slack_signing_secret)
    many = settings.slack_client_id and settings.slack_client_secret and settings.slack_signing_secret
    return bool(alone or many)


PLATFORM: Final = Platform(
    name="slack",
    needs=("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
    configured=_configured,
    serve=_serve,
    preview=_preview,
    manifest=_manifest,
)
