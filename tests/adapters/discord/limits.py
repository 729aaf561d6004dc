"""Discord's limits and our own promises, checked on what is about to be sent."""

import re
from typing import Any
from urllib.parse import urlsplit

import discord

from adapters.discord.render import Payload

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PING = re.compile(r"@(?:everyone|here)|(?<!\\)<(?:@|#|:|t:|id:|/)", re.IGNORECASE)
_LITERAL = re.compile(r"\\[^A-Za-z0-9\s]|(`{1,3})(?:(?!\1)[\s\S])+\1")
"""What stands for itself. Discord reads from left to right, so a backslash in code escapes nothing."""
_LINK = re.compile(r"(?<!\\)\]\(<([^>\n]*)>\)")


def check(payload: Payload) -> None:
    """Raises AssertionError for whatever Discord would refuse or should not show."""
    content = payload["content"] or ""
    assert len(content) <= 2000
    assert dict(payload["allowed_mentions"].to_dict()) == {"parse": []}
    (embed,) = payload["embeds"]
    assert content or embed
    check_embed(embed)
    rows = payload["view"].to_components() if payload["view"] else []
    check_rows(rows)


def check_embed(embed: discord.Embed) -> None:
    assert len(embed.title or "") <= 256
    assert len(embed.description or "") <= 4096
    assert len(embed.footer.text or "") <= 2048
    assert len(embed.author.name or "") <= 256
    assert len(embed) <= 6000
    for text in (embed.title, embed.description, embed.footer.text, embed.author.name):
        assert text is None or text.strip(), "an empty text"
        assert not _CONTROL.search(text or "")
        assert not re.search("@(?:everyone|here)", text or "", re.IGNORECASE)
    for address in (embed.url, embed.author.url):
        assert address is None or is_web(address)
    check_markdown(embed.title or "")
    check_markdown(embed.description or "")


def check_markdown(text: str) -> None:
    """Nothing pings, nothing leads out of the web, no mark is left open."""
    bare = _LITERAL.sub("", text)
    assert not _PING.search(bare), text
    for target in _LINK.findall(text):
        assert is_web(target), target
    without_links = re.sub(r"<https?://[^>\s]*>", "", bare)
    assert "<" not in without_links.replace("(<", ""), text
    marks = without_links
    assert marks.count("*") % 2 == 0, text
    assert marks.count("`") == 0, text
    assert marks.count("[") == marks.count("]("), text


def check_rows(rows: list[dict[str, Any]]) -> None:
    assert len(rows) <= 5
    ids = [item["custom_id"] for row in rows for item in row["components"]]
    assert len(ids) == len(set(ids)), ids
    assert all(1 <= len(custom_id) <= 100 for custom_id in ids)
    for row in rows:
        kinds = {item["type"] for item in row["components"]}
        assert (kinds == {2} and len(row["components"]) <= 5) or (
            kinds == {3} and len(row["components"]) == 1
        )
        for item in row["components"]:
            if item["type"] == 2:
                assert 1 <= len(item["label"]) <= 80
            else:
                check_menu(item)


def check_menu(menu: dict[str, Any]) -> None:
    options = menu["options"]
    assert 1 <= len(options) <= 25
    assert len(menu["placeholder"]) <= 150
    assert len({option["value"] for option in options}) == len(options)
    for option in options:
        assert 1 <= len(option["label"]) <= 100
        assert 1 <= len(option["value"]) <= 100
        assert "description" not in option or 1 <= len(option["description"] or "x") <= 100


def is_web(address: str) -> bool:
    parts = urlsplit(address)
    return (
        parts.scheme in {"http", "https", "HTTP", "HTTPS"} and bool(parts.hostname) and len(address) <= 2048
    )
