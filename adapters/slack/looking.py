"""From a request or a spot to the screen that shows it."""

from dataclasses import replace

from adapters.slack.render import screen_of
from adapters.slack.screens import Screen
from adapters.slack.spots import TARGET
from bot.answers import Answer, SampleNotice
from bot.chat import looking
from bot.chat.context import Context
from bot.chat.spots import Spot
from bot.spans import Block, Span, plain_block


class Looking(looking.Looking[Screen]):
    """Lays answers out as Slack's screens."""

    room = TARGET

    def show(self, answer: Answer, context: Context, spot: Spot) -> Screen:
        """The screen for the answer."""
        return screen_of(answer, context, spot)

    def notify(self, screen: Screen, notice: SampleNotice) -> Screen:
        """The screen with the notice below it."""
        return replace(screen, notice=_told(notice))


def _told(notice: SampleNotice) -> tuple[Block, ...]:
    what = f"{notice.issues} issues, {notice.summaries} summaries retold in our own words"
    told = f"This is a sample: {what}. Who runs me gets the real archive with:"
    return (plain_block(told), Block(spans=(Span(text=notice.fetch),), close=True, fenced=True))
