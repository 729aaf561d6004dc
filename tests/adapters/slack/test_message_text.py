"""Find summaries reads all that a person sees of a message."""

from typing import Any

import pytest

from adapters.slack.message_text import message_text


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


LINE = {
    "type": "rich_text_section",
    "elements": [
        {"type": "text", "text": "see "},
        {"type": "link", "url": "https://a.example", "text": "Risks from"},
        {"type": "text", "text": " and "},
        {"type": "text", "text": "AN #58", "style": {"bold": True}},
    ],
}


@pytest.mark.parametrize(
    ("message", "seen"),
    [
        (
            {"text": "see <https://a.example|Risks from> &amp; more"},
            "see Risks from https://a.example & more",
        ),
        ({"text": "", "blocks": [section("AN #58")]}, "AN #58"),
        (
            {"text": "", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Mesa"}}]},
            "Mesa",
        ),
        ({"text": "", "blocks": [section("a", fields=[{"type": "mrkdwn", "text": "AN #58"}])]}, "a\nAN #58"),
        (
            {"text": "", "blocks": [{"type": "rich_text", "elements": [LINE]}]},
            "see Risks from https://a.example  and AN #58",
        ),
        (
            {
                "text": "",
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [LINE, LINE]}],
                    }
                ],
            },
            "see Risks from https://a.example  and AN #58\nsee Risks from https://a.example  and AN #58",
        ),
        ({"text": "", "attachments": [{"blocks": [section("AN #58")]}]}, "AN #58"),
        (
            {
                "attachments": [
                    {"pretext": "p", "title": "t", "fields": [{"title": "f", "value": "v"}], "footer": "o"}
                ]
            },
            "p\nt\no\nf\nv",
        ),
        (
            {"text": "", "files": [{"title": "AN #58", "name": "58.pdf", "alt_txt": "a page"}]},
            "AN #58\na page",
        ),
        (
            {
                "attachments": [
                    {"message_blocks": [{"ts": "1.2", "message": {"blocks": [section("AN #58")]}}]}
                ]
            },
            "AN #58",
        ),
        (
            {
                "blocks": [
                    {
                        "type": "video",
                        "title": {"type": "plain_text", "text": "t"},
                        "title_url": "https://a.example",
                        "description": {"type": "plain_text", "text": "AN #58"},
                        "alt_text": "x",
                    }
                ]
            },
            "x\nhttps://a.example\nt\nAN #58",
        ),
        (
            {
                "blocks": [
                    {
                        "type": "table",
                        "rows": [
                            [
                                {"type": "raw_text", "text": "AN #58"},
                                {"type": "rich_text", "elements": [LINE]},
                            ]
                        ],
                    }
                ]
            },
            "AN #58\nsee Risks from https://a.example  and AN #58",
        ),
    ],
)
def test_every_text_of_a_message_is_read(message: dict[str, Any], seen: str) -> None:
    assert message_text(message) == seen
