"""The spreadsheet of all summaries, in every form it is saved in.

A file goes through these steps, each with a file of its own:

    tables      which kind of file it is, and its rows by the reader for that kind:
                xlsx, webpage or delimited, within the bounds set for archives
    cells       rows of cells with their links, whichever reader they came from
    document    the rows by the names of their columns, and all of it as a Document
    entries     one row as an entry; people: who signs how
    crossrefs   the references from row to row
    issues      the entries put together as issues
"""

from bot.readers.sheet.document import read_sheet
from bot.readers.sheet.tables import looks_like_table

__all__ = ["looks_like_table", "read_sheet"]
