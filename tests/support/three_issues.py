"""A library of three issues, and a lookup over it."""

import random
from datetime import date

from bot.lookup.lookup import Lookup
from bot.model.newsletter import Issue, Opinion
from bot.ports import Finder, Library
from tests.support.fakes import MemoryLibrary, summary

MESA = ("Technical AI alignment", "Mesa optimization")
LONG = "\n\n".join(f"Paragraph {n} of a text that goes on. " * 8 for n in range(1, 12))
RISKS = "58-risks-from-learned-optimization"
FOLLOW_UP = "https://www.alignmentforum.org/posts/abcdefghijk/a-mesa-follow-up"


def newsletters() -> MemoryLibrary:
    """Three issues: with a long text, a title without a text, and an opinion."""
    risks = summary(
        "Risks from Learned Optimization",
        authors="Evan Hubinger*, Chris van Merwijk*, Vladimir Mikulik",
        venue="arXiv",
        year=2019,
        links=("https://arxiv.org/abs/1906.01820",),
        section=MESA,
        highlight=True,
        summarizer="Rohin",
        text="Optimizers may *produce* optimizers. **They** need not [agree](https://a.example/x).",
        opinions=(Opinion(by="Rohin", text="A useful _frame_."),),
    )
    long = summary("A long read", position=2, section=MESA, text=LONG, links=("javascript:alert(1)",))
    bare = summary("Only a title", position=3, section=("News",))
    later = summary("A mesa follow-up", 76, text="More of it.", section=MESA, links=(FOLLOW_UP,))
    issues = (
        Issue(
            number=58,
            title="Mesa optimization",
            published=date(2019, 6, 24),
            url="https://mail.example/58",
            audio="https://audio.example/58.mp3",
            summaries=(risks, long, bare),
        ),
        Issue(number=76, title="Goodhart", summaries=(later,)),
        Issue(number=99, summaries=()),
    )
    return MemoryLibrary(issues=issues, citing={later.key: [risks.key]})


def lookup_over(library: Library, finder: Finder) -> Lookup:
    return Lookup(library, finder, random.Random(1))  # noqa: S311 - no secret
