"""The options of `/digest here`, from what was typed to what is stored. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.digests.schedule import HOUR
from bot.digests.timezone_names import timezone_named
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot
from bot.text.folding import fold

WEEKLY: Final = "weekly"
AS_THEY_APPEAR: Final = "each"
_CLASH: Final = "A day, an hour or a timezone is for a weekly digest. Leave them out, or choose “once a week” under `when`."
_NO_START: Final = "Only a reading club starts with a chosen issue: choose the club under `what`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was typed: None for what was left out; `weekday` is 0 for Monday."""

    what: str | None = None
    when: str | None = None
    weekday: int | None = None
    hour: int | None = None
    timezone: str | None = None
    section: str | None = None
    highlights: bool = False
    full: bool = False
    thread: bool = False
    mention: str = ""
    start: int | None = None

    @property
    def kind(self) -> DigestKind:
        """The kind of digest; new issues if none was chosen."""
        return DigestKind(self.what) if self.what else DigestKind.NEWS

    @property
    def timed(self) -> bool:
        """Whether a day, an hour or a timezone was chosen."""
        return (self.weekday, self.hour, self.timezone) != (None, None, None)

    @property
    def weekly(self) -> bool:
        """Whether it is posted once a week: as chosen, else as the other options imply."""
        return self.when == WEEKLY if self.when else self.timed or self.kind is DigestKind.CLUB


def clash_in(options: Options) -> str:
    """Why the options contradict each other; "" if they do not."""
    if options.timed and not options.weekly:
        return _CLASH
    if options.start is not None and options.kind is not DigestKind.CLUB:
        return _NO_START
    return ""


def options_of(options: Options, usual_timezone: str, sections: Collection[str]) -> DigestOptions:
    """The options to store, in the usual timezone if none was chosen. `sections` are all
    names: a comma may be part of one, or separate several.
    """
    slot = WeeklySlot(
        weekday=options.weekday or 0,
        hour=HOUR if options.hour is None else options.hour,
        timezone=_timezone(options.timezone) if options.timezone else usual_timezone,
    )
    return DigestOptions(
        kind=options.kind,
        slot=slot if options.weekly else None,
        sections=_sections(options.section or "", sections),
        highlights=options.highlights,
        full=options.full,
        thread=options.thread,
        mention=options.mention,
        start=options.start or 1,
    )


def _timezone(typed: str) -> str:
    """The name of the timezone as it is spelled; what is none is left, and refused later."""
    return timezone_named(typed) or typed.strip()


def _sections(typed: str, known: Collection[str]) -> tuple[str, ...]:
    if fold(typed) in {fold(name) for name in known}:
        return (typed,)
    return tuple(name.strip() for name in typed.split(",") if name.strip())
