"""Issues as e-mail: one message (.eml) or a mailbox of them (.mbox)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, Note, SourceKind
from bot.readers.page import page_draft, parse_subject
from bot.readers.text import text_draft

_LARGEST = 200_000_000
_HEADER = re.compile(rb"(?:From .*\r?\n)?(?:[A-Za-z][A-Za-z-]*:[ \t].*\r?\n(?:[ \t].*\r?\n)*){2,}")
_SEPARATOR = re.compile(rb"(?m)^From .*\r?\n(?=[A-Za-z][A-Za-z-]*:)")
_BROWSER = re.compile(r'href="(https://mailchi\.mp/[^"?]+)')


def looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a message."""
    return _HEADER.match(data.lstrip()) is not None


def read_mail(data: bytes, name: str) -> Document:
    """The issues in one message or in a mailbox; other mail is passed over.

    Raises:
        InputError: no message holds an issue.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; mailboxes are read up to {_LARGEST:,}.")
    drafts, notes = [], []
    for nth, message in enumerate(_messages(data), 1):
        draft = _draft(message)
        if draft.entries:
            drafts.append(draft)
        else:
            notes.append(
                Note(where=f"message {nth}", what=f"no newsletter in “{message.get('subject', '')}”")
            )
    if not drafts:
        raise InputError(f"{name} is mail, but no message in it holds an issue of the newsletter.")
    unnumbered = [draft for draft in drafts if draft.number is None]
    if unnumbered and len(drafts) > 1:
        drafts = [draft for draft in drafts if draft.number is not None]
        notes += [Note(where="mailbox", what="an issue whose subject states no number")] * len(unnumbered)
    return Document(kind=SourceKind.MAIL, drafts=tuple(drafts), notes=tuple(notes), numbered=not unnumbered)


def _messages(data: bytes) -> Iterator[EmailMessage]:
    for part in _SEPARATOR.split(data.lstrip()):
        if part.strip():
            yield message_from_bytes(part, policy=policy.default)


def _draft(message: EmailMessage) -> Draft:
    number, title = parse_subject(str(message.get("subject", "")))
    body = message.get_body(("html", "plain"))
    if body is None:
        return Draft(number=number, title=title)
    content = _content(body)
    draft = page_draft(content) if body.get_content_subtype() == "html" else text_draft(content)[0]
    address = _BROWSER.search(content)
    return replace(
        draft,
        number=number or draft.number,
        title=title or draft.title,
        published=_date(message),
        url=draft.url or (address[1] if address else ""),
    )


def _content(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except (LookupError, ValueError):  # an encoding that does not exist, or broken base64
        return bytes(body.get_payload(decode=True) or b"").decode("utf-8", errors="replace")


def _date(message: EmailMessage) -> date | None:
    header = message.get("date")
    stamp = getattr(header, "datetime", None)
    return stamp.date() if stamp else None
