"""Settings of the core, read once and handed on as values.

A platform reads its own settings, in its folder under `adapters`.
"""

import errno
import os
import re
import shlex
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

import platformdirs
from msgspec import Meta

from bot.digests.arrivals import QUIET
from bot.errors import BotError, InputError, Unavailable
from bot.ports import DatabaseAddress, DatabaseName
from bot.runtime.environment import CONFIG, PORT_FORM, Port, Variable
from bot.sources.named import WORDS, without_secrets

APP: Final = "anbot"
READ_ELSEWHERE: Final = (CONFIG, "NO_COLOR")
"""Variables of no field: one says where settings are, one is for the library that draws at a terminal."""
_MINUTE: Final = timedelta(minutes=1)
Minutes: TypeAlias = Annotated[int, Meta(ge=0, le=timedelta(days=365) // _MINUTE)]
_SERVER: Final = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""How an address begins; one letter would be a drive."""


def database_named(value: str) -> DatabaseName:
    """The database of that name. Raises InputError, without the address, for what is of another kind.

    >>> database_named("./notes:2.sqlite")
    PosixPath('notes:2.sqlite')
    """
    if _SERVER.match(value.strip()):
        return DatabaseAddress(value.strip())
    if scheme := _SCHEME.match(value.strip()):
        raise InputError(
            f"The database is an address that begins with {scheme[0]} but anbot knows SQLite files and postgresql:// alone. "
            "Name one of them; a file whose name has a colon begins with ./ or with its folder."
        )
    return Path(value).expanduser()


def _words(name: str, value: str) -> tuple[str, ...]:
    """The words of a variable, as a shell would split them."""
    try:
        return tuple(shlex.split(value))
    except ValueError as error:
        raise InputError(
            f"{name} is “{without_secrets(value)}”: a quotation mark is not closed. "
            "Quote names with spaces, or leave the marks out."
        ) from error


def _width(value: str) -> int | None:
    """What shells set by themselves is ignored if it cannot be meant."""
    return int(value) if value.isascii() and value.isdigit() and int(value) > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`columns` is None if text need not be filled, `pager` empty for none, `sources` empty if
    nothing is polled, `log_format` "" to choose by where the log goes, `health_port`
    None for no health and metrics.
    """

    database: Annotated[DatabaseName, Variable("ANBOT_DB", read=database_named)] = field(
        default_factory=lambda: platformdirs.user_data_path(APP) / "anbot.sqlite"
    )
    history: Annotated[Path, Variable("ANBOT_HISTORY", read=lambda path: Path(path).expanduser())] = field(
        default_factory=lambda: platformdirs.user_state_path(APP) / "history"
    )
    columns: Annotated[int | None, Variable("COLUMNS", read=_width)] = None
    pager: Annotated[tuple[str, ...], Variable("PAGER", read=partial(_words, "PAGER"), empty=True)] = (
        "less",
        "-RFX",
    )
    sources: Annotated[
        tuple[str, ...], Variable("ANBOT_SOURCES", read=partial(_words, "ANBOT_SOURCES"), empty=True)
    ] = tuple(WORDS)
    allow_private: Annotated[bool, Variable("ANBOT_ALLOW_PRIVATE")] = False
    dumb_terminal: Annotated[bool, Variable("TERM", read="dumb".__eq__)] = False
    quiet_minutes: Annotated[Minutes, Variable("ANBOT_QUIET", "a number of minutes, such as 90")] = (
        QUIET // _MINUTE
    )
    health_host: Annotated[str, Variable("ANBOT_HEALTH_HOST")] = "127.0.0.1"
    health_port: Annotated[Port | None, Variable("ANBOT_HEALTH_PORT", PORT_FORM)] = None
    log_format: Annotated[Literal["", "text", "json"], Variable("ANBOT_LOG_FORMAT")] = ""
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Variable("ANBOT_LOG_LEVEL")] = "info"
    log_lookups: Annotated[bool, Variable("ANBOT_LOG_LOOKUPS")] = False

    @property
    def quiet(self) -> timedelta:
        """How long nothing must be added to an issue before it counts as complete."""
        return self.quiet_minutes * _MINUTE


def unusable(error: OSError, host: str, port: int, variables: str) -> BotError:
    """The error for an address that cannot be listened at: a port that is taken may be free soon."""
    kind = Unavailable if error.errno == errno.EADDRINUSE else InputError
    number = error.errno or 0
    reason = os.strerror(number) if number > 0 else error.strerror
    return kind(f"Port {port} of {host} cannot be used ({reason}). Name another with {variables}.")
