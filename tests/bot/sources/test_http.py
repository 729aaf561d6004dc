"""Fetching: a real server answers, and every way it can fail is a sentence."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import __version__
from bot.errors import InputError
from bot.sources.http import UNGUARDED, Bounds, Fetched, NotModified, Unanswered, Validators, fetch
from bot.sources.public_only import anywhere, is_public
from tests.support import web
from tests.support.processes import free_port
from tests.support.web import Web


@pytest.fixture(name="site")
async def _site() -> AsyncIterator[Web]:
    async with web.serving() as site:
        yield site


@pytest.fixture
def released() -> Iterator[asyncio.Event]:
    """Set at the end of the test, so that an answer that waits for it ends."""
    event = asyncio.Event()
    yield event
    event.set()


async def test_the_name_comes_from_the_answer_or_the_address(site: Web) -> None:
    site.at["/sheet"] = web.page(b"sheep", Content_Disposition='attachment; filename="All sheep.xlsx"')
    site.at["/issues/58 a.html"] = web.page(b"page")
    sheet = Fetched("All sheep.xlsx", b"sheep", address=site.url("/sheet"))
    assert await fetch(site.url("/sheet")) == sheet
    assert (await fetch(site.url("/issues/58%20a.html"))).name == "58 a.html"


async def test_it_says_who_asks(site: Web) -> None:
    site.at["/"] = web.page(b"x")
    await fetch(site.url("/"))
    assert site.asked[0].headers["User-Agent"].startswith(f"anbot/{__version__} ")


async def test_an_address_that_nobody_answers_at_is_said_without_the_librarys_words() -> None:
    port = free_port()
    with pytest.raises(InputError) as refused:
        await fetch(f"http://127.0.0.1:{port}/feed")
    assert str(refused.value) == (
        f"http://127.0.0.1:{port}/feed could not be read: 127.0.0.1 cannot be reached (Connection refused)."
    )


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (web.status(404), "answered 404 Not Found; check the address"),
        (web.status(500), "answered 500 Internal Server Error; try again later"),
        (web.status(304), "answered 304 Not Modified"),
        (web.status(302, Location="/bad"), "without end"),
        (web.status(302, Location="file:///etc/passwd"), "could not be read"),
        (web.status(302, Location="http://["), "could not be read"),
        (web.cut, "could not be read"),
        (web.packed(b"wool" * 100, keep=20), "ends too early"),
        (web.page(b"no gzip", Content_Encoding="gzip"), "cannot be unpacked"),
        (web.page(b"?", Content_Encoding="br"), "packed by br"),
    ],
)
async def test_a_bad_answer_is_a_sentence_with_the_address(site: Web, answer: web.Answer, says: str) -> None:
    site.at["/bad"] = answer
    with pytest.raises(InputError, match=says) as failure:
        await fetch(site.url("/bad"))
    assert site.url("/bad") in str(failure.value)


async def test_no_server_is_a_sentence(unused_tcp_port: int) -> None:
    with pytest.raises(InputError, match="could not be read"):
        await fetch(f"http://127.0.0.1:{unused_tcp_port}/")


async def test_a_packed_answer_is_unpacked(site: Web) -> None:
    site.at["/"] = web.packed(b"wool")
    assert (await fetch(site.url("/"))).data == b"wool"


async def test_what_is_too_big_is_not_taken_packed_or_not(site: Web) -> None:
    bounds = Bounds(largest=1000, allowed=anywhere)
    for size, answer in ((1000, web.page), (1000, web.packed)):
        site.at["/"] = answer(bytes(size))
        assert len((await fetch(site.url("/"), bounds)).data) == size
        site.at["/"] = answer(bytes(size + 1))
        with pytest.raises(InputError, match="more than 1,000 bytes"):
            await fetch(site.url("/"), bounds)


async def test_a_bomb_is_unpacked_no_further_than_allowed(site: Web) -> None:
    site.at["/"] = web.packed(bytes(30_000_000))
    with pytest.raises(InputError, match="more than 100,000 bytes"):
        await fetch(site.url("/"), Bounds(largest=100_000, allowed=anywhere))


@pytest.mark.parametrize(
    "bounds", [Bounds(between=0.05, allowed=anywhere), Bounds(total=0.05, allowed=anywhere)]
)
async def test_an_answer_that_takes_too_long_is_given_up(
    site: Web, released: asyncio.Event, bounds: Bounds
) -> None:
    """Be it in a pause or altogether."""
    site.at["/"] = web.stalling(released)
    with pytest.raises(InputError, match="took too long"):
        await fetch(site.url("/"), bounds)


async def test_five_redirects_are_followed_and_no_more(site: Web) -> None:
    for step in range(6):
        site.at[f"/{step}"] = web.status(302, Location=f"/{step + 1}")
    site.at["/6"] = web.page(b"there")
    assert (await fetch(site.url("/1"))).data == b"there"
    with pytest.raises(InputError, match="without end"):
        await fetch(site.url("/0"))


async def test_what_is_known_is_asked_for_and_not_sent_again(site: Web) -> None:
    for path, answer in {"/tag": web.tagged(b"x"), "/date": web.dated(b"x", "Mon, 24 Jun 2019")}.items():
        site.at[path] = answer
        first = await fetch(site.url(path))
        assert first.validators != Validators()
        with pytest.raises(NotModified):
            await fetch(site.url(path), UNGUARDED, first.validators)


async def test_when_to_come_again_is_kept_for_who_asks(site: Web) -> None:
    site.at["/"] = web.status(429, Retry_After="120")
    with pytest.raises(Unanswered, match="429 Too Many Requests; try again later") as failure:
        await fetch(site.url("/"))
    assert failure.value.retry_after == "120"


async def test_a_private_address_is_not_asked_whatever_its_name(site: Web) -> None:
    site.at["/"] = web.page(b"secret")
    port = urlsplit(site.url("/")).port
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
        with pytest.raises(InputError, match=r"private network.*ANBOT_ALLOW_PRIVATE=yes"):
            await fetch(f"http://{host}:{port}/", Bounds())
    for host in ("2130706433", "0x7f.1", "127.1"):
        with pytest.raises(InputError):
            await fetch(f"http://{host}:{port}/", Bounds())
    assert site.asked == []


async def test_a_redirect_to_a_private_address_is_not_followed(site: Web) -> None:
    elsewhere = site.url("/secret").replace("127.0.0.1", "127.0.0.2")
    site.at["/"] = web.status(302, Location=elsewhere)
    site.at["/secret"] = web.page(b"secret")
    with pytest.raises(InputError, match=r"leads to 127\.0\.0\.2"):
        await fetch(site.url("/"), Bounds(allowed=lambda address: address == "127.0.0.1"))
    assert [request.path for request in site.asked] == ["/"]


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - nothing listens here
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::80ff:fffe",
        "fc00::1",
        "fe80::1%eth0",
        "ff02::1",
        "fec0::1",
        "::8.8.8.8",
        "::ffff:0:8.8.8.8",
        "64:ff9b:1::8.8.8.8",
        "2001:db8::1",
        "3fff::1",
        "5f00::1",
        "4000::1",
        "::5efe:10.0.0.1",
    ],
)
def test_addresses_of_private_networks_are_known_as_such(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4).filter(lambda address: address.is_global and not address.is_multicast))
def test_an_address_of_the_internet_is_public_in_every_form(address: object) -> None:
    assert is_public(str(address))
    assert is_public(f"::ffff:{address}")
    assert is_public(f"64:ff9b::{address}")


async def test_an_answer_of_several_members_is_read_whole_or_refused(site: Web) -> None:
    whole = gzip.compress(b"one ") + gzip.compress(b"two")
    site.at["/whole"] = web.page(whole, Content_Encoding="gzip")
    site.at["/part"] = web.page(whole[:-4], Content_Encoding="gzip")
    assert (await fetch(site.url("/whole"))).data == b"one two"
    with pytest.raises(InputError, match="ends too early"):
        await fetch(site.url("/part"))
