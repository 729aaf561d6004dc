"""What a reference leads to, and all that is too little to be answered unasked."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.linking.detect import references
from bot.linking.resolve import linked
from bot.model.newsletter import Headline, Issue, Summary
from bot.model.search import Filters, Hit, SearchResult, Verdict
from tests.support.fakes import MemoryFinder, MemoryLibrary, summary

PAPER = "https://arxiv.org/abs/1906.01820"
RISKS = "58-risks-from-learned-optimization"


def newsletters() -> MemoryLibrary:
    risks = summary("Risks from Learned Optimization", links=(PAPER,))
    return MemoryLibrary(issues=[Issue(number=58, summaries=(risks, summary("A long read", position=2)))])


async def resolved(text: str, library: MemoryLibrary | None = None) -> list[str]:
    library = library or newsletters()
    things = (await linked(references(text), library, MemoryFinder(library.summaries))).things
    return [thing.key if isinstance(thing, Summary) else f"AN #{thing.number}" for thing in things]


async def test_words_count_only_where_the_answer_is_clear() -> None:
    assert await resolved("[[risks from learned]]") == [RISKS]
    assert await resolved("[[pizza recipe]]") == []
    many = [summary(f"Debate {n}", n) for n in range(3)]
    assert await resolved("[[debate]]", MemoryLibrary(issues=[Issue(number=1, summaries=tuple(many))])) == []


async def test_an_exact_title_finds_only_itself() -> None:
    assert await resolved("[[!risks from learned optimization]]") == [RISKS]
    assert await resolved("[[!risks from]]") == []


async def test_an_issue_counts_where_it_exists() -> None:
    assert await resolved("AN #58 AN #1000") == ["AN #58"]


class Sure(MemoryFinder):
    """Names the first summary there is, whatever it is asked."""

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        del words, filters, limit
        return SearchResult(verdict=Verdict.ANSWER, hits=(Hit(headline=self.summaries[0].headline, score=1),))

    async def at(self, address: str) -> list[Headline]:
        del address
        return [self.summaries[0].headline]


@pytest.mark.parametrize(
    ("text", "keys"), [("arxiv.org/pdf/1906.01820v3", [RISKS]), ("arxiv.org/abs/1906.99999", [])]
)
async def test_an_address_counts_only_for_what_is_at_it(text: str, keys: list[str]) -> None:
    library = newsletters()
    things = (await linked(references(text), library, Sure(library.summaries))).things
    assert [thing.key for thing in things if isinstance(thing, Summary)] == keys


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Reframing Superintelligence", "Reframing Superintelligence: AI Services"),
        ("Reframing superinteligence", "Reframing Superintelligence: AI Services"),
        ("The Precipice", "The Precipice: Existential Risk and the Future"),
        ("scaling hypothesis", "The Scaling Hypothesis"),
        ("selection vscontrol", "Selection vs Control"),
        ("risks from learned", "Risks from Learned Optimization in Advanced Systems"),
        ("toy model for demons", "Tessellating Hills: a toy model for demons in imperfect search"),
        (
            "the cat and the asymptotically optimal",
            "Curiosity and the Cat and the Asymptotically Optimal Agent",
        ),
        (
            "curiosity and the cat and the asymptotically agent",
            "Curiosity and the Cat and the Asymptotically Optimal Agent",
        ),
        ("embedded agancy", "Embedded Agency"),
        ("prize round 4 winers", "Prize round 4 winners"),
    ],
)
async def test_a_title_is_known_with_slips_and_by_its_beginning(words: str, title: str) -> None:
    assert await sure_of(words, title)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("reading list", "AI Reading List"),
        ("value alignment", "Value Alignment Map"),
        ("book review", "Book Review: AI Safety and Security"),
        ("TOY PROBLEM", "Toy Problem: Detective Story"),
        ("open questions", "Open Questions in Creating Safe AI"),
        ("computer vision", "Robustness beyond Security: Computer Vision Applications"),
        ("natural language processing", "Open Sourcing BERT: Training for Natural Language Processing"),
        ("job board", "80,000 Hours Job Board: AI safety research"),
        ("80,000 Hours", "80,000 Hours Job Board: AI safety research"),
        ("what the", "What the AI Community Can Learn"),
        ("What the AI", "What the AI Community Can Learn"),
        ("Interpretability", "Interpretability: an overview"),
        ("learning human", "Learning Humans from Text"),
        ("reading list 2022", "AI Reading List"),
        ("prize round 3 winners", "Prize round 4 winners"),
        ("prize round", "Prize round 4 winners"),
        ("debate", "Debate: an overview"),
    ],
)
async def test_a_common_phrase_and_a_changed_word_name_nothing(words: str, title: str) -> None:
    assert not await sure_of(words, title)


async def test_what_begins_two_titles_names_neither() -> None:
    both = tuple(
        summary(f"Risks from Learned {what}", position=n) for n, what in enumerate(["Goals", "Plans"])
    )
    library = MemoryLibrary(issues=[Issue(number=58, summaries=both)])
    assert await resolved("[[risks from learned]]", library) == []
    assert await resolved("[[risks from learned goals]]", library) == [both[0].key]


@pytest.mark.parametrize(("second", "shown"), [(0.8, False), (0.3, True)])
async def test_a_section_names_its_first_where_nothing_else_is_nearly_as_likely(
    second: float,
    shown: bool,  # noqa: FBT001 - a parameter
) -> None:
    first = summary("On daemons", section=("AI alignment", "Mesa optimization"))
    library = MemoryLibrary(issues=[Issue(number=58, summaries=(first, summary("Another", position=2)))])
    finder = Scored(library.summaries, scores=(1.0, second))
    things = (await linked(references("[[mesa optimization]]"), library, finder)).things
    assert things == ((first,) if shown else ())


@dataclass
class Scored(MemoryFinder):
    """Finds all summaries in their order, so likely."""

    scores: Sequence[float] = ()

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        del words, filters, limit
        hits = (Hit(headline=s.headline, score=n) for s, n in zip(self.summaries, self.scores, strict=True))
        return SearchResult(verdict=Verdict.ANSWER, hits=tuple(hits))


async def sure_of(words: str, title: str) -> bool:
    """Whether the words name the summary of that title, where a search is sure that they do."""
    library = MemoryLibrary(issues=[Issue(number=58, summaries=(summary(title),))])
    return bool((await linked(references(f"[[{words}]]"), library, Sure(library.summaries))).things)
