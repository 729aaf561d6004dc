"""Options that several commands share."""

from os import PathLike
from pathlib import Path
from typing import Final

import click
from click.shell_completion import CompletionItem

from bot.config import database_file


class _Database(click.Path):
    """A database file. Raises InputError for an address, which is no path."""

    def convert(
        self, value: str | PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | PathLike[str]:
        """The path, if it is one and no folder."""
        return super().convert(database_file(str(value)), param, ctx)


database: Final = click.option(
    "--db",
    "database",
    metavar="FILE",
    type=_Database(dir_okay=False, path_type=Path),
    help="The database. Default: $ANBOT_DB, else a file in the platform's data folder.",
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
