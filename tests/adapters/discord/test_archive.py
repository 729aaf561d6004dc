"""The whole archive fits Discord's limits, and is there to its last word."""

import itertools
import re
from typing import Any

import pytest

from bot.cards.routes import View
from bot.lookup.answers import (
    SummaryFound,
)
from bot.lookup.requests import ShowIssue, ShowSections, ShowSummary, ShowTopic
from bot.model.newsletter import Summary
from bot.ports import Library
from bot.text.markdown import plain
from tests.adapters.discord.showing import all_pages, context, described, made, sent


@pytest.mark.archive
async def test_every_page_of_every_real_answer_fits(real: tuple[Library, Any]) -> None:
    library, lookup = real
    keys: set[str] = set()
    for section in await library.sections():
        for page in itertools.count(1):
            answer = (await lookup.answer(ShowTopic(section=" ".join(section.path), page=page))).answer
            keys |= {headline.key for headline in answer.headlines}
            sent(made(answer, context()))
            if page >= answer.pages:
                break
    for number in await library.numbers():
        answer = (await lookup.answer(ShowIssue(number=number))).answer
        for _ in all_pages(answer, View.ISSUE):
            pass
    for page in (1, 2):
        card = made((await lookup.answer(ShowSections(page=page))).answer, context())
        sent(card)
        assert card.pages == 2
    assert len(keys) > 1900
    longest = 0
    for key in keys:
        answer = (await lookup.answer(ShowSummary(key=key))).answer
        for view in (View.TEXT, View.OPINION, View.CITES, View.CITED_BY):
            read = [described(card) for card in all_pages(answer, view)]
            longest = max(longest, len(read))
            if view is View.TEXT:
                assert letters(plain(answer.summary.text)) in letters(without_bylines(read, answer.summary))
    assert longest > 10


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def without_bylines(read: list[str], summary: Summary) -> str:
    """What the pages say, but for the byline on each and where links lead."""
    head = described(made(SummaryFound(summary=summary, issue_title="", issue_url=""), context())).split(
        "\n\n"
    )[0]
    texts = "".join(description.removeprefix(head) for description in read)
    return re.sub(r"\]\(<[^>\n]*>\)|\(<[^>\n]*>\)$", "]", texts)
