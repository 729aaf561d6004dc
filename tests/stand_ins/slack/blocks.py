"""Blocks as Slack takes them: those of a message, of a view, of an unfurl."""

from collections.abc import Iterator
from typing import Any

from tests.stand_ins.slack.elements import ACTIONS, FIELDS, IMAGE, formatted, plain
from tests.stand_ins.slack.form import (
    Rule,
    any_of,
    both,
    exactly_one,
    fits,
    flag,
    many,
    record,
    text,
    typed,
    url,
    wrong,
)
from tests.stand_ins.slack.rich_text import MOST, PARTS

IN_ALL = 13_000  # characters of one message's blocks: undocumented, about what Slack takes
MARKDOWN_IN_ALL = 12_000


def block(required: dict[str, Rule], **optional: Rule) -> Rule:
    return record(required, {"block_id": text(255)} | optional)


CONTEXT_ELEMENT = typed(image=IMAGE, plain_text=formatted(3000), mrkdwn=formatted(3000))
SECTION = block(
    {},
    text=formatted(3000),
    fields=many(formatted(2000), 10),
    accessory=typed(image=IMAGE, **ACTIONS),
    expand=flag,
)
INPUT = block(
    {"label": plain(2000), "element": typed(**ACTIONS, **FIELDS)},
    hint=plain(2000),
    optional=flag,
    dispatch_action=flag,
)
EVERYWHERE: dict[str, Rule] = {
    "section": both(SECTION, any_of("text", "fields")),
    "header": block({"text": plain(150)}),
    "divider": block({}),
    "context": block({"elements": many(CONTEXT_ELEMENT, 10)}),
    "actions": block({"elements": many(typed(**ACTIONS), 25)}),
    "image": block({"image_url": url(), "alt_text": text(2000)}, title=plain(2000)),
    "input": INPUT,
}
SLACK_FILE = record({"id": fits("^[F][A-Z0-9]{8,}$")}, {})
UPLOADED = block(
    {"alt_text": text(2000)}, image_url=url(), slack_file=SLACK_FILE, title=plain(2000)
)  # a view and a preview are seen by people who may not see the file
ILLUSTRATED = EVERYWHERE | {"image": both(UPLOADED, exactly_one("image_url", "slack_file"))}
RICH = block({"elements": many(PARTS, MOST)})
MESSAGE_BLOCK = typed(markdown=block({"text": text(12_000)}), rich_text=RICH, **ILLUSTRATED)
VIEW_BLOCK = typed(rich_text=RICH, **EVERYWHERE)
UNFURL_BLOCK = typed(**EVERYWHERE)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    """What a person may use in a block, in order; nothing in rich text."""
    if block.get("type") == "rich_text":
        return []
    nested = [*_dicts(block.get("elements")), block.get("accessory"), block.get("element")]
    return [each for each in nested if isinstance(each, dict)]


def unique(value: Any, at: str) -> Iterator[str]:
    """No block_id twice in all, no action_id twice in a block."""
    seen: set[str] = set()
    for index, each in enumerate(_dicts(value)):
        block_id = str(each.get("block_id", f"{at}/{index}"))
        if block_id in seen:
            yield wrong(f"`block_id` {block_id} already exists", f"{at}/{index}/block_id")
        seen.add(block_id)
        names = [element["action_id"] for element in elements(each) if "action_id" in element]
        if len(set(map(str, names))) < len(names):
            yield wrong("`action_id` already exists", f"{at}/{index}")


def markdown_in_all(value: Any, at: str) -> Iterator[str]:
    """All markdown blocks together hold 12,000 characters."""
    texts = [str(each.get("text", "")) for each in _dicts(value) if each.get("type") == "markdown"]
    if len(texts) > 1 and sum(map(len, texts)) > MARKDOWN_IN_ALL:
        yield wrong(f"markdown blocks must be less than {MARKDOWN_IN_ALL + 1} characters in all", at)


def length(value: Any) -> int:
    """The characters a reader sees in blocks, as far as they are in "text" anywhere below."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(length(each) for each in value.values())
    return sum(length(each) for each in value) if isinstance(value, list) else 0


MESSAGE = both(many(MESSAGE_BLOCK, 50, least=0), unique, markdown_in_all)
UNFURL = both(many(UNFURL_BLOCK, 50), unique)
VIEW_BLOCKS = both(many(VIEW_BLOCK, 100), unique)

SHARED = {
    "blocks": VIEW_BLOCKS,
    "private_metadata": text(3000, least=0),
    "callback_id": text(255),
    "external_id": text(255),
}
MODAL = record(
    {"title": plain(24), "blocks": VIEW_BLOCKS},
    SHARED | {"submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag},
)
HOME = record({"blocks": VIEW_BLOCKS}, SHARED)


def submittable(value: Any, at: str) -> Iterator[str]:
    """A modal that asks has a button to answer with."""
    asks = any(each.get("type") == "input" for each in _dicts(value.get("blocks")))
    if asks and "submit" not in value:
        yield wrong("missing required field: submit", at)


VIEWS = {"modal": typed(modal=both(MODAL, submittable)), "home": typed(home=HOME)}
