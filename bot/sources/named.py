"""Where the newsletter is: its real addresses, and what a person names as a source."""

import glob
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.errors import InputError

SHEET: Final = (
    "https://docs.google.com/spreadsheets/d/1PwWbWZ6FPqAgZWOoOcXM8N_tUCuxpEyMbN1NYYC02aM/export?format=xlsx"
)
"""The spreadsheet of all summaries, with its links."""
FEED: Final = "https://us18.campaign-archive.com/feed?u=1d1821210cc4f04d1e05c4fa6&id=dbac5de515"
"""The feed of the latest issues as they were sent."""
PODCAST: Final = "https://alignment-newsletter.libsyn.com/rss"
"""The feed of recordings, which says where an issue can be heard."""
WORDS: Final = {"sheet": SHEET, "feed": FEED, "podcast": PODCAST}
"""What is short for each of them."""
FETCH_ARCHIVE: Final = "anbot index sheet"
"""The command that turns the sample into the real archive."""

# The best informed come first: what they say settles where the others belong.
_SUFFIXES: Final = (
    *(".xlsx", ".zip", ".csv"),
    *(".html", ".htm", ".xhtml", ".eml", ".emlx", ".mbox", ".xml", ".rss", ".atom"),
    ".txt",
)
_WEB: Final = ("http://", "https://")
_SHEET_ADDRESS: Final = "docs.google.com/spreadsheets"


_SCHEME: Final = r"[a-z][a-z0-9+.-]*://"
_LOGIN: Final = re.compile(rf"({_SCHEME})(?:[^/?#\s]*@|[^/?#\s:@]*:(?!\d*(?:[/?#\s]|$)).*@)", re.IGNORECASE)
"""Name and password before the host; a password may have a slash that should have been escaped."""
_SECRET: Final = re.compile(
    r"([?&;#](?:[\w-]*[_-])?(?:token|key|apikey|secret|password|passwd|pwd|pass|auth|signature|sig)=)[^&;#\s]+",
    re.IGNORECASE,
)
"""The value of a parameter that lets its owner in."""


def without_secrets(text: str) -> str:
    """The text with "***" in place of passwords and keys in its addresses.

    >>> without_secrets("https://me:hunter2@example.org/feed?id=7&access_token=abc#key=d")
    'https://***@example.org/feed?id=7&access_token=***#key=***'
    """
    return _SECRET.sub(r"\1***", _LOGIN.sub(r"\1***@", text))


@dataclass(frozen=True, slots=True)
class Source:
    """A file or an address; `problem` is why there is nothing, else ""."""

    location: str = field(repr=False)
    problem: str = ""

    @property
    def name(self) -> str:
        """The location as it is shown and stored: without the passwords of an address."""
        return without_secrets(self.location)

    @property
    def is_address(self) -> bool:
        """Whether it has to be fetched."""
        return self.location.lower().startswith(_WEB)


def expand(named: Iterable[str]) -> list[Source]:
    """Every file and address once, the best informed first.

    A folder stands for the newsletters below it, a pattern for the files it
    matches, a word of `WORDS` for its address. Raises InputError for a name
    of nothing.
    """
    names = dict.fromkeys(name for given in named for name in _names(given))
    return sorted((Source(name) for name in names), key=_rank)


def standing(named: Iterable[str]) -> list[Source]:
    """Every file and address of names that were right once: one that names
    nothing now is a source with a problem.
    """
    good, bad = [], []
    for given in named:
        try:
            expand([given])
        except InputError as error:
            bad.append(Source(given, str(error)))
        else:
            good.append(given)
    return [*expand(good), *bad]


def _names(given: str) -> Iterator[str]:
    path = Path(given)
    if given.lower().startswith(_WEB):
        yield given
    elif path.is_dir():
        yield from _newsletters_below(path)
    elif path.exists():
        yield str(path)
    elif given in WORDS:
        yield WORDS[given]
    elif glob.has_magic(given):
        yield from _matches(given)
    else:
        raise InputError(f"There is no file or folder {without_secrets(given)}.")


def _newsletters_below(folder: Path) -> Iterator[str]:
    files = [
        path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _SUFFIXES and path.is_file()
    ]
    visible = [path for path in files if not any(p.startswith(".") for p in path.relative_to(folder).parts)]
    if not visible:
        kinds = ", ".join(_SUFFIXES)
        raise InputError(f"There are no newsletters in {folder}: no file in it ends in {kinds}.")
    yield from map(str, visible)


def _matches(pattern: str) -> Iterator[str]:
    matches = sorted(name for name in glob.glob(pattern, recursive=True) if Path(name).is_file())  # noqa: PTH207 - pathlib cannot match absolute patterns
    if not matches:
        raise InputError(f"No file matches {pattern}.")
    yield from matches


def _rank(source: Source) -> int:
    if source.is_address:
        return 0 if _SHEET_ADDRESS in source.location else _SUFFIXES.index(".rss")
    suffix = Path(source.location).suffix.lower()
    return _SUFFIXES.index(suffix) if suffix in _SUFFIXES else len(_SUFFIXES)
