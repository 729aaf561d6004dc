"""The newsletter's values. Texts are Markdown.

There are two families: what a reader understands of a file (`Document` > `Draft` >
`Entry`) and what the library contains (`Issue` > `Summary`). A `Summary` is an
`Entry` with its position in an issue and its public name, the key.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One person's opinion of an entry."""

    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A cited entry, by its issue and its title."""

    issue: int | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an issue, as a source has it.

    `title` is plain text; `links` are its addresses, the main one first.
    `section` is the path of headings above it, outermost first:
    ("Technical AI alignment", "Mesa optimization"), ("Highlights",) if a printed
    issue does not name the topic, or () if unknown. `text` is empty for an entry
    that is only a title. `references` are the numbers of the issues that its texts
    mention, ascending; `cites` are the entries that it cites.
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
    """One issue, as one source has it; any fact may be unknown.

    `number` is None for entries outside the numbered issues; `label` then names
    where they were printed ("Recon #4"), or is empty. The Draft of a text that does
    not state its number has neither, and its Document is not `numbered`.
    """

    number: int | None = None
    label: str = ""
    title: str = ""
    published: date | None = None
    url: str = ""
    audio: str = ""
    entries: tuple[Entry, ...] = ()


class SourceKind(enum.StrEnum):
    """The kind of a source, the best informed first."""

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
    """Audio of issues; no entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that a reader could not use or had to decide.

    `where` is what the user can look up: "row 17", "offset 4751". `skipped`: a
    piece is lost; otherwise it is a remark.
    """

    where: str
    what: str
    skipped: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The content of one file or feed."""

    kind: SourceKind
    drafts: tuple[Draft, ...]
    notes: tuple[Note, ...] = ()
    numbered: bool = True
    """False if the file is one issue and does not say which."""
    doubt: str = ""
    """Why it may be an issue of another newsletter; "" if it is surely ours."""
    guess: str = ""
    """What in it is only likely, so that no summary is made of it unasked; "" for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Entry):
    """An entry in the library.

    `key` is its public name, made of issue and title, never of a row: it survives
    re-indexing and rebuilding, fits a button's custom id (at most 80 characters of
    `[a-z0-9~-]`), and older keys keep working. `position` counts from 1 in the
    order of the issue.
    """

    key: str
    issue: int | None
    label: str
    position: int

    @property
    def headline(self) -> "Headline":
        """What a list shows of the summary."""
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
    """One issue in the library, its summaries in printed order."""

    number: int | None
    label: str = ""
    title: str = ""
    published: date | None = None
    url: str = ""
    audio: str = ""
    summaries: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A summary in a list: enough to choose and open it."""

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
    """A section's path, and the number of summaries directly in it."""

    path: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The size and age of the library, for a card's footer.

    `sample`: the library contains only the embedded sample.
    """

    issues: int
    summaries: int
    updated: datetime | None
    sample: bool
