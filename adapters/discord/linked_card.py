"""The small card that answers a discussion."""

from collections.abc import Sequence

from adapters.discord.escape import cut, escape, link
from adapters.discord.format import DISCORD_FORMAT
from adapters.discord.markdown import write
from adapters.discord.screens import LABEL, Button, Card, Screen
from bot.cards.entries import entry
from bot.cards.linked import LEAD, TITLE, lead_of, reading_on, title_of
from bot.cards.wording import DOT, facts_of
from bot.model.newsletter import Issue, Summary


def linked_screen(found: Sequence[Issue | Summary], more: int) -> Screen:
    """Two lines for each: what it is, and its first sentence. `more` is a count."""
    lines = [_summary(thing) if isinstance(thing, Summary) else _issue(thing) for thing in found]
    if more:
        lines.append(f"and {more:,} more")
    return Screen(
        card=Card(title="", description="\n".join(lines)), buttons=tuple(_button(thing) for thing in found)
    )


def _summary(summary: Summary) -> str:
    headline = summary.headline
    return write(entry(headline, facts_of(headline), DISCORD_FORMAT, lead=lead_of(summary))).removeprefix(
        "- "
    )


def _issue(issue: Issue) -> str:
    number, lead = link(f"AN #{issue.number}", issue.url), escape(cut(lead_of(issue), LEAD))
    return f"**{number}**{DOT}{escape(cut(title_of(issue), TITLE))}" + (f"\n{lead}" if lead else "")


def _button(thing: Issue | Summary) -> Button:
    label, route = reading_on(thing)
    return Button(label=cut(label, LABEL // 2), route=route)
