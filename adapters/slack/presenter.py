"""From a request or a spot to the screen that shows it."""

from dataclasses import replace

from adapters.slack.action_ids import TARGET
from adapters.slack.render import screen_of
from adapters.slack.screens import Screen
from bot.cards import presenter
from bot.cards.context import Context
from bot.cards.routes import Route
from bot.lookup.answers import Answer, SampleNotice
from bot.text.rich_text import Block, Span, plain_block


class Presenter(presenter.Presenter[Screen]):
    """Lays answers out as Slack's screens."""

    room = TARGET

    def show(self, answer: Answer, context: Context, route: Route) -> Screen:
        """The screen for the answer."""
        return screen_of(answer, context, route)

    def notify(self, screen: Screen, notice: SampleNotice) -> Screen:
        """The screen with the notice below it."""
        return replace(screen, notice=_told(notice))


def _told(notice: SampleNotice) -> tuple[Block, ...]:
    what = f"{notice.issues} issues, {notice.summaries} summaries retold in our own words"
    told = f"This is a sample: {what}. Who runs me gets the real archive with:"
    return (plain_block(told), Block(spans=(Span(text=notice.fetch),), close=True, fenced=True))
