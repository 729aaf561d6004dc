"""Good files, one of each form that is read, and pieces that have meaning in one of them."""

import gzip
from email.message import EmailMessage
from typing import Final

from bot.model.newsletter import Draft, Entry, Opinion
from tests.support import newsletters, printed_forms
from tests.support.sheets import SMALL, as_csv, as_page, as_xlsx, as_zipped_page

DRAFT: Final = Draft(
    number=99,
    entries=(
        Entry(
            title="Sheep", links=("https://a.example/",), authors="Ann Lee", summarizer="Flo", text="Wool."
        ),
        Entry(
            title="Ewes",
            links=("https://b.example/",),
            authors="Cy Dee",
            text="Two *soft* ones, [both](https://c.example/) white.\n\n- one\n- two",
            opinions=(Opinion(by="Rohin", text="Soft indeed."),),
            read_more="[Paper](https://d.example/)",
        ),
        Entry(title="Rams", authors="Bo Chen", section=("News",)),
    ),
)


def _mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "[AN #99]: Wool"
    message.set_content(printed_forms.mailed(DRAFT))
    message.add_alternative(newsletters.page(DRAFT), subtype="html")
    return message


def _forwarded() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Fwd: =?utf-8?q?Wool?="
    message.set_content("See below.")
    message.add_attachment(_mail())
    return message.as_bytes()


def _feed() -> bytes:
    body = newsletters.page(DRAFT).replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><item><title>[AN #99]: Wool</title>'
        f"<description>{body}</description></item></channel></rss>"
    ).encode()


SEEDS: Final = {
    **{name: form(DRAFT).encode() for name, form in printed_forms.PRINTED.items()},
    "page": newsletters.page(DRAFT).encode(),
    "flat": newsletters.flat(DRAFT).encode(),
    "mail": _mail().as_bytes(),
    "mail forwarded": _forwarded(),
    "mailbox": b"From a Wed Apr 8 17:03:00 2020\n" + _mail().as_bytes() + b"\n",
    "feed": _feed(),
    "json feed": b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "[AN #9]", "content_html": "x"}]}',
    "workbook": as_xlsx(SMALL),
    "csv": as_csv(SMALL),
    "sheet as page": as_page(SMALL),
    "zipped page": as_zipped_page(SMALL),
    "packed": gzip.compress(_feed()),
}
PIECES: Final = (
    *(b"<", b">", b"&#x110000;", b"&#0;", b"&amp;", b"\x00", b"\n", b"\n\n", b" ", b"\t", b"<b>", b"</b>", b"<div>"),
    *(b"</div>", b"<p>", b"<br>", b"<br><br>", b"<ul><li>", b"<blockquote>", b"<pre>", b"<sup>1</sup>", b"<table><tr><td>"),
    *(b"<em>a</em>", b"<a href='http://['>x</a>", b'<a href="http://e.example/">x</a>', b"<h2>", b"<item>", b"<title>"),
    *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml?>", b"<!DOCTYPE x [", b"(", b")", b"(Ann Lee)", b"(Ann Lee):"),
    *(b"(summarized by Flo)", b"[", b"]", b"](", b"[1]", b"http://", b"(http://a.example)", b"*", b"_", b"`", b"~~~\n"),
    *(b"# News\n", b"News\n====\n", b"** News\n-----\n", b"> ", b"- ", b"1. ", b"-----\n", b"News ", b"Highlights\n"),
    *(b"Rohin's opinion: ", b"Read more: ", b"Prerequisites: ", b"References\n\n 1. http://a\n", b"AN #3 - ", b". ", b": "),
    *(b"From ", b"From a 1:00:00\n", b"=?utf-8?q?a?= ", b"=?utf-8?b?YQ==?= ", b"Subject: a\n", b"Content-Type: multipart/mixed; boundary=b\n"),
    *(b"--b\n", b"Content-Type: message/rfc822\n\n", b"\xff\xfe", b"\xef\xbb\xbf", b"%", b"{", b'"', b",", b'"",', b"A. ", b"a"),
)  # fmt: skip
