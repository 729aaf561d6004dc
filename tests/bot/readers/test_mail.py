"""Mail: the issue's page inside, its number and title in the subject."""

import quopri
import tracemalloc
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

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


@pytest.mark.parametrize("declared", ["", "; charset=us-ascii"])
def test_without_a_charset_in_its_headers_a_page_is_read_as_its_bytes_show(declared: str) -> None:
    page = "<h1>News</h1><p><a href='https://s.example/'>Sheep</a> (Aleksander Mądry) (summarized by Flo): Wool.</p>"
    saved = (
        "From: <Saved by Blink>\r\nSubject: [AN #58]: Wool\r\nMIME-Version: 1.0\r\n"
        "Snapshot-Content-Location: https://n.example/58\r\nDate: Wed, 1 Nov 2023 10:00:00 -0000\r\n"
        "Content-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
        f"Content-Type: text/html{declared}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{quopri.encodestring(page.encode()).decode()}\r\n--B--\r\n"
    )
    (draft,) = read(saved.encode(), "58.mhtml").drafts
    assert draft.entries[0].authors == "Aleksander Mądry"
    # It was saved on that day, not sent.
    assert (draft.url, draft.published) == ("https://n.example/58", None)


@pytest.mark.parametrize(
    "before",
    [b"\xef\xbb\xbf", b"Microsoft Mail Internet Headers Version 2.0\r\n", b"40828     \n", b"\n\n"],
)
def test_what_programs_write_before_the_headers_is_passed_over(before: bytes) -> None:
    assert read(before + message(58), "an58").drafts[0].number == 58


def test_a_line_that_begins_with_from_ends_no_message() -> None:
    plain = (
        "News\n\nSheep (Ann Lee) (summarized by Flo): Said:\n\nFrom the flock we learned this,\nquote: wool."
    )
    (draft,) = read(message(58, plain=plain), "an58.eml").drafts
    assert len(draft.entries) == 1
    mark = b"From x@y.example Mon Jun 24 10:00:00 2019\n"
    box = mark + message(58, plain=plain).replace(b"\nFrom the", b"\n>From the") + b"\n" + mark + message(59)
    first, second = read(box, "an.mbox").drafts
    assert "From the flock" in first.entries[0].text
    assert ">From" not in first.entries[0].text
    assert second.number == 59


@pytest.mark.parametrize("as_page", [False, True])
def test_an_issue_forwarded_as_an_attachment_is_read(as_page: bool) -> None:  # noqa: FBT001
    mail = EmailMessage()
    mail["Subject"] = "Fwd: [AN #58]: Wool, and more"
    mail["From"] = mail["To"] = "reader@home.example"
    mail.set_content("See below.")
    if as_page:
        page = BODY.format("Sheep").encode()
        mail.add_attachment(page, maintype="application", subtype="octet-stream", filename="issue.html")
    else:
        mail.add_attachment(message_from_bytes(message(58), policy=default))
    (draft,) = read(mail.as_bytes(), "fwd.eml").drafts
    assert (draft.number, draft.title, [e.title for e in draft.entries]) == (58, "Wool, and more", ["Sheep"])


def test_a_mail_in_plain_text_is_trusted_like_a_plain_text() -> None:
    plain = message(58, plain="News\n\nSheep (Ann Lee) (summarized by Flo): Woolly.")
    assert read(plain, "an58.eml").kind is SourceKind.TEXT


@pytest.mark.parametrize(
    ("links", "address"),
    [
        ('<a href="https://mailchi.mp/1/an-57">the last one</a>', ""),
        ('<a href="https://mailchi.mp/1/an-58-wool?e=me">here</a>', "https://mailchi.mp/1/an-58-wool"),
        (
            '<a href="https://mailchi.mp/1/x?e=me">View this email in your browser</a>',
            "https://mailchi.mp/1/x",
        ),
        ('<a href="https://mailchi.mp/1/an-580">another</a>', ""),
    ],
)
def test_a_mail_takes_no_other_issues_address(links: str, address: str) -> None:
    body = message(58).replace(b"<h1>News", f"<p>{links}</p><h1>News".replace("=", "=3D").encode())
    assert read(body, "an58.eml").drafts[0].url == address


def test_long_encoded_headers_cost_no_memory() -> None:
    word = b" =?utf-8?q?" + b"=C3=A9" * 10 + b"?=\r\n"
    data = message(58).replace(b"Subject:", b"X-Long:\r\n" + word * 5_000 + b"Subject:", 1)
    data = data.replace(b"From: ", b"From: " + word.strip() + b"\r\n" + word * 5_000 + b" ", 1)
    tracemalloc.start()
    try:
        assert read(data, "an58.eml").drafts[0].number == 58
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_parts_within_parts_are_refused_in_a_sentence() -> None:
    part = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000))
    with pytest.raises(InputError, match=r"^deep\.eml"):
        read(f"From: a@b.example\nSubject: [AN #58]: Wool\n{part}".encode(), "deep.eml")


def test_mails_attached_as_files_are_read_each_once() -> None:
    mail = EmailMessage()
    mail["Subject"] = "two of them"
    mail.set_content("See below.")
    for number in (58, 59, 58):
        mail.add_attachment(
            message(number), maintype="application", subtype="octet-stream", filename=f"{number}.eml"
        )
    assert [draft.number for draft in read(mail.as_bytes(), "fwd.eml").drafts] == [58, 59]


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ("Date: Wed, Apr 8, 2020 at 5:03 PM", date(2020, 4, 8)),
        ("<b>Sent:</b> Wednesday, 8 April 2020 17:03", date(2020, 4, 8)),
        ("Datum: gestern", None),
        ("Date: Xyz 40, 2020", None),
    ],
)
def test_a_forwarded_issue_has_its_own_date_or_none(headers: str, sent: date | None) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "Fwd: [AN #58]: Wool", "Thu, 1 Apr 2021 10:00:00 +0000"
    mail.set_content(f"<p>From: Rohin<br>{headers}</p>{BODY.format('Sheep')}", subtype="html")
    (draft,) = read(mail.as_bytes(), "fwd.eml").drafts
    assert draft.published == sent
