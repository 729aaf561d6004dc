"""A third chat platform: lines over TCP, each answered by a card in capitals."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from bot.app import Platform, Services
from bot.cards.card import Card, CardFormat
from bot.cards.presenter import Presenter
from bot.cards.wording import cut
from bot.lookup.commands import COMMANDS
from bot.lookup.lookup import Lookup
from bot.lookup.requests import parse
from bot.model.places import Place, Preferences
from bot.text.rich_text import AS_MARKDOWN, Block, heading

VARIABLES: Final = ("TELETYPE_PORT",)
END: Final = "+++\n"
"""The line after each card."""


def write(block: Block) -> str:
    return f"{block.mark}{block.text}".upper()


FORMAT: Final = CardFormat(
    write=write,
    fit=cut,
    label=partial(cut, limit=40),
    gap=lambda _: 1,
    takes=lambda block: len(write(block)),
    heading=heading,
    layout=AS_MARKDOWN,
    tight=True,
    options=9,
    target=60,
    value=60,
    listed=2000,
    brief=40,
    page=2000,
    commands=COMMANDS,
    works=lambda example: example.startswith("/"),
)


def platform(environ: Mapping[str, str]) -> Platform:
    port = environ.get("TELETYPE_PORT", "")
    return Platform(
        name="teletype",
        variables=VARIABLES,
        given=VARIABLES if port else (),
        needs=("TELETYPE_PORT",),
        configured=bool(port),
        serve=partial(_serve, port),
        preview=_preview,
    )


def lines(card: Card) -> Iterator[str]:
    yield f"*** {card.title} ***".upper()
    yield from map(write, (*card.lead, *card.body, *card.notice))
    yield from (f"[{button.label}]" for button in card.buttons)


async def _serve(port: str, services: Services, stop: asyncio.Event) -> None:
    presenter = Presenter(services.lookup, services.clock, FORMAT)

    async def call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async for line in reader:
            preferences = await services.store.preferences.of(Place(platform="teletype", server="line"))
            card = await presenter.card_for(parse(line.decode()), preferences)
            writer.write(("\n".join(lines(card)) + f"\n{END}").encode())
        writer.close()

    async with await asyncio.start_server(call, "127.0.0.1", int(port)):
        await stop.wait()


async def _preview(lookup: Lookup, text: str, clock: Callable[[], datetime]) -> str:
    card = await Presenter(lookup, clock, FORMAT).card_for(parse(text), Preferences())
    return json.dumps(list(lines(card)), ensure_ascii=False)
