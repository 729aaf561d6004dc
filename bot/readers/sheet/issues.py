"""Rows of the sheet put together as issues."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.model.newsletter import Draft, Entry, Note
from bot.model.sections import rank

_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An entry with where it belongs and the address its row gives for that issue."""

    number: int | None
    label: str
    address: str | None
    entry: Entry


def drafts(filed: Sequence[Filed], notes: list[Note]) -> tuple[Draft, ...]:
    """Numbered issues, ascending, then the rest by label.

    What had to be decided is added to `notes`.
    """
    spellings = _spellings(one.entry.title for one in filed)
    places: defaultdict[tuple[int | None, str], list[Filed]] = defaultdict(list)
    for one in filed:
        places[one.number, one.label].append(one)
    ordered = sorted(places, key=lambda place: (place[0] is None, place[0] or 0, not place[1], place[1]))
    return tuple(_draft(places[place], spellings, notes) for place in ordered)


def _draft(rows: Sequence[Filed], spellings: Mapping[str, str], notes: list[Note]) -> Draft:
    number, label = rows[0].number, rows[0].label
    if number is None:
        what = f"is no numbered issue; its {len(rows)} entries are kept outside them"
        notes.append(Note(where=label or "no issue", what=what, skipped=False))
    url = _address(rows, f"AN #{number}" if number is not None else label, notes)
    title = _title(url, number) if number is not None else ""
    return Draft(
        number=number,
        label=label,
        title=_WORD.sub(lambda word: spellings.get(word[0].lower(), word[0]), title),
        url=url,
        entries=tuple(sorted((row.entry for row in rows), key=_printed)),
    )


def _printed(entry: Entry) -> tuple[bool, tuple[int, int]]:
    """The place of an entry in its issue; the sheet's order decides between equals."""
    return (not entry.highlight, (0, 0) if entry.highlight else rank(entry.section))


def _address(rows: Iterable[Filed], where: str, notes: list[Note]) -> str:
    """The address that most rows of an issue give for it."""
    given = Counter(_unsigned(row.address) for row in rows if row.address)
    if not given or not where:
        return ""
    address, count = given.most_common(1)[0]
    if len(given) > 1:
        what = f"its rows give {len(given)} addresses; took the one of {count} rows, {address}"
        notes.append(Note(where=where, what=what, skipped=False))
    return address


def _unsigned(address: str) -> str:
    """The address without the mark of the subscriber who followed it."""
    return re.sub(r"\?e=\w+$", "", address)


def _title(url: str, number: int) -> str:
    """The title of an issue in its address, if it has one.

    >>> _title("https://a.example/x/an-62are-adversarial-examples-bugs", 62)
    'Are adversarial examples bugs'
    >>> _title("https://a.example/x/alignment-newsletter-49", 49)
    ''
    """
    slug = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    match = re.fullmatch(rf"an-{number}(?![0-9])-?(.*)", slug)
    words = " ".join(match[1].split("-")).strip() if match else ""
    return words[:1].upper() + words[1:]


def _spellings(titles: Iterable[str]) -> dict[str, str]:
    """The words that titles mostly write with capitals inside, as they write them."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title in titles:
        for word in _WORD.findall(title):
            seen[word.lower()][word] += 1
    usual = {word: spellings.most_common(1)[0][0] for word, spellings in seen.items()}
    return {word: spelt for word, spelt in usual.items() if spelt[1:] != spelt[1:].lower()}
