"""What the bot says to a Slack workspace, made by pure functions.

An answer becomes a `Screen` (`render`), a `Screen` becomes a message, a window
or the App Home (`payload`, `home`). The newsletter's Markdown becomes blocks of
spans (`spans`), pages of them (`pages`), and Slack's mrkdwn (`mrkdwn`, `escape`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.desk import Desk


async def _preview(desk: Desk, text: str, clock: Callable[[], datetime]) -> str:
    from adapters.slack.preview import preview  # noqa: PLC0415 - Slack's models are slow to load

    return await preview(desk, text, clock)


PREVIEW: Final = _preview
"""What Slack would be sent for a text, as JSON."""
