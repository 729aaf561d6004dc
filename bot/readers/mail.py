"""Issues as e-mail: one message (.eml, .emlx) or a mailbox of them (.mbox)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy, Policy
from itertools import islice
from typing import Final

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, Note, SourceKind
from bot.readers import ours
from bot.readers.elements import by_name, parse, text_within
from bot.readers.links import address_of
from bot.readers.page import page_draft, parse_subject
from bot.readers.sizes import is_outsized
from bot.readers.text import text_draft

_LARGEST: Final = 200_000_000
_LONGEST_HEADER: Final = 2_000
_MOST_PARTS: Final = 200
_BOUNDARY: Final = b"\n--"
_MOST_BOUNDARIES: Final = 1_000
_SMALLEST_PART: Final = 80
"""Bytes. Taking a message apart costs time for each part, however short it is."""
_BOM: Final = b"\xef\xbb\xbf"
_FIRST_HEADERS: Final = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[ \t].*\n(?:[ \t].*\n)*){2,}")
# What mail programs write before the headers: a mailbox's mark, a banner, a count of bytes.
_BEFORE_HEADERS: Final = re.compile(
    rb"(?:From .*|[^\r\n:]{0,80}Headers Version [\d.]+|[ \t]*\d{1,12}[ \t]*)\r?\n"
)
_SEPARATOR: Final = re.compile(
    rb"(?m)(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S.{0,200}\d:\d\d.{0,60}\r?\n(?=>?[A-Za-z][A-Za-z0-9-]*:)"
)
_QUOTED_FROM: Final = re.compile(rb"(?m)^>(>*From )")
_IN_BROWSER: Final = re.compile(r"browser|online|web version|\bweb page", re.IGNORECASE)


class _Bounded(EmailPolicy):
    """Headers cut to a sensible length: long encoded ones take a hundred times their size."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


_POLICY: "Final[Policy[EmailMessage]]" = _Bounded()  # type: ignore[assignment]  # the stub says Message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a message holds; `plain` if it was read from plain text, with the `problem` of that."""

    draft: Draft
    plain: bool = False
    problem: str = ""
    doubt: str = ""


def looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a message."""
    return _FIRST_HEADERS.match(_headers_on(data)) is not None


def _headers_on(data: bytes) -> bytes:
    data = data.removeprefix(_BOM).lstrip()
    before = _BEFORE_HEADERS.match(data)
    return data[before.end() :] if before else data


def read_mail(data: bytes, name: str) -> Document:
    """The issues in one message or in a mailbox; other mail is passed over.

    Raises:
        InputError: no message holds an issue.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; mailboxes are read up to {_LARGEST:,}.")
    if data.count(_BOUNDARY) > max(_MOST_BOUNDARIES, len(data) // _SMALLEST_PART):
        raise InputError(f"{name} has more parts than any mail, and next to nothing in them.")
    issues: list[_Read] = []
    notes: list[Note] = []
    for nth, message in enumerate(_messages(data), 1):
        issue = _issue(message, name)
        if issue.draft.entries and not issue.problem:
            issues.append(issue)
        else:
            what = issue.problem or f"no newsletter in “{_subject(message)}”"
            notes.append(Note(where=f"message {nth}", what=what))
    if not issues:
        raise InputError(
            f"{name} is mail, but no message in it holds an issue of the newsletter{_why(notes)}."
        )
    return _document(issues, notes)


def _document(issues: list[_Read], notes: list[Note]) -> Document:
    if len(issues) > 1:
        strangers = [issue for issue in issues if issue.draft.number is None or issue.doubt]
        issues = [issue for issue in issues if issue not in strangers] or issues
        what = "an issue whose subject states no number, or another newsletter"
        notes += [Note(where="mailbox", what=what)] * len(strangers)
    return Document(
        kind=SourceKind.TEXT if all(issue.plain for issue in issues) else SourceKind.MAIL,
        drafts=tuple(issue.draft for issue in issues),
        notes=tuple(notes),
        numbered=all(issue.draft.number is not None for issue in issues),
        doubt=issues[0].doubt if len(issues) == 1 else "",
    )


def _why(notes: Iterable[Note]) -> str:
    problem = next((note.what for note in notes if not note.what.startswith("no newsletter")), "")
    return f": {problem}" if problem else ""


def _messages(data: bytes) -> Iterator[EmailMessage]:
    data = data.removeprefix(_BOM).lstrip()
    if not data.startswith(b"From "):
        yield _parsed(_headers_on(data))
        return
    for part in _SEPARATOR.split(data):
        if part.strip():
            yield _parsed(_QUOTED_FROM.sub(rb"\1", _headers_on(part)))


def _parsed(data: bytes) -> EmailMessage:
    """The message; an empty one if its parts or comments are within one another without end."""
    try:
        return message_from_bytes(data, policy=_POLICY)
    except RecursionError:
        return EmailMessage()


def _issue(message: EmailMessage, name: str) -> _Read:
    """The issue that a message holds: in its body, else attached to it."""
    best = _Read(draft=Draft())
    try:
        for candidate in islice(_candidates(message), _MOST_PARTS):
            issue = _of_body(candidate, message, name)
            if issue.draft.entries and not issue.problem:
                return issue
            best = best if best.problem else issue
    except RecursionError:  # parts within parts without end
        pass
    return best


def _candidates(message: EmailMessage) -> Iterator[tuple[EmailMessage, MIMEPart]]:
    """Every part that may hold an issue, the likeliest first, with the message it is of."""
    for preferred in ("html", "plain"):
        if (body := message.get_body((preferred,))) is not None:
            yield message, body
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            for attached in part.get_payload() if isinstance(part.get_payload(), list) else []:
                if isinstance(attached, EmailMessage):
                    yield from _candidates(attached)
        elif part.get_content_type() == "text/html" or _is_page(part.get_filename()):
            yield message, part


def _is_page(name: str | None) -> bool:
    return (name or "").lower().endswith((".html", ".htm"))


def _of_body(candidate: tuple[EmailMessage, MIMEPart], outer: EmailMessage, name: str) -> _Read:
    message, body = candidate
    content = _content(body)
    is_page = body.get_content_subtype() == "html" or _is_page(body.get_filename())
    draft, problem = (page_draft(content), "") if is_page else text_draft(content)
    subject = _subject(message)
    number, title = parse_subject(subject)
    outer_number, outer_title = parse_subject(_subject(outer))
    number = number or outer_number or draft.number
    draft = replace(
        draft,
        number=number,
        title=title or outer_title or draft.title,
        published=_date(message),
        url=draft.url or (_address(content, number) if is_page and draft.entries else ""),
    )
    return _Read(
        draft=draft, plain=not is_page, problem=problem, doubt=ours.doubt(f"{subject}\n{content}", name)
    )


def _content(body: MIMEPart) -> str:
    try:
        content = body.get_content()
    except (AttributeError, LookupError, ValueError):  # no content, no such encoding, or broken base64
        content = body.get_payload(decode=True)
    if isinstance(content, bytes):
        return content.decode("utf-8", errors="replace")
    return str(content or "")


def _subject(message: EmailMessage) -> str:
    try:
        return str(message.get("subject", ""))
    except (
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
    ):  # the library stumbles over some headers
        return ""


def _date(message: EmailMessage) -> date | None:
    try:
        stamp = getattr(message.get("date"), "datetime", None)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None
    return stamp.date() if stamp else None


def _address(content: str, number: int | None) -> str:
    """The issue's own address: what leads to it in the browser, or names its number.

    Other issues are linked too.
    """
    if is_outsized(content):
        return ""
    row = parse(content)
    for link in by_name(row)["a"]:
        address = address_of(link.attributes.get("href", ""))
        if "mailchi.mp/" not in address and "campaign-archive" not in address:
            continue
        named = re.search(rf"(?:an|newsletter)-?{number}(?!\d)", address) if number else None
        if named or _IN_BROWSER.search(text_within(row, link)):
            return address.partition("?")[0] if "mailchi.mp/" in address else address
    return ""
