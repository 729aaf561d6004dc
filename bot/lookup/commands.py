"""What a person can type, in one table: help, completion and menus read it.

A platform's own command descriptions come from here too, so that a command
reads the same everywhere.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: `usage` is its grammar, `examples` are lines that work."""

    name: str
    about: str
    usage: tuple[str, ...]
    examples: tuple[str, ...]


AN: Final = Command(
    name="an",
    about="An issue of the newsletter: its highlights, then everything else in it.",
    usage=("/an NUMBER", "/an latest", "/an random"),
    examples=("/an 58", "/an latest", "AN #58"),
)
PAPER: Final = Command(
    name="paper",
    about="The summary of a paper or post, by whatever you remember of it.",
    usage=("/paper WORDS [by:NAME] [in:SECTION] [an:NUMBER] [year:YEAR] [is:highlight]",),
    examples=("/paper mesa", "/paper arxiv.org/abs/1906.01820", "/paper by:hubinger is:highlight"),
)
TOPIC: Final = Command(
    name="topic",
    about="The summaries of one section, newest first; without a name, all sections.",
    usage=("/topic [SECTION] [page:NUMBER]",),
    examples=("/topic", "/topic mesa optimization", "/topic reinforcement learning page:2"),
)
OPEN: Final = Command(
    name="open",
    about="One summary by its public name, as lists print it.",
    usage=("/open KEY",),
    examples=("/open 58-selection-vs-control",),
)
DIGEST: Final = Command(
    name="digest",
    about="New issues, or the archive as a reading club, posted in this channel.",
    usage=(
        "/digest [here [news|club] [weekly DAY HOUR ZONE] [highlights] [full] [thread] [in:SECTION] [from:NUMBER]]",
        "/digest list|log",
        "/digest preview|pause|resume|stop [news|club]",
    ),
    examples=(
        "/digest here",
        "/digest here weekly monday 9 Europe/London highlights",
        "/digest here club from:58 weekly friday 17 Europe/Berlin thread",
        "/digest list",
        "/digest preview",
        "/digest stop",
    ),
)
"""As it is typed on Slack and at a console; on Discord each option is a field."""
HELP: Final = Command(
    name="help",
    about="What you can ask; with the name of a command, more about that one.",
    usage=("/help [COMMAND]",),
    examples=("/help", "/an help"),
)

COMMANDS: Final = (AN, PAPER, TOPIC, OPEN, DIGEST, HELP)
BY_NAME: Final = {command.name: command for command in COMMANDS}
