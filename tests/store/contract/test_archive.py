"""The writing side: whole transactions, and versions stored as they came."""

import asyncio
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.model.newsletter import Draft, Entry, Issue, SourceKind, Summary
from bot.ports import IssueRef, SourceVersion
from store import Store, open_store
from tests.support.drafts import clock, draft


def issue(number: int | None, *titles: str, label: str = "", text: str = "") -> Issue:
    summaries = [
        Summary(
            key=f"{number or 'recon-4'}-{title}",
            title=title,
            issue=number,
            label=label,
            position=n,
            text=text,
        )
        for n, title in enumerate(titles, 1)
    ]
    return Issue(number=number, label=label, summaries=tuple(summaries))


async def test_what_is_put_is_read_in_the_same_transaction(store: Store) -> None:
    async with store.archive.writing() as transaction:
        version = SourceVersion(kind=SourceKind.PAGE, source="a.html", draft=draft(7, "a"))
        await transaction.put_version(version)
        await transaction.put_issue(issue(7, "a"), {"7-old": "7-a"})
        assert await transaction.versions(IssueRef(7)) == (version,)
        assert await transaction.issue(IssueRef(7)) == issue(7, "a")
        assert await transaction.aliases(IssueRef(7)) == {"7-old": "7-a"}
        assert await transaction.versions(IssueRef(8)) == ()
        assert await transaction.issue(IssueRef(8)) is None
        assert await transaction.aliases(IssueRef(8)) == {}


async def test_an_error_undoes_the_whole_transaction(store: Store) -> None:
    async def fail_at_the_end() -> None:
        async with store.archive.writing() as transaction:
            await transaction.put_version(
                SourceVersion(kind=SourceKind.PAGE, source="a.html", draft=draft(7, "a"))
            )
            await transaction.put_issue(issue(7, "a"), {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_at_the_end()
    assert await store.library.numbers() == ()
    assert await store.archive.all_versions() == ()
    assert (await store.library.origin()).updated is None


async def test_a_task_cancelled_while_it_writes_leaves_nothing_and_frees_the_archive(store: Store) -> None:
    entered = asyncio.Event()

    async def write() -> None:
        async with store.archive.writing() as transaction:
            await transaction.put_issue(issue(7, "a"), {})
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await entered.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await store.library.numbers() == ()
    async with store.archive.writing() as transaction:
        await transaction.put_issue(issue(8, "b"), {})
    assert await store.library.numbers() == (8,)


async def test_readers_of_the_same_process_see_nothing_half_done(store: Store) -> None:
    async with store.archive.writing() as transaction:
        await transaction.put_issue(issue(7, "a"), {})
        assert await store.library.issue(7) is None
    assert await store.library.issue(7) == issue(7, "a")


async def test_writers_of_the_same_process_take_turns(store: Store) -> None:
    async def write(number: int) -> None:
        async with store.archive.writing() as transaction:
            await transaction.put_issue(issue(number, "a"), {})
            await asyncio.sleep(0)
            await transaction.put_issue(issue(number, "a", "b"), {})

    await asyncio.gather(*(write(number) for number in range(1, 6)))
    assert await store.library.numbers() == (1, 2, 3, 4, 5)


async def test_putting_nothing_leaves_the_date_of_the_library(store: Store) -> None:
    async with store.archive.writing() as transaction:
        assert await transaction.issue(IssueRef(7)) is None
    assert (await store.library.origin()).updated is None


async def test_an_issue_put_again_replaces_the_old_one_and_its_keys(store: Store) -> None:
    async with store.archive.writing() as transaction:
        await transaction.put_issue(issue(7, "a", "b", "c"), {"7-old": "7-a", "7-lost": "7-b"})
        await transaction.put_issue(issue(7, "c", "a"), {"7-old": "7-a"})
    assert await store.library.issue(7) == issue(7, "c", "a")
    assert await store.library.summary("7-b") is None
    assert await store.library.summary("7-lost") is None
    assert await store.library.summary("7-old") == issue(7, "c", "a").summaries[1]


async def test_a_version_replaces_only_the_one_of_its_kind(store: Store) -> None:
    page, text = (
        SourceVersion(kind=kind, source="1", draft=draft(7, "a"))
        for kind in (SourceKind.PAGE, SourceKind.TEXT)
    )
    newer = SourceVersion(kind=SourceKind.PAGE, source="2", draft=draft(7, "b"))
    async with store.archive.writing() as transaction:
        for version in (page, text, newer):
            await transaction.put_version(version)
        assert set(await transaction.versions(IssueRef(7))) == {newer, text}


async def test_issues_without_a_number_differ_by_label(store: Store) -> None:
    async with store.archive.writing() as transaction:
        for label in ("Recon #4", "Recon #5", ""):
            await transaction.put_version(
                SourceVersion(kind=SourceKind.SHEET, source="s", draft=draft(None, "a", label=label))
            )
        assert [
            version.draft.label for version in await transaction.versions(IssueRef(None, "Recon #5"))
        ] == ["Recon #5"]
        assert [version.draft.label for version in await transaction.versions(IssueRef(None))] == [""]


async def test_issues_whose_keys_would_collide_are_refused(store: Store) -> None:
    async def put_both() -> None:
        async with store.archive.writing() as transaction:
            await transaction.put_issue(issue(None, "a", label="Recon #4"), {})
            await transaction.put_issue(issue(None, "a", label="Recon 4"), {})

    with pytest.raises(Refused, match=r"'Recon 4' are also under a name that is nearly the same"):
        await put_both()
    assert await store.archive.all_versions() == ()


async def test_locate_counts_titles_by_numbered_issue(store: Store) -> None:
    async with store.archive.writing() as transaction:
        await transaction.put_issue(issue(7, "One", "Two", "Three"), {})
        await transaction.put_issue(issue(8, "Two", "Four"), {})
        await transaction.put_issue(issue(None, "One", label="Recon #4"), {})
        assert await transaction.locate({"one", "two", "five"}) == {7: 2, 8: 1}
        assert await transaction.locate(set()) == {}


async def test_versions_and_issues_come_in_a_fixed_order(store: Store) -> None:
    versions = [
        SourceVersion(kind=SourceKind.SHEET, source="s", draft=draft(None, "a", label="Recon #4")),
        SourceVersion(kind=SourceKind.PAGE, source="p", draft=draft(7, "a")),
        SourceVersion(kind=SourceKind.SHEET, source="s", draft=draft(7, "a")),
        SourceVersion(kind=SourceKind.SHEET, source="s", draft=draft(10, "a")),
    ]
    async with store.archive.writing() as transaction:
        for version in reversed(versions):
            await transaction.put_version(version)
        await transaction.put_issue(issue(10, "a"), {"10-old": "10-a"})
    assert await store.archive.all_versions() == tuple(versions)
    assert [(one.number, aliases) async for one, aliases in store.archive.all_issues()] == [
        (None, {}),
        (7, {}),
        (10, {"10-old": "10-a"}),
    ]


entries = st.builds(Entry, links=st.lists(st.text(), max_size=2).map(tuple), cites=st.just(()))
drafts = st.builds(
    Draft, number=st.integers(0, 999), label=st.just(""), entries=st.lists(entries, max_size=2).map(tuple)
)


@given(drafts, st.sampled_from(SourceKind))
async def test_a_version_is_read_as_it_was_put(any_draft: Draft, kind: SourceKind) -> None:
    async with open_store(":memory:", clock=clock) as store:
        async with store.archive.writing() as transaction:
            await transaction.put_version(SourceVersion(kind=kind, source="s", draft=any_draft))
        assert await store.archive.all_versions() == (SourceVersion(kind=kind, source="s", draft=any_draft),)


async def test_an_issue_keeps_its_date(store: Store) -> None:
    dated = Issue(number=7, published=date(2019, 2, 28))
    async with store.archive.writing() as transaction:
        await transaction.put_issue(dated, {})
    assert await store.library.issue(7) == dated
