"""Answer in, card out: what is told for every meaning. Pure."""

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
from bot.chat.cards import Card, Form
from bot.chat.context import Context
from bot.chat.helping import help_card, misunderstood_card
from bot.chat.issue import issue_card
from bot.chat.lists import (
    choices_card,
    gone_card,
    issue_unknown_card,
    not_found_card,
    section_choices_card,
    section_unknown_card,
    sections_card,
    topic_card,
)
from bot.chat.spots import Spot
from bot.chat.summary import summary_card


def card_of(answer: Answer, context: Context, spot: Spot, form: Form) -> Card:  # noqa: C901, PLR0911 - one case a meaning
    """What is told for the answer; of what has views and pages, the spot's."""
    match answer:
        case SummaryFound():
            return summary_card(answer, spot, context, form)
        case IssueFound():
            return issue_card(answer, spot.page, context, form)
        case TopicPage():
            return topic_card(answer, context, form)
        case Sections():
            return sections_card(answer, spot.page, context, form)
        case Choices():
            return choices_card(answer, context, form)
        case NotFound():
            return not_found_card(answer, context, form)
        case IssueUnknown():
            return issue_unknown_card(answer)
        case SummaryGone():
            return gone_card(answer, form)
        case SectionChoices():
            return section_choices_card(answer, form)
        case SectionUnknown():
            return section_unknown_card(answer, form)
        case Help():
            return help_card(answer, form)
        case Misunderstood():
            return misunderstood_card(answer, form)
