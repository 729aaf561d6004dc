"""Blocks of styled text as Slack's rich text, in which nothing that is written is formatting.

It says each style beside its text, so a literal `*` stays one. Slack takes it in messages,
modals and the App Home, not in small print or previews.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from adapters.slack.escape import calm, web
from bot.text.rich_text import Block, Span, joined

Json = dict[str, Any]
_QUOTE: Final = "> "


def rich_text(blocks: Iterable[Block]) -> Json:
    """The block that shows them, paragraphs a blank line apart."""
    parts = [
        {"type": kind, "elements": _elements(list(same), quoted=kind == "rich_text_quote")}
        for kind, same in groupby(filter(_says_something, blocks), key=_kind)
    ]
    return {"type": "rich_text", "elements": parts}


def _says_something(block: Block) -> bool:
    return bool(calm(block.text).strip())


def _kind(block: Block) -> str:
    if block.fenced:
        return "rich_text_preformatted"
    return "rich_text_quote" if block.mark.startswith(_QUOTE) else "rich_text_section"


def _elements(blocks: Sequence[Block], *, quoted: bool) -> list[Json]:
    return [
        element for at, block in enumerate(blocks) for element in _written(block, first=not at, quoted=quoted)
    ]


def _written(block: Block, *, first: bool, quoted: bool) -> Iterator[Json]:
    above = "" if first else "\n" if block.close else "\n\n"
    mark, indent = (line.removeprefix(_QUOTE) if quoted else line for line in (block.mark, block.indent))
    if above or (mark and not block.fenced):
        yield {"type": "text", "text": above + ("" if block.fenced else mark)}
    for span in joined(block.spans):
        if span.moment:
            yield from _dated(span.text, span.moment)
        elif text := calm(span.text if block.fenced else span.text.replace("\n", f"\n{indent}")):
            yield _element(span, text, fenced=block.fenced)


def _dated(text: str, moment: datetime) -> Iterator[Json]:
    """The text, and the moment on the reader's own clock."""
    yield {"type": "text", "text": f"{calm(text)} ("}
    yield {
        "type": "date",
        "timestamp": int(moment.timestamp()),
        "format": "{date_short_pretty} {time}",
        "fallback": f"{moment:%Y-%m-%d %H:%M} UTC",
    }
    yield {"type": "text", "text": ")"}


def _element(span: Span, text: str, *, fenced: bool) -> Json:
    style = {"bold": span.bold, "italic": span.italic, "code": span.code and not fenced}
    on = {name: True for name, is_on in style.items() if is_on}
    target = web(span.url) if text.strip() else ""
    drawn: Json = {"type": "link", "url": target, "text": text} if target else {"type": "text", "text": text}
    return {**drawn, "style": on} if on else drawn
