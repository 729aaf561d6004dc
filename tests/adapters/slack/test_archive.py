"""The whole archive fits Slack's limits, and is there to its last word."""

import itertools
from typing import Any

import pytest

from adapters.slack.render import blocks_of
from bot.cards.card import Card
from bot.cards.routes import View
from bot.lookup.answers import SummaryFound
from bot.lookup.requests import ShowIssue, ShowSections, ShowSummary, ShowTopic
from bot.ports import Library
from bot.text.markdown import plain, printable
from tests.adapters.slack.mrkdwn_reader import seen_in, unlisted
from tests.adapters.slack.showing import all_pages, card_of, context, once, options, sent


@pytest.mark.archive
async def test_every_page_of_every_real_answer_fits_and_every_summary_is_there_to_its_last_word(
    real: tuple[Library, Any],
) -> None:
    library, lookup = real
    keys: set[str] = set()
    for path in await library.sections():
        for page in itertools.count(1):
            answer = (await lookup.answer(ShowTopic(section=" ".join(path.path), page=page))).answer
            keys |= {headline.key for headline in answer.headlines}
            once(card_of(answer, context()))
            if page >= answer.pages:
                break
    assert len(keys) > 1900
    for number in await library.numbers():
        issue = (await lookup.answer(ShowIssue(number=number))).answer
        opened = {key for card in all_pages(issue, View.ISSUE) for key in options(once(card))}
        assert opened == {entry.key for entry in (await library.issue(number)).summaries}  # type: ignore[union-attr] # it is there
    for page in (1, 2):
        card = card_of((await lookup.answer(ShowSections(page=page))).answer, context())
        sent(card)
        assert card.pages == 2
    for key in keys:
        every_word((await lookup.answer(ShowSummary(key=key))).answer)


def every_word(answer: SummaryFound) -> None:
    """Check every page of every view; the texts are on them, word for word."""
    summary = answer.summary
    views = {
        View.TEXT: [summary.text, summary.prerequisites, summary.read_more],
        View.OPINION: [opinion.text for opinion in summary.opinions],
        View.CITES: [""] if answer.cites else [],
        View.CITED_BY: [""] if answer.cited_by else [],
    }
    for view, texts in views.items():
        shown: list[str] = []
        for card in all_pages(answer, view) if texts else ():
            once(card)
            blocks = list(blocks_of(Card(body=card.body), owner="", private=True, shared=True))
            shown += [word for seen in seen_in(blocks) for word in unlisted(seen.text).split()]
        for text in texts:
            expected = unlisted(plain(printable(text))).split()
            assert " ".join(expected) in " ".join(shown)
