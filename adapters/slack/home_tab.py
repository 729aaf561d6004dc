"""Showing the App Home, and the settings of the workspace that stand in it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_told import channel_line
from adapters.slack.front import Front
from adapters.slack.home import ANSWERS, LENGTH, PRIVATE, home_of
from adapters.slack.incoming import Asker
from adapters.slack.people import is_admin
from adapters.slack.replies import tell
from bot.answers import IssueFound
from bot.requests import ShowLatest
from bot.types import Length, Preferences, Where

SETTING: Final = re.compile(f"{re.escape(ANSWERS)}|{re.escape(LENGTH)}")
"""The action ids of the settings."""


async def publish(front: Front, client: AsyncWebClient, team: str, user: str) -> None:
    """Show the person the App Home as it is now; who may change settings finds them in it."""
    where = Where(platform="slack", server=team)
    held = await front.ledger.preferences(where)
    reply = await front.looking.desk.answerer.answer(ShowLatest())
    latest = reply.answer if isinstance(reply.answer, IssueFound) else None
    context = await front.looking.context(held)
    admin = await is_admin(client, user)
    linking = await front.ledger.linking_in("slack", team)
    digests = [channel_line(each, front.clock()) for each in await front.outbox.subscriptions(where)]
    view = home_of(latest, context, held, linking, digests, owner=user, admin=admin)
    await client.views_publish(user_id=user, view=view)


async def settle(front: Front, client: AsyncWebClient, asker: Asker, action: Mapping[str, Any]) -> None:
    """Keep what was chosen, if the person may: asked now, for rights change."""
    if not await is_admin(client, asker.user):
        await tell(client, asker, "Only admins of this workspace can change that.")
    else:
        value = action["selected_option"]["value"]
        wanted = (
            Preferences(private=value == PRIVATE)
            if action["action_id"] == ANSWERS
            else Preferences(length=Length(value))
        )
        await front.ledger.prefer(Where(platform="slack", server=asker.team), wanted)
    await publish(front, client, asker.team, asker.user)
