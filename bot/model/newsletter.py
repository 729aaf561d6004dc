"""The values everything else speaks in. All are frozen; texts are Markdown.

Two families: what a reader understood of a file (`Document` > `Draft` >
`Entry`) and what the library holds (`Issue` > `Summary`). A `Summary` is an
`Entry` that has been given its place and its public name, the key.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one named person thinks of an entry."""

    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An entry that a text points at, by where it was printed and its title."""

    issue: int | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an issue as a source tells it.

    `title` is plain text; `links` are the addresses behind it, first the main
    one. `section` is the path of headings it stands under, outermost first:
    ("Highlights",) in a printed issue whose topic is not stated, else
    ("Technical AI alignment", "Mesa optimization"), or () if unknown.
    `text` may be empty: a title-only entry. `references` are the numbers of
    the issues its texts mention, ascending; `cites` are the entries it is
    known to point at.
    """

    title: str
    links: tuple[str, ...] = ()
    authors: str = ""
    venue: str = ""
    year: int | None = None
    section: tuple[str, ...] = ()
    highlight: bool = False
    hat_tip: str = ""
    summarizer: str = ""
    text: str = ""
    opinions: tuple[Opinion, ...] = ()
    prerequisites: str = ""
    read_more: str = ""
    references: tuple[int, ...] = ()
    cites: tuple[Target, ...] = ()

    @property
    def url(self) -> str | None:
        """The main address, if the source gave one."""
        return self.links[0] if self.links else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One issue as one source tells it; any fact may be unknown.

    `number` is None for entries outside the numbered issues; `label` then says
    where they stood ("Recon #4"), or is empty. A text that states no number is
    a Draft without number and label too: its Document says `numbered=False`.
    """

    number: int | None = None
    label: str = ""
    title: str = ""
    published: date | None = None
    url: str = ""
    audio: str = ""
    entries: tuple[Entry, ...] = ()


class SourceKind(enum.StrEnum):
    """Where a Document came from, the best-informed kind of source first."""

    SHEET = "sheet"
    """The spreadsheet with its links (.xlsx, zipped HTML)."""
    CSV = "csv"
    """The spreadsheet without its links."""
    PAGE = "page"
    """An issue as a web page."""
    MAIL = "mail"
    FEED = "feed"
    TEXT = "text"
    """An issue as plain text: no links, often no number."""
    PODCAST = "podcast"
    """Where issues can be heard; no entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something a reader could not use or had to decide, and where it stood.

    `where` is what the user can look up: "row 17", "offset 4751".
    `skipped` tells a lost piece from a mere remark.
    """

    where: str
    what: str
    skipped: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that one file or feed holds."""

    kind: SourceKind
    drafts: tuple[Draft, ...]
    notes: tuple[Note, ...] = ()
    numbered: bool = True
    """False when the file holds one issue and does not say which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Entry):
    """An entry in the library, under its public name.

    `key` is made of issue and title, never of a row: it stays the same over
    re-indexing and rebuilding, fits a button's custom id (at most 80
    characters of `[a-z0-9~-]`), and older spellings of it keep working.
    `position` counts from 1 in the order of the issue.
    """

    key: str
    issue: int | None
    label: str
    position: int

    @property
    def headline(self) -> "Headline":
        """The summary as a list shows it."""
        return Headline(
            key=self.key,
            title=self.title,
            issue=self.issue,
            label=self.label,
            authors=self.authors,
            section=self.section,
            highlight=self.highlight,
            url=self.url,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One newsletter in the library, its summaries in printed order."""

    number: int | None
    label: str = ""
    title: str = ""
    published: date | None = None
    url: str = ""
    audio: str = ""
    summaries: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A summary in a list: enough to choose it by and to open it."""

    key: str
    title: str
    issue: int | None
    label: str
    authors: str
    section: tuple[str, ...]
    highlight: bool
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCount:
    """A section by its path, and how many summaries stand in it."""

    path: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the library was made of, for a footer and for honesty.

    `sample` is true while the library holds only the embedded sample.
    """

    issues: int
    summaries: int
    updated: datetime | None
    sample: bool
