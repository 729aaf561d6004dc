"""The log of `anbot run`: lines for people at a terminal, JSON for programs elsewhere."""

import logging
from typing import Final, TextIO

from pythonjsonlogger.json import JsonFormatter

from bot.config import Settings

_OURS: Final = "anbot"
_FOR_PEOPLE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_FIELDS: Final = ("levelname", "name", "message")
_NAMES: Final = {"levelname": "level", "name": "logger", "exc_info": "traceback"}


def set_up_logging(settings: Settings, stream: TextIO) -> None:
    """Log to the stream, in the format and from the level of the settings.

    Libraries log nothing below INFO, whatever the level: there are messages and tokens in it.
    """
    style = settings.log_format or ("text" if stream.isatty() else "json")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter(_FOR_PEOPLE) if style == "text" else _as_json())
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    logging.basicConfig(level=max(level, logging.INFO), handlers=[handler])
    logging.getLogger(_OURS).setLevel(level)


def _as_json() -> logging.Formatter:
    """One document a line: the time in UTC, level, logger and message, and what else a record carries."""
    return JsonFormatter(_FIELDS, rename_fields=_NAMES, timestamp="time", json_ensure_ascii=False)
