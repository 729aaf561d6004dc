"""`anbot doctor`: what is wrong, and what to do."""

import asyncio
import sys

import click
import msgspec

from bot.app import App
from bot.cli import options
from bot.model.findings import Health
from bot.ports import DatabaseName
from bot.text.markdown import printable


@click.command("doctor")
@options.database
@click.option(
    "--json", "as_json", is_flag=True, help="Print each finding as a JSON document on a line of its own."
)
@click.pass_obj
def command(app: App, database: DatabaseName | None, *, as_json: bool) -> None:
    """Check that all is well.

    Checks the database, the sources, the digests and the platforms, which it asks
    whether they take the tokens, and says what is wrong and what to do. Nothing is
    posted. The exit code is 1 if something is bad.
    """
    from bot.doctor import diagnose  # noqa: PLC0415 - other commands start faster without

    findings = asyncio.run(diagnose(app, app.database(database)))
    for finding in findings:
        if as_json:
            click.echo(msgspec.json.encode(finding))
            continue
        click.echo(f"{finding.health:<4}  {printable(finding.what)}")
        if finding.advice:
            click.echo(f"      {printable(finding.advice)}")
    sys.exit(any(finding.health is Health.BAD for finding in findings))
