"""From a request or a spot to the screen that shows it."""

from dataclasses import replace

from adapters.discord.custom_ids import TARGET
from adapters.discord.render import screen_of
from adapters.discord.screens import Screen
from bot.cards import presenter
from bot.cards.context import Context
from bot.cards.routes import Route
from bot.lookup.answers import Answer, SampleNotice


class Presenter(presenter.Presenter[Screen]):
    """Lays answers out as Discord's screens."""

    room = TARGET

    def show(self, answer: Answer, context: Context, route: Route) -> Screen:
        """The screen for the answer."""
        return screen_of(answer, context, route)

    def notify(self, screen: Screen, notice: SampleNotice) -> Screen:
        """The screen with the notice above it."""
        return replace(screen, content=_told(notice))


def _told(notice: SampleNotice) -> str:
    return (
        f"This is a sample: {notice.issues} issues, {notice.summaries} summaries retold in our own words. "
        f"Who runs me gets the real archive with:\n```\n{notice.fetch}\n```"
    )
