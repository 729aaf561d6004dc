"""What whoever runs the bot asks of Slack from the command line."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from slack_sdk.errors import SlackApiError

from adapters.slack.auth import installed
from adapters.slack.client import client_of
from adapters.slack.errors import DEAD, as_bot_errors, error_of
from adapters.slack.settings import SlackSettings
from bot.app import Store
from bot.errors import InputError
from bot.model.places import Place

_BY_HAND: Final = (
    "Slack lets an app uninstall itself only with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, from Basic "
    "Information of your app at https://api.slack.com/apps. Set both, or remove the app there."
)


async def channel_names(store: Store, places: Collection[Place]) -> Mapping[Place, str]:
    """What the channels are called that everybody may see, by the last command that named them:
    Slack tells only an app with channels:read, which the manifest does not ask for.
    """
    named = {
        server: await store.preferences.public_channels("slack", server)
        for server in {place.server for place in places}
    }
    return {
        place: f"#{named[place.server][place.channel]}"
        for place in places
        if place.channel in named[place.server]
    }


async def leave(settings: SlackSettings, store: Store, server: str) -> Sequence[str]:
    """Uninstall the bot from the workspace or organisation; also if it was not there. Returns
    those that nothing need be kept of then.

    Raises InputError for a workspace of an organisation's installation.
    """
    if not settings.for_many:
        raise InputError(_BY_HAND)
    installations = installed(settings, store)
    bot = await installations.async_find_bot(enterprise_id=None, team_id=server)
    if bot and bot.is_enterprise_install and bot.enterprise_id != server:
        raise InputError(
            f"{server} has no installation of its own: its organisation {bot.enterprise_id} has one for all "
            f"its workspaces. To leave all of them: anbot leave {bot.enterprise_id}"
        )
    gone = (server, *await installations.workspaces(server))
    if token := (bot and bot.bot_token) or settings.bot_token:
        await _uninstall(settings, str(token), server)
    return gone


async def _uninstall(settings: SlackSettings, token: str, server: str) -> None:
    client = client_of(settings.api_url, token)
    with as_bot_errors():
        try:
            asked = await client.auth_test()
            if server not in {asked.get("team_id"), asked.get("enterprise_id")}:
                return  # SLACK_BOT_TOKEN is another workspace's
            await client.apps_uninstall(client_id=settings.client_id, client_secret=settings.client_secret)
        except SlackApiError as error:
            if error_of(error) not in DEAD:
                raise
