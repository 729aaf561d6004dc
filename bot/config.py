"""Settings of the core from the environment, read once and handed on as values.

A platform reads its own settings, in its folder under `adapters`.
"""

import errno
import os
import re
import shlex
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import platformdirs

from bot.digests.arrivals import QUIET
from bot.errors import BotError, InputError, Unavailable
from bot.ports import DatabaseAddress, DatabaseName
from bot.sources.named import WORDS, without_secrets

APP: Final = "anbot"
CONFIG: Final = "ANBOT_CONFIG"
_OURS: Final = "ANBOT_"
"""How names of variables begin that nobody else uses."""
VARIABLES: Final = {
    CONFIG: "a TOML file that sets what the environment does not, by the same names",
    "ANBOT_DB": "the database if --db names none: a file, or an address as postgresql://user:password@host/name",
    "ANBOT_SOURCES": "what is polled: addresses, files, folders and patterns, space-separated",
    "ANBOT_ALLOW_PRIVATE": "yes if addresses of a private network may be polled",
    "ANBOT_HISTORY": "the file that keeps what was typed at the prompt",
    "ANBOT_QUIET": "the minutes without any addition after which a new issue counts as complete",
    "ANBOT_HEALTH_PORT": "the port for health and metrics of `anbot run`; without it there is none",
    "ANBOT_HEALTH_HOST": "the address to answer at there",
    "ANBOT_LOG_FORMAT": "text or json: how `anbot run` logs; text at a terminal, else json",
    "ANBOT_LOG_LEVEL": "debug, info, warning or error: the least that `anbot run` logs",
    "ANBOT_LOG_LOOKUPS": "yes to log what people look up, with their words",
    "COLUMNS": "the width that plain text is filled to; without it paragraphs stay whole",
    "NO_COLOR": "any value turns colours off",
    "TERM": "dumb for a terminal that can only print: it gets plain text, and no pager",
    "PAGER": "the program that shows an answer longer than the terminal; empty for none",
}
"""Every variable that the core reads, and what it sets."""
LOG_FORMATS: Final = ("text", "json")
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
_ON: Final = ("1", "true", "yes", "on")
_HIGHEST_PORT: Final = 65535
_OFF: Final = ("0", "false", "no", "off", "")
_SERVER: Final = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""How an address begins; one letter would be a drive."""


class Environment(Mapping[str, str]):
    """The variables of a process, completed by files.

    If NAME is not set, but NAME_FILE is, that file holds its value, as Docker and systemd
    hand secrets over. What neither sets is looked up in the TOML file that ANBOT_CONFIG names:
    a table of texts, numbers, true and false under the names of variables. Raises InputError
    if a file cannot be used.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._file = _config(variables.get(CONFIG, "").strip())

    def __getitem__(self, name: str) -> str:
        file = self._variables.get(f"{name}_FILE", "").strip()
        if file and not self._variables.get(name):
            return _read(f"{name}_FILE", file).strip()
        return self._variables[name] if name in self._variables else self._file[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._file, **self._variables})

    def __len__(self) -> int:
        return len({**self._file, **self._variables})

    def check_names(self, known: Collection[str]) -> None:
        """Raise InputError if the TOML file sets what is no variable, or the environment what has our name."""
        ours = (name.removesuffix("_FILE") for name in self._variables if name.startswith(_OURS))
        for where, names in (
            (self._variables.get(CONFIG, "").strip(), self._file),
            ("The environment", ours),
        ):
            if unknown := next((name for name in names if name not in known), ""):
                nearest = get_close_matches(unknown.upper(), known, n=1, cutoff=0)[0]
                raise InputError(f"{where} sets {unknown}, which is no variable. Did you mean {nearest}?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`columns` is None if text need not be filled, `pager` "" for none, `sources` empty if
    nothing is polled, `log_format` "" to choose by where the log goes, `health_port`
    None for no health and metrics.
    """

    database: DatabaseName
    history: Path
    columns: int | None
    pager: str
    sources: tuple[str, ...] = ()
    allow_private: bool = False
    dumb_terminal: bool = False
    quiet: timedelta = QUIET
    health_host: str = "127.0.0.1"
    health_port: int | None = None
    log_format: str = ""
    log_level: str = LOG_LEVELS[1]
    log_lookups: bool = False


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings of that environment, with defaults for what it does not set."""
    return Settings(
        database=_database(environ.get("ANBOT_DB", "")) or platformdirs.user_data_path(APP) / "anbot.sqlite",
        history=_path(environ.get("ANBOT_HISTORY")) or platformdirs.user_state_path(APP) / "history",
        columns=_width(environ.get("COLUMNS", "")),
        pager=environ.get("PAGER", "less -RFX"),
        sources=_sources(environ.get("ANBOT_SOURCES", " ".join(WORDS))),
        allow_private=flag(environ, "ANBOT_ALLOW_PRIVATE"),
        dumb_terminal=environ.get("TERM", "") == "dumb",
        quiet=_minutes("ANBOT_QUIET", environ.get("ANBOT_QUIET", ""), QUIET),
        health_host=environ.get("ANBOT_HEALTH_HOST", "").strip() or "127.0.0.1",
        health_port=port(environ, "ANBOT_HEALTH_PORT"),
        log_format=one_of(environ, "ANBOT_LOG_FORMAT", LOG_FORMATS),
        log_level=one_of(environ, "ANBOT_LOG_LEVEL", LOG_LEVELS) or LOG_LEVELS[1],
        log_lookups=flag(environ, "ANBOT_LOG_LOOKUPS"),
    )


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


def flag(environ: Mapping[str, str], name: str) -> bool:
    """Whether the variable is switched on; it is not unless it says so. Raises InputError for what is neither.

    >>> flag({"TEA": "Yes"}, "TEA"), flag({"TEA": "off"}, "TEA"), flag({}, "TEA")
    (True, False, False)
    """
    value = environ.get(name, "").strip().lower()
    if value in _ON or value in _OFF:
        return value in _ON
    raise InputError(f"{name} is “{value}”. Set it to yes or no, or leave it out.")


def one_of(environ: Mapping[str, str], name: str, allowed: Sequence[str]) -> str:
    """The variable's value, "" if it is not set. Raises InputError for one that is not allowed.

    >>> one_of({"TEA": " Green "}, "TEA", ("black", "green"))
    'green'
    """
    value = environ.get(name, "").strip().lower()
    if not value or value in allowed:
        return value
    choice = " or ".join(filter(None, (", ".join(allowed[:-1]), allowed[-1])))
    raise InputError(f"{name} is “{value}”. Set it to {choice}, or leave it out.")


def port(environ: Mapping[str, str], name: str) -> int | None:
    """The port that the variable names, None if it is not set. Raises InputError for what is no port.

    >>> port({"TEA_PORT": "8080"}, "TEA_PORT")
    8080
    """
    value = environ.get(name, "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit() and int(value) <= _HIGHEST_PORT:
        return int(value)
    raise InputError(
        f"{name} is “{value}”, which is no port. Set a number from 1 to {_HIGHEST_PORT}, or leave it out."
    )


def unusable(error: OSError, host: str, port: int, variables: str) -> BotError:
    """The error for an address that cannot be listened at: a port that is taken may be free soon."""
    kind = Unavailable if error.errno == errno.EADDRINUSE else InputError
    number = error.errno or 0
    reason = os.strerror(number) if number > 0 else error.strerror
    return kind(f"Port {port} of {host} cannot be used ({reason}). Name another with {variables}.")


def _config(path: str) -> dict[str, str]:
    """What the TOML file sets; nothing without a path."""
    if not path:
        return {}
    try:
        read = tomllib.loads(_read(CONFIG, path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is no TOML: {error}.") from error
    for name, value in read.items():
        if not isinstance(value, str | int | float):
            raise InputError(f"{path} sets {name} to what is neither a text nor a number nor true or false.")
    return {name: str(value) for name, value in read.items()}


def _read(name: str, path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "it is no text"
        raise InputError(f"{name} is {path}, which cannot be read ({reason}).") from error


def _sources(value: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(value))
    except ValueError as error:
        raise InputError(
            f"ANBOT_SOURCES is “{without_secrets(value)}”: a quotation mark is not closed. "
            "Quote names with spaces, or leave the marks out."
        ) from error


def _minutes(name: str, value: str, default: timedelta) -> timedelta:
    if not value.strip():
        return default
    if value.isascii() and value.strip().isdigit():
        return timedelta(minutes=int(value))
    raise InputError(f"{name} is “{value}”. Set it to a number of minutes, such as 90, or leave it out.")


def _database(value: str) -> DatabaseName | None:
    return database_named(value) if value else None


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value else None


def _width(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and int(value) > 0 else None
