"""`anbot try`: ask at a console."""

import asyncio
import random
import sys
from collections.abc import Sequence
from typing import Final

import click
from click.shell_completion import CompletionItem

from bot.app import App, exists
from bot.cli import options
from bot.lookup import commands
from bot.lookup.lookup import Lookup
from bot.ports import DatabaseName

_NEED_ARGUMENT: Final = {f"/{command.name}" for command in (commands.AN, commands.PAPER, commands.OPEN)}


class _Style(click.ParamType[str]):
    """The console's two, and every platform's name."""

    name = "style"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return _styles(ctx).get_metavar(param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return _styles(ctx).shell_complete(ctx, param, incomplete)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return _styles(ctx).convert(value, param, ctx)


def _styles(ctx: click.Context | None) -> click.Choice[str]:
    app = ctx.find_object(App) if ctx else None
    return click.Choice(["console", "json", *(platform.name for platform in (app.platforms if app else ()))])


@click.command("try")
@click.option(
    "--as",
    "style",
    type=_Style(),
    default="console",
    help="Output: for people, one JSON document a line, or the request that a platform would be sent.",
)
@options.database
@click.argument("text", nargs=-1)
@click.pass_obj
def command(app: App, style: str, database: DatabaseName | None, text: tuple[str, ...]) -> None:
    """Ask as in a chat.

    Each TEXT is answered; without any, a prompt opens, or the lines of a pipe
    are answered. While the database has no newsletters, a small embedded sample answers.

    \b
    anbot try "/an 58" "/paper mesa"
    anbot try "/topic mesa optimization"
    anbot try
    """  # noqa: D301 - the mark is click's: it keeps the lines below it apart
    if database and not exists(database):
        click.echo(f"There is no database {database}; the embedded sample answers.", err=True)
    asyncio.run(_try(app, database, joined(text), style))


def joined(words: Sequence[str]) -> list[str]:
    """The requests in the words of a shell, which splits `/an 58`.

    A command that needs an argument gets the words up to the next command.

    >>> joined(["/paper", "mesa", "optimization", "/an 58", "58"])
    ['/paper mesa optimization', '/an 58', '58']
    """
    texts: list[str] = []
    needs_argument = False
    for word in words:
        if needs_argument and not word.startswith("/"):
            texts[-1] += f" {word}"
        else:
            texts.append(word)
            needs_argument = word in _NEED_ARGUMENT
    return texts


async def _try(app: App, database: DatabaseName | None, texts: Sequence[str], style: str) -> None:
    async with app.reading(database) as store:
        finder = await app.find_in(store)
        lookup = Lookup(store.library, finder, random.SystemRandom())
        for platform in app.platforms:
            if platform.name == style:
                for text in texts or sys.stdin:
                    click.echo(await platform.preview(lookup, text, app.clock))
                return
        await app.talk(lookup, app.clock, texts, app.settings, as_json=style == "json")
