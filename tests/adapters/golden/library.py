"""What the goldens are asked of: the embedded sample, and two issues that are long in every way."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.errors import StoreError
from bot.model.newsletter import Draft, Entry, Headline, Opinion, SourceKind, Target
from bot.model.search import Filters, SearchResult
from bot.sample import document as sample
from bot.search import Searcher
from store import open_store
from tests.support.drafts import document
from tests.support.indexing import take

NOW = datetime(2026, 1, 12, 3, 4, tzinfo=UTC)
"""A Monday."""
_INDEXED = NOW - timedelta(days=3)
_PARAGRAPH = "Paragraph {} of a *text* that **goes on**, with [a link](https://a.example/{}). "
_RISKS = Target(issue=58, title="Risks from Learned Optimization in Advanced Machine Learning Systems")

LONG = Draft(
    number=200,
    title="A long read",
    published=date(2025, 11, 3),
    url="https://mail.example/200",
    audio="https://audio.example/200.mp3",
    entries=(
        Entry(
            title="A long read that goes on",
            links=("https://papers.example/200/1",),
            authors="Ada Writer, Bob Author, Cleo Scribe",
            venue="arXiv",
            year=2025,
            section=("Technical AI alignment", "Mesa optimization"),
            highlight=True,
            hat_tip="Dan",
            summarizer="Eve",
            text="\n\n".join(_PARAGRAPH.format(n, n) * 6 for n in range(1, 8)) + "\n\n- one\n- two\n\n> said",
            opinions=(Opinion(by="Eve", text="It is _long_."), Opinion(by="Flo", text="Not `long` enough.")),
            prerequisites="Patience.",
            read_more="[The code](https://code.example/200)",
            cites=(_RISKS,),
        ),
        Entry(title="A title alone", section=("News",)),
    ),
)
MANY = Draft(
    number=201,
    title="Many entries",
    published=date(2025, 12, 1),
    url="https://mail.example/201",
    entries=tuple(
        Entry(
            title=f"Entry {n} of many",
            links=(f"https://papers.example/201/{n}",),
            authors="Ada Writer",
            section=("Reading list", "Odd" if n % 2 else "Even"),
            highlight=n == 1,
            summarizer="Eve",
            text=f"What entry {n} says.",
        )
        for n in range(1, 41)
    ),
)


def appearing(number: int, *, entries: int = 3, text: str = "It says so. And more of it.") -> Draft:
    """An issue that appears while the bot runs, its first entry a highlight."""
    return Draft(
        number=number,
        title=f"Title of {number}",
        published=date(2026, 1, 12),
        url=f"https://mail.example/{number}",
        entries=tuple(
            Entry(
                title=f"Entry {n} of {number}",
                links=(f"https://papers.example/{number}/{n}",),
                authors="Ada Writer, Bob Author",
                section=("Technical AI alignment", "Mesa optimization") if n % 2 else ("News",),
                highlight=n == 1,
                summarizer="Eve",
                text=text,
                opinions=(Opinion(by="Eve", text="I agree."),) if n == 1 else (),
            )
            for n in range(1, entries + 1)
        ),
    )


TEXT = "A sentence that says something of it. " * 40
"""A digest of a few of these takes several parts."""


async def index(database: Path, *drafts: Draft) -> None:
    """Let the issues come into the database, as a run of `anbot index` does."""
    async with open_store(database, clock=lambda: _INDEXED) as store:
        for draft in drafts:
            await take(store, f"{draft.number}.html", document(SourceKind.PAGE, draft))


async def fill(database: Path) -> None:
    """Make the database."""
    async with open_store(database, clock=lambda: _INDEXED) as store:
        await take(store, "sample", sample())
    await index(database, LONG, MANY)


class Trouble:
    """A `Finder` that fails when the test says so."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self.error: Exception | None = None

    async def find(self, words: str, filters: Filters = Filters(), *, limit: int = 5) -> SearchResult:  # noqa: B008 - frozen
        if self.error:
            raise self.error
        return await self._searcher.find(words, filters, limit=limit)

    async def narrowed(self, filters: Filters, *, offset: int, limit: int) -> SearchResult:
        return await self._searcher.narrowed(filters, offset=offset, limit=limit)

    async def at(self, address: str) -> Sequence[Headline]:
        return await self._searcher.at(address)

    async def titles_in(self, text: str) -> Sequence[Headline]:
        return await self._searcher.titles_in(text)

    async def complete(self, words: str, *, limit: int = 10) -> Sequence[Headline]:
        return await self._searcher.complete(words, limit=limit)


ERRORS: dict[str, Exception] = {
    "of-the-store": StoreError("/data/an.sqlite is damaged."),
    "of-ours": ZeroDivisionError("a secret"),
    "of-waiting": TimeoutError(),
}
