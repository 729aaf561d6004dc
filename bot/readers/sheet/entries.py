"""One row of the sheet as an entry: its cells in the newsletter's terms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.model.newsletter import Opinion
from bot.readers.sheet.cells import Cell, web_address
from bot.readers.sheet.crossrefs import link
from bot.text.folding import fold
from bot.text.literal import without_tags
from bot.text.markdown import parse, plain

_ISSUE: Final = re.compile(r"AN\s*#?\s*([0-9]{1,4})", re.IGNORECASE)
_NO_ISSUE: Final = frozenset({"", "n a", "na", "none"})
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})(?:[.,]0+)?")
_BARE_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
# A character that Excel spelled out is no emphasis.
_SPELLED: Final = re.compile(r"(?<!\\)_(x[0-9A-Fa-f]{4})_")
# "**|Q*-Q|**": Markdown would take the star within for a mark.
_STARRED: Final = re.compile(r"(?<!\*)\*\*(?![\s*])([^*\n]*\w)\*(?=[^\w\s*])([^*\n]*[^\s*])\*\*(?!\*)")
_MARKUP: Final = re.compile(r"[*_`\\\[\]<&~]")
_HAS_LINK: Final = re.compile(r"\]\(|<@|://")
# "**Rohin's opinion:**" in all its spellings: at the start of a line, or set
# off by emphasis in the middle of one.
_LABEL: Final = re.compile(
    r"(?:^[ \t]*|(?<=\s)(?=[*_]))(?P<mark>[*_]{0,3})"
    r"(?P<by>[^\W\d_a-z][\w.-]*(?:[ ][^\W\d_a-z][\w.-]*){0,2})(?:['’]s|(?<=s)['’])[ ]opinion\s?"
    r"(?::(?P=mark)|(?P=mark)\s?:)[ \t]*",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Record:
    """A row with its cells by the folded names of their columns."""

    row: int
    cells: Mapping[str, Cell]

    def cell(self, column: str) -> Cell:
        """The cell in that column, or an empty one."""
        return self.cells.get(column) or Cell()

    def text(self, column: str) -> str:
        """The text of that cell without outer blanks."""
        text = self.cell(column).text.strip()
        if "_x" in text:
            text = _SPELLED.sub(r"\\_\1\\_", text)
        if "**" in text:
            text = _STARRED.sub(r"**\1\\*\2**", text)
        return without_tags(text)

    def line(self, column: str) -> str:
        """The text of that cell as plain text in one line."""
        return one_line(self.cell(column).text)


def one_line(markdown: str) -> str:
    """The text without markup, single blanks between its words.

    >>> one_line("[A](https://a.example) and *b*, FAT*")
    'A and b, FAT*'
    """
    text = " ".join(markdown.split())
    return (plain(text) or text) if _MARKUP.search(text) else text


def place(record: Record) -> tuple[int | None, str]:
    """The number of the issue a row was printed in, else what its Email says."""
    email = " ".join(record.text("email").split())
    if match := _ISSUE.fullmatch(email):
        return int(match[1]), ""
    return None, "" if fold(email) in _NO_ISSUE else email


def names(record: Record, addresses: Sequence[str]) -> tuple[tuple[str, str | None], ...]:
    """The title with the main address, then every linked part of a title that has several."""
    main = next(iter(addresses), None)
    return ((record.line("title"), main), *_linked_parts(record.text("title")))


def addresses(record: Record) -> tuple[str, ...]:
    """What the title links to, first the main address.

    The links inside a Markdown title are all there is. Else the URL column
    leads; a link on the cell follows unless it is the same cut short.
    """
    inside = [address for _, address in _linked_parts(record.text("title"))]
    if inside:
        return tuple(dict.fromkeys(inside))
    column, on_cell = _typed_address(record.text("url")), record.cell("title").link
    if not column or not on_cell:
        return tuple(filter(None, (column, on_cell)))
    same = column.startswith(on_cell) or on_cell.rstrip("/") == column
    return (column,) if same else (column, on_cell)


def _linked_parts(title: str) -> tuple[tuple[str, str], ...]:
    if "](" not in title:
        return ()
    return tuple(_links(title))


def _links(title: str) -> Iterator[tuple[str, str]]:
    text, address = "", None
    for block in parse(title):
        for token in block.children or ():
            if token.type == "link_open":
                text, address = "", web_address(str(token.attrs.get("href", "")))
            elif token.type == "link_close" and address:
                yield text, address
            else:
                text += token.content


def _typed_address(text: str) -> str | None:
    return web_address(f"https://{text}" if _BARE_DOMAIN.fullmatch(text) else text)


def year(record: Record) -> int | None:
    """The year; None if the cell is empty.

    Raises:
        ValueError: the cell holds something else.

    """
    text = record.text("year")
    if not text:
        return None
    match = _YEAR.fullmatch(text)
    if not match:
        raise ValueError(text)
    return int(match[1])


def authors(record: Record) -> str:
    """The authors in one line, without the stars of equal contribution."""
    line = " ".join(record.text("authors").replace("*", "").split())
    return re.sub(r" +(?=[,;])", "", line).strip(" ,;")


def writers(record: Record) -> tuple[str, str]:
    """Who wrote the summary and who the opinion: "Rohin/Flo" names both."""
    signed = [signature(name) for name in record.text("summarizer").split("/") if name.strip()]
    return (signed[0], signed[-1]) if signed else ("", "")


def opinions(text: str, writer: str) -> tuple[Opinion, ...]:
    """The opinions in a cell; what precedes any label is by `writer`."""
    labels = list(_LABEL.finditer(text)) if " opinion" in text else []
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(text)]
    by = [writer, *(signature(label["by"]) for label in labels)]
    parts = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return tuple(Opinion(by=name, text=part) for name, part in zip(by, parts, strict=True) if part)


def reading(record: Record, column: str) -> str:
    """A cell of things to read: a plain one becomes a link to where it points."""
    cell, text = record.cell(column), record.text(column)
    return link(text, cell.link) if text and cell.link and not _HAS_LINK.search(text) else text


_SIGNATURES: Final = {
    "asya bergal": "Asya",
    "cody wild": "Cody",
    "dan hendrycks": "Dan H",
    "flo dorner": "Flo",
    "matthew barnett": "Matthew",
    "nicholas joseph": "Nicholas",
    "richard ngo": "Richard",
    "robert kirk": "Robert",
    "rohin shah": "Rohin",
    "sudhanshu kasewa": "Sudhanshu",
    "zachary robertson": "Zach",
}


def signature(name: str) -> str:
    """How the newsletter signs this person; any other name stays as it is.

    >>> signature("Dan  Hendrycks"), signature("Jane Doe")
    ('Dan H', 'Jane Doe')
    """
    name = " ".join(name.split())
    return _SIGNATURES.get(name.casefold(), name)
