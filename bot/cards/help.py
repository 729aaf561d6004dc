"""How to ask."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.cards.card import Card, CardFormat
from bot.lookup.answers import Help, Misunderstood
from bot.lookup.commands import COMMANDS, Command
from bot.text.rich_text import Block, Span, blocks_of, plain_block

_SENTENCE: Final = 600


def help_card(answer: Help, card_format: CardFormat) -> Card:
    """The commands as far as the platform has them; all it has if all were asked for, or none of them exists."""
    everything = answer.commands == COMMANDS
    commands = card_format.commands if everything else _existing(answer.commands, card_format)
    return usage_card(commands, card_format, after=card_format.aside if len(commands) > 1 else ())


def misunderstood_card(answer: Misunderstood, card_format: CardFormat) -> Card:
    """What was not understood, and how to ask instead."""
    card = usage_card(
        _existing(answer.commands, card_format), card_format, card_format.fit(answer.problem, _SENTENCE)
    )
    return replace(card, title="Not understood", missed=True)


def usage_card(
    commands: Sequence[Command], card_format: CardFormat, problem: str = "", after: tuple[Block, ...] = ()
) -> Card:
    """The commands below a problem, each with those of its examples that work.

    A `whole` card shows the grammar too, and is brief if it only lists what else there is.
    """
    before = (plain_block(problem),) if problem else ()
    brief = card_format.whole and bool(problem) and len(commands) > 1
    usage = (block for command in commands for block in _usage(command, card_format, brief=brief))
    title = "How to ask" if len(commands) != 1 else f"/{commands[0].name}"
    return Card(title=title, body=(*before, *usage, *after), private=True)


def _usage(command: Command, card_format: CardFormat, *, brief: bool) -> Iterator[Block]:
    name = Span(text=f"/{command.name}", bold=True)
    about = (span for block in blocks_of(command.about) for span in block.spans)
    yield Block(spans=(name, Span(text=" — "), *about))
    if brief:
        return
    layout = card_format.layout
    if card_format.whole:
        grammar = Span(text="\n".join(command.usage), code=True)
        yield Block(spans=(grammar,), mark=layout.indent, indent=layout.indent, close=True)
    for example in filter(card_format.works, command.examples):
        spans = (Span(text=example, code=True),)
        yield Block(spans=spans, mark=layout.bullets[0], close=True, command=example)


def _existing(commands: Sequence[Command], card_format: CardFormat) -> Sequence[Command]:
    return [command for command in commands if command in card_format.commands] or card_format.commands
