"""A page as plain text: for pipes, files, and terminals that can do no more."""

import textwrap
from collections.abc import Iterator, Sequence

from adapters.console.blocks import (
    MARK,
    Aside,
    Block,
    Facts,
    Heading,
    Item,
    Items,
    Prose,
    Sentence,
    Shell,
    Table,
    Title,
)
from bot.text.markdown import plain, printable


def write(page: Sequence[Block], width: int | None = None) -> str:
    """The page as text without control characters, ending in a line break.

    Lines are filled to `width`, or stay as long as their paragraph without it.
    What a terminal would link stands beside its address; list entries say
    what to type for them.
    """
    lines = [line for block in page for line in _lines(block)]
    return printable("\n".join(_fill(line, width) for line in lines)).strip() + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Title(text=text, url=url, highlight=highlight):
            yield _flat(f"{MARK} {text}" if highlight else text)
            if url:
                yield url
        case Facts(facts=facts):
            yield _flat(" · ".join(facts))
        case Heading(text=text):
            yield from ("", _flat(text).upper())
        case Prose(markdown=markdown):
            yield from ("", *plain(printable(markdown), addresses=True).split("\n"))
        case Sentence(text=text) | Aside(text=text):
            yield from ("", *(_indent(line) + _flat(line) for line in text.split("\n")))
        case Shell(line=line):
            yield from ("", f"    {_flat(line)}")
        case Items(items=items, close=close):
            yield from _items(items, close=close)
        case Table(rows=rows):
            yield from ("", *(_row(usage, about) for usage, about in rows))


def _items(items: Sequence[Item], *, close: bool) -> Iterator[str]:
    after_lead = False
    for item in items:
        if after_lead:
            yield ""
        yield from _item(item, close=close)
        after_lead = bool(item.lead)


def _item(item: Item, *, close: bool) -> Iterator[str]:
    text = f"{MARK} {item.text}" if item.highlight else item.text
    line = f"- {_flat(text)}" + (f" ({_flat(item.detail)})" if item.detail else "")
    command = _flat(item.command) if item.command != item.text else ""
    if close:
        yield f"{line}: {command}" if command else line
        return
    yield line
    yield from (f"  {part}" for part in (_flat(item.lead), command) if part)


def _row(usage: str, about: str) -> str:
    return f"{usage} — {about}" if about else usage


def _flat(text: str) -> str:
    return " ".join(text.split())


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" ")))


def _fill(line: str, width: int | None) -> str:
    if width is None:
        return line
    indent = " " * (len(line) - len(line.lstrip(" -")))
    return textwrap.fill(
        line,
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
