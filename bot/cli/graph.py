"""`anbot graph`: a picture of what cites what."""

import asyncio
from pathlib import Path

import click

from bot.app import App
from bot.cli import options
from bot.cli.terminal import say_if_sample
from bot.errors import InputError
from bot.lookup import sections
from bot.pictures import MISSING, Picture, Pictures, are_available
from bot.ports import DatabaseName, Library


@click.command("graph", short_help="Draw what cites what into a file.")
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it; the name ends in .svg, .png or .pdf.",
)
@options.database
@click.argument("about", nargs=-1, required=True, metavar="TOPIC|KEY")
@click.pass_obj
def command(app: App, out: Path, database: DatabaseName | None, about: tuple[str, ...]) -> None:
    """Draw what a summary cites and what cites it, or the citations within a section.

    KEY is the name that lists print, TOPIC a section by a name as for /topic.

    \b
    anbot graph 58-risks-from-learned-optimization-in-advanced-de1131 --out risks.svg
    anbot graph mesa optimization --out mesa.png
    """  # noqa: D301 - the mark is click's: it keeps the lines below it apart
    if not are_available():
        raise InputError(MISSING)
    form = out.suffix.removeprefix(".").lower()
    if form not in {"svg", "png", "pdf"}:
        raise InputError(f"{out} is not of a form that can be drawn. End its name in .svg, .png or .pdf.")
    picture = asyncio.run(_drawn(app, database, " ".join(about), form))
    try:
        out.write_bytes(picture.data)
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}). Name another file.") from error
    click.echo(picture.alternative)


async def _drawn(app: App, database: DatabaseName | None, about: str, form: str) -> Picture:
    async with app.reading(database) as store:
        await say_if_sample(store)
        pictures = Pictures(store.library, form)
        if await store.library.summary(about.casefold()):
            picture = await pictures.around(about.casefold())
        else:
            picture = await pictures.within(await _section(store.library, about))
    if picture is None:
        raise InputError(f"Nothing that is known cites or is cited in {about}, so there is nothing to draw.")
    return picture


async def _section(library: Library, name: str) -> tuple[str, ...]:
    known = sections.with_parents(await library.sections())
    fitting = sections.named(known, name)
    if len(fitting) == 1:
        return fitting[0].path
    near = fitting or sections.closest(known, name)
    names = " or ".join(f"“{' '.join(each.path)}”" for each in near)
    raise InputError(f"“{name}” is neither the key of a summary nor the name of one section. Near: {names}.")
