"""A part of a digest as plain text, for the operator."""

from bot.digests.compose import Part
from bot.text.markdown import printable
from bot.text.rich_text import Block, Span


def write(block: Block) -> str:
    """The block as plain text; an address follows the words that it belongs to."""
    text = "".join(_written(span) for span in block.spans)
    return block.mark + text.replace("\n", f"\n{block.indent or '  '}")


def text_of(part: Part, footer: str = "") -> str:
    """The whole part, ending in a line break, without control characters."""
    number = f" (part {part.number} of {part.count})" if part.count > 1 else ""
    lines = [line for line in (f"{part.title}{number}", part.facts, part.url) if line]
    for block in part.blocks:
        if not block.close:
            lines.append("")
        lines.append(write(block).upper() if block.heading else write(block))
    if footer and part.number == 1:
        lines += ["", footer]
    return printable("\n".join(lines)).strip() + "\n"


def _written(span: Span) -> str:
    return f"{span.text} <{span.url}>" if span.url and span.url != span.text else span.text
