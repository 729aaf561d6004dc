"""What the small card says that answers a discussion, plain, in the same words everywhere."""

from typing import Final

from bot.cards.routes import Route, View
from bot.cards.wording import name_of
from bot.model.newsletter import Issue, Summary
from bot.text.markdown import excerpt

LEAD: Final = 180
"""Letters of the second line."""
TITLE: Final = 120
"""Letters of an issue's title."""


def lead_of(thing: Issue | Summary) -> str:
    """The second line: the first sentences, or the titles of an issue's highlights, which may be too long."""
    if isinstance(thing, Summary):
        return excerpt(thing.text, LEAD)
    return "; ".join(summary.title for summary in thing.summaries if summary.highlight)


def title_of(issue: Issue) -> str:
    """The issue's title, or what stands for one that is unknown."""
    return name_of(issue.title) if issue.title else "an issue of the Alignment Newsletter"


def reading_on(thing: Issue | Summary) -> tuple[str, Route]:
    """What a button says that opens it, and where that leads."""
    if isinstance(thing, Summary):
        return f"Read {name_of(thing.title)}", Route(view=View.TEXT, target=thing.key)
    return f"Read AN #{thing.number}", Route(view=View.ISSUE, target=str(thing.number))
