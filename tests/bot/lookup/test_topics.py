"""Sections are found by their names, and listed in pages; so is all that filters allow."""

import pytest

from bot.lookup.answers import (
    Choices,
    SectionChoices,
    Sections,
    SectionUnknown,
    TopicPage,
)
from bot.lookup.lookup import PAGE_SIZE
from bot.model.newsletter import Issue, SectionCount
from tests.bot.lookup.shelf import ALIGNMENT, LEARNED, MANY, MESA, ask
from tests.support.fakes import summary


@pytest.mark.parametrize(
    "name", ["mesa optimization", "mesa", "Mesa Optimisation", "mesa optimzation", "MESA"]
)
async def test_a_section_is_found_by_its_name_a_part_or_a_misspelling_of_it(name: str) -> None:
    answer = await ask(f"/topic {name}")
    assert isinstance(answer, TopicPage)
    assert answer.path == MESA
    assert [headline.key for headline in answer.headlines] == [LEARNED.key]


async def test_a_heading_shows_everything_below_it() -> None:
    answer = await ask("/topic technical ai alignment")
    assert isinstance(answer, TopicPage)
    assert (answer.path, answer.total) == ((ALIGNMENT,), 4)
    assert answer.headlines[0].issue == 76


async def test_a_section_is_found_by_its_initials() -> None:
    answer = await ask("/topic dl")
    assert isinstance(answer, TopicPage)
    assert answer.path[-1] == "Deep learning"


async def test_the_name_that_an_issue_prints_for_a_section_is_understood() -> None:
    issues = (Issue(number=1, summaries=(summary("Grover", 1, section=("AI governance",)),)),)
    answer = await ask("/topic AI strategy and policy", issues)
    assert isinstance(answer, TopicPage)
    assert answer.path == ("AI governance",)


async def test_a_name_that_fits_several_sections_offers_them() -> None:
    sections = ("Miscellaneous (AI)", "Miscellaneous (Alignment)", "News")
    issues = (Issue(number=1, summaries=tuple(summary(s, 1, section=(s,)) for s in sections)),)
    answer = await ask("/topic miscellaneous", issues)
    assert isinstance(answer, SectionChoices)
    assert [section.path[-1] for section in answer.sections] == list(sections[:2])


async def test_an_exact_name_is_preferred_to_longer_ones_that_begin_with_it() -> None:
    sections = ("Iterated amplification sequence", "Iterated amplification")
    issues = (Issue(number=1, summaries=tuple(summary(s, 1, section=(s,)) for s in sections)),)
    answer = await ask("/topic iterated amplification", issues)
    assert isinstance(answer, TopicPage)
    assert answer.path == ("Iterated amplification",)


async def test_an_unknown_section_is_answered_with_the_closest_names() -> None:
    answer = await ask("/topic cooking")
    assert isinstance(answer, SectionUnknown)
    assert 1 <= len(answer.closest) <= 3


async def test_a_long_section_comes_in_pages_and_a_page_too_far_is_the_last() -> None:
    pages = [await ask(f"/topic deep learning page:{page}") for page in (1, 2, 3, 99)]
    shown = [[headline.key for headline in page.headlines] for page in pages if isinstance(page, TopicPage)]
    assert [len(keys) for keys in shown] == [PAGE_SIZE, PAGE_SIZE, 3, 3]
    assert sorted(key for keys in shown[:3] for key in keys) == sorted(s.key for s in MANY)
    assert isinstance(pages[3], TopicPage)
    assert (pages[3].page, pages[3].pages, pages[3].total) == (3, 3, 23)
    assert [page.page_missing for page in pages if isinstance(page, TopicPage)] == [None, None, None, 99]


async def test_filters_alone_list_all_that_they_allow_in_pages() -> None:
    pages = [await ask(f"/paper year:2019 page:{page}") for page in (1, 2, 3, 99)]
    choices = [page for page in pages if isinstance(page, Choices)]
    assert [(page.page, page.page_missing) for page in choices] == [(1, None), (2, None), (3, None), (3, 99)]
    keys = [headline.key for page in choices[:3] for headline in page.headlines]
    assert (len(set(keys)), choices[0].total, choices[0].pages) == (28, 28, 3)


async def test_a_topic_without_a_name_lists_all_sections_with_their_counts() -> None:
    answer = await ask("/topic")
    assert isinstance(answer, Sections)
    assert SectionCount(path=MESA, count=1) in answer.sections
    assert sum(section.count for section in answer.sections) == 28
