"""The small card that answers a discussion."""

from collections.abc import Sequence

from adapters.slack.escape import cut
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.screens import LABEL, Button, Screen
from bot.cards.entries import entry
from bot.cards.linked import LEAD, TITLE, lead_of, reading_on, title_of
from bot.cards.wording import DOT, facts_of
from bot.model.newsletter import Issue, Summary
from bot.text.rich_text import Block, Span, plain_block


def linked_screen(found: Sequence[Issue | Summary], more: int) -> Screen:
    """Two lines for each: what it is, and its first sentence. `more` is a count."""
    lines = [_summary(thing) if isinstance(thing, Summary) else _issue(thing) for thing in found]
    rest = (plain_block(f"and {more:,} more"),) if more else ()
    return Screen(head=(*lines, *rest), buttons=tuple(_button(thing) for thing in found))


def _summary(summary: Summary) -> Block:
    headline = summary.headline
    return entry(headline, facts_of(headline), SLACK_FORMAT, lead=lead_of(summary))


def _issue(issue: Issue) -> Block:
    number, lead = Span(text=f"AN #{issue.number}", bold=True, url=issue.url), cut(lead_of(issue), LEAD)
    title = Span(text=f"{DOT}{cut(title_of(issue), TITLE)}")
    return Block(spans=(number, title, *((Span(text=f"\n{lead}"),) if lead else ())))


def _button(thing: Issue | Summary) -> Button:
    label, route = reading_on(thing)
    return Button(label=cut(label, LABEL // 2), route=route)
