"""Issues as e-mail: one message (.eml, .emlx) or a mailbox of them (.mbox)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.message import EmailMessage, MIMEPart
from itertools import islice
from typing import Final

from bot.errors import InputError
from bot.model.newsletter import Document, Draft, Note, SourceKind
from bot.readers import ours
from bot.readers.elements import by_name, parse, text_within
from bot.readers.evidence import garbled
from bot.readers.links import address_of
from bot.readers.messages import (
    candidates,
    content_of,
    is_page,
    is_saved_page,
    messages,
    published,
    saved_from,
    subject_of,
)
from bot.readers.page import page_draft, parse_subject
from bot.readers.sizes import is_outsized
from bot.readers.text import text_draft

_LARGEST: Final = 200_000_000
_MOST_PARTS: Final = 200
_PART: Final = re.compile(rb"\n(?:--|From )")
"""How a part of a message and a message of a mailbox begin."""
_MOST_BEGINNINGS: Final = 1_000
_SMALLEST_PART: Final = 80
"""Bytes. Taking mail apart costs time for each part and message, however short it is."""
_IN_BROWSER: Final = re.compile(r"browser|online|web version|\bweb page", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What a message holds; `plain` if it was read from plain text, with the `problem` of that."""

    draft: Draft
    plain: bool = False
    problem: str = ""
    doubt: str = ""
    guess: str = ""


def read_mail(data: bytes, name: str) -> Document:
    """The issues in one message or in a mailbox; other mail is passed over.

    Raises:
        InputError: no message holds an issue.

    """
    if len(data) > _LARGEST:
        raise InputError(f"{name} has {len(data):,} bytes; mailboxes are read up to {_LARGEST:,}.")
    if len(_PART.findall(data)) > max(_MOST_BEGINNINGS, len(data) // _SMALLEST_PART):
        raise InputError(f"{name} has more parts than any mail, and next to nothing in them.")
    issues: list[_Read] = []
    notes: list[Note] = []
    for nth, message in enumerate(messages(data), 1):
        numbered, problem = _issues(message, name)
        issues += numbered
        if not numbered:
            what = problem or f"no newsletter in “{subject_of(message)}”"
            notes.append(Note(where=f"message {nth}", what=what))
    if not issues:
        raise InputError(
            f"{name} is mail, but no message in it holds an issue of the newsletter{_why(notes)}."
        )
    return _document(issues, notes)


def _document(issues: list[_Read], notes: list[Note]) -> Document:
    if len(issues) > 1:
        strangers = [issue for issue in issues if issue.draft.number is None or issue.doubt or issue.guess]
        issues = [issue for issue in issues if issue not in strangers] or issues
        what = "an issue whose subject states no number, or another newsletter"
        notes += [Note(where="mailbox", what=what)] * len(strangers)
    return Document(
        kind=SourceKind.TEXT if all(issue.plain for issue in issues) else SourceKind.MAIL,
        drafts=tuple(issue.draft for issue in issues),
        notes=tuple(notes),
        numbered=all(issue.draft.number is not None for issue in issues),
        doubt=issues[0].doubt if len(issues) == 1 else "",
        guess=issues[0].guess if len(issues) == 1 else "",
    )


def _why(notes: Iterable[Note]) -> str:
    problem = next((note.what for note in notes if not note.what.startswith("no newsletter")), "")
    return f": {problem}" if problem else ""


def _issues(message: EmailMessage, name: str) -> tuple[list[_Read], str]:
    """The issues that a message holds, in its body or attached to it, each once; else what is wrong."""
    issues: dict[int | None, _Read] = {}
    holders: list[EmailMessage] = []
    problem = ""
    try:
        for candidate in islice(candidates(message), _MOST_PARTS):
            if any(holder is candidate[0] for holder in holders):
                continue  # its other forms of the same
            issue = _of_body(candidate, message, name)
            if issue.draft.entries and not issue.problem:
                issues.setdefault(issue.draft.number, issue)
                holders.append(candidate[0])
            problem = problem or issue.problem
    except RecursionError:  # parts within parts without end
        pass
    return list(issues.values()), problem


def _of_body(candidate: tuple[EmailMessage, MIMEPart], outer: EmailMessage, name: str) -> _Read:
    message, body = candidate
    content = content_of(body)
    plain, saved = not is_page(body), is_saved_page(message)
    origin = address_of(saved_from(message)) if saved else ""
    draft, problem, guess = text_draft(content) if plain else (*_page(content, origin), "")
    subject = subject_of(message)
    number, title = parse_subject(subject)
    outer_number, outer_title = parse_subject(subject_of(outer))
    number = number or outer_number or draft.number
    draft = replace(
        draft,
        number=number,
        title=title or outer_title or draft.title,
        published=draft.published if saved else published(message, content),
        url=draft.url or origin or ("" if plain or not draft.entries else _address(content, number)),
    )
    return _Read(
        draft=draft,
        plain=plain,
        problem=problem,
        doubt=ours.doubt(f"{subject}\n{content}", name, draft.entries),
        guess=guess and f"The text in {name} {guess}",
    )


def _page(content: str, origin: str) -> tuple[Draft, str]:
    draft = page_draft(content, origin)
    return draft, garbled(draft.entries)


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
