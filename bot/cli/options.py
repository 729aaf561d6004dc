"""Options that several commands share."""

from pathlib import Path
from typing import Final

import click

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
