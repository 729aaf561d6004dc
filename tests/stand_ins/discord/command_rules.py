"""What Discord refuses in an application command."""

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from tests.stand_ins.discord.entities import Json
from tests.stand_ins.discord.errors import ApiError
from tests.stand_ins.discord.form import Form, Where

NAME, DESCRIPTION, IN_ALL = 32, 100, 8000
OPTIONS, CHOICES, CHOICE = 25, 25, 100
STRING_LENGTH = 6000
PER_KIND = {1: 100, 2: 15, 3: 15}  # commands of a kind in one scope
WORD = re.compile(r"[-_'\w]+")


class Option(IntEnum):
    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


CHOOSABLE = (Option.STRING, Option.INTEGER, Option.NUMBER)


def check_command(form: Form, where: Where, command: Any, *, in_guild: bool) -> None:
    """Reports every broken rule of one command."""
    if not form.object(where, command):
        return
    kind = command.get("type") or 1
    if not form.choice((*where, "type"), kind, (1, 2, 3)):
        return
    _check_description(form, where, command, slash=kind == 1)
    if kind == 1:
        _check_name(form, (*where, "name"), command.get("name"))
        _check_options(form, (*where, "options"), command.get("options"), depth=0)
    else:
        form.text((*where, "name"), command.get("name"), most=NAME, least=1, required=True)
        if command.get("options"):
            form.report(
                (*where, "options"), "APPLICATION_COMMAND_INVALID_OPTIONS", "Only slash commands have options"
            )
    _check_reach(form, where, command, in_guild=in_guild)
    if not form.errors and size(command) > IN_ALL:
        form.report(where, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({IN_ALL})")


def check_all(form: Form, commands: list[Json], *, in_guild: bool) -> None:
    """Reports broken rules of a scope's commands; 30032 where there are too many."""
    for index, command in enumerate(commands):
        check_command(form, (index,), command, in_guild=in_guild)
    form.finish()
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        key = (command.get("type") or 1, str(command.get("name")))
        if key in seen:
            form.report(
                (index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        seen.add(key)
    form.finish()
    for kind, most in PER_KIND.items():
        if sum((command.get("type") or 1) == kind for command in commands) > most:
            raise ApiError(400, 30032, f"Maximum number of application commands reached ({most})")


def _check_name(form: Form, where: Where, name: Any) -> None:
    if not form.text(where, name, most=NAME, least=1, required=True) or not isinstance(name, str):
        return
    letters = unicodedata.normalize("NFC", name)
    if not WORD.fullmatch(letters) or letters != letters.lower():
        form.report(where, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_description(form: Form, where: Where, command: Json, *, slash: bool) -> None:
    description = command.get("description")
    if slash:
        form.text((*where, "description"), description, most=DESCRIPTION, least=1, required=True)
    elif description:
        form.report(
            (*where, "description"),
            "APPLICATION_COMMAND_INVALID_DESCRIPTION",
            "Context menu commands cannot have description",
        )


def _check_reach(form: Form, where: Where, command: Json, *, in_guild: bool) -> None:
    """Who may use it and where."""
    rights = command.get("default_member_permissions")
    if rights is not None and not str(rights).isdecimal():
        form.report(
            (*where, "default_member_permissions"),
            "BITFIELD_TYPE_CONVERT",
            "Could not interpret as a bitfield.",
        )
    for key, allowed in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        values = command.get(key)
        if values is not None and in_guild:
            form.report((*where, key), "APPLICATION_COMMAND_GUILD_SCOPE", f"Guild commands cannot have {key}")
            continue
        for index, value in enumerate(form.items((*where, key), values, least=1, most=len(allowed))):
            form.choice((*where, key, index), value, allowed)


def _check_options(form: Form, where: Where, options: Any, *, depth: int) -> None:
    listed = form.objects(where, options, most=OPTIONS)
    names = [str(option.get("name")) for _, option in listed]
    if len(names) != len(set(names)):
        form.report(where, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
    nested = {option.get("type") in (Option.SUBCOMMAND, Option.GROUP) for _, option in listed}
    if len(nested) > 1:
        form.report(
            where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands cannot be mixed with options"
        )
    optional = False
    for index, option in listed:
        if option.get("required") and optional:
            form.report(
                (*where, index),
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional = optional or not option.get("required")
        _check_option(form, (*where, index), option, depth=depth)


def _check_option(form: Form, where: Where, option: Json, *, depth: int) -> None:
    kind = option.get("type")
    # A group holds sub-commands, a sub-command plain options, and neither stands deeper.
    lowest = {0: Option.SUBCOMMAND, 1: Option.SUBCOMMAND, 2: Option.STRING}[depth]
    kinds = [int(each) for each in Option if each >= lowest and not (depth == 1 and each is Option.GROUP)]
    if not form.choice((*where, "type"), kind, kinds):
        return
    _check_name(form, (*where, "name"), option.get("name"))
    form.text((*where, "description"), option.get("description"), most=DESCRIPTION, least=1, required=True)
    if kind in (Option.SUBCOMMAND, Option.GROUP):
        _check_options(
            form, (*where, "options"), option.get("options"), depth=2 if kind == Option.SUBCOMMAND else 1
        )
        return
    _check_choices(form, where, option)
    most = STRING_LENGTH if kind == Option.STRING else -1
    form.number((*where, "min_length"), option.get("min_length"), least=0, most=most)
    form.number((*where, "max_length"), option.get("max_length"), least=1, most=most)
    for key in ("min_value", "max_value"):
        if option.get(key) is not None and kind not in (Option.INTEGER, Option.NUMBER):
            form.report(
                (*where, key), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", f"{key} is for numbers alone"
            )


def _check_choices(form: Form, where: Where, option: Json) -> None:
    choices, kind = option.get("choices"), option.get("type")
    if option.get("autocomplete") and (choices or kind not in CHOOSABLE):
        form.report(
            (*where, "autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Autocomplete is for strings and numbers without choices",
        )
    if choices and kind not in CHOOSABLE:
        form.report(
            (*where, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "No choices for this type"
        )
    check_choices(form, (*where, "choices"), choices, kind)


def check_choices(form: Form, where: Where, choices: Any, kind: Any) -> None:
    """Reports broken rules of fixed or suggested choices: 25, of 1-100 characters, of the option's type."""
    for index, choice in form.objects(where, choices, most=CHOICES):
        form.text((*where, index, "name"), choice.get("name"), most=CHOICE, least=1, required=True)
        value = choice.get("value")
        if kind == Option.STRING:
            form.text((*where, index, "value"), value, most=CHOICE, least=1, required=True)
        elif isinstance(value, bool) or not isinstance(value, int if kind == Option.INTEGER else int | float):
            form.report((*where, index, "value"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')


def size(command: Json) -> int:
    """The characters of a command that count towards its 8,000; of translations the longest."""
    return sum(_texts(command))


def _texts(node: Json) -> Iterator[int]:
    for key in ("name", "description"):
        translated = node.get(f"{key}_localizations")
        others = translated.values() if isinstance(translated, dict) else ()
        yield max(map(len, (str(node.get(key) or ""), *map(str, others))))
    for option in node.get("options") or ():
        yield from _texts(option)
    for choice in node.get("choices") or ():
        yield from _texts(choice)
        yield len(choice["value"]) if isinstance(choice.get("value"), str) else 0
