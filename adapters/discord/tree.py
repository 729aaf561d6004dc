"""The tree of commands: which of them is reached, and whether they changed since they were registered."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast

import discord
from discord import AppCommandOptionType
from discord.app_commands import (
    AppCommand,
    AppCommandContext,
    AppCommandError,
    AppCommandGroup,
    AppInstallationType,
    Command,
    CommandSignatureMismatch,
    CommandTree,
    Parameter,
)

from adapters.discord.errors import report
from adapters.discord.unreadable import refusals
from bot.runtime.refusals import unreadable

Admits: TypeAlias = Callable[[discord.Interaction[Any]], Awaitable[bool]]
"""Whether this client answers an interaction."""
_WITH_OPTIONS: Final = (AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value)
_TYPES: Final = {AppCommandOptionType.integer: int, AppCommandOptionType.boolean: bool}
"""Of the values of options; ids are texts."""


class Tree(CommandTree[Any]):
    """Takes what is this client's to answer, and reports errors before a command of ours is reached."""

    def __init__(self, client: discord.Client, admits: Admits) -> None:
        super().__init__(
            client,
            allowed_contexts=AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=AppInstallationType(guild=True, user=True),
        )
        self._admits = admits

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether the command, or what was typed of it, is answered here. Raises CommandSignatureMismatch
        for one that is not as it is registered.
        """
        command, data = interaction.command, cast("Mapping[str, Any]", interaction.data)
        typing = interaction.type is discord.InteractionType.autocomplete
        if isinstance(command, Command) and not _fits(command, data, typing=typing):
            if not typing:
                raise CommandSignatureMismatch(command)
            refusals.note("what was typed does not fit its command")
            return False
        return await self._admits(interaction)

    async def _call(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await super()._call(interaction)
        except AppCommandError:
            raise
        except Exception as error:  # noqa: BLE001 - discord.py could not read it; a command of ours wraps its errors
            refusals.note(unreadable(error))

    async def on_error(self, interaction: discord.Interaction[Any], error: AppCommandError, /) -> None:
        """Tell the person in a sentence."""
        await report(interaction, error)


def _fits(command: Command[Any, ..., Any], data: Mapping[str, Any], *, typing: bool) -> bool:
    """Whether what was typed is of the types that the command asks for, and among its choices. While
    somebody is `typing`, it may be any text yet.
    """
    options = data.get("options") or []
    while options and options[0]["type"] in _WITH_OPTIONS:
        options = options[0].get("options") or []
    parameters = {parameter.display_name: parameter for parameter in command.parameters}
    return all(_suits(parameters.get(option["name"]), option, typing=typing) for option in options)


def _suits(parameter: Parameter | None, option: Mapping[str, Any], *, typing: bool) -> bool:
    if parameter is None or parameter.type.value != option["type"]:
        return False
    value, choices = option.get("value"), [choice.value for choice in parameter.choices]
    if typing and isinstance(value, str):
        return True
    return isinstance(value, _TYPES.get(parameter.type, str)) and (not choices or value in choices)


def fingerprint_of(tree: CommandTree[Any]) -> str:
    """A hash of all commands with their options, choices and descriptions."""
    commands: list[Any] = list(tree.get_commands())
    return _hash_of([command.to_dict(tree) for command in commands])


def typed(commands: Sequence[AppCommand]) -> Iterator[tuple[str, int]]:
    """What can be typed, "digest list" for a sub-command, and the ids of the commands."""
    for command in commands:
        if command.type is discord.AppCommandType.chat_input:
            subs = [option.name for option in command.options if isinstance(option, AppCommandGroup)]
            yield from ((f"{command.name} {sub}", command.id) for sub in subs)
            if not subs:
                yield command.name, command.id


def registered(commands: Sequence[AppCommand]) -> str:
    """A hash of the commands as Discord has them."""
    return _hash_of(sorted((str(command.id), command.name, command.description) for command in commands))


def _hash_of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
