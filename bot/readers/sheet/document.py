"""The spreadsheet of all summaries: every row an entry, every issue a draft.

Columns are known by their names, in any order; those the newsletter does not
use are ignored. One bad row never loses the rest: it is noted and left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from bot.errors import InputError
from bot.model.newsletter import Document, Entry, Note
from bot.model.sections import path_of
from bot.readers.grammar import references
from bot.readers.sheet import entries
from bot.readers.sheet.cells import REQUIRED, Cell, Row, Table
from bot.readers.sheet.crossrefs import Named, Resolved, Titles
from bot.readers.sheet.entries import Record
from bot.readers.sheet.issues import Filed, drafts
from bot.readers.sheet.tables import read_tables
from bot.runtime.collection import without_collection
from bot.text.folding import fold
from bot.text.markdown import printable

_HEADER_WITHIN: Final = 10
_LONGEST_NAME: Final = 40
_SHOWN_NAMES: Final = 20


@without_collection()
def read_sheet(data: bytes, name: str) -> Document:
    """Every row of the newsletter's spreadsheet, by issue and in printed order.

    Rows outside the numbered issues come as drafts of their own, one for each
    label ("Recon #4") and one without. The notes account for every row left
    out, and for whatever had to be decided.

    Raises:
        InputError: the file cannot be read, or lacks the title or e-mail column.

    """
    table, header = _newsletter(data, name)
    notes: list[Note] = []
    records = list(_records(table, header, notes))
    if not records:
        raise InputError(f"{name}: has a header and no row with a title under it.")
    filed = list(_filed(records, notes))
    return Document(kind=table.kind, drafts=drafts(filed, notes), notes=tuple(notes))


def _newsletter(data: bytes, name: str) -> tuple[Table, Row]:
    """The first sheet with the newsletter's columns, and the row that names them."""
    best: Row | None = None
    for table in read_tables(data, name):
        for row in table.rows[:_HEADER_WITHIN]:
            if not _missing(row):
                return table, row
            if best is None or len(_missing(row)) < len(_missing(best)):
                best = row
    if best is None:
        raise InputError(f"{name}: holds no rows of a sheet; if it packs other files, unpack them.")
    columns = ", ".join(islice(map(_quoted, filter(_name_of, best.cells)), _SHOWN_NAMES)) or "nothing"
    raise InputError(
        f"{name}: lacks the {_listed(_missing(best))}: its row {best.number} names {columns}, and the first row "
        "must name the columns as the newsletter's sheet does."
    )


def _name_of(cell: Cell) -> str:
    return printable(" ".join(cell.text.split()))[:_LONGEST_NAME].strip()


def _quoted(cell: Cell) -> str:
    return f"“{_name_of(cell)}”"


def _missing(row: Row) -> list[str]:
    return [column for column in REQUIRED if column not in {fold(cell.text) for cell in row.cells}]


def _listed(columns: list[str]) -> str:
    names = " and ".join(column.capitalize() for column in columns)
    return f"column {names}" if len(columns) == 1 else f"columns {names}"


def _records(table: Table, header: Row, notes: list[Note]) -> Iterator[Record]:
    """The rows under the header that have a title; of equal columns the first counts."""
    columns: dict[str, int] = {}
    for i, cell in enumerate(header.cells):
        columns.setdefault(fold(cell.text), i)
    for row in table.rows[table.rows.index(header) + 1 :]:
        if not _missing(row):
            notes.append(Note(where=f"row {row.number}", what="names the columns again"))
            continue
        named = {column: row.cells[i] for column, i in columns.items() if i < len(row.cells)}
        record = Record(row.number, named)
        if record.line("title"):
            yield record
        else:
            notes.append(Note(where=f"row {row.number}", what="has no title"))
    if table.cut is not None:
        what = "ends a long run of empty rows; what may follow it was not read"
        notes.append(Note(where=f"row {table.cut}", what=what, skipped=False))


def _filed(records: Iterable[Record], notes: list[Note]) -> Iterator[Filed]:
    rows = [(record, entries.addresses(record)) for record in records]
    sheet = [_named(record, links) for record, links in rows]
    titles = Titles(sheet)
    met: list[Resolved] = []
    for (record, links), named in zip(rows, sheet, strict=True):
        texts = {column: titles.resolve(text, named) for column, text in _texts(record).items()}
        met += texts.values()
        notes += [note for text in texts.values() for note in text.notes]
        number, label = entries.place(record)
        entry = _entry(record, named, links, texts, notes)
        yield Filed(number=number, label=label, address=record.cell("email").link, entry=entry)
    notes += _summed_up(met)


def _named(record: Record, links: Sequence[str]) -> Named:
    return Named(
        row=record.row,
        issue=entries.place(record)[0],
        title=record.line("title"),
        names=entries.names(record, links),
    )


def _texts(record: Record) -> dict[str, str]:
    """The cells that may refer to other rows."""
    return {
        "summary": record.text("summary"),
        "my opinion": record.text("my opinion"),
        "prerequisites": entries.reading(record, "prerequisites"),
        "read more": entries.reading(record, "read more"),
    }


def _entry(
    record: Record, named: Named, links: tuple[str, ...], texts: Mapping[str, Resolved], notes: list[Note]
) -> Entry:
    summarizer, writer = entries.writers(record)
    itself = (named.issue, named.title)
    cites = dict.fromkeys(target for text in texts.values() for target in text.targets)
    return Entry(
        title=named.title,
        links=links,
        authors=entries.authors(record),
        venue=record.line("venue"),
        year=_year(record, notes),
        section=path_of(record.line("category")),
        highlight=fold(record.text("highlight")).startswith("highlight"),
        hat_tip=record.line("h t"),
        summarizer=summarizer,
        text=texts["summary"].text,
        opinions=entries.opinions(texts["my opinion"].text, writer),
        prerequisites=texts["prerequisites"].text,
        read_more=texts["read more"].text,
        references=references(*(text.text for text in texts.values())),
        cites=tuple(target for target in cites if (target.issue, target.title) != itself),
    )


def _year(record: Record, notes: list[Note]) -> int | None:
    try:
        return entries.year(record)
    except ValueError as error:
        what = f"its year {str(error)[:40]!r} is no year; the row is kept without it"
        notes.append(Note(where=f"row {record.row}", what=what, skipped=False))
        return None


def _summed_up(met: Iterable[Resolved]) -> Iterator[Note]:
    resolved, ambiguous, missing = (
        sum(counts) for counts in zip(*((len(r.targets), r.ambiguous, r.missing) for r in met), strict=True)
    )
    if resolved or missing:
        what = (
            f"{resolved + missing:,} cross-references: {resolved:,} resolved, {ambiguous:,} of them to one "
            f"of several rows with that title; {missing:,} left as plain text"
        )
        yield Note(where="sheet", what=what, skipped=False)
