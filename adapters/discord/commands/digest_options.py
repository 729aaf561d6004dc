"""What was typed behind `/digest here`, as a wish. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bot.digests.schedule import HOUR
from bot.digests.timezones import timezone_named
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot
from bot.text.folding import fold

WEEKLY: Final = "weekly"
AS_THEY_APPEAR: Final = "each"
_CLASH: Final = "A day, an hour or a timezone makes a weekly digest. Leave them out, or say weekly."
_NO_START: Final = "An issue to start with is for the reading club: choose it under `what`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """None for what was left out; `weekday` is 0 for Monday."""

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
        """New issues, unless the club was asked for."""
        return DigestKind(self.what) if self.what else DigestKind.NEWS

    @property
    def timed(self) -> bool:
        """Whether any of a week's moments was named."""
        return (self.weekday, self.hour, self.timezone) != (None, None, None)

    @property
    def weekly(self) -> bool:
        """Whether it comes once a week: as asked, else as what was named has it."""
        return self.when == WEEKLY if self.when else self.timed or self.kind is DigestKind.CLUB


def clash_in(options: Options) -> str:
    """Why the options do not go together; "" where they do."""
    if options.timed and not options.weekly:
        return _CLASH
    if options.start is not None and options.kind is not DigestKind.CLUB:
        return _NO_START
    return ""


def options_of(options: Options, usual_zone: str, sections: Collection[str]) -> DigestOptions:
    """The wish, in the usual timezone where none was named. `sections` are the
    names there are: one may hold a comma, which else parts several.
    """
    slot = WeeklySlot(
        weekday=options.weekday or 0,
        hour=HOUR if options.hour is None else options.hour,
        timezone=_zone(options.timezone) if options.timezone else usual_zone,
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


def _zone(typed: str) -> str:
    """The timezone as it is written; what is none stays, to be told so."""
    return timezone_named(typed) or typed.strip()


def _sections(typed: str, known: Collection[str]) -> tuple[str, ...]:
    if fold(typed) in {fold(name) for name in known}:
        return (typed,)
    return tuple(name.strip() for name in typed.split(",") if name.strip())
