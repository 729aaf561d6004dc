"""What most tests start from, and the question most of them ask."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.slack import App, Channel, Installation, ManualClock, Person, StandIn, Team


@dataclass(slots=True, kw_only=True)
class Scene:
    """One workspace, one application, one person."""

    slack: StandIn
    clock: ManualClock
    team: Team
    general: Channel
    app: App
    installation: Installation
    alice: Person
    client: AsyncWebClient


async def error(calling: Awaitable[Any]) -> str:
    """The word a call is refused with."""
    with pytest.raises(SlackApiError) as refused:
        await calling
    return str(refused.value.response["error"])
