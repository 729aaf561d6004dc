"""Messages to whoever runs the bot: into a channel, or directly to a person."""

from adapters.slack.auth import installed, token_of
from adapters.slack.client import client_of
from adapters.slack.delivery_errors import SHUT_OUT, meaning, meant
from adapters.slack.escape import escape
from adapters.slack.settings import SlackSettings
from bot.app import Services
from bot.digests.poster import ChannelClosed


async def tell(settings: SlackSettings, services: Services, text: str) -> None:
    """Post the text, which mentions nobody, where SLACK_OPERATOR says.

    Raises OutcomeUnknown if nobody knows whether it was posted, another BotError if it was not.
    """
    team, _, channel = settings.operator.rpartition("/")
    token = await token_of(settings, installed(settings, services.store))(team)
    if not token:
        raise ChannelClosed(SHUT_OUT)
    client = client_of(settings.api_url, token, again=False)
    with meaning(meant):
        await client.chat_postMessage(
            channel=channel,
            text=escape(text),
            mrkdwn=False,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
