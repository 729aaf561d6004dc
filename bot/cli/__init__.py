"""The command line. Each command is a module of its own, loaded when it is used."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

import click

from bot import __version__
from bot.app import App
from bot.errors import BotError

_COMMANDS: Final = {
    "try": "bot.cli.try_",
    "index": "bot.cli.index",
    "sync": "bot.cli.sync",
    "run": "bot.cli.run",
    "doctor": "bot.cli.doctor",
    "digest": "bot.cli.digest",
    "leave": "bot.cli.leave",
    "forget": "bot.cli.forget",
    "search": "bot.cli.search",
    "parse": "bot.cli.parse",
    "export": "bot.cli.export",
    "graph": "bot.cli.graph",
    "backup": "bot.cli.backup",
    "restore": "bot.cli.restore",
    "move": "bot.cli.move",
}


class Commands(click.Group):
    """Loads a command when it is used, and turns our errors into sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order a newcomer meets them, those of the platforms last."""
        return [*_COMMANDS, *_of_platforms(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name: `command` in its module, or a platform's."""
        if module := _COMMANDS.get(cmd_name):
            command: click.Command = import_module(module).command
            return command
        make = _of_platforms(ctx).get(cmd_name)
        return make() if make else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a BotError becomes a sentence, anything else is a defect."""
        try:
            return super().invoke(ctx)
        except BotError as error:
            click.ClickException(str(error)).show()
            ctx.exit(error.exit_code)


def _of_platforms(ctx: click.Context) -> Mapping[str, Callable[[], click.Command]]:
    app = ctx.find_object(App)
    return {
        name: make for platform in (app.platforms if app else ()) for name, make in platform.commands.items()
    }


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="anbot")
def anbot() -> None:
    """Look up and digest the Alignment Newsletter."""
