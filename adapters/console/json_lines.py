"""An answer as JSON: the core's own values, one document a line."""

from typing import Any

import msgspec

from adapters.console.blocks import Page
from bot.lookup.answers import Answer


def write(answer: Answer) -> str:
    """The answer as one line of JSON; `type` is the name of its meaning."""
    fields: dict[str, Any] = msgspec.to_builtins(answer)
    return msgspec.json.encode({"type": type(answer).__name__} | fields).decode() + "\n"


def write_page(page: Page) -> str:
    """A page that answers no request, in one line: what each of its blocks says."""
    return msgspec.json.encode({"type": "Page", "blocks": page}).decode() + "\n"
