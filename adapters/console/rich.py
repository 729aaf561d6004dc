"""A page at a terminal: colours, links that can be clicked, rendered Markdown."""

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

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
from bot.text.markdown import parse, printable

WIDEST: Final = 100
"""Lines longer than this are hard to read, however wide the terminal is."""
_WEB: Final = ("http://", "https://")


def draw(page: Sequence[Block], *, numbers: bool) -> RenderableType:
    """The page as something rich can print.

    With `numbers`, lists show what to type to open an entry at the prompt;
    without, the command that does the same anywhere.
    """
    return Group(*(part for block in page for part in _parts(block, numbers=numbers)))


def _parts(block: Block, *, numbers: bool) -> Iterator[RenderableType]:
    match block:
        case Title(text=text, url=url, highlight=highlight):
            yield _title(text, url, highlight=highlight)
        case Facts(facts=facts):
            yield _text(" · ".join(facts), "dim")
        case Heading(text=text):
            yield Padding(_text(text, "bold cyan"), (1, 0, 0, 0))
        case Prose(markdown=markdown):
            yield Padding(_markdown(markdown), (1, 0, 0, 0))
        case Sentence(text=text):
            yield Padding(Group(*map(_text, text.split("\n"))), (1, 0, 0, 0))
        case Items():
            yield _list(block, numbers=numbers)
        case Table(rows=rows):
            yield Padding(_table(rows), (1, 0, 0, 0))
        case Shell(line=line):
            yield Text("\n  ", no_wrap=True, overflow="ignore").append_text(_text(line, "green"))
        case Aside(text=text):
            yield Padding(_text(text, "dim italic"), (1, 0, 0, 0))


def _title(text: str, url: str, *, highlight: bool) -> Text:
    title = Text.assemble((f"{MARK} ", "yellow") if highlight else "")
    return title.append_text(_text(text, Style(bold=True, link=_link(url))))


def _list(block: Items, *, numbers: bool) -> Grid:
    grid = Grid.grid(padding=(0, 1))
    grid.add_column(justify="right", width=3 if numbers else 1)
    grid.add_column(ratio=1)
    for number, item in enumerate(block.items, block.first):
        if number > block.first and block.items[number - block.first - 1].lead:
            grid.add_row()
        shown = item.command if not numbers and item.command != item.text else ""
        grid.add_row(Text(str(number) if numbers else "•", "green"), _item(item, shown, close=block.close))
    return grid


def _item(item: Item, command: str, *, close: bool) -> RenderableType:
    line = Text.assemble((f"{MARK} ", "yellow") if item.highlight else "")
    line.append_text(_text(item.text))
    line.append_text(_text(f"  {item.detail}" if item.detail else "", "dim"))
    if close:
        return line.append_text(_text(f"  {command}" if command else "", "blue"))
    below = ((item.lead, "italic"), (command, "blue"))
    return Group(line, *(_text(text, style) for text, style in below if text))


def _table(rows: Sequence[tuple[str, str]]) -> Grid:
    grid = Grid.grid(padding=(0, 2))
    for usage, about in rows:
        grid.add_row(_text(usage, "green"), _text(about))
    return grid


def _markdown(text: str) -> Markdown:
    # rich's own reading drops `<GRAPHS HERE>` and takes indented lists for code.
    rendered = Markdown("", hyperlinks=True)
    rendered.parsed = parse(printable(text))
    return rendered


def _text(text: str, style: str | Style = "") -> Text:
    lead = text[: len(text) - len(text.lstrip(" "))]
    return Text(lead + " ".join(printable(text).split()), style)


def _link(url: str) -> str | None:
    return quote(printable(url), safe="%:/?#[]@!$&'()*+,;=~") if url.lower().startswith(_WEB) else None
