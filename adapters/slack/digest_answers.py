"""How `/digest` answers: to the person alone, and with a note if the bot is not in the channel."""

from typing import Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_message import NOT_THERE, noted, question
from adapters.slack.errors import error_of
from adapters.slack.events import Actor
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.interactions import Interactions
from adapters.slack.payload import payload_of, posted
from bot.cards.card import Card
from bot.cards.help import usage_card
from bot.digests.options import format_options
from bot.digests.subscriptions import Existing
from bot.lookup.commands import DIGEST

_CLOSED: Final = frozenset({"not_in_channel", "channel_not_found"})


class DigestAnswers:
    """Shows cards about digests to the person who asked."""

    def __init__(self, interactions: Interactions) -> None:
        self._interactions = interactions

    async def show_result(
        self, client: AsyncWebClient, actor: Actor, result: Card | Existing, *, replace_original: bool = False
    ) -> None:
        """Show what was done, or ask whether to change what there is."""
        if isinstance(result, Existing):
            target = f"<#{actor.channel}> {format_options(result.options)}"
            card = question(self._interactions.digests.question(result, target), target)
            await self._interactions.show(client, actor, card, replace_original=replace_original)
        elif replace_original:
            await self._interactions.show(client, actor, noted(result), replace_original=True)
        else:
            await self.show(client, actor, result, reaching=not result.missed)

    async def show(self, client: AsyncWebClient, actor: Actor, card: Card, *, reaching: bool = False) -> None:
        """Show the card to that person alone.

        With `reaching`, try an ephemeral post first: it fails if the bot is not in
        the channel, which we have no scope to ask.
        """
        note = ""
        if reaching:
            message = payload_of(noted(card), owner=actor.user, private=True)
            try:
                await client.chat_postEphemeral(channel=actor.channel, user=actor.user, **posted(message))
            except SlackApiError as error:
                note = NOT_THERE if error_of(error) in _CLOSED else ""
            else:
                if not actor.elsewhere:
                    return
        await self._interactions.show(client, actor, noted(card, note))

    async def show_usage(self, client: AsyncWebClient, actor: Actor, problem: str = "") -> None:
        """Show what can be typed, and what was wrong."""
        await self._interactions.show(client, actor, usage_card((DIGEST,), SLACK_FORMAT, problem))
