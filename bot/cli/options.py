"""Options that several commands share."""

from pathlib import Path
from typing import Final

import click
from click.shell_completion import CompletionItem

from bot.config import database_named
from bot.ports import DatabaseAddress, DatabaseName


class Database(click.ParamType[DatabaseName, str]):
    """A file, or the address of a server. Raises InputError for another address."""

    name = "database"
    _file = click.Path(dir_okay=False, path_type=Path)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> DatabaseName:
        """The name as a value, if it is no folder."""
        named = database_named(value)
        if not isinstance(named, DatabaseAddress):
            self._file.convert(named, param, ctx)
        return named


database: Final = click.option(
    "--db",
    "database",
    metavar="FILE|ADDRESS",
    type=Database(),
    help="The database: a file, or postgresql://… Default: $ANBOT_DB, else a file in the platform's data folder.",
)
number: Final = click.option(
    "--issue",
    type=click.IntRange(min=1),
    metavar="N",
    help="The number of the issue, if the text does not say it.",
)


def files(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Has the shell complete the names of files, where an address may be given too."""
    del ctx, parameter
    return [CompletionItem(incomplete, type="file")]
