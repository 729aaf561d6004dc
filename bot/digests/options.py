"""The options of a digest as they are typed: `club from:58 weekly monday 9 Europe/London in:"Mesa optimization"`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from rapidfuzz import process

from bot.cards.wording import cut
from bot.digests.schedule import DAYS, HOUR
from bot.digests.timezones import timezone_named, timezones_like
from bot.lookup.requests import issue_number
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot

EXAMPLE: Final = "weekly monday 9 Europe/London"
_CHANGES: Final[Mapping[str, Mapping[str, Any]]] = {
    "news": {"kind": DigestKind.NEWS},
    "club": {"kind": DigestKind.CLUB},
    "all": {"highlights": False},
    "highlights": {"highlights": True},
    "headlines": {"full": False},
    "full": {"full": True},
    "channel": {"thread": False},
    "thread": {"thread": True},
}
_FILLING: Final = frozenset({"a", "as", "appears", "at", "every", "in", "on", "the"})
_DAYS: Final = {
    form: number
    for number, day in enumerate(DAYS)
    for form in (day.casefold(), f"{day.casefold()}s", day[:3].casefold())
}
_TOKEN: Final = re.compile(r'(?:(?P<name>[a-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))', re.IGNORECASE)
_HOUR: Final = re.compile(r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?(?P<half>am|pm)?")
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_QUOTED: Final = 40
_CLOSE_ENOUGH: Final = 75.0
_NOON: Final = 12
_LAST_HOUR: Final = 23


def parse_options(text: str, timezone: str = "UTC") -> DigestOptions | str:
    """The options, or a sentence that says what is wrong; never raises. `timezone` is that
    of a day without one.

    >>> parse_options("weekly mon 9 europe/london highlights").slot
    WeeklySlot(weekday=0, hour=9, timezone='Europe/London')
    >>> parse_options("wekly")
    '“wekly” is not understood here. Did you mean “weekly”?'
    """
    read = _Reading(timezone=timezone)
    for match in _TOKEN.finditer(text.translate(_QUOTES)):
        value = match["bare"] if match["quoted"] is None else match["quoted"]
        if problem := read.take((match["name"] or "").casefold(), value.strip()):
            return problem
    return read.result()


def format_options(options: DigestOptions) -> str:
    """The options as one would type them; `parse_options` reads the same options from it.

    >>> format_options(DigestOptions(slot=WeeklySlot(weekday=0, hour=9, timezone="Europe/London"), highlights=True))
    'news weekly monday 9 Europe/London highlights'
    """
    slot = options.slot
    parts = (
        options.kind.value,
        f"weekly {DAYS[slot.weekday].casefold()} {slot.hour} {slot.timezone}" if slot else "each",
        "highlights" if options.highlights else "",
        "full" if options.full else "",
        "thread" if options.thread else "",
        *(f'in:"{_plain(name)}"' for name in options.sections),
        f'mention:"{_plain(options.mention)}"' if options.mention else "",
        f"from:{options.start}" if options.kind is DigestKind.CLUB else "",
    )
    return " ".join(part for part in parts if part)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The options read so far. What reads a word returns what is wrong with it, "" if nothing is."""

    timezone: str
    options: DigestOptions = field(default_factory=DigestOptions)
    weekly: bool = False
    each: bool = False
    weekday: int | None = None
    hour: int | None = None
    started: bool = False

    def take(self, name: str, value: str) -> str:
        """Read a word, or a value with its name."""
        named: dict[str, Callable[[str], str]] = {
            "in": self._section,
            "from": self._from,
            "mention": self._mention,
        }
        if '"' in value:
            return "A quotation mark is not closed."
        if not name:
            return self._word(value)
        if not value:
            return f"Something is missing after “{name}:”."
        if name in named:
            return named[name](value)
        return f"“{cut(name, _QUOTED)}:” is not understood here; known are {', '.join(f'{each}:' for each in named)}."

    def result(self) -> DigestOptions | str:
        """The options, or what is wrong with them."""
        if self.started and self.options.kind is not DigestKind.CLUB:
            return "from: is for a reading club. Say club as well, or leave it out."
        if self.weekday is None:
            if self.weekly or self.hour is not None:
                return f"Weekly on which day? Such as: {EXAMPLE}."
            return self.options
        if self.each:
            return "Either each issue as it appears, or weekly on a day; not both."
        hour = HOUR if self.hour is None else self.hour
        return replace(self.options, slot=WeeklySlot(weekday=self.weekday, hour=hour, timezone=self.timezone))

    def _word(self, word: str) -> str:
        folded = word.casefold().rstrip(",;")
        if folded in _CHANGES:
            self.options = replace(self.options, **_CHANGES[folded])
        elif folded in _DAYS:
            self.weekday = _DAYS[folded]
        elif folded in {"weekly", "week"}:
            self.weekly = True
        elif folded in {"each", "immediately"}:
            self.each = True
        elif match := _HOUR.fullmatch(folded):
            return self._hour(match)
        elif folded and folded not in _FILLING:
            return self._timezone(folded)
        return ""

    def _hour(self, match: re.Match[str]) -> str:
        hour, half = int(match["hour"]), match["half"]
        if match["minute"] not in {None, "00"}:
            return f"Digests come on the hour: {hour}:00, not {cut(match[0], _QUOTED)}."
        if half:
            if not 1 <= hour <= _NOON:
                return f"There is no hour {cut(match[0], _QUOTED)}."
            hour = hour % _NOON + (_NOON if half == "pm" else 0)
        if hour > _LAST_HOUR:
            return "The hour is a number from 0 to 23."
        self.hour = hour
        return ""

    def _timezone(self, folded: str) -> str:
        if timezone := timezone_named(folded):
            self.timezone = timezone
            return ""
        if "/" in folded:
            near = " or ".join(timezones_like(folded, 3))
            return f"No timezone is called “{cut(folded, _QUOTED)}”. Did you mean {near}?"
        words = [*_CHANGES, *_DAYS, "weekly", "each"]
        near_word = process.extractOne(folded, words, score_cutoff=_CLOSE_ENOUGH)
        hint = f" Did you mean “{near_word[0]}”?" if near_word else f" Such as: {EXAMPLE}."
        return f"“{cut(folded, _QUOTED)}” is not understood here.{hint}"

    def _section(self, value: str) -> str:
        self.options = replace(self.options, sections=tuple(dict.fromkeys((*self.options.sections, value))))
        return ""

    def _from(self, value: str) -> str:
        number = issue_number(value)
        if not number:
            return f"“{cut(value, _QUOTED)}” is not the number of an issue. Such as: from:58."
        self.started, self.options = True, replace(self.options, start=number)
        return ""

    def _mention(self, value: str) -> str:
        self.options = replace(self.options, mention=value)
        return ""


def _plain(value: str) -> str:
    return " ".join(value.replace('"', " ").split())
