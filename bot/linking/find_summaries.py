"""Find summaries: what a message mentions, for a person who asks."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.linking.detect import NAMED
from bot.model.newsletter import Headline, Issue
from bot.model.search import Verdict
from bot.ports import Finder, Library
from bot.text.urls import find_in

_ISSUE: Final = re.compile(r"(?:\bAN\s*#?\s*|\ban\s*#\s*)(\d{1,4})\b")
_LOOKED_UP: Final = 40
"""Most addresses of a message that are looked up, and most `[[words]]`."""
_HANDFUL: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """At most a handful: issues, then summaries by address, by `[[words]]` and by
    title. `more` counts the rest.
    """

    issues: tuple[Issue, ...]
    headlines: tuple[Headline, ...]
    more: int


async def mentioned(text: str, library: Library, finder: Finder) -> Mentioned:
    """Addresses of something summarized, whole titles, `[[words]]`, and AN #58."""
    known = set(await library.numbers())
    written = (n for n in map(int, _ISSUE.findall(text)) if n in known)
    issues = tuple(dict.fromkeys([*written, *[n async for n in _issues_at_addresses(text, finder)]]))
    summaries = {headline.key: headline async for headline in _headlines(text, finder)}
    shown = [issue for number in issues[:_HANDFUL] if (issue := await library.issue(number))]
    headlines = tuple(summaries.values())[: _HANDFUL - len(shown)]
    return Mentioned(
        issues=tuple(shown),
        headlines=headlines,
        more=len(issues) + len(summaries) - len(shown) - len(headlines),
    )


async def _issues_at_addresses(text: str, finder: Finder) -> AsyncIterator[int]:
    for mention in islice(find_in(text), _LOOKED_UP):
        number = (await finder.find(text[mention.start : mention.end], limit=1)).issue
        if number is not None:
            yield number


async def _headlines(text: str, finder: Finder) -> AsyncIterator[Headline]:
    rest = text
    for mention in islice(find_in(text), _LOOKED_UP):
        address = text[mention.start : mention.end]
        rest = rest.replace(address, "\n")
        result = await finder.find(address, limit=1)
        if result.verdict is not Verdict.NOTHING:
            yield result.hits[0].headline
    for words in islice(NAMED.findall(rest), _LOOKED_UP):
        result = await finder.find(words, limit=1)
        if result.verdict is Verdict.ANSWER:
            yield result.hits[0].headline
    for headline in await finder.titles_in(rest):
        yield headline
