"""What Tab offers at the prompt: commands, their arguments and filters.

Only the part that is being typed is replaced, and only by what contains it.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.lookup import commands, sections
from bot.lookup.catalogue import Catalogue, begins
from bot.lookup.lookup import PAGE_SIZE
from bot.lookup.query_syntax import parse
from bot.lookup.requests import NO_FILTERS
from bot.model.newsletter import Headline, SectionCount
from bot.ports import Finder, Library
from bot.text.folding import fold
from bot.text.phrases import short_authors

_MOST: Final = 12
_HELP: Final = "help"
_PAGE: Final = "page:"
_FILTERS: Final = {
    "by:": "an author",
    "in:": "a section",
    "an:": "an issue",
    "year:": "when it appeared",
    "is:highlight": "what the newsletter highlighted",
}
_COMMAND: Final = re.compile(r"(?P<slash>/?)(?P<name>\w+)(?P<blank>\s+)(?P<argument>.*)", re.DOTALL)
_VALUE: Final = re.compile(
    r'(?:^|(?<=\s))(?P<filter>by|in|an|year|is|page):(?P<value>"[^"]*|[^\s"]*)$', re.IGNORECASE
)
_LAST_FILTER: Final = re.compile(
    r'.*(?:^|\s)(?:by|in|an|year|is|page):(?:"[^"]*"|[^\s"]+)\s+', re.IGNORECASE | re.DOTALL
)
_LAST_WORD: Final = re.compile(r"\S*$")
_NUMBER: Final = re.compile(r"[0-9]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text that could replace the last `length` characters typed."""

    text: str
    length: int
    about: str = ""


Named = Iterable[tuple[str, str]]
"""Texts with what is said about them."""


class Completer:
    """Completes commands, and each command's own arguments."""

    def __init__(self, library: Library, finder: Finder) -> None:
        self._library = library
        self._finder = finder
        self._catalogue = Catalogue(library)
        self._arguments: dict[str, Callable[[str], Awaitable[Sequence[Suggestion]]]] = {
            "an": self._issue,
            "paper": self._paper,
            "topic": self._topic,
            "open": self._key,
            "help": self._command,
            "digest": self._nothing_but_help,
        }

    async def complete(self, line: str) -> Sequence[Suggestion]:
        """At most a dozen suggestions for the line up to the cursor, best first."""
        line = line.lstrip()
        if match := _COMMAND.fullmatch(line):
            completed = self._arguments.get(match["name"].casefold())
            return await completed(match["argument"]) if completed else ()
        return _names(line[1:]) if line.startswith("/") else ()

    async def _issue(self, typed: str) -> Sequence[Suggestion]:
        number = _NUMBER.search(typed)
        before = typed[: number.start()] if number else typed
        numbers = [(str(each.number), each.title) for each in (await self._catalogue.contents()).issues]
        if before and fold(before) not in {"an", ""}:
            return _starting(typed, _WORDS_OF_AN)
        return _starting(typed[len(before) :], numbers if before else (*_WORDS_OF_AN, *numbers))

    async def _paper(self, typed: str) -> Sequence[Suggestion]:
        if value := _VALUE.search(typed):
            return await self._value(value["filter"].lower(), value["value"], typed)
        before = _LAST_FILTER.match(typed)
        words = typed[before.end() :] if before else typed
        titles = await self._titles(words, typed[: len(typed) - len(words)])
        named = (*_FILTERS.items(), *(((_PAGE, "a page of all that fits"),) if _is_narrowed(typed) else ()))
        help_ = _starting(typed, [(_HELP, "")]) if typed else ()
        titles.sort(key=lambda title: not fold(title.text).startswith(fold(words)))
        going_on = sum(fold(title.text).startswith(fold(words)) for title in titles)
        filters = _starting(_last_word(typed), named)
        return [*titles[:going_on], *help_, *filters, *titles[going_on:]][:_MOST]

    async def _titles(self, words: str, filters: str) -> list[Suggestion]:
        """Titles with all the words, within the filters before them."""
        left, narrowing = parse(filters)
        if left or not words.strip():
            return []
        if narrowing == NO_FILTERS:
            headlines = await self._finder.complete(words, limit=_MOST)
        else:
            result = await self._finder.find(words, narrowing, limit=_MOST)
            headlines = () if result.problem else [hit.headline for hit in result.hits]
        return [
            Suggestion(text=headline.title, length=len(words), about=_about(headline))
            for headline in headlines
            if begins(fold(words).split(), fold(headline.title))
        ]

    async def _value(self, name: str, typed: str, line: str) -> Sequence[Suggestion]:
        """Values of a filter; a name of several words is put in quotes."""
        wanted = fold(typed.lstrip('"')).split()
        values = await self._values(name, line)
        fitting = ((value, about) for value, about in values if begins(wanted, fold(value)))
        return [
            Suggestion(text=f'"{value}"' if " " in value else value, length=len(typed), about=about)
            for value, about in islice(fitting, _MOST)
        ]

    async def _values(self, name: str, line: str) -> Named:
        contents = await self._catalogue.contents()
        match name:
            case "by":
                return ((person.name, "") for person in contents.people)
            case "in":
                known = sections.with_parents(await self._library.sections())
                return ((each.path[-1], f"{each.count:,}") for each in known)
            case "an":
                return ((str(issue.number), issue.title) for issue in contents.issues)
            case "year":
                return ((str(year), "") for year in contents.years)
            case "is":
                return (("highlight", ""),)
            case _:
                _, filters = parse(line)
                result = await self._finder.narrowed(filters, offset=0, limit=1)
                return _pages(result.total)

    async def _topic(self, typed: str) -> Sequence[Suggestion]:
        known = sections.with_parents(await self._library.sections())
        if (value := _VALUE.search(typed)) and value["filter"].lower() == "page":
            fitting = sections.named(known, typed[: value.start()].strip())
            return _starting(value["value"], _pages(fitting[0].count if len(fitting) == 1 else 0))
        wanted = fold(typed)
        named = [each for each in known if each.path and begins(wanted.split(), fold(each.path[-1]))]
        named.sort(key=lambda each: not fold(each.path[-1]).startswith(wanted))
        names = dict.fromkeys((each.path[-1], f"{each.count:,}") for each in named)
        suggestions = [Suggestion(text=name, length=len(typed), about=about) for name, about in names][:_MOST]
        help_ = _starting(typed, [(_HELP, "")]) if typed else ()
        return [*suggestions, *help_, *(_page_of_section(typed, known))][:_MOST]

    async def _key(self, typed: str) -> Sequence[Suggestion]:
        headlines = (await self._catalogue.contents()).headlines
        wanted = typed.casefold()
        parts = [part for part in wanted.replace("-", " ").split() if part]
        if not parts:
            return ()
        first = [each for each in headlines if each.key.startswith(wanted)]
        rest = [each for each in headlines if begins(parts, each.key.replace("-", " "))]
        unique = {each.key: each for each in (*first, *rest)}.values()
        return [
            Suggestion(text=each.key, length=len(typed), about=each.title) for each in islice(unique, _MOST)
        ]

    async def _command(self, typed: str) -> Sequence[Suggestion]:
        slash = "/" if typed.startswith("/") else ""
        return _starting(typed, [(slash + command.name, command.about) for command in commands.COMMANDS])

    async def _nothing_but_help(self, typed: str) -> Sequence[Suggestion]:
        return _starting(typed, [(_HELP, "")])


_WORDS_OF_AN: Final = (
    ("latest", "the newest issue"),
    ("random", "any issue"),
    (_HELP, "what else there is to ask"),
)


def _names(typed: str) -> Sequence[Suggestion]:
    return [
        Suggestion(text=f"/{command.name}", length=len(typed) + 1, about=command.about)
        for command in commands.COMMANDS
        if command.name.startswith(typed.casefold())
    ]


def _starting(typed: str, named: Named) -> list[Suggestion]:
    """Those that begin as typed and go on."""
    wanted = typed.casefold()
    fitting = ((text, about) for text, about in named if text.startswith(wanted) and text != wanted)
    return [Suggestion(text=text, length=len(typed), about=about) for text, about in islice(fitting, _MOST)]


def _page_of_section(typed: str, known: Sequence[SectionCount]) -> Sequence[Suggestion]:
    """The word for a page, after the name of a section."""
    word = _last_word(typed)
    name = typed[: len(typed) - len(word)].strip()
    if not name or len(sections.named(known, name)) != 1:
        return ()
    return _starting(word, [(_PAGE, "a page of it")])


def _pages(total: int) -> Iterator[tuple[str, str]]:
    return ((str(page), "") for page in range(1, -(-total // PAGE_SIZE) + 1))


def _is_narrowed(typed: str) -> bool:
    """Whether there is a filter, and no words but the one being typed."""
    words, filters = parse(typed)
    return filters != NO_FILTERS and words == _last_word(typed) and _PAGE not in typed


def _last_word(typed: str) -> str:
    match = _LAST_WORD.search(typed)
    return match.group() if match else ""


def _about(headline: Headline) -> str:
    place = f"AN #{headline.issue}" if headline.issue is not None else ""
    return " · ".join(fact for fact in (place, short_authors(headline.authors)) if fact)
