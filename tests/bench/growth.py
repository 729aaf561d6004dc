"""Libraries of any size: the real titles, names and words, put together anew."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.model.newsletter import Issue, Summary

_AN_ISSUE = 100
_FIRST_ISSUE = 1000
_WORDS = 60
_HIGHLIGHTS = 0.1
_PAPERS_A_MONTH = 90_000


def grown(summaries: Sequence[Summary], size: int, seed: int = 1) -> Iterator[Issue]:
    """Issues with so many summaries, the given ones left out: they are there already."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    titles = [summary.title.split() for summary in summaries]
    words = [word for summary in summaries for word in summary.text.split()[:80]]
    names = [name for summary in summaries for name in summary.authors.split(", ")]
    made: list[Summary] = []
    for count in range(len(summaries), size):
        start, end = chance.choice(titles), chance.choice(titles)
        made.append(
            replace(
                chance.choice(summaries),
                key=f"grown-{count}",
                title=" ".join(start[: chance.randint(1, len(start))] + end[chance.randrange(len(end)) :]),
                links=(
                    f"https://arxiv.org/abs/{2501 + count // _PAPERS_A_MONTH}.{count % _PAPERS_A_MONTH:05}",
                ),
                authors=", ".join(chance.sample(names, 2)),
                highlight=chance.random() < _HIGHLIGHTS,
                text=" ".join(chance.choices(words, k=_WORDS)),
                opinions=(),
                prerequisites="",
                read_more="",
                cites=(),
                references=(),
            )
        )
        if len(made) == _AN_ISSUE or count == size - 1:
            yield _issue(_FIRST_ISSUE + count // _AN_ISSUE, made)
            made = []


def as_issues(summaries: Sequence[Summary]) -> Iterator[Issue]:
    """The given summaries as they stand, an issue at a time."""
    for (number, label), of_issue in groupby(summaries, key=lambda summary: (summary.issue, summary.label)):
        yield Issue(number=number, label=label, summaries=tuple(of_issue))


def _issue(number: int, summaries: Sequence[Summary]) -> Issue:
    placed = (replace(s, issue=number, label="", position=at) for at, s in enumerate(summaries, start=1))
    return Issue(number=number, summaries=tuple(placed))
