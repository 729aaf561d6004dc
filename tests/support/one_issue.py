"""The newsletter of these tests: one issue, as values and as a spreadsheet."""

from collections.abc import Callable

from click.testing import Result

from bot.model.newsletter import Draft, Entry, Opinion
from tests.support import sheets

Run = Callable[..., Result]
"""Runs the command line in this process, over a database of its own."""

ENTRIES = (
    Entry(
        title="On Teapots and Their Orbits",
        authors="Ada One, Bo Two, Cy Three",
        section=("Highlights",),
        highlight=True,
        summarizer="Rohin",
        text="A teapot is claimed to circle the sun. Nobody has looked.",
        opinions=(Opinion(by="Rohin", text="I would look first (AN #7)."),),
    ),
    Entry(
        title="The Shape of Kettles",
        authors="Di Four",
        section=("Technical AI alignment", "Robustness"),
        summarizer="Flo",
        text="Kettles are round. This is good for them.",
    ),
)
DRAFT = Draft(number=801, title="Teapots", entries=ENTRIES)


def sheet_rows() -> sheets.Rows:
    address: sheets.Value = ("AN #801", "https://mailchi.mp/1/an-801-teapots")
    return sheets.sheet(
        {"Category": "Problems", "Highlight?": "Highlight", "Title": ENTRIES[0].title, "Email": address,
         "Authors": "Ada One, Bo Two", "Year": 2031, "Summarizer": "Rohin", "Summary": "Of teapots."},
        {"Category": "Robustness", "Title": ENTRIES[1].title, "Email": address, "Year": "soon"},
    )  # fmt: skip
