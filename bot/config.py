"""Settings of the core from the environment, read once and handed on as values.

A platform reads its own settings, in its folder under `adapters`.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import platformdirs

from bot.digests.arrivals import QUIET
from bot.errors import InputError
from bot.sources.named import WORDS, without_secrets

APP: Final = "anbot"
VARIABLES: Final = {
    "ANBOT_DB": "the database file, if --db does not name one",
    "ANBOT_SOURCES": "what is polled: addresses, files, folders and patterns, space-separated",
    "ANBOT_ALLOW_PRIVATE": "1 if addresses of a private network may be polled",
    "ANBOT_HISTORY": "the file that keeps what was typed at the prompt",
    "ANBOT_QUIET": "the minutes without any addition after which a new issue counts as complete",
    "COLUMNS": "the width that plain text is filled to; without it paragraphs stay whole",
    "NO_COLOR": "any value turns colours off",
    "PAGER": "the program that shows an answer longer than the terminal; empty for none",
}
"""Every variable that the core reads, and what it sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`columns` is None if text need not be filled, `pager` "" for none, `sources` empty if
    nothing is polled.
    """

    database: Path
    history: Path
    columns: int | None
    pager: str
    sources: tuple[str, ...] = ()
    allow_private: bool = False
    quiet: timedelta = QUIET


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings of that environment, with defaults for what it does not set."""
    return Settings(
        database=_path(environ.get("ANBOT_DB")) or platformdirs.user_data_path(APP) / "anbot.sqlite",
        history=_path(environ.get("ANBOT_HISTORY")) or platformdirs.user_state_path(APP) / "history",
        columns=_width(environ.get("COLUMNS", "")),
        pager=environ.get("PAGER", "less -RFX"),
        sources=_sources(environ.get("ANBOT_SOURCES", " ".join(WORDS))),
        allow_private=environ.get("ANBOT_ALLOW_PRIVATE", "").strip() == "1",
        quiet=_minutes("ANBOT_QUIET", environ.get("ANBOT_QUIET", ""), QUIET),
    )


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


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value else None


def _width(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and int(value) > 0 else None
