"""The small card that answers a discussion."""

from collections.abc import Sequence
from typing import Final

from adapters.discord.escape import cut, escape, link
from adapters.discord.screens import LABEL, Button, Card, Screen
from adapters.discord.wording import entry
from bot.chat.spots import Spot, View
from bot.chat.wording import facts_of, name_of
from bot.markdown import excerpt
from bot.types import Issue, Summary

_LINE: Final = 180
_TITLE: Final = 120


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
    lead = excerpt(summary.text, _LINE)
    return entry(headline, facts_of(headline), lead=lead).removeprefix("- ")


def _issue(issue: Issue) -> str:
    title = cut(name_of(issue.title), _TITLE) if issue.title else "an issue of the Alignment Newsletter"
    highlights = [summary.title for summary in issue.summaries if summary.highlight]
    lead = f"\n{escape(cut('; '.join(highlights), _LINE))}" if highlights else ""
    return f"**{link(f'AN #{issue.number}', issue.url)}** · {escape(title)}{lead}"


def _button(thing: Issue | Summary) -> Button:
    if isinstance(thing, Summary):
        spot = Spot(view=View.TEXT, target=thing.key)
        return Button(label=cut(f"Read {name_of(thing.title)}", LABEL // 2), spot=spot)
    return Button(label=f"Read AN #{thing.number}", spot=Spot(view=View.ISSUE, target=str(thing.number)))
