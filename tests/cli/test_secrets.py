"""Passwords in addresses of sources are used, and shown and stored nowhere."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web as http
from click.testing import CliRunner, Result

from bot.__main__ import build_app
from bot.cli import anbot
from bot.sources.named import without_secrets
from tests.cli.test_sync import beside
from tests.support.feeds import feed, issue
from tests.support.web import Web

PASSWORD, KEY = "hunter2", "s3cr3tk3y"


@pytest.fixture(name="site")
def _site() -> Iterator[Web]:
    async def guarded(request: http.Request) -> http.Response:
        allowed = "Authorization" in request.headers and request.query.get("token") == KEY
        return http.Response(body=feed(issue(58))) if allowed else http.Response(status=401)

    with beside() as site:
        site.at["/feed"] = guarded
        yield site


@pytest.fixture(name="address")
def _address(site: Web) -> str:
    return site.url(f"/feed?token={KEY}").replace("http://", f"http://reader:{PASSWORD}@")


def anbot_with(database: Path, sources: str, *arguments: str) -> Result:
    environment = {"ANBOT_DB": str(database), "ANBOT_SOURCES": sources, "ANBOT_ALLOW_PRIVATE": "1"}
    return CliRunner().invoke(anbot, arguments, obj=build_app(environment), catch_exceptions=False)


def has_no_secret(text: str) -> bool:
    return PASSWORD not in text and KEY not in text


def test_a_password_opens_the_source_and_appears_nowhere(
    database: Path, address: str, site: Web, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    missing = address.replace("/feed", "/missing")
    for arguments in (["sync"], ["index", address], ["index", missing], ["sync", missing], ["doctor"]):
        result = anbot_with(database, f"{address} {missing}", *arguments)
        assert has_no_secret(result.output)
        assert "***@127.0.0.1" in result.output
    assert sum(request.path == "/feed" for request in site.asked) == 2
    assert "AN #58" in anbot_with(database, "", "digest", "preview").output
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert has_no_secret("\n".join(ours))
    for file in database.parent.iterdir():
        assert has_no_secret(file.read_bytes().decode("latin-1"))


@pytest.mark.parametrize(
    "named",
    [
        f"ftp://reader:{PASSWORD}@example.org/feed",
        f"https://reader:{PASSWORD}/x@example.org/feed",
        f"https://{PASSWORD}@[::1/",
        f"https://reader:{PASSWORD}@exa mple.org/",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(database: Path, named: str) -> None:
    for arguments in (["sync", named], ["index", named]):
        result = anbot_with(database, "", *arguments)
        assert result.exit_code
        assert has_no_secret(result.output)
    quoted = anbot_with(database, "", "doctor")
    assert has_no_secret(quoted.output)


def test_what_is_no_secret_is_shown() -> None:
    for address in ("https://example.org/@me/feed?id=7", "https://example.org:8080/@me", "feeds/me@home.xml"):
        assert without_secrets(address) == address
