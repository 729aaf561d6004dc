"""Addresses of the web and nothing else, without the reader who followed them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import read
from bot.readers.links import address_of, without_recipients

BASE = "https://forum.example/posts/1"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/posts/2", "https://forum.example/posts/2"),
        ("3", "https://forum.example/posts/3"),
        ("//a.example/x", "https://a.example/x"),
        ("HTTPS://a.example/x", "https://a.example/x"),
        ("https://www.lesswrong.com/out?url=https%3A%2F%2Fa.example%2F", "https://a.example/"),
        ("https://www.google.com/url?q=https://a.example/?x%3D1&sa=D", "https://a.example/?x=1"),
        ("https://web.archive.org/web/20200101000000/https://a.example/b", "https://a.example/b"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example&data=me",
            "https://a.example",
        ),
        ("https://x.us18.list-manage.com/track/click?u=1&id=2&e=3", ""),
        ("https://us18.campaign-archive.com/?u=1&id=2&e=3", "https://us18.campaign-archive.com/?u=1&id=2"),
        ("https://a.example/?x=1&mc_eid=me", "https://a.example/?x=1"),
        ("https://a.example/?e=1", "https://a.example/?e=1"),
        ("https://substack.com/redirect/2/abc?j=eyJ1IjoibWUifQ", ""),
        ("https://open.substack.com/redirect/abc", ""),
        ("https://buttondown.email/c/abc", ""),
        ("https://me.cmail19.com/t/abc", ""),
        ("https://t.example/CL0/https:%2F%2Fa.example%2Fx/1/0100-abc=1", "https://a.example/x"),
        ("https://urldefense.com/v3/__https://a.example/x__;!!me", "https://a.example/x"),
        ("https://urldefense.com/v3/__https://a.example/*x__;Iw!!me", ""),
        ("https://a.example/?x=1&token=eyJ1IjoibWUifQ", "https://a.example/?x=1"),
        ("javascript:alert(1)", ""),
        ("file:///C:/Users/me/paper.pdf", ""),
        ("mailto:me@a.example", ""),
        ("http://[", ""),
    ],
)
def test_a_link_leads_to_a_whole_address_or_nowhere(href: str, address: str) -> None:
    assert address_of(href, BASE) == address


@given(st.text(max_size=60), st.sampled_from(["", BASE]))
def test_whatever_a_link_says_it_is_an_address_of_the_web_or_nothing(href: str, base: str) -> None:
    assert address_of(href, base).startswith(("http://", "https://")) or not address_of(href, base)


def test_a_text_loses_addresses_that_carry_its_recipient() -> None:
    text = "a (https://x.list-manage.com/track/click?e=me) b https://a.example/?x=1 c"
    assert without_recipients(text) == "a b https://a.example/?x=1 c"
    text = (
        "a <https://substack.com/redirect/abc?j=eyJ1> b [https://www.google.com/url?q=https://a.example/] c"
    )
    assert without_recipients(text) == "a b [https://a.example/] c"


def test_links_in_a_page_are_completed_by_its_own_address() -> None:
    page = (
        '<title>[AN #58]</title><link rel="canonical" href="https://forum.example/p/1"><h1>News</h1>'
        '<p><a href="/x">Sheep</a> (Ann Lee) (summarized by Flo): See <a href="javascript:x()">this</a>.</p>'
    )
    (entry,) = read(page.encode(), "x.html").drafts[0].entries
    assert (entry.links, entry.text) == (("https://forum.example/x",), "See this.")
    fetched = page.replace("canonical", "other")
    (entry,) = read(fetched.encode(), "x.html", address="https://b.example/q/").drafts[0].entries
    assert entry.links == ("https://b.example/x",)
    broken = page.replace("<h1>", '<base href="https://["><h1>')
    (entry,) = read(broken.encode(), "x.html").drafts[0].entries
    assert entry.links == ("https://forum.example/x",)


def test_a_link_to_nowhere_does_not_lead_to_the_page_that_it_is_on() -> None:
    assert address_of(" \n", "https://a.example/feed") == ""
