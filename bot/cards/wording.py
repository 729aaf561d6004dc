"""Words about summaries and issues, as plain text, the same on every card."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit

from bot.errors import BotError, NotSaved, StoreAway, StoreBusy
from bot.lookup.answers import IssueFound
from bot.model.newsletter import Headline, Origin, Summary
from bot.text.markdown import printable
from bot.text.phrases import counted, short_authors

STAR: Final = "★"
STEP: Final = " › "
DOT: Final = " · "
CLOSEST: Final = "What comes closest:"
"""Above what is only close to what was asked."""


def name_of(title: str) -> str:
    """The title in one line; "Untitled" if it is empty."""
    return " ".join(printable(title).split()) or "Untitled"


def is_sample(fetch: str) -> str:
    """The line that says so beside plain output; `fetch` is the command that gets the archive."""
    return f"This is a sample of the archive. To get all of it: {fetch}"


def cut(text: str, limit: int) -> str:
    """The text in one line of at most `limit` characters, cut at a word.

    >>> cut("one two three", 9), cut("one  two", 9)
    ('one two…', 'one two')
    """
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head = flat[: limit - 1]
    whole = head if flat[limit - 1] == " " else head.rpartition(" ")[0]
    return (whole or head).rstrip(" ,;:—–-") + "…"


def web_address(url: str | None) -> str:
    """The address with characters that no address has quoted; "" unless a browser can open it."""
    if not url:
        return ""
    clean = printable(url).strip()
    try:
        parts = urlsplit(clean)
        fit = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # such as an unclosed bracket in the host
        return ""
    return quote(clean, safe="%:/?#[]@!$&'()*+,;=~") if fit else ""


def printed_in(entry: Headline | Summary) -> str:
    """Where it was printed: "AN #58"."""
    return f"AN #{entry.issue}" if entry.issue is not None else entry.label or "outside the issues"


def path_of(section: Sequence[str]) -> str:
    """The section as a path."""
    return STEP.join(section) or "Without a section"


def facts_of(headline: Headline, *, place: bool = True) -> str:
    """Authors in short and the issue."""
    facts = (short_authors(headline.authors), printed_in(headline) if place else "")
    return DOT.join(fact for fact in facts if fact)


def authors_of(summary: Summary, longest: int) -> str:
    """Its authors; in short if their names have more than `longest` characters."""
    authors = summary.authors.replace("*", "")
    return authors if len(authors) <= longest else short_authors(authors)


def appeared_in(summary: Summary) -> str:
    """Where and when it appeared: "ICLR 2019"."""
    year = str(summary.year or "")
    return summary.venue if year in summary.venue else f"{summary.venue} {year}".strip()


def credits_of(summary: Summary) -> tuple[str, str]:
    """Who summarized it and who pointed to it; "" for nobody."""
    return (
        f"summarized by {summary.summarizer}" if summary.summarizer else "",
        f"H/T {summary.hat_tip}" if summary.hat_tip else "",
    )


def heading_of(answer: IssueFound) -> str:
    """The issue by number and title."""
    return f"AN #{answer.number}" + (f" — {answer.title}" if answer.title else "")


def issue_facts(answer: IssueFound) -> str:
    """When it appeared, and how much is in it."""
    count = len(answer.highlights) + sum(len(group.headlines) for group in answer.groups)
    date = f"{answer.published:%d %B %Y}".lstrip("0") if answer.published else ""
    return DOT.join(fact for fact in (date, counted(count, "entry", "entries")) if fact)


def page_fact(page: int, pages: int) -> str:
    """Which page it is; "" if there is only one."""
    return f"Page {page} of {pages}" if pages > 1 else ""


def trouble(error: BaseException) -> str:
    """The sentence about an error; the id of the incident follows."""
    match error:
        case StoreAway():
            return (
                "My database cannot be reached now; looking things up still works. Please try again in a moment; "
                "if it keeps happening, tell whoever runs the bot:"
            )
        case StoreBusy():
            return "My database is busy. Please try again in a moment; if it keeps happening, tell whoever runs the bot:"
        case NotSaved():
            return (
                "That cannot be saved now; looking things up still works. Please tell whoever runs the bot:"
            )
        case BotError():
            return "My archive cannot be read now. Please tell whoever runs the bot:"
        case TimeoutError():
            return "That took too long. Please try again in a moment; if it keeps happening, tell whoever runs the bot:"
        case _:
            return "Something went wrong on my side. If it happens again, please tell whoever runs the bot:"


_DAYS_A_MONTH: Final = 30
_DAYS_A_YEAR: Final = 365
_TWO: Final = 2


def footer(origin: Origin, now: datetime, *facts: str) -> str:
    """The facts that are not "", and how old the data is, in one line."""
    return " · ".join(fact for fact in (*facts, _age(origin, now)) if fact)


def _age(origin: Origin, now: datetime) -> str:
    if origin.sample:
        return "from the embedded sample"
    if origin.updated is None:
        return ""
    days = max((now - origin.updated).days, 0)
    return f"updated {_ago(days)}"


def _ago(days: int) -> str:
    """How long ago that many days are, in words.

    >>> [_ago(n) for n in (0, 1, 13, 75, 800)]
    ['today', 'yesterday', '13 days ago', '2 months ago', '2 years ago']
    """
    if days < _TWO:
        return ("today", "yesterday")[days]
    for length, name in ((_DAYS_A_YEAR, "years"), (_DAYS_A_MONTH, "months")):
        if days >= _TWO * length:
            return f"{days // length} {name} ago"
    return f"{days} days ago"
