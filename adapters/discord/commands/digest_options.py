"""The options of `/digest here` as those of a digest."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.digests.hours import parse_hour
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
    """The options of the command, None if left out; `weekday` is 0 for Monday."""

    what: str | None = None
    when: str | None = None
    weekday: int | None = None
    hour: str | None = None
    timezone: str | None = None
    section: str | None = None
    highlights: bool | None = None
    full: bool | None = None
    thread: bool | None = None
    publish: bool | None = None
    tags: str | None = None
    mention: str | None = None
    start: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing but the kind was named."""
        return replace(self, what=None) == Options()

    @property
    def kind(self) -> DigestKind:
        """The kind of digest; new issues if none was chosen."""
        return DigestKind(self.what) if self.what else DigestKind.NEWS

    @property
    def timed(self) -> bool:
        """Whether any part of a weekly slot was named."""
        return (self.weekday, self.hour, self.timezone) != (None, None, None)

    def is_weekly(self, base: DigestOptions | None) -> bool:
        """Whether it comes once a week: as asked, or as a named part of a slot or the `base` has it."""
        if self.when:
            return self.when == WEEKLY
        return self.timed or self.kind is DigestKind.CLUB or bool(base and base.slot)


def clash_in(options: Options) -> str:
    """Why the options do not go together; "" if they do."""
    if options.timed and options.when == AS_THEY_APPEAR:
        return _CLASH
    if options.start is not None and options.kind is not DigestKind.CLUB:
        return _NO_START
    if options.hour is not None and isinstance(hour := parse_hour(options.hour), str):
        return hour
    return ""


def new_options(kind: DigestKind, *, forum: bool = False, announcing: bool = False) -> DigestOptions:
    """Options of which nothing was said: what is posted in a forum goes on in its post, and what
    is posted in an announcement channel is published.
    """
    return DigestOptions(kind=kind, thread=forum, publish=announcing)


def options_of(
    options: Options,
    usual_zone: str,
    sections: Collection[str],
    base: DigestOptions | None = None,
    *,
    new: DigestOptions | None = None,
) -> DigestOptions:
    """The options of the digest but its tags. What was left out stays as it is in the `base`, the
    existing options of that kind, or in the `new` ones. `usual_zone` is that of a new slot without a timezone;
    `sections` are the known names: one may contain a comma, which otherwise separates several.
    """
    slot = _slot(options, usual_zone, base.slot if base else None) if options.is_weekly(base) else None
    changes = {
        "sections": None if options.section is None else _sections(options.section, sections),
        "highlights": options.highlights,
        "full": options.full,
        "thread": options.thread,
        "publish": options.publish,
        "mention": options.mention,
        "start": options.start,
    }
    known: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    return replace(base or new or DigestOptions(kind=options.kind), slot=slot, **known)


def _slot(options: Options, usual_zone: str, before: WeeklySlot | None) -> WeeklySlot:
    slot = before or WeeklySlot(weekday=0, hour=HOUR, timezone=usual_zone)
    hour = slot.hour if options.hour is None else parse_hour(options.hour)
    return WeeklySlot(
        weekday=slot.weekday if options.weekday is None else options.weekday,
        hour=hour if isinstance(hour, int) else HOUR,
        timezone=_zone(options.timezone) if options.timezone else slot.timezone,
    )


def _zone(typed: str) -> str:
    """The timezone's own name; an unknown one stays, for the sentence about it."""
    return timezone_named(typed) or typed.strip()


def _sections(typed: str, known: Collection[str]) -> tuple[str, ...]:
    if typed.strip().casefold() == "all":
        return ()
    if fold(typed) in {fold(name) for name in known}:
        return (typed,)
    return tuple(name.strip() for name in typed.split(",") if name.strip())
