"""Feeds: an issue an item, and recordings by their enclosure."""

import gzip
import json
from html import escape

import pytest

from bot.errors import InputError
from bot.model.newsletter import SourceKind
from bot.readers import read

BODY = '<h1>News</h1><p><a href="https://s.example/">Sheep</a> (Ann Lee) (summarized by Flo): Woolly.</p>'


def rss(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>AN</title>{"".join(items)}</channel></rss>'.encode()


def item(title: str, body: str = BODY, extra: str = "") -> str:
    return (
        f"<item><title>{escape(title)}</title><link>https://news.example/1</link>{extra}"
        f"<pubDate>Mon, 24 Jun 2019 10:00:00 +0000</pubDate><description>{escape(body)}</description></item>"
    )


def test_each_item_is_an_issue() -> None:
    document = read(rss(item("[AN #58]: Wool"), item("[AN #57]: Horn")), "feed.xml")
    assert document.kind is SourceKind.FEED
    first, second = document.drafts
    assert (first.number, first.title, str(first.published), first.url) == (
        58,
        "Wool",
        "2019-06-24",
        "https://news.example/1",
    )
    assert [e.title for e in first.entries] == ["Sheep"]
    assert second.number == 57


def test_atom_is_read_alike() -> None:
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>[AN #58]: Wool</title>'
        f'<updated>2019-06-24T00:00:00Z</updated><content type="html">{escape(BODY)}</content></entry></feed>'
    )
    (draft,) = read(atom.encode(), "feed.atom").drafts
    assert (draft.number, [e.title for e in draft.entries]) == (58, ["Sheep"])


def test_the_podcast_tells_where_to_hear_an_issue() -> None:
    enclosure = '<enclosure url="https://audio.example/58.mp3" length="1" type="audio/mpeg"/>'
    document = read(rss(item("Alignment Newsletter #58: Wool", "An episode.", enclosure)), "podcast.rss")
    (draft,) = document.drafts
    assert (document.kind, draft.number, draft.audio, draft.entries) == (
        SourceKind.PODCAST,
        58,
        "https://audio.example/58.mp3",
        (),
    )


def test_items_that_are_no_issue_are_noted_and_lose_nothing() -> None:
    document = read(
        rss(item("Hello world"), item("[AN #58]: Wool"), item("[AN #59]: Empty", "Soon.")), "feed.xml"
    )
    assert [draft.number for draft in document.drafts] == [58]
    assert [(n.where, n.what) for n in document.notes] == [
        ("item 1", "“Hello world” states no issue number"),
        ("item 3", "“[AN #59]: Empty” has no entries"),
    ]


def test_a_feed_of_something_else_is_refused() -> None:
    with pytest.raises(InputError, match="none of its 1 items is an issue"):
        read(rss(item("Pizza of the week", "Olives.")), "feed.xml")


def test_a_feed_with_entities_is_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        + rss(item("&b;"))[21:]
    )
    with pytest.raises(InputError, match="XML entities"):
        read(bomb, "feed.xml")


def test_a_truncated_feed_gives_what_was_whole() -> None:
    data = rss(item("[AN #58]: Wool"), item("[AN #59]: Horn"))
    assert read(data[: len(data) // 2 + 60], "feed.xml").drafts[0].number == 58


def test_a_feed_is_known_behind_a_long_comment_and_in_utf_16() -> None:
    text = rss(item("[AN #58]: Wool")).decode()
    commented = text.replace("<rss", f"<!-- {'x' * 90_000} --><rss")
    assert read(commented.encode(), "feed").drafts[0].number == 58
    declared = text.replace('"1.0"', '"1.0" encoding="utf-16"')
    assert read(declared.encode("utf-16"), "feed").drafts[0].number == 58


def test_a_json_feed_may_be_of_plain_text_and_state_its_version_last() -> None:
    text = "Highlights\n\nSheep (Ann Lee) (summarized by Flo): Wool < silk.\n"
    feed = {
        "items": [
            {"title": "[AN #58]: Wool", "content_text": text * 300},
            {"title": "Other", "content_text": "x"},
        ],
        "version": "https://jsonfeed.org/version/1",
    }
    (draft,) = read(json.dumps(feed).encode(), "feed.json").drafts
    assert (draft.number, draft.entries[0].title, draft.entries[0].text) == (58, "Sheep", "Wool < silk.")


def test_a_packed_feed_is_read_whole_or_refused() -> None:
    data = rss(item("[AN #58]: Wool"))
    packed = gzip.compress(data[:100]) + gzip.compress(data[100:])
    assert read(packed, "feed.xml.gz").drafts[0].number == 58
    with pytest.raises(InputError, match="cut short"):
        read(packed[:-9], "feed.xml.gz")


def test_a_json_feed_is_read_like_another() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "title": "[AN #58]: Wool &amp; <em>more</em>",
                "url": "https://news.example/1",
                "content_html": BODY,
                "date_published": "2019-06-24T10:00:00Z",
                "attachments": [{"url": "https://audio.example/58.mp3"}],
            },
            {"title": 5},
            "odd",
        ],
    }
    (draft,) = read(json.dumps(feed).encode(), "feed.json").drafts
    assert (draft.number, draft.title, draft.url, draft.audio, str(draft.published)) == (
        58,
        "Wool & more",
        "https://news.example/1",
        "https://audio.example/58.mp3",
        "2019-06-24",
    )
    assert [e.title for e in draft.entries] == ["Sheep"]


def test_a_title_that_is_html_is_shown_as_text() -> None:
    (draft,) = read(rss(item("[AN #58]: <em>Wool</em> &amp; more")), "feed.xml").drafts
    assert draft.title == "Wool & more"


def test_another_newsletter_in_a_feed_is_passed_over() -> None:
    body = BODY.replace("(summarized by Flo)", "")
    with pytest.raises(InputError, match="none of its 1 items"):
        read(rss(item("Python Newsletter #201", body)), "feed.xml")


@pytest.mark.parametrize(
    "reference", ["&#x110000;", "&#1114112;", "&#99999999999999999999;", "&#xD800;", "&#57343;"]
)
def test_a_reference_to_what_is_no_character_does_no_harm(reference: str) -> None:
    feed = rss(item("[AN #58]: Wool")).replace(b"Wool", f"Wool {reference}".encode())
    (draft,) = read(feed, "feed.xml").drafts
    assert (draft.number, draft.title) == (58, "Wool \ufffd")


def test_a_date_that_is_none_costs_no_item() -> None:
    dated = item("[AN #58]: Wool")
    undated = dated.replace("Mon, 24 Jun 2019 10:00:00 +0000", "0000-00-00")
    first, second = read(rss(undated, item("[AN #59]: Silk")), "feed.xml").drafts
    assert (first.number, first.published) == (58, None)
    assert second.number == 59


@pytest.mark.parametrize(
    ("address", "expected"),
    [("", "https://home.example/an-58"), ("https://f.example/x/feed", "https://f.example/an-58")],
)
def test_a_relative_address_is_completed_by_where_the_feed_was_found_or_whose_it_is(
    address: str, expected: str
) -> None:
    feed = (
        "<rss version='2.0'><channel><link>https://home.example/blog/</link><item><title>[AN #58]: Wool</title>"
        f"<link>/an-58</link><description>{escape(BODY)}</description></item></channel></rss>"
    )
    (draft,) = read(feed.encode(), "feed.xml", address=address).drafts
    assert (draft.url, draft.audio) == (expected, "")


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://b.example/wool/", "https://b.example/wool/sheep"),
        ("wool/", "https://news.example/wool/sheep"),
    ],
)
def test_a_body_may_say_what_completes_its_addresses(base: str, expected: str) -> None:
    body = escape(BODY.replace("https://s.example/", "sheep"))
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:base="{base}"><title>[AN #58]: Wool</title>'
        f'<link href="https://news.example/"/><content type="html">{body}</content></entry></feed>'
    )
    (draft,) = read(feed.encode(), "feed.atom").drafts
    assert draft.entries[0].links == (expected,)


@pytest.mark.parametrize(("name", "url"), [("https://j.example/58", "https://j.example/58"), ("58", "")])
def test_an_item_of_a_json_feed_may_have_its_address_as_its_name(name: str, url: str) -> None:
    item = {"id": name, "title": "[AN #58]: Wool", "content_html": BODY}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://j.example",
        "items": [item],
    }
    (draft,) = read(json.dumps(feed).encode(), "feed.json").drafts
    assert draft.url == url
