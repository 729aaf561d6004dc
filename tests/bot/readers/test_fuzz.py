"""Whatever a file holds, it is understood or refused in a sentence."""

import gzip
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import readers
from bot.errors import InputError
from bot.model.newsletter import Draft, Entry
from tests.support import newsletters, printed_forms
from tests.support.sheets import SMALL, as_csv, as_page, as_xlsx, as_zipped_page

DRAFT = Draft(
    number=99,
    entries=(
        Entry(
            title="Sheep", links=("https://a.example/",), authors="Ann Lee", summarizer="Flo", text="Wool."
        ),
        Entry(title="Rams", authors="Bo Chen", section=("News",)),
    ),
)


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = "[AN #99]: Wool"
    message.set_content(printed_forms.mailed(DRAFT))
    message.add_alternative(newsletters.page(DRAFT), subtype="html")
    return message.as_bytes()


def feed() -> bytes:
    body = newsletters.page(DRAFT).replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><item><title>[AN #99]: Wool</title>'
        f"<description>{body}</description></item></channel></rss>"
    ).encode()


SEEDS = {
    **{name: form(DRAFT).encode() for name, form in printed_forms.PRINTED.items()},
    "page": newsletters.page(DRAFT).encode(),
    "flat": newsletters.flat(DRAFT).encode(),
    "mail": mail(),
    "feed": feed(),
    "json feed": b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "[AN #9]", "content_html": "x"}]}',
    "workbook": as_xlsx(SMALL),
    "csv": as_csv(SMALL),
    "sheet as page": as_page(SMALL),
    "zipped page": as_zipped_page(SMALL),
    "packed": gzip.compress(feed()),
}
ODD = st.sampled_from(
    [
        b"<",
        b">",
        b"&#x110000;",
        b"&#0;",
        b"\x00",
        b"\n\n",
        b"<b>" * 300,
        b"(" * 99,
        b"[",
        b"=?utf-8?q?",
        b"From ",
        b"]]>",
        b"<!--",
        b"<a href='http://['>",
        b"\xff\xfe",
        b"%",
        b"{",
        b'"',
        b"- ",
        b"** News\n-----\n",
        b"# News\n",
        b"> ",
    ]
) | st.binary(max_size=6)


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)
@given(st.data())
def test_a_file_damaged_anywhere_is_understood_or_refused(seed: bytes, data: st.DataObject) -> None:
    """No library's error ends there either: those are turned into ours where they arise."""
    damaged = seed
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged = damaged[:at] + data.draw(ODD) + damaged[at + data.draw(st.integers(0, 20)) :]
    try:
        document = readers.read(damaged, "x")
    except InputError as error:
        assert "no reader understands" not in str(error), error.__cause__  # noqa: PT017
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert document.drafts


def test_the_seeds_are_understood() -> None:
    for name, seed in SEEDS.items():
        if name != "json feed":
            assert readers.read(seed, "x").drafts, name
