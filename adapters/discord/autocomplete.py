"""Choices while an option is being typed: at most 25, labels at most 100 characters.

If choices are late or fail, the person sees no error: the list is empty, the log
says why, and free text can be sent anyway.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from itertools import islice
from typing import Any, Final

import discord
from discord.app_commands import Choice

from adapters.discord.custom_ids import TARGET
from adapters.discord.escape import cut, harmless
from bot.cards.routes import section
from bot.cards.wording import DOT, STAR, name_of, path_of, printed_in
from bot.lookup.catalogue import Catalogue, begins
from bot.lookup.lookup import Lookup
from bot.lookup.sections import with_parents
from bot.model.newsletter import Headline, SectionCount
from bot.text.folding import fold
from bot.text.phrases import short_authors

log: Final = logging.getLogger("anbot.discord")

_MOST: Final = 25
_LONGEST: Final = 100
_AUTHORS: Final = 32
_SECONDS: Final = 2.0
_PREFIX: Final = re.compile(r"^an\s*(?=\d|$)")
_WORDS: Final = ("latest", "random", "help")

Choices = list[Choice[Any]]
Completion = Callable[[str], Awaitable[Choices]]
Completing = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, Choices]]


class Autocomplete:
    """Completes each kind of option."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._catalogue = Catalogue(lookup.library)

    async def issues(self, typed: str) -> Choices:
        """Issues by number or by words of their titles; the value is the number."""
        wanted = _PREFIX.sub("", fold(typed)).split()
        named = [(word, word) for word in _WORDS if word.startswith(typed.strip().casefold())]
        issues = [
            (f"AN #{issue.number}" + (f" — {issue.title}" if issue.title else ""), str(issue.number))
            for issue in (await self._catalogue.contents()).issues
            if begins(wanted, issue.folded)
        ]
        return _choices([*named, *issues])

    async def papers(self, typed: str) -> Choices:
        """Summaries; the value is the key."""
        if not typed.strip():
            return _choices([("help", "help")])
        headlines = await self._lookup.finder.complete(typed, limit=_MOST)
        return _choices((_label(headline), headline.key) for headline in headlines)

    async def sections(self, typed: str) -> Choices:
        """Sections with their counts; the value is the name that a filter needs."""
        return _choices((_section(each), each.path[-1]) for each in await self._sections(typed))

    async def section_lists(self, typed: str) -> Choices:
        """Sections separated by commas; the last is being typed."""
        before, comma, last = typed.rpartition(",")
        named = f"{before.strip()}{comma} " if comma else ""
        sections = await self._sections(last)
        return _choices((f"{named}{_section(each)}", f"{named}{each.path[-1]}") for each in sections)

    async def topics(self, typed: str) -> Choices:
        """Sections by their whole path, and help."""
        named = [("help", "help")] if typed and "help".startswith(typed.casefold()) else []
        topics = [(_section(each), section(each.path, TARGET).target) for each in await self._sections(typed)]
        return _choices([*named, *topics])

    async def people(self, typed: str) -> Choices:
        """Authors, the most frequent first."""
        wanted = fold(typed).split()
        people = (await self._catalogue.contents()).people
        return _choices((person.name, person.name) for person in people if begins(wanted, person.folded))

    async def numbers(self, typed: str) -> Choices:
        """Issues; the value is the number itself."""
        choices = [choice for choice in await self.issues(typed) if choice.value not in _WORDS]
        return [Choice(name=choice.name, value=int(choice.value)) for choice in choices]

    async def years(self, typed: str) -> Choices:
        """Years in which something appeared, the latest first."""
        years = (await self._catalogue.contents()).years
        return [Choice(name=str(y), value=y) for y in years if str(y).startswith(typed.strip())][:_MOST]

    async def _sections(self, typed: str) -> list[SectionCount]:
        wanted = fold(typed).split()
        known = with_parents(await self._lookup.library.sections())
        return [each for each in known if begins(wanted, fold(" ".join(each.path)))]


def completing(completion: Completion) -> Completing:
    """The completion as Discord needs it: in time, and without errors."""

    async def complete(interaction: discord.Interaction[Any], current: str) -> Choices:
        del interaction
        try:
            async with asyncio.timeout(_SECONDS):
                return await completion(str(current))
        except TimeoutError:
            log.warning("completing took too long")
        except Exception:
            log.exception("completing failed")
        return []

    return complete


def _choices(pairs: Iterable[tuple[str, str]]) -> Choices:
    """The first 25 with a name and a value that may be sent."""
    fit = ((cut(harmless(name), _LONGEST), value) for name, value in pairs if 0 < len(value) <= _LONGEST)
    return [Choice(name=name, value=value) for name, value in islice(filter(all, fit), _MOST)]


def _label(headline: Headline) -> str:
    """The title, cut so that its authors and its issue fit behind it."""
    facts = (cut(short_authors(headline.authors), _AUTHORS), cut(printed_in(headline), _AUTHORS))
    behind = "".join(f"{DOT}{fact}" for fact in facts if fact)
    mark = f"{STAR} " if headline.highlight else ""
    return mark + cut(name_of(headline.title), _LONGEST - len(mark) - len(behind)) + behind


def _section(section: SectionCount) -> str:
    return f"{path_of(section.path)} ({section.count:,})"
