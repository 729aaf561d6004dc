"""Where the real newsletter is."""

from typing import Final

SHEET: Final = (
    "https://docs.google.com/spreadsheets/d/1PwWbWZ6FPqAgZWOoOcXM8N_tUCuxpEyMbN1NYYC02aM/export?format=xlsx"
)
"""The spreadsheet of all summaries, with its links."""
FETCH_ARCHIVE: Final = f'anbot index "{SHEET}"'
"""The command that turns the sample into the real archive."""
