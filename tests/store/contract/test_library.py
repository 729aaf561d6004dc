"""What was put into the archive is read by number, key, section and citation."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.model.newsletter import Issue, Opinion, SectionCount, Summary, Target
from store import Store, open_store
from tests.support.drafts import clock

ALIGNMENT = "Technical AI alignment"


def summary(key: str, issue: int | None = 7, **fields: Any) -> Summary:
    """A summary titled like its key, in the first place of its issue."""
    plain = Summary(key=key, title=key, issue=issue, label="" if issue else "Recon #4", position=1)
    return dataclasses.replace(plain, **fields)


def issue(number: int | None, *summaries: Summary) -> Issue:
    label = "" if number is not None else "Recon #4"
    placed = (
        dataclasses.replace(one, issue=number, label=label, position=n) for n, one in enumerate(summaries, 1)
    )
    return Issue(number=number, label=label, summaries=tuple(placed))


async def put(store: Store, *issues: Issue, aliases: Mapping[str, str] | None = None) -> None:
    """Put issues into the archive; the aliases are the first one's."""
    async with store.archive.writing() as transaction:
        for n, one in enumerate(issues):
            await transaction.put_issue(one, dict(aliases or {}) if n == 0 else {})


async def keys(store: Store, path: Sequence[str], *, offset: int = 0, limit: int = 10) -> list[str]:
    headlines = await store.library.in_section(path, offset=offset, limit=limit)
    return [headline.key for headline in headlines]


async def citing(store: Store, key: str) -> tuple[list[str], list[str]]:
    """What it cites, and what cites it."""
    return (
        [headline.key for headline in await store.library.cites(key)],
        [headline.key for headline in await store.library.cited_by(key)],
    )


async def test_an_issue_is_read_as_it_was_put(store: Store) -> None:
    whole = Summary(
        key="58-a-paper",
        title="A paper",
        issue=58,
        label="",
        position=1,
        links=("https://a.example/", "https://b.example/"),
        authors="Ann, Ben*",
        venue="arXiv",
        year=2019,
        section=(ALIGNMENT, "Mesa optimization"),
        highlight=True,
        hat_tip="Cy",
        summarizer="Rohin",
        text="It _says_ “so”.\n\nTwice.",
        opinions=(Opinion(by="Rohin", text="Yes."), Opinion(by="Flo", text="No.")),
        prerequisites="[This](https://c.example)",
        read_more="[That](https://d.example)",
        references=(1, 57),
        cites=(Target(issue=57, title="Other"), Target(issue=None, title="Outside")),
    )
    put_in = Issue(
        number=58,
        title="All of it",
        published=date(2019, 7, 1),
        url="https://n.example/58",
        audio="https://n.example/58.mp3",
        summaries=(whole,),
    )
    await put(store, put_in)
    assert await store.library.issue(58) == put_in
    assert await store.library.summary("58-a-paper") == whole


@given(st.builds(Issue, number=st.integers(0, 10**6), label=st.just(""), summaries=st.just(())))
async def test_any_issue_is_read_as_it_was_put(any_issue: Issue) -> None:
    async with open_store(":memory:", clock=clock) as store:
        await put(store, any_issue)
        assert any_issue.number is not None
        assert await store.library.issue(any_issue.number) == any_issue


async def test_what_is_not_there_is_none(store: Store) -> None:
    assert await store.library.issue(58) is None
    assert await store.library.summary("58-a-paper") is None
    assert await store.library.numbers() == ()
    assert await store.library.sections() == []
    assert await citing(store, "58-a-paper") == ([], [])


async def test_numbers_ascend_and_leave_out_what_has_none(store: Store) -> None:
    await put(store, issue(9, summary("9-a")), issue(None, summary("recon-4-b")), issue(2))
    assert await store.library.numbers() == (2, 9)


async def test_a_summary_answers_to_its_older_keys(store: Store) -> None:
    await put(store, issue(7, summary("7-new")), aliases={"7-old": "7-new", "7-older": "7-new"})
    expected = await store.library.summary("7-new")
    assert expected is not None
    assert await store.library.summary("7-old") == expected
    assert await store.library.summary("7-older") == expected


async def test_a_summary_is_in_its_issue_without_the_others(store: Store) -> None:
    printed = dataclasses.replace(
        issue(7, summary("7-a"), summary("7-b"), summary("7-c")),
        title="All of it",
        published=date(2019, 7, 1),
        url="https://n.example/7",
        audio="https://n.example/7.mp3",
    )
    outside = issue(None, summary("recon-4-d"))
    await put(store, printed, outside, aliases={"7-old": "7-b"})
    expected = dataclasses.replace(printed, summaries=printed.summaries[1:2])
    assert await store.library.printed("7-b") == expected
    assert await store.library.printed("7-old") == expected
    assert await store.library.printed("recon-4-d") == outside
    assert await store.library.printed("7-e") is None


async def test_sections_count_their_summaries_in_the_newsletters_order(store: Store) -> None:
    paths = [
        ("News",),
        (ALIGNMENT, "Forecasting"),
        ("News",),
        (ALIGNMENT, "Problems"),
        (ALIGNMENT,),
        ("Zoo",),
        (),
    ]
    await put(store, issue(7, *(summary(f"7-{n}", section=path) for n, path in enumerate(paths))))
    assert await store.library.sections() == [
        SectionCount(path=(ALIGNMENT,), count=1),
        SectionCount(path=(ALIGNMENT, "Problems"), count=1),
        SectionCount(path=(ALIGNMENT, "Forecasting"), count=1),
        SectionCount(path=("News",), count=2),
        SectionCount(path=("Zoo",), count=1),
    ]


async def test_a_section_contains_what_is_below_it_and_nothing_with_a_similar_name(store: Store) -> None:
    paths = [(ALIGNMENT,), (ALIGNMENT, "Problems"), (f"{ALIGNMENT} too",), (ALIGNMENT[:-1],)]
    await put(store, issue(7, *(summary(f"7-{n}", section=path) for n, path in enumerate(paths))))
    assert await keys(store, (ALIGNMENT,)) == ["7-0", "7-1"]
    assert await keys(store, (ALIGNMENT, "Problems")) == ["7-1"]


async def test_a_section_is_paged_newest_issue_first_and_without_a_number_last(store: Store) -> None:
    outside = issue(None, summary("recon-4-a", section=("News",)))
    issues = [issue(n, *(summary(f"{n}-{x}", section=("News",)) for x in "ab")) for n in (3, 12, 5)]
    await put(store, outside, *issues)
    assert await keys(store, ("News",)) == ["12-a", "12-b", "5-a", "5-b", "3-a", "3-b", "recon-4-a"]
    assert await keys(store, ("News",), offset=3, limit=2) == ["5-b", "3-a"]
    assert await keys(store, ("News",), offset=7) == []


async def test_a_headline_is_enough_to_choose_by(store: Store) -> None:
    chosen = summary(
        "7-a",
        links=("https://a.example", "https://b.example"),
        authors="Ann",
        section=("News",),
        highlight=True,
    )
    await put(store, issue(7, chosen))
    (headline,) = await store.library.in_section(("News",), offset=0, limit=1)
    assert dataclasses.asdict(headline) == {
        "key": "7-a",
        "title": "7-a",
        "issue": 7,
        "label": "",
        "authors": "Ann",
        "section": ("News",),
        "highlight": True,
        "url": "https://a.example",
    }


async def test_a_headline_without_links_has_no_address(store: Store) -> None:
    await put(store, issue(7, summary("7-a", section=("News",))))
    (headline,) = await store.library.in_section(("News",), offset=0, limit=1)
    assert headline.url is None


async def test_citations_are_seen_from_both_ends_and_never_of_itself(store: Store) -> None:
    first = summary("1-first", title="First")
    second = summary("2-second", title="Second", cites=(Target(issue=1, title="FIRST!"),))
    third = summary(
        "3-third",
        title="Third",
        cites=(
            Target(issue=2, title="Second"),
            Target(issue=1, title="First"),
            Target(issue=3, title="Third"),
        ),
    )
    await put(store, issue(3, third), issue(2, second), issue(1, first))
    assert await citing(store, "3-third") == (["1-first", "2-second"], [])
    assert await citing(store, "1-first") == ([], ["3-third", "2-second"])


async def test_a_citation_finds_what_has_been_renamed_since(store: Store) -> None:
    citer = summary("2-citer", cites=(Target(issue=1, title="Old name"),))
    await put(store, issue(1, summary("1-new-name")), issue(2, citer), aliases={"1-old-name": "1-new-name"})
    assert await citing(store, "2-citer") == (["1-new-name"], [])
    assert await citing(store, "1-old-name") == ([], ["2-citer"])


async def test_a_citation_finds_what_came_later_and_survives_its_being_put_again(store: Store) -> None:
    await put(store, issue(2, summary("2-citer", cites=(Target(issue=1, title="Later"),))))
    assert await citing(store, "2-citer") == ([], [])
    for _ in range(2):
        await put(store, issue(1, summary("1-later")))
        assert await citing(store, "1-later") == ([], ["2-citer"])


async def test_a_citation_of_a_summary_outside_the_issues_goes_by_title(store: Store) -> None:
    outside = summary("recon-4-a-paper", issue=None, title="A paper")
    namesake = summary("7-a-paper", title="A paper")
    citer = summary("9-citer", cites=(Target(issue=None, title="A Paper"),))
    await put(store, issue(None, outside), issue(7, namesake), issue(9, citer))
    assert await citing(store, "9-citer") == (["recon-4-a-paper"], [])
    assert await citing(store, "recon-4-a-paper") == ([], ["9-citer"])
    assert await citing(store, "7-a-paper") == ([], [])


async def test_the_origin_counts_and_dates_the_library(store: Store) -> None:
    origin = await store.library.origin()
    assert (origin.issues, origin.summaries, origin.updated, origin.sample) == (0, 0, None, False)
    await put(store, issue(7, summary("7-a"), summary("7-b")), issue(None, summary("recon-4-c")))
    origin = await store.library.origin()
    assert (origin.issues, origin.summaries) == (1, 3)
    assert origin.updated
    assert abs(origin.updated - store.clock()) < timedelta(minutes=5)  # a server has a clock of its own


async def test_a_library_of_the_sample_says_so() -> None:
    async with open_store(":memory:", clock=clock, sample=True) as store:
        assert (await store.library.origin()).sample
