"""A small library, and what is answered from it."""

import random
from datetime import date

from bot.lookup.answers import (
    Answer,
)
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.model.newsletter import Issue
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

ALIGNMENT = "Technical AI alignment"
MESA = (ALIGNMENT, "Mesa optimization")
LEARNED = summary(
    "Risks from Learned Optimization",
    section=MESA,
    highlight=True,
    text="A learned model may **optimize** by itself. It may want something else. " + "More of it. " * 60,
)
SELECTION = summary("Selection vs Control", section=(ALIGNMENT, "Agent foundations"), position=2)
GYM = summary("Safety Gym", 76, section=(ALIGNMENT, "Preventing bad behavior"))
LAW = summary("Classifying Goodhart’s Law", 76, section=(ALIGNMENT, "Problems"), position=2)
RECON = summary("Beyond DQN", None, label="Recon #4", section=("Other progress in AI", "Hierarchical RL"))
MANY = tuple(
    summary(f"A paper on deep learning, part {n}", 99, n, section=("Other progress in AI", "Deep learning"))
    for n in range(1, 24)
)
ISSUES = (
    Issue(
        number=58,
        title="What it is",
        published=date(2019, 6, 24),
        url="https://a.example/58",
        summaries=(LEARNED, SELECTION),
    ),
    Issue(number=76, summaries=(GYM, LAW)),
    Issue(number=99, summaries=MANY),
    Issue(number=None, label="Recon #4", summaries=(RECON,)),
)
CITING = {LAW.key: [SELECTION.key]}


def lookup(issues: tuple[Issue, ...] = ISSUES, *, sample: bool = False, seed: int = 0) -> Lookup:
    library = MemoryLibrary(issues, CITING, sample=sample)
    return Lookup(library, MemoryFinder(library.summaries), random.Random(seed))  # noqa: S311 - dice, not secrets


async def ask(text: str, issues: tuple[Issue, ...] = ISSUES) -> Answer:
    return (await lookup(issues).answer(parse(text))).answer
