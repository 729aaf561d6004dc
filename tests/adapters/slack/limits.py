"""Slack's limits and our own promises, checked on what is about to be sent."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.adapters.slack.mrkdwn_reader import see

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_BARE_PING = re.compile(r"@(?:channel|everyone|here)|<[!@#]", re.IGNORECASE)
_EMOJI = re.compile(r":[\w+'-]+:")
_NAMES = {
    "section": {"type", "text", "expand"},
    "context": {"type", "elements"},
    "rich_text": {"type", "elements"},
    "actions": {"type", "elements"},
    "header": {"type", "text"},
    "divider": {"type"},
    "input": {"type", "label", "element", "dispatch_action"},
}
MINE = re.compile(r"Shared by <@[A-Z0-9]+>")


def check(message: Mapping[str, Any]) -> None:
    """Raises AssertionError for whatever Slack would refuse or should not show."""
    assert message["unfurl_links"] is False
    assert message["unfurl_media"] is False
    assert message["response_type"] in {"in_channel", "ephemeral"}
    fallback = message["text"]
    assert 1 <= len(fallback) <= 4000
    check_mrkdwn(fallback)
    seen = see(fallback)
    assert (seen.bold, seen.italic, seen.struck, seen.links) == ([], [], [], [])
    check_blocks(message["blocks"], 50)
    assert len(fallback) + sum(len(text) for _, text in texts(message["blocks"])) <= 13_000


def check_view(view: Mapping[str, Any]) -> None:
    View(**view).validate_json()
    assert 1 <= len(view["title"]["text"]) <= 24 if view["type"] == "modal" else "title" not in view
    check_blocks(view["blocks"], 100)


def check_blocks(blocks: list[dict[str, Any]], most: int) -> None:
    assert 1 <= len(blocks) <= most
    for block in blocks:
        assert set(block) - {"block_id"} == _NAMES[block["type"]]
        assert len(block.get("block_id", "")) <= 255
        parsed = Block.parse(block)
        assert parsed
        assert parsed.to_dict() == block
        assert block["type"] != "section" or block.get("expand"), "Slack would hide most of it"
        assert block["type"] != "header" or len(block["text"]["text"]) <= 150
        count = len(block.get("elements", "x"))
        assert 1 <= count <= {"context": 10, "actions": 25, "rich_text": 1000}.get(block["type"], 1)
    for kind, text in texts(blocks):
        assert text.strip("\u200b \n") or (kind == "text" and text), "an empty text"
        assert len(text) <= 3000
        assert not _CONTROL.search(text)
        if kind == "mrkdwn" and not MINE.fullmatch(text):
            check_mrkdwn(text)
            check_borders(text)
        if kind in {"text", "link"}:
            assert not _EMOJI.search(text)
            assert not _BARE_PING.search(text.replace("<", ""))
    ids = [element["action_id"] for element in elements(blocks)]
    assert len(ids) == len(set(ids)), ids
    assert all(1 <= len(action_id) <= 255 for action_id in ids)
    for element in elements(blocks):
        check_element(element)


def check_mrkdwn(text: str) -> None:
    """Nothing pings, nothing leads out of the web, no mark is left over."""
    see(text)
    outside = re.sub(r"```\n.*?\n```|`[^`\n]*`|<[^<>]*>", "", text, flags=re.DOTALL)
    assert not _EMOJI.search(outside), text
    assert not _BARE_PING.search(outside), text


def check_borders(text: str) -> None:
    """Every mark is between a blank and its text: of anything else readers of mrkdwn make different things."""
    shown = re.sub(r"```\n.*?\n```", "", re.sub(r"<[^<>]*>", "x", text), flags=re.DOTALL)
    for mark in re.finditer(r"[*~`]|(?<![^\W_])_|_(?![^\W_])", shown):
        around = shown[: mark.start()][-1:], shown[mark.end() :][:1]
        assert sum(not side.strip() for side in around) == 1, shown


def check_element(element: dict[str, Any]) -> None:
    match element["type"]:
        case "button":
            assert 1 <= len(element["text"]["text"]) <= 75
        case "static_select":
            assert 1 <= len(element["placeholder"]["text"]) <= 150
            assert 1 <= len(element["options"]) <= 100
            assert len({option["value"] for option in element["options"]}) == len(element["options"])
            for option in element["options"]:
                assert 1 <= len(option["text"]["text"]) <= 75
                assert 1 <= len(option["value"]) <= 150
                assert 1 <= len(option.get("description", {"text": "x"})["text"]) <= 75
        case kind:
            assert kind == "plain_text_input"


def elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        inside = [*block.get("elements", ()), block.get("element", {})]
        yield from (element for element in inside if "action_id" in element)


def texts(part: Any) -> Iterator[tuple[str, str]]:
    """Every text object, whatever it stands in: its type and its text."""
    if isinstance(part, list):
        for one in part:
            yield from texts(one)
    elif isinstance(part, dict):
        if part.get("type") in {"mrkdwn", "plain_text", "text", "link"}:
            assert part["type"] != "mrkdwn" or part["verbatim"]
            assert part["type"] != "plain_text" or part["emoji"] is False
            yield part["type"], part["text"]
        else:
            for one in part.values():
                yield from texts(one)
