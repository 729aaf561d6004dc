"""`Find summaries` on a message tells who asks what it mentions, and nobody else."""

import pytest

from bot.linking.find_summaries import mentioned
from bot.model.newsletter import Issue
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary
from tests.support.three_issues import RISKS, newsletters


async def test_more_than_a_handful_is_counted() -> None:
    issues = [Issue(number=n, summaries=(summary(f"Title number {n}", n),)) for n in range(1, 10)]
    library = MemoryLibrary(issues=issues)
    text = " ".join(f"AN #{n}, Title number {n}." for n in range(1, 10))
    mentions = await mentioned(text, library, MemoryFinder(library.summaries))
    assert [issue.number for issue in mentions.issues] == [1, 2, 3, 4, 5]
    assert len(mentions.headlines) + len(mentions.issues) == 5
    assert mentions.more >= 4


@pytest.mark.parametrize(
    ("text", "keys", "issues"),
    [
        ("[[risks from]]", [RISKS], ()),
        ("I read Risks from learned optimization!", [RISKS], ()),
        ("AN 58, an #76, AN #1000, ANs 58", [], (58, 76)),
        ("title", [], ()),
        ("read", [], ()),
    ],
)
async def test_what_counts_as_mentioned(text: str, keys: list[str], issues: tuple[int, ...]) -> None:
    library = newsletters()
    mentions = await mentioned(text, library, MemoryFinder(library.summaries))
    assert [headline.key for headline in mentions.headlines] == keys
    assert tuple(issue.number for issue in mentions.issues) == issues
