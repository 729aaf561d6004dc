"""The command line. Each command is a module of its own, loaded when it is used."""

from importlib import import_module
from typing import Any, Final

import click

from bot import __version__
from bot.errors import BotError

_COMMANDS: Final = {
    "try": "bot.cli.try_",
    "index": "bot.cli.index",
    "sync": "bot.cli.sync",
    "run": "bot.cli.run",
    "doctor": "bot.cli.doctor",
    "invite": "bot.cli.install:invite",
    "manifest": "bot.cli.install:manifest",
    "digest": "bot.cli.digest",
    "search": "bot.cli.search",
    "parse": "bot.cli.parse",
    "export": "bot.cli.export",
}


class _Told(click.ClickException):
    """A sentence for the user on stderr; exit code 2 as for a wrong option."""

    exit_code = 2


class Commands(click.Group):
    """Loads commands as they are asked for, and turns our errors into sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order a newcomer meets them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; in a module of its own it is called `command`."""
        del ctx
        module, _, name = _COMMANDS.get(cmd_name, "").partition(":")
        command: click.Command | None = getattr(import_module(module), name or "command") if module else None
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a BotError is told, anything else is a defect."""
        try:
            return super().invoke(ctx)
        except BotError as error:
            raise _Told(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="anbot")
def anbot() -> None:
    """Look up and digest the Alignment Newsletter."""
