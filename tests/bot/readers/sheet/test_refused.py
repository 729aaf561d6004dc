"""Files that are no spreadsheet, or none to be opened."""

import struct

import pytest

from bot.errors import InputError
from tests.support.sheets import (
    SHEET,
    SMALL,
    STRINGS,
    as_csv,
    as_page,
    as_xlsx,
    edited,
    first_table,
    with_rows,
    zipped,
)


def with_directory(archive: bytes, offset: int, form: str, value: int) -> bytes:
    """The archive with one field changed in the directory's entry for its first file."""
    changed = bytearray(archive)
    struct.pack_into(form, changed, changed.index(b"PK\x01\x02") + offset, value)
    return bytes(changed)


def bomb(member: str, size: int) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", member: b"\0" * size})


ENTITIES = '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "a picture (PNG), which no reader takes"),
    "document": (b"%PDF-1.7 ...", "a PDF document"),
    "binary": (b"\x00\x01\x02\x03" * 50, "binary data"),
    "old workbook": (b"\xd0\xcf\x11\xe0 Workbook", "save it as .xlsx"),
    "password": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "cut short": (as_xlsx(SMALL)[:-400], "damaged or cut short"),
    "binary workbook": (zipped({"xl/workbook.bin": b"x"}), ".xlsb"),
    "other archive": (zipped({"notes.txt": b"x"}), "an archive without a sheet"),
    "letter": (zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>"}), "a Word document"),
    "book": (zipped({"mimetype": b"x", "META-INF/container.xml": b"<d/>"}), "a book (EPUB)"),
    "sheet of another kind": (zipped({"META-INF/manifest.xml": b"<d/>"}), "an OpenDocument file"),
    "mail of Outlook": (
        b"\xd0\xcf\x11\xe0" + "__substg1.0_0037".encode("utf-16-le"),
        "a mail that Outlook saved",
    ),
    "lost part": (zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bak": b"<w/>"}), "damaged"),
    "part cut": (edited(as_xlsx(SMALL), SHEET, lambda xml: xml[: xml.index("</sheetData>")]), "damaged"),
    "entities": (edited(as_xlsx(SMALL), STRINGS, lambda _: ENTITIES), "declares XML entities"),
    "entities in the sheet": (edited(as_xlsx(SMALL), SHEET, lambda _: ENTITIES), "declares XML entities"),
    "bomb": (bomb("xl/sharedStrings.xml", (1 << 27) + 1), "would unpack"),
    "sheets lost": (edited(as_xlsx(SMALL), "xl/workbook.xml", lambda _: "<w/>"), "holds no sheet"),
    "no such string": (with_rows("<row><c t='s'><v>999</v></c></row>"), "damaged"),
    "gigabytes": (with_directory(as_xlsx(SMALL), 24, "<I", 0xFFFF_FFF0), "would unpack to 4,096 MB"),
    "large part": (
        with_directory(with_directory(as_xlsx(SMALL), 24, "<I", (1 << 27) + 1), 20, "<I", 1 << 26),
        "to 128 MB",
    ),
    "many files": (zipped({str(n): b"" for n in range(2001)}), "2,001 files"),
    "encrypted file": (with_directory(as_xlsx(SMALL), 8, "<H", 1), "encrypted"),
    "odd packing": (with_directory(as_xlsx(SMALL), 10, "<H", 12), "packed in a way"),
    "quotes": (b'Title,Email\na,"b', "row 2"),
    "quotes within": (b'Title,Email\na,b\n"a"b,c\n', "row 3"),
    "long field": (b"Title,Email\n" + b"a" * 200_000, "row 2"),
    "one endless line": (b"a," * 3_000_000, "6,000,000 characters"),
    "rows": (b"x\n" * 100_001, "beyond the 100,000 rows"),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence_that_says_why(data: bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        first_table(data, "sheet.xlsx")
    assert str(caught.value).startswith("sheet.xlsx")
    assert why in str(caught.value)


def test_a_row_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.readers.sheet.xml_events.MOST_ELEMENTS", 1_000)
    with pytest.raises(InputError, match="more than 1,000 XML elements"):
        first_table(with_rows("<row>" + "<c/>" * 1_000 + "</row>"))


def test_a_short_string_shared_by_very_many_cells_is_counted_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.readers.sheet.cells.MOST_TEXT", 100)
    with pytest.raises(InputError, match="row 3"):
        first_table(as_xlsx([["x" * 40]] * 4))


def test_columns_far_out_are_not_read() -> None:
    rows = [["a"] * 300]
    for write in (as_xlsx, as_csv, as_page):
        assert len(first_table(write(rows)).rows[0].cells) == 200
