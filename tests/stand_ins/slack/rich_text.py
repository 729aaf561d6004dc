"""Rich text, by https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from collections.abc import Iterator
from typing import Any

from tests.stand_ins.slack.form import Rule, flag, many, one_of, record, text, typed, url, whole, wrong

MOST = 1000


def written(value: Any, at: str) -> Iterator[str]:
    """A string that is not empty; line breaks alone are a string."""
    yield from text(12_000, least=0)(value, at)
    if value == "":
        yield wrong("must be more than 0 characters", at)


FLAGS = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag)
STYLE = record({}, FLAGS)
TEXT = record({"text": written}, {"style": STYLE})
LINK = record({"url": url()}, {"text": written, "unsafe": flag, "style": STYLE})
INLINE = typed(
    text=TEXT,
    link=LINK,
    emoji=record({"name": text(100)}, {"unicode": text(100), "style": STYLE}),
    user=record({"user_id": text(20)}, {"style": STYLE}),
    usergroup=record({"usergroup_id": text(20)}, {"style": STYLE}),
    channel=record({"channel_id": text(20)}, {"style": STYLE}),
    broadcast=record({"range": one_of("here", "channel", "everyone")}, {"style": STYLE}),
    date=record({"timestamp": whole(0, 10**12), "format": text(200)}, {"url": url(), "fallback": text(200)}),
    color=record({"value": text(20)}, {}),
)
SECTION = record({"elements": many(INLINE, MOST)}, {})
PARTS: Rule = typed(
    rich_text_section=SECTION,
    rich_text_list=record(
        {"style": one_of("bullet", "ordered"), "elements": many(typed(rich_text_section=SECTION), MOST)},
        {"indent": whole(0, 8), "offset": whole(0, 10_000), "border": whole(0, 1)},
    ),
    rich_text_preformatted=record(
        {"elements": many(typed(text=TEXT, link=LINK), MOST)}, {"border": whole(0, 1)}
    ),
    rich_text_quote=record({"elements": many(INLINE, MOST)}, {"border": whole(0, 1)}),
)
"""What a block of rich text is made of."""
