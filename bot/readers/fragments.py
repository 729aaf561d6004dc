"""An issue taken apart into blocks, and put together again as entries.

Each reader cuts its kind of source into the same few blocks; what they add up
to is decided here, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.model.newsletter import Entry, Opinion
from bot.model.sections import HIGHLIGHTS, PARENTS, spelled
from bot.readers.grammar import Byline, references, tidy
from bot.text.literal import numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section begins. `level` is 1 or 2; for names in the tree it is ignored."""

    name: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An entry begins: its title and what the brackets after it say."""

    title: str
    links: tuple[str, ...] = ()
    authors: str = ""
    hat_tip: str = ""
    summarizer: str = ""
    announces: bool = False
    """Whether a colon announces a text."""
    guessed: bool = False
    """Whether nothing shows surely where the title begins and ends."""

    @property
    def bare(self) -> bool:
        """Whether it is nothing but a title, which anything may be."""
        return not (self.authors or self.hat_tip or self.summarizer or self.announces)

    @classmethod
    def under(cls, title: str, byline: Byline, links: tuple[str, ...] = ()) -> "Head":
        """The head of that title and what its byline says."""
        return cls(
            title=tidy(title),
            links=links,
            authors=byline.authors,
            hat_tip=byline.hat_tip,
            summarizer=byline.summarizer,
            announces=byline.colon,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionLabel:
    """What follows is somebody's opinion."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMore:
    """Links to more on the entry."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisites:
    """What should be read before."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph of whatever began last; `tight` joins it without a blank line."""

    text: str
    tight: bool = False


Block = Heading | Head | OpinionLabel | ReadMore | Prerequisites | Text


@dataclass(slots=True)
class _Passage:
    """A text that grows by paragraphs."""

    parts: list[str] = field(default_factory=list)

    def add(self, block: Text) -> None:
        if block.text:
            self.parts.append(("\n" if block.tight else "\n\n") + block.text)

    def __str__(self) -> str:
        return numbered("".join(self.parts).strip())


@dataclass(slots=True)
class _OpenEntry:
    """An entry whose end has not come yet."""

    head: Head
    section: tuple[str, ...]
    text: _Passage = field(default_factory=_Passage)
    opinions: list[tuple[str, _Passage]] = field(default_factory=list)
    prerequisites: str = ""
    read_more: str = ""

    @property
    def growing(self) -> _Passage:
        return self.opinions[-1][1] if self.opinions else self.text

    def close(self) -> Entry:
        opinions = tuple(Opinion(by=by, text=str(text)) for by, text in self.opinions if str(text))
        text = str(self.text)
        return Entry(
            title=self.head.title,
            links=self.head.links,
            authors=self.head.authors,
            hat_tip=self.head.hat_tip,
            summarizer=self.head.summarizer,
            section=self.section,
            highlight=self.section[:1] == (HIGHLIGHTS,),
            text=text,
            opinions=opinions,
            prerequisites=self.prerequisites,
            read_more=self.read_more,
            references=references(text, *(o.text for o in opinions), self.prerequisites, self.read_more),
        )


def assemble(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """The entries these blocks add up to, in their order.

    Text before the first entry, or between a heading and an entry, belongs to
    no entry and is left out.
    """
    entries: list[Entry] = []
    current: _OpenEntry | None = None
    section: tuple[str, ...] = ()
    for block in blocks:
        match block:
            case Heading() | Head():
                if current:
                    entries.append(current.close())
                if isinstance(block, Heading):
                    section, current = _under(section, block), None
                else:
                    current = _OpenEntry(block, section)
            case _ if current is None:
                continue
            case OpinionLabel(by=by):
                current.opinions.append((by, _Passage()))
            case ReadMore(text=text):
                current.read_more = "; ".join(filter(None, (current.read_more, text)))
            case Prerequisites(text=text):
                current.prerequisites = text
            case Text():
                current.growing.add(block)
    return (*entries, current.close()) if current else tuple(entries)


def _under(section: tuple[str, ...], heading: Heading) -> tuple[str, ...]:
    """The path of a heading that comes after `section`."""
    name = spelled(heading.name)
    if name in PARENTS:
        parent = PARENTS[name]
        return (parent, name) if parent else (name,)
    return (*section[:1], name) if heading.level > 1 else (name,)
