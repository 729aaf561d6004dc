"""The sample answers until the database has newsletters, and not a question longer."""

from pathlib import Path

from bot.model.newsletter import SourceKind
from bot.model.search import Verdict
from bot.sample import FillingFinder, FillingLibrary, filled
from bot.search import Searcher
from store import Store, open_store
from tests.support.drafts import clock, document, draft
from tests.support.indexing import take


def library_of(sample: Store, real: Store) -> FillingLibrary:
    return FillingLibrary(sample.library, real.library, filled(real.search))


async def test_it_changes_over_when_another_process_fills_the_database(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "an.db"
    await take(store, "sample", document(SourceKind.PAGE, draft(7, "Sample sheep")))
    async with open_store(file, clock=clock) as real, open_store(file, clock=clock) as other:
        library = library_of(store, real)
        finder = FillingFinder(Searcher(store.search), Searcher(real.search), filled(real.search))
        assert list(await library.numbers()) == [7]
        assert (await finder.find("sample sheep")).verdict is Verdict.ANSWER
        await take(other, "page", document(SourceKind.PAGE, draft(8, "Real goats")))
        assert list(await library.numbers()) == [8]
        assert (await finder.find("sample sheep")).verdict is not Verdict.ANSWER
        assert (await finder.find("real goats")).verdict is Verdict.ANSWER


async def test_it_answers_all_that_a_library_answers_of_the_one_that_counts(
    store: Store, tmp_path: Path
) -> None:
    for real_titles in ((), ("Real goats",)):
        async with open_store(tmp_path / f"{len(real_titles)}.db", clock=clock) as real:
            await take(store, "sample", document(SourceKind.PAGE, draft(7, "Sample sheep")))
            if real_titles:
                await take(real, "page", document(SourceKind.PAGE, draft(8, *real_titles)))
            library, counts = library_of(store, real), real if real_titles else store
            key = "8-real-goats" if real_titles else "7-sample-sheep"
            for number in (7, 8):
                assert await library.issue(number) == await counts.library.issue(number)
            assert await library.summary(key) is not None
            assert await library.sections() == await counts.library.sections()
            assert await library.in_section((), offset=0, limit=9) == await counts.library.in_section(
                (), offset=0, limit=9
            )
            assert await library.cites(key) == await library.cited_by(key) == ()
            assert await library.origin() == await counts.library.origin()
            finder = FillingFinder(Searcher(store.search), Searcher(real.search), filled(real.search))
            assert [headline.key for headline in await finder.complete(key.split("-")[1])] == [key]
