"""What a person asks for: a closed union of values, and how typed text becomes one.

Platforms with structured options build these values themselves; `parse` serves
the ones where people type.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.lookup import commands
from bot.lookup.commands import Command
from bot.lookup.query_syntax import parse as parse_query
from bot.model.search import Filters
from bot.text.urls import canonical

NO_FILTERS: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowIssue:
    """The issue of that number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLatest:
    """The issue with the highest number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRandom:
    """Any issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPaper:
    """The summary that is meant. `words` may be empty if a filter is set: then all that the
    filters allow, on pages that count from 1.
    """

    words: str
    filters: Filters = NO_FILTERS
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSummary:
    """The summary of that key."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTopic:
    """A section by a name as people type it; pages count from 1."""

    section: str
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSections:
    """All sections; pages count from 1."""

    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHelp:
    """Help on one command, or on all."""

    command: Command | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Text that is no request; the answer is `problem` and usage."""

    problem: str
    command: Command | None = None


Request = (
    ShowIssue
    | ShowLatest
    | ShowRandom
    | FindPaper
    | ShowSummary
    | ShowTopic
    | ShowSections
    | ShowHelp
    | Unclear
)

_COMMAND: Final = re.compile(r"/?\s*(?P<name>[^\W\d_]+)(?:\s+(?P<rest>.*))?", re.DOTALL)
_NUMBER: Final = re.compile(r"(?:an|issue)?\s*#?\s*(?P<number>\d{1,9})", re.IGNORECASE)
_PAGE: Final = re.compile(r"(?:^|\s)page:\s*(?P<page>\S*)", re.IGNORECASE)
_PAGE_OF_PAPERS: Final = re.compile(r"(?:^|\s)page:(?P<page>\S+)", re.IGNORECASE)
"""Without blanks: a title may have a page with a colon."""
_PAGE_OF_WORDS: Final = "Only filters without words have pages, such as /paper year:2019 page:2. Of words, the likeliest are shown."
# Bytes that were no text arrive as these; neither databases nor JSON accept them.
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_QUOTED_LENGTH: Final = 60
_CLOSE_ENOUGH: Final = 60.0


def parse(text: str) -> Request:
    """The request that the text makes; never raises.

    >>> parse("AN #58") == parse("/an 58") == parse("an58") == ShowIssue(number=58)
    True
    """
    text = _LONE_SURROGATE.sub("\ufffd", text).strip()
    if (number := issue_number(text)) is not None:
        return ShowIssue(number=number)
    match = _COMMAND.fullmatch(text)
    command = commands.BY_NAME.get(match["name"].casefold()) if match else None
    if not match or not command:
        return _unknown(text)
    rest = (match["rest"] or "").strip()
    if rest.casefold() in {"help", "?"}:
        return ShowHelp(command=command)
    return _ARGUMENTS[command.name](rest)


def issue_number(text: str) -> int | None:
    """The number in "58", "#58", "AN #58" or "an58"; None for anything else.

    >>> issue_number("AN #58"), issue_number("58 papers")
    (58, None)
    """
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(match["number"]) if match else None


def _issue(rest: str) -> Request:
    if not rest:
        return ShowHelp(command=commands.AN)
    if rest.casefold() in {"latest", "last", "newest"}:
        return ShowLatest()
    if rest.casefold() == "random":
        return ShowRandom()
    if (number := issue_number(rest)) is not None:
        return ShowIssue(number=number)
    if canonical(rest):
        return FindPaper(words=rest)
    problem = f"“{_short(rest)}” is not the number of an issue. To look for a paper: /paper {_short(rest)}"
    return Unclear(problem=problem, command=commands.AN)


def _paper(rest: str) -> Request:
    typed, page = _paged(rest, _PAGE_OF_PAPERS)
    words, filters = parse_query(typed)
    if words and page is not None:
        return Unclear(problem=_PAGE_OF_WORDS, command=commands.PAPER)
    if not words and filters == NO_FILTERS:
        return ShowHelp(command=commands.PAPER)
    if filters == NO_FILTERS and not words.isdigit() and (named := issue_number(words)) is not None:
        return ShowIssue(number=named)  # a lone number may be a title's
    number = _page_number(page)
    if number is None:
        return _no_page(page, commands.PAPER)
    return FindPaper(words=words, filters=filters, page=number)


def _topic(rest: str) -> Request:
    section, page = _paged(rest, _PAGE)
    number = _page_number(page)
    if number is None:
        return _no_page(page, commands.TOPIC)
    return ShowTopic(section=section, page=number) if section else ShowSections(page=number)


def _paged(rest: str, pattern: re.Pattern[str]) -> tuple[str, str | None]:
    """The text without its page, and the page as it was typed; None if none was."""
    page = pattern.search(rest)
    return (pattern.sub(" ", rest).strip(), page["page"]) if page else (rest, None)


def _page_number(typed: str | None) -> int | None:
    """The page that is meant, the first if none was typed; None if it is no number of a page."""
    if typed is None:
        return 1
    return (int(typed) or None) if re.fullmatch(r"[0-9]{1,6}", typed) else None


def _no_page(typed: str | None, command: Command) -> Unclear:
    return Unclear(problem=f"“{_short(typed or '')}” is not a page number.", command=command)


def _open(rest: str) -> Request:
    return ShowSummary(key=rest.casefold()) if rest else ShowHelp(command=commands.OPEN)


def _help(rest: str) -> Request:
    return ShowHelp(command=commands.BY_NAME.get(rest.casefold().lstrip("/")))


def _digest(_: str) -> Request:
    """Help alone: digests are managed in a channel, by the platform."""
    return ShowHelp(command=commands.DIGEST)


_ARGUMENTS: Final[dict[str, Callable[[str], Request]]] = {
    "an": _issue,
    "paper": _paper,
    "topic": _topic,
    "open": _open,
    "digest": _digest,
    "help": _help,
}


def _unknown(text: str) -> Unclear:
    if not text:
        return Unclear(problem="Nothing was asked.")
    if not text.startswith("/"):
        return Unclear(problem=f"“{_short(text)}” is not a command. To look for it: /paper {_short(text)}")
    name, _, rest = text[1:].partition(" ")
    problem = f"There is no command “/{_short(name)}”."
    near = process.extract(
        name.casefold(), list(commands.BY_NAME), scorer=fuzz.ratio, limit=1, score_cutoff=_CLOSE_ENOUGH
    )
    for meant, _, _ in near:
        problem += f" Did you mean “{f'/{meant} {_short(rest)}'.rstrip()}”?"
    return Unclear(problem=problem)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTED_LENGTH else flat[: _QUOTED_LENGTH - 1].rstrip() + "…"
