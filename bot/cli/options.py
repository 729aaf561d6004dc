"""Options that several commands share."""

from pathlib import Path
from typing import Final

import click
from click.shell_completion import CompletionItem

database: Final = click.option(
    "--db",
    "database",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
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
