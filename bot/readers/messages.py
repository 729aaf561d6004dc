"""Messages of mail: a file taken apart into them, and their parts that may hold an issue."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy, Policy
from typing import Final

from bot.errors import InputError
from bot.readers.decoding import declared_charset, decode
from bot.readers.kinds import headers_on

_LONGEST_HEADER: Final = 2_000
_PAGES: Final = (".html", ".htm")
_TEXTS: Final = (".txt", ".md")
_FORWARD: Final = re.compile(r"\s*(?:fwd?|fw|re|wg|tr|rv|aw)\s*:", re.IGNORECASE)
_UNSAID: Final = (None, "us-ascii")
_STATED_DATE: Final = re.compile(
    r"\b(?:Date|Sent):(?:\s|</?\w{1,10}>|&nbsp;)*(?:\w{3,9},?\s+)?(?:(?P<month>[A-Z][a-z]{2,8})\s+(?P<day>\d{1,2})"
    r"|(?P<day_before_month>\d{1,2})\s+(?P<month_after_day>[A-Z][a-z]{2,8})),?\s+(?P<year>\d{4})\b"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEPARATOR: Final = re.compile(
    rb"(?m)(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S.{0,200}\d:\d\d.{0,60}\r?\n(?=>?[A-Za-z][A-Za-z0-9-]*:)"
)
_QUOTED_FROM: Final = re.compile(rb"(?m)^>(>*From )")


class _Bounded(EmailPolicy):
    """Headers cut to a sensible length: long encoded ones take a hundred times their size."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


_POLICY: "Final[Policy[EmailMessage]]" = _Bounded()  # type: ignore[assignment]  # the stub says Message


def messages(data: bytes) -> Iterator[EmailMessage]:
    """Every message of a file: one, or those of a mailbox."""
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if not data.startswith(b"From "):
        yield _parsed(headers_on(data))
        return
    for part in _SEPARATOR.split(data):
        if part.strip():
            yield _parsed(_QUOTED_FROM.sub(rb"\1", headers_on(part)))


def _parsed(data: bytes) -> EmailMessage:
    """The message; an empty one if its parts or comments are within one another without end."""
    try:
        return message_from_bytes(data, policy=_POLICY)
    except RecursionError:
        return EmailMessage()


def candidates(message: EmailMessage) -> Iterator[tuple[EmailMessage, MIMEPart]]:
    """Every part that may hold an issue, the likeliest first, with the message it is of."""
    for preferred in ("html", "plain"):
        if (body := message.get_body((preferred,))) is not None:
            yield message, body
    for part in message.walk():
        name = _name(part)
        if part.get_content_type() == "message/rfc822":
            for attached in part.get_payload() if isinstance(part.get_payload(), list) else []:
                if isinstance(attached, EmailMessage):
                    yield from candidates(attached)
        elif name.endswith((".eml", ".emlx")):
            yield from candidates(_parsed(headers_on(_bytes(part))))
        elif part.get_content_type() == "text/html" or name.endswith((*_PAGES, *_TEXTS)):
            yield message, part


def is_page(part: MIMEPart) -> bool:
    """Whether the part is HTML, by its name if it has one, else by its type."""
    name = _name(part)
    return name.endswith(_PAGES) or (part.get_content_subtype() == "html" and not name.endswith(_TEXTS))


def _name(part: MIMEPart) -> str:
    return (part.get_filename() or "").lower()


def content_of(body: MIMEPart) -> str:
    """The text of a part, in the encoding that its page declares or its bytes show if its headers name none."""
    if body.get_content_charset() in _UNSAID and (data := _bytes(body)).strip():
        with suppress(InputError):
            return decode(data, "", declared_charset(data))
    try:
        content = body.get_content()
    except (AttributeError, LookupError, ValueError):  # no content, no such encoding, or broken base64
        content = body.get_payload(decode=True)
    if isinstance(content, bytes):
        return content.decode("utf-8", errors="replace")
    return str(content or "")


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def subject_of(message: EmailMessage) -> str:
    """The subject, "" if there is none that can be read."""
    try:
        return str(message.get("subject", ""))
    except (
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
    ):  # the library stumbles over some headers
        return ""


def is_saved_page(message: EmailMessage) -> bool:
    """Whether a browser saved a page so, on a day that says nothing of it."""
    return "Saved by" in str(message.get("from", ""))


def saved_from(message: EmailMessage) -> str:
    """The address of the page that a browser saved, "" if it is not stated."""
    part = message.get_body(("html",))
    places = (message.get("Snapshot-Content-Location"), part.get("Content-Location") if part else None)
    return next((str(place) for place in places if place), "")


def published(message: EmailMessage, content: str) -> date | None:
    """When the issue was sent. Who forwards it sends it later, and states its date in the text."""
    return _stated_date(content) if _FORWARD.match(subject_of(message)) else _date(message)


def _date(message: EmailMessage) -> date | None:
    try:
        stamp = getattr(message.get("date"), "datetime", None)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None
    return stamp.date() if stamp else None


def _stated_date(content: str) -> date | None:
    """The date that the headers of a forwarded message state within the text, in English."""
    if stated := _STATED_DATE.search(content):
        month = stated["month"] or stated["month_after_day"]
        day = stated["day"] or stated["day_before_month"]
        with suppress(ValueError):
            return date(int(stated["year"]), _MONTHS.index(month[:3].lower()) + 1, int(day))
    return None
