"""The options of a digest as they are typed: `club from:58 weekly monday 9 Europe/London in:"Mesa optimization"`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from rapidfuzz import process

from bot.cards.wording import cut
from bot.digests import hours
from bot.digests.schedule import DAYS, HOUR
from bot.digests.timezone_names import is_ambiguous, timezone_named, timezone_problem
from bot.digests.tokens import tokens_of
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
_FILLING: Final = frozenset(
    {
        *("a", "an", "and", "as", "at", "every", "in", "of", "on", "once", "the", "they", "with"),
        *("appear", "appears", "digest", "digests", "issue", "issues"),
    }
)
_DAYS: Final = {
    form: number
    for number, day in enumerate(DAYS)
    for form in (day.casefold(), f"{day.casefold()}s", day[:3].casefold())
}
_RHYTHMS: Final = frozenset({"daily", "hourly", "biweekly", "fortnightly", "monthly"})
_NOBODY: Final = frozenset({"nobody", "none"})
_QUOTED: Final = 40
_OFFSETS: Final = ("utc", "gmt", "+", "-")
_CLOSE_ENOUGH: Final = 75.0


def parse_options(
    text: str, timezone: str = "UTC", existing: Sequence[DigestOptions] = ()
) -> DigestOptions | str:
    """The options, or a sentence that says what is wrong; never raises. `timezone` is that
    of a day without one.

    If one of the `existing` is of the same kind, what the text does not say stays as it is there.

    >>> parse_options("weekly mon 9 europe/london highlights").slot
    WeeklySlot(weekday=0, hour=9, timezone='Europe/London')
    >>> parse_options("wekly")
    '“wekly” is not understood here. Did you mean “weekly”?'
    """
    read = _Reading(timezone=timezone, existing=existing)
    for name, value in tokens_of(text):
        if problem := read.take(name, value):
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


def parse_when(text: str, timezone: str = "UTC") -> WeeklySlot | str | None:
    """The slot, None for "as each appears", or a sentence that says what is wrong.

    >>> parse_when("friday 5 pm Europe/Berlin")
    WeeklySlot(weekday=4, hour=17, timezone='Europe/Berlin')
    """
    options = parse_options(text, timezone)
    return options if isinstance(options, str) else options.slot


def format_when(slot: WeeklySlot | None) -> str:
    """The slot as one would type it; `parse_when` reads the same from it.

    >>> format_when(WeeklySlot(weekday=4, hour=17, timezone="Europe/Berlin"))
    'Friday 17:00 Europe/Berlin'
    """
    return f"{DAYS[slot.weekday]} {slot.hour}:00 {slot.timezone}" if slot else "as each appears"


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The options read so far. What reads a word returns what is wrong with it, "" if nothing is."""

    timezone: str
    existing: Sequence[DigestOptions] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    weekly: bool = False
    each: bool = False
    weekday: int | None = None
    hour: int | None = None
    named_timezone: str = ""

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
        kind = self.changes.get("kind", DigestKind.NEWS)
        if "start" in self.changes and kind is not DigestKind.CLUB:
            return "from: is for a reading club. Say club as well, or leave it out."
        base = next((each for each in self.existing if each.kind is kind), DigestOptions())
        options = replace(base, **self.changes)
        timed = self.weekly or any(
            part not in {None, ""} for part in (self.weekday, self.hour, self.named_timezone)
        )
        if not timed:
            return replace(options, slot=None) if self.each else options
        if self.each:
            return "Either each issue as it appears, or weekly on a day; not both."
        return self._weekly(options)

    def _weekly(self, options: DigestOptions) -> DigestOptions | str:
        """The options with those parts of the slot that were read."""
        slot = options.slot
        weekday = self.weekday if self.weekday is not None or slot is None else slot.weekday
        if weekday is None:
            return f"Weekly on which day? Such as: {EXAMPLE}."
        hour = self.hour if self.hour is not None else slot.hour if slot else HOUR
        timezone = self.named_timezone or (slot.timezone if slot else self.timezone)
        return replace(options, slot=WeeklySlot(weekday=weekday, hour=hour, timezone=timezone))

    def _word(self, word: str) -> str:
        word = word.rstrip(",;")
        word = word if "(" in word.lstrip("(") else word.strip("()")  # a timezone's name may have a remark
        folded = word.casefold()
        if folded in _CHANGES:
            self.changes |= _CHANGES[folded]
        elif folded in _DAYS:
            return self._day(_DAYS[folded])
        elif folded in {"weekly", "week"}:
            self.weekly = True
        elif folded in {"each", "immediately"}:
            self.each = True
        elif hours.is_hour(folded):
            return self._hour(folded)
        elif folded in _RHYTHMS:
            return "Digests come as each issue appears, or weekly on one day."
        elif folded and folded not in _FILLING:
            return self._timezone(word)
        return ""

    def _hour(self, word: str) -> str:
        hour = hours.parse_hour(word)
        if isinstance(hour, str):
            return hour
        before, self.hour = self.hour, hour
        return f"Which hour: {before}:00 or {hour}:00?" if before not in {None, hour} else ""

    def _day(self, weekday: int) -> str:
        before, self.weekday = self.weekday, weekday
        return "" if before in {None, weekday} else f"Which day: {DAYS[before]} or {DAYS[weekday]}?"

    def _timezone(self, word: str) -> str:
        folded = word.casefold()
        if timezone := timezone_named(folded):
            before, self.named_timezone = self.named_timezone, timezone
            return f"Which timezone: {before} or {timezone}?" if before not in {"", timezone} else ""
        if "/" in folded or folded.startswith(_OFFSETS) or is_ambiguous(folded):
            return timezone_problem(word)
        words = [*_CHANGES, *_DAYS, "weekly", "each"]
        near_word = process.extractOne(folded, words, score_cutoff=_CLOSE_ENOUGH)
        hint = f" Did you mean “{near_word[0]}”?" if near_word else f" Such as: {EXAMPLE}."
        return f"“{cut(folded, _QUOTED)}” is not understood here.{hint}"

    def _section(self, value: str) -> str:
        sections = () if value.casefold() == "all" else (value,)
        self.changes["sections"] = tuple(dict.fromkeys((*self.changes.get("sections", ()), *sections)))
        return ""

    def _from(self, value: str) -> str:
        number = issue_number(value)
        if not number:
            return f"“{cut(value, _QUOTED)}” is not the number of an issue. Such as: from:58."
        self.changes["start"] = number
        return ""

    def _mention(self, value: str) -> str:
        self.changes["mention"] = "" if value.casefold() in _NOBODY else value
        return ""


def _plain(value: str) -> str:
    return " ".join(value.replace('"', " ").split())
