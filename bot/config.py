"""What the environment may settle, read once and handed on as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import platformdirs

APP: Final = "anbot"

VARIABLES: Final = {
    "ANBOT_DB": "the database file, where --db does not name one",
    "ANBOT_HISTORY": "the file that keeps what was typed at the prompt",
    "DISCORD_TOKEN": "the token of the Discord bot; without it Discord stays off",
    "DISCORD_API_URL": "where Discord's API is, for a proxy or a test",
    "DISCORD_MESSAGE_CONTENT": "1 where Discord lets the bot read all messages, for linking",
    "COLUMNS": "the width that plain text is filled to; without it paragraphs stay whole",
    "NO_COLOR": "anything here turns colours off",
    "PAGER": "what shows an answer that is longer than the terminal; empty for none",
}
"""Every variable that is looked at, and what it settles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`columns` is None where text need not be filled; `pager` and what belongs
    to a platform are "" for none. Secrets are not in its repr.
    """

    database: Path
    history: Path
    columns: int | None
    pager: str
    discord_token: str = field(default="", repr=False)
    discord_api_url: str = ""
    discord_message_content: bool = False


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings of that environment, with defaults for what it leaves open."""
    return Settings(
        database=_path(environ.get("ANBOT_DB")) or platformdirs.user_data_path(APP) / "anbot.sqlite",
        history=_path(environ.get("ANBOT_HISTORY")) or platformdirs.user_state_path(APP) / "history",
        columns=_width(environ.get("COLUMNS", "")),
        pager=environ.get("PAGER", "less -RFX"),
        discord_token=environ.get("DISCORD_TOKEN", "").strip(),
        discord_api_url=environ.get("DISCORD_API_URL", "").strip().rstrip("/"),
        discord_message_content=environ.get("DISCORD_MESSAGE_CONTENT", "").strip() == "1",
    )


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value else None


def _width(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and int(value) > 0 else None
