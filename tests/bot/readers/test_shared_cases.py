"""Small files of many classes that were once read wrongly."""

from pathlib import Path

import pytest

from bot.model.newsletter import Draft
from bot.readers import read
from tests.support.archive import SHARED

pytestmark = pytest.mark.archive

CASES = SHARED / "cases" / "readers"
FIRST_AND_SECOND = ["First title", "Second title"]


def drafts(name: str) -> tuple[Draft, ...]:
    return read((CASES / name).read_bytes(), name).drafts


@pytest.mark.parametrize("name", ["banner.eml", "bom.eml", "fwd_attached.eml"])
def test_a_mail_is_read_whatever_comes_before_its_headers_or_around_it(name: str) -> None:
    (draft,) = drafts(name)
    assert (draft.number, str(draft.published)) == (98, "2020-04-08")
    assert draft == drafts("bom.eml")[0]
    assert len(draft.entries) > 5


@pytest.mark.parametrize(
    ("name", "number", "title", "titles"),
    [
        ("fromline.eml", 174, "T", FIRST_AND_SECOND),
        ("mc.eml", 174, "T", FIRST_AND_SECOND),
        ("m.md", 174, "T", FIRST_AND_SECOND),
        ("tags.html", 174, "T", ["First title"]),
        ("warn.html", 174, "T", ["First title"]),
        ("urlmin.eml", 174, "T", ["First title"]),
        ("lwtitle.html", 36, "", ["First title"]),
        ("m_l2.html", 174, "T", ["Reformer"]),
        ("wrap.txt", None, "", ["A title of something that is so long that it", "Second title"]),
        ("year.csv", 174, "", ["A title", "Other"]),
    ],
)
def test_an_issue_has_its_own_entries_and_no_others(
    name: str, number: int | None, title: str, titles: list[str]
) -> None:
    (draft,) = drafts(name)
    assert (draft.number, draft.title, [entry.title for entry in draft.entries]) == (number, title, titles)


def test_what_is_in_them_is_as_it_was_written() -> None:
    (latin,), (csv,), (mail,) = map(drafts, ("m_l2.html", "year.csv", "urlmin.eml"))
    assert (latin.entries[0].authors, latin.entries[0].text) == ("Łukasz Kaiser", "Text žluťoučký.")
    assert [entry.year for entry in csv.entries] == [2019, None]
    assert mail.url == ""


def test_links_of_a_forum_lead_to_whole_addresses_of_the_web_or_nowhere() -> None:
    (draft,) = drafts("gw.html")
    assert [entry.links for entry in draft.entries] == [
        ("https://www.greaterwrong.com/posts/ZDZmopKquzHYPRNxq/selection-vs-control",),
        *((f"https://arxiv.org/abs/1906.0182{n}",) for n in range(3)),
        (),
        (),
    ]


def test_the_sheet_as_google_exports_it_is_read_once() -> None:
    read = drafts("importrange.xlsx")
    titles = [entry.title for draft in read for entry in draft.entries]
    assert len(titles) == len(set(titles)) > 100
    assert all("DUMMYFUNCTION" not in entry.text for draft in read for entry in draft.entries)


def test_another_newsletter_is_doubted() -> None:
    document = read((CASES / "n_other.html").read_bytes(), "n_other.html")
    assert "no sign of this one" in document.doubt


def test_every_file_is_tested() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [case.name for case in CASES.iterdir() if f'"{case.name}"' not in here] == []
