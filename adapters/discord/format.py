"""How Discord's cards are written, and how much they hold."""

from dataclasses import replace
from functools import partial
from typing import Final

from adapters.discord.custom_ids import TARGET
from adapters.discord.escape import cut, escape, harmless
from adapters.discord.markdown import gap, write
from bot.cards.card import CardFormat
from bot.lookup.commands import AN, DIGEST, HELP, PAPER, TOPIC, Command
from bot.text.rich_text import AS_MARKDOWN, Block, Span, heading

LIST: Final = 25
"""Options of a menu."""
LABEL: Final = 80
"""Characters of a button."""
OPTION: Final = 100
TITLE: Final = 256
FOOTER: Final = 2048
DESCRIPTION: Final = 4096
CONTENT: Final = 2000
ROWS: Final = 5
LINKING: Final = Command(
    name="linking",
    about="Where I answer what messages only mention; for who manages channels.",
    usage=("/linking on|off [for]", "/linking status", "/linking list"),
    examples=("/linking on", "/linking off", "/linking status", "/linking list"),
)
IGNORE_ME: Final = Command(
    name="ignore-me",
    about="I never answer your messages unasked, or do so again.",
    usage=("/ignore-me [wanted]",),
    examples=(),
)
FORGET_ME: Final = Command(
    name="forget-me",
    about="I delete what I keep of you.",
    usage=("/forget-me",),
    examples=(),
)
SETTINGS: Final = Command(
    name="settings",
    about="Who sees answers and how long cards are; for who manages the server.",
    usage=("/settings [answers] [length] [for] [reset]",),
    examples=(),
)
_DIGEST: Final = replace(
    DIGEST,
    about=f"{DIGEST.about} `/digest here` has an option for each choice: what and when, which sections, headlines or "
    "texts, a thread, whom to mention; without options it asks.",
)
HERE: Final[tuple[Command, ...]] = (AN, PAPER, TOPIC, _DIGEST, LINKING, IGNORE_ME, FORGET_ME, SETTINGS, HELP)
"""The commands that Discord has. There is no `/open`: titles are completed, so nobody types a key."""
BY_NAME: Final = {command.name: command for command in HERE}
_FIND_SUMMARIES: Final = (
    Span(text="In a message’s menu, under Apps: "),
    Span(text="Find summaries", bold=True),
    Span(text=" shows what it mentions."),
)


def fit(text: str, limit: int) -> str:
    """The text in one line, cut at a word so that escaped it has at most `limit` characters."""
    room = limit
    while len(shown := escape(short := cut(text, room))) > limit:
        room -= max((len(shown) - limit) // 2, 1)
    return short


def label(text: str) -> str:
    """The text as a menu shows it: menus have no Markdown, but could ping."""
    return cut(harmless(text), OPTION)


def _takes(block: Block) -> int:
    return len(write(block)) + 1


def _works(example: str) -> bool:
    """Whether it can be typed on Discord: pages have buttons, and digests have options."""
    return example.startswith("/") and "page:" not in example and not example.startswith("/digest here ")


DISCORD_FORMAT: Final = CardFormat(
    write=write,
    fit=fit,
    label=label,
    gap=gap,
    takes=_takes,
    heading=partial(heading, mark="### "),
    layout=AS_MARKDOWN,
    tight=True,
    options=LIST,
    target=TARGET,
    value=TARGET,
    listed=3600,
    brief=160,
    page=2600,
    commands=HERE,
    works=_works,
    aside=(Block(spans=_FIND_SUMMARIES),),
)
