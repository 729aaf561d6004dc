"""Answer in, screen out: what is shown for every meaning. Pure."""

from typing import Final

from adapters.slack.issue_card import issue_screen
from adapters.slack.lists import (
    choices_screen,
    gone_screen,
    help_screen,
    issue_unknown_screen,
    misunderstood_screen,
    not_found_screen,
    section_choices_screen,
    section_unknown_screen,
    sections_screen,
    topic_screen,
)
from adapters.slack.screens import Screen
from adapters.slack.summary_cards import summary_screen
from adapters.slack.surface import COMMANDS
from bot.answers import (
    Answer,
    Choices,
    Help,
    IssueFound,
    IssueUnknown,
    Misunderstood,
    NotFound,
    SectionChoices,
    Sections,
    SectionUnknown,
    SummaryFound,
    SummaryGone,
    TopicPage,
)
from bot.chat.context import Context
from bot.chat.spots import Spot, View
from bot.commands import Command

EXAMPLES: Final = tuple(
    example for command in COMMANDS for example in command.examples if example.startswith("/")
)
"""The examples that can be typed: whatever does not begin with a slash is a message."""

_START: Final = Spot(view=View.TEXT)


def screen_of(answer: Answer, context: Context, spot: Spot = _START) -> Screen:  # noqa: C901, PLR0911 - one case a meaning
    """What is shown for the answer; of what has views and pages, the spot's."""
    match answer:
        case SummaryFound():
            return summary_screen(answer, spot, context)
        case IssueFound():
            return issue_screen(answer, spot.page, context)
        case TopicPage():
            return topic_screen(answer, context)
        case Sections():
            return sections_screen(answer, spot.page, context)
        case Choices():
            return choices_screen(answer, context.matches, context)
        case NotFound():
            return not_found_screen(answer, context.matches)
        case IssueUnknown():
            return issue_unknown_screen(answer)
        case SummaryGone():
            return gone_screen(answer)
        case SectionChoices():
            return section_choices_screen(answer)
        case SectionUnknown():
            return section_unknown_screen(answer)
        case Help(commands=commands):
            return help_screen(_here(commands), EXAMPLES)
        case Misunderstood(commands=commands):
            return misunderstood_screen(answer, _here(commands), EXAMPLES)


def _here(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """Those of the commands that Slack has; all it has where none is among them."""
    return tuple(command for command in commands if command in COMMANDS) or COMMANDS
