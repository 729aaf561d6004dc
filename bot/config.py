"""What the environment may settle, read once and handed on as values."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import platformdirs

from bot.errors import InputError
from bot.sources.named import WORDS

APP: Final = "anbot"
DEFAULT_PORT: Final = 3000
LINKING: Final = ("links", "text")
"""How much linking may see in Slack: links to some domains, or whole messages too."""
_HIGHEST_PORT: Final = 65535
_MOST_DOMAINS: Final = 5
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")

VARIABLES: Final = {
    "ANBOT_DB": "the database file, where --db does not name one",
    "ANBOT_SOURCES": "what is polled: addresses, files, folders and patterns, by blanks apart",
    "ANBOT_ALLOW_PRIVATE": "1 where addresses of a private network may be polled",
    "ANBOT_HISTORY": "the file that keeps what was typed at the prompt",
    "DISCORD_TOKEN": "the token of the Discord bot; without it Discord stays off",
    "DISCORD_API_URL": "where Discord's API is, for a proxy or a test",
    "DISCORD_MESSAGE_CONTENT": "1 where Discord lets the bot read all messages, for linking",
    "SLACK_BOT_TOKEN": "the token of the Slack bot (xoxb-…), for one workspace",
    "SLACK_APP_TOKEN": "the app-level token (xapp-…); with it Slack is met by Socket Mode",
    "SLACK_SIGNING_SECRET": "what Slack signs its requests with; with it Slack is met over HTTP",
    "SLACK_CLIENT_ID": "for many workspaces: the id Slack knows the app by when one installs it",
    "SLACK_CLIENT_SECRET": "the secret that belongs to SLACK_CLIENT_ID",
    "SLACK_LINKING": "links or text: how much linking sees in Slack, as the manifest has it",
    "SLACK_SETTLING": "1 to ask them also to let the bot look whether a digest was posted",
    "SLACK_UNFURL_DOMAINS": "at most five domains, with commas, whose links get previews in Slack; none for none",
    "SLACK_API_URL": "where Slack's API is, for a proxy or a test",
    "PORT": "the port on which Slack's requests are taken over HTTP",
    "COLUMNS": "the width that plain text is filled to; without it paragraphs stay whole",
    "NO_COLOR": "anything here turns colours off",
    "PAGER": "what shows an answer that is longer than the terminal; empty for none",
}
"""Every variable that is looked at, and what it settles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`columns` is None where text need not be filled; `pager` and what belongs
    to a platform are "" for none. `sources` is empty where nothing is polled.
    `slack_unfurl_domains` is None where the platform chooses. Secrets are not in its repr.
    """

    database: Path
    history: Path
    columns: int | None
    pager: str
    sources: tuple[str, ...] = ()
    allow_private: bool = False
    discord_token: str = field(default="", repr=False)
    discord_api_url: str = ""
    discord_message_content: bool = False
    slack_bot_token: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = field(default="", repr=False)
    slack_linking: str = ""
    slack_settling: bool = False
    slack_unfurl_domains: tuple[str, ...] | None = None
    slack_api_url: str = ""
    port: int = DEFAULT_PORT


def settings_from(environ: Mapping[str, str]) -> Settings:
    """The settings of that environment, with defaults for what it leaves open."""
    return Settings(
        database=_path(environ.get("ANBOT_DB")) or platformdirs.user_data_path(APP) / "anbot.sqlite",
        history=_path(environ.get("ANBOT_HISTORY")) or platformdirs.user_state_path(APP) / "history",
        columns=_width(environ.get("COLUMNS", "")),
        pager=environ.get("PAGER", "less -RFX"),
        sources=_sources(environ.get("ANBOT_SOURCES", " ".join(WORDS))),
        allow_private=environ.get("ANBOT_ALLOW_PRIVATE", "").strip() == "1",
        discord_token=environ.get("DISCORD_TOKEN", "").strip(),
        discord_api_url=environ.get("DISCORD_API_URL", "").strip().rstrip("/"),
        discord_message_content=environ.get("DISCORD_MESSAGE_CONTENT", "").strip() == "1",
        slack_bot_token=environ.get("SLACK_BOT_TOKEN", "").strip(),
        slack_app_token=environ.get("SLACK_APP_TOKEN", "").strip(),
        slack_signing_secret=environ.get("SLACK_SIGNING_SECRET", "").strip(),
        slack_client_id=environ.get("SLACK_CLIENT_ID", "").strip(),
        slack_client_secret=environ.get("SLACK_CLIENT_SECRET", "").strip(),
        slack_linking=_one_of("SLACK_LINKING", environ.get("SLACK_LINKING", "").strip(), ("", *LINKING)),
        slack_settling=environ.get("SLACK_SETTLING", "").strip() == "1",
        slack_unfurl_domains=_domains(environ.get("SLACK_UNFURL_DOMAINS", "").strip()),
        slack_api_url=environ.get("SLACK_API_URL", "").strip().rstrip("/"),
        port=_port(environ.get("PORT", "").strip()),
    )


def _sources(value: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(value))
    except ValueError as error:
        raise InputError(
            f"ANBOT_SOURCES is “{value}”, where a quotation mark is never closed. "
            "Put quotation marks around what has blanks in it, or leave them out."
        ) from error


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value else None


def _width(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and int(value) > 0 else None


def _one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    if value in allowed:
        return value
    raise InputError(f"{name} is “{value}”. Set {' or '.join(filter(None, allowed))}, or leave it out.")


def _domains(value: str) -> tuple[str, ...] | None:
    if not value:
        return None
    if value == "none":
        return ()
    domains = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    if wrong := next((domain for domain in domains if not _DOMAIN.fullmatch(domain)), ""):
        raise InputError(f"SLACK_UNFURL_DOMAINS has “{wrong}”, which is no domain such as arxiv.org.")
    if len(domains) > _MOST_DOMAINS:
        raise InputError(
            f"SLACK_UNFURL_DOMAINS has {len(domains)} domains; Slack takes {_MOST_DOMAINS}. Leave some out."
        )
    return domains


def _port(value: str) -> int:
    if not value:
        return DEFAULT_PORT
    if value.isascii() and value.isdigit() and 0 <= int(value) <= _HIGHEST_PORT:
        return int(value)
    raise InputError(
        f"PORT is “{value}”, which is no port. Set a number from 1 to {_HIGHEST_PORT}, or leave it out."
    )
