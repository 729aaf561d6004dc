"""What the bot has to say: a closed union of meanings, without any formatting.

Every platform renders each of them with a `match` that the type checker
proves complete. Texts are Markdown as the newsletter wrote them, except
`Lead.text`, which is plain. Lists are already cut to what is worth offering.
"""

from dataclasses import dataclass
from datetime import date

from bot.lookup.commands import Command
from bot.model.newsletter import Headline, SectionCount, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A highlight as an issue opens with it: its first sentences as plain text."""

    headline: Headline
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The entries under one heading, in printed order."""

    path: tuple[str, ...]
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFound:
    """An issue. Every entry is in it once: in `highlights` or in one of `groups`.

    `previous` and `following` are the numbers of its neighbours that exist.
    """

    number: int
    title: str
    published: date | None
    url: str
    audio: str
    highlights: tuple[Lead, ...]
    groups: tuple[Group, ...]
    previous: int | None
    following: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueUnknown:
    """No such issue; the nearest that exist, ascending (none: an empty library)."""

    number: int
    nearest: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFound:
    """One summary with its surroundings; `others` may have been meant instead."""

    summary: Summary
    issue_title: str
    issue_url: str
    cites: tuple[Headline, ...] = ()
    cited_by: tuple[Headline, ...] = ()
    others: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryGone:
    """A key without a summary; it may have had one."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Several summaries fit about equally, best first; `doubtful` ones are only the closest.

    Without words, all that the filters allow: `total` summaries, on pages.
    1 ≤ `page` ≤ `pages`; `page_missing` was asked for, but there is none of that number.
    """

    words: str
    headlines: tuple[Headline, ...]
    doubtful: bool = False
    total: int = 0
    page: int = 1
    pages: int = 1
    page_missing: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """Nothing fits, of all that there is or of what filters left (`narrowed`).

    `problem` is a sentence on a filter that matches nothing.
    """

    words: str
    problem: str
    closest: tuple[Headline, ...]
    narrowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """A page of a section, newest issue first. 1 ≤ `page` ≤ `pages`; `page_missing` was
    asked for, but there is none of that number.
    """

    path: tuple[str, ...]
    headlines: tuple[Headline, ...]
    page: int
    pages: int
    total: int
    page_missing: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """Every section with its count, in the newsletter's order, and the `page` that was
    asked for; how many there are depends on the platform.
    """

    sections: tuple[SectionCount, ...]
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChoices:
    """Several sections go by that name."""

    name: str
    sections: tuple[SectionCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionUnknown:
    """No section goes by that name; the closest that exist."""

    name: str
    closest: tuple[SectionCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """How to ask: one command in full, or all of them in short."""

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstood:
    """What could not be understood, and the commands that could be meant."""

    problem: str
    commands: tuple[Command, ...]


Answer = (
    IssueFound
    | IssueUnknown
    | SummaryFound
    | SummaryGone
    | Choices
    | NotFound
    | TopicPage
    | Sections
    | SectionChoices
    | SectionUnknown
    | Help
    | Misunderstood
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleNotice:
    """The answer comes from the embedded sample; `fetch` is the command line
    that gets the real archive.
    """

    issues: int
    summaries: int
    fetch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer; the first one of the sample has a notice."""

    answer: Answer
    notice: SampleNotice | None = None
