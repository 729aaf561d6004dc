"""Mail: the issue's page inside, its number and title in the subject."""

from email.message import EmailMessage

import pytest

from bot.errors import InputError
from bot.model.newsletter import SourceKind
from bot.readers import read

BODY = '<h1>News</h1><p><a href="https://s.example/">{0}</a> (Ann Lee) (summarized by Flo): Café.</p>'


def message(number: int | None, title: str = "Sheep", *, plain: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"] = "Editor <editor@news.example>"
    mail["To"] = "reader@home.example"
    mail["Date"] = "Mon, 24 Jun 2019 10:00:00 +0000"
    mail["Subject"] = f"[AN #{number}]: Wool, and more" if number else "Your order of pizza"
    mail.set_content(plain or "See the page.")
    if not plain:
        mail.add_alternative(BODY.format(title), subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def test_a_message_gives_its_issue_with_number_title_and_date() -> None:
    document = read(message(58), "an58.eml")
    (draft,) = document.drafts
    assert (document.kind, draft.number, draft.title, str(draft.published)) == (
        SourceKind.MAIL,
        58,
        "Wool, and more",
        "2019-06-24",
    )
    assert [(e.title, e.url, e.text) for e in draft.entries] == [("Sheep", "https://s.example/", "Café.")]


def test_a_message_in_plain_text_is_read_as_text() -> None:
    (draft,) = read(
        message(58, plain="News\n\nSheep (Ann Lee) (summarized by Flo): Woolly."), "an58.eml"
    ).drafts
    assert [(e.title, e.section) for e in draft.entries] == [("Sheep", ("News",))]


def test_a_mailbox_gives_all_its_issues_and_notes_other_mail() -> None:
    box = b"".join(
        b"From x@y.example Mon Jun 24 10:00:00 2019\n" + m + b"\n"
        for m in (message(57), message(58, plain="Hi"), message(59))
    )
    document = read(box, "an.mbox")
    assert [draft.number for draft in document.drafts] == [57, 59]
    assert [(note.where, note.skipped) for note in document.notes] == [("message 2", True)]


def test_mail_without_an_issue_is_refused() -> None:
    with pytest.raises(InputError, match="no message in it holds an issue"):
        read(message(None, plain="Two with olives."), "order.eml")


def test_an_unknown_charset_is_survived() -> None:
    broken = message(58).replace(b'charset="utf-8"', b'charset="klingon"')
    assert read(broken, "an58.eml").drafts[0].entries
