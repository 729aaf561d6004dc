"""How to ask."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.answers import Help, Misunderstood
from bot.chat.cards import Card, Form
from bot.commands import Command
from bot.spans import Block, Span, blocks_of, plain_block

_SENTENCE: Final = 600


def help_card(answer: Help, form: Form) -> Card:
    """Those of the commands that exist there, else all that do."""
    commands = _existing(answer.commands, form)
    return usage_card(commands, form, after=form.aside if len(commands) > 1 else ())


def misunderstood_card(answer: Misunderstood, form: Form) -> Card:
    """What was not understood, and how to ask instead."""
    card = usage_card(_existing(answer.commands, form), form, form.fit(answer.problem, _SENTENCE))
    return replace(card, title="Not understood", missed=True)


def usage_card(
    commands: Sequence[Command], form: Form, problem: str = "", after: tuple[Block, ...] = ()
) -> Card:
    """The commands, each with those of its examples that work, below a problem there was."""
    before = (plain_block(problem),) if problem else ()
    usage = (block for command in commands for block in _usage(command, form))
    title = "How to ask" if len(commands) != 1 else f"/{commands[0].name}"
    return Card(title=title, body=(*before, *usage, *after), private=True)


def _usage(command: Command, form: Form) -> Iterator[Block]:
    name = Span(text=f"/{command.name}", bold=True)
    about = (span for block in blocks_of(command.about) for span in block.spans)
    yield Block(spans=(name, Span(text=" — "), *about))
    for example in filter(form.works, command.examples):
        yield Block(spans=(Span(text=example, code=True),), mark=form.layout.bullets[0], close=True)


def _existing(commands: Sequence[Command], form: Form) -> Sequence[Command]:
    return [command for command in commands if command in form.commands] or form.commands
