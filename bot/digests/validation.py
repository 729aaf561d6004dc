"""Whether options can be subscribed to."""

from dataclasses import replace

from rapidfuzz import process

from bot.digests.timezone_names import is_timezone, timezone_problem
from bot.model.digests import DigestKind, DigestOptions, WeeklySlot
from bot.ports import Library
from bot.text.folding import fold


async def problem_with(options: DigestOptions, library: Library) -> str:
    """Why these options cannot be subscribed to; "" if they can."""
    if options.kind is DigestKind.CLUB and options.slot is None:
        return "A reading club needs a day, an hour and a timezone: such as Monday, 9, Europe/London."
    if options.slot and (problem := _slot_problem(options.slot)):
        return problem
    if options.kind is DigestKind.CLUB and not (numbers := list(await library.numbers())):
        return "There are no issues here yet that a club could read."
    if options.kind is DigestKind.CLUB and options.start > numbers[-1]:
        return f"There is no AN #{options.start} to begin with; the newest is AN #{numbers[-1]}."
    known = await _sections(library)
    for name in options.sections:
        if fold(name) not in known:
            near = process.extract(fold(name), list(known), limit=3)
            shown = ", ".join(f"“{known[key]}”" for key, _, _ in near)
            return f"No section is called “{name[:60]}”. The nearest: {shown}."
    return ""


async def tidied(options: DigestOptions, library: Library) -> DigestOptions:
    """The options with the newsletter's own names of sections; they have no problem."""
    known = await _sections(library) if options.sections else {}
    return replace(options, sections=tuple(dict.fromkeys(known[fold(name)] for name in options.sections)))


async def _sections(library: Library) -> dict[str, str]:
    """Every heading of a section, by its folded name."""
    return {fold(step): step for section in await library.sections() for step in section.path}


def _slot_problem(slot: WeeklySlot) -> str:
    if not is_timezone(slot.timezone):
        return timezone_problem(slot.timezone)
    if slot.hour not in range(24) or slot.weekday not in range(7):
        return "The hour is a number from 0 to 23, the day one from Monday to Sunday."
    return ""
