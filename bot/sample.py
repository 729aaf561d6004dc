"""The embedded sample: what a fresh checkout answers from."""

import tomllib
from importlib import resources
from typing import Final

import msgspec

from bot.types import Document, Draft, Kind

NAME: Final = "sample.toml"


def document() -> Document:
    """The sample as a reader would give it: five issues, true facts, and texts
    in our own words.
    """
    data = tomllib.loads(resources.files("bot").joinpath(NAME).read_text(encoding="utf-8"))
    return Document(kind=Kind.PAGE, drafts=msgspec.convert(data["issues"], tuple[Draft, ...]))
