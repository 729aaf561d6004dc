"""Subscriptions as text, the same on every platform."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.cards.wording import DOT
from bot.digests.schedule import format_slot, moment_spans
from bot.model.digests import Delivery, DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.text.rich_text import Block, Span

Label = Callable[[Place], Span]
"""A channel's name on its platform, with a link if there is one."""
TagName = Callable[[Place, str], str]
"""The name of a forum's tag by the forum and the tag's id, "" if it is not known."""

NAMES: Final = {DigestKind.NEWS: "New issues", DigestKind.CLUB: "Reading club"}
ABOUT: Final = "About this digest"
STOPPING: Final = "/digest stop ends it"
ENDED: Final = "This digest was stopped; nothing more is posted."
_NO: Final = "no"


def unnamed(place: Place, tag: str) -> str:
    """The name of a tag where there are none."""
    del place, tag
    return ""


def described(subscription: Subscription, now: datetime, tag_name: TagName = unnamed) -> tuple[Block, ...]:
    """The options, the next digest, and the state."""
    options, place = subscription.options, subscription.place
    lines: list[tuple[Span, ...]] = [_text(NAMES[options.kind] + DOT + when(options))]
    if following := _next(subscription, now):
        lines.append(following)
    lines.append(_text(what(options, place, tag_name)))
    if subscription.paused:
        lines.append(_text(f"Paused: {subscription.paused}"))
    if subscription.problem:
        lines.append(_text(f"Cannot be prepared: {subscription.problem}"))
    if subscription.by_name:
        lines.append(_text(f"Asked for by {subscription.by_name}"))
    return tuple(Block(spans=line, mark="• ", close=True) for line in lines)


def listed(subscription: Subscription, now: datetime, label: Label, tag_name: TagName = unnamed) -> Block:
    """The subscription in a line, with its channel."""
    options = subscription.options
    tags = _tags(options, subscription.place, tag_name)
    rest = DOT.join((NAMES[options.kind], when(options), *([f"tags: {tags}"] if tags else [])))
    state = _state(subscription, now)
    spans = (label(subscription.place), *_text(f"{DOT}{rest}{DOT if state else ''}"), *state)
    return Block(spans=spans, mark="• ", close=True)


def _state(subscription: Subscription, now: datetime) -> tuple[Span, ...]:
    if subscription.paused:
        return _text(f"paused: {subscription.paused}")
    if subscription.problem:
        return _text(f"cannot be prepared: {subscription.problem}")
    return _next(subscription, now)


def when(options: DigestOptions) -> str:
    """When it is posted."""
    if options.slot is None:
        return "as each appears"
    return format_slot(options.slot)


def what(options: DigestOptions, place: Place, tag_name: TagName = unnamed) -> str:
    """What it contains, and how it is posted."""
    tags = _tags(options, place, tag_name)
    parts = (
        "highlights only" if options.highlights else "all entries",
        f"of {', '.join(options.sections)}" if options.sections else "",
        "with their texts" if options.full else "as headlines",
        "in a thread" if options.thread else "in the channel",
        "published" if options.publish else "",
        f"tags: {tags}" if tags else "",
        "mentions a group" if options.mention else "",
    )
    return DOT.join(part for part in parts if part)


def _tags(options: DigestOptions, place: Place, tag_name: TagName) -> str:
    """The names of the tags; those without one are counted."""
    names = [name for tag in options.tags if (name := tag_name(place, tag))]
    others = len(options.tags) - len(names)
    return ", ".join((*names, *([f"{others} more" if names else str(others)] if others else [])))


def compared(
    old: DigestOptions, new: DigestOptions, place: Place, tag_name: TagName = unnamed
) -> tuple[Block, ...]:
    """Both options side by side, a line for each: "When: Mondays … → Fridays …" if it changes."""
    before_and_after = (_aspects(options, _tags(options, place, tag_name)) for options in (old, new))
    lines = [
        f"{name}: {before}" if before == after else f"{name}: {before} → {after}"
        for (name, before), (_, after) in zip(*before_and_after, strict=True)
        if {before, after} != {_NO}
    ]
    return tuple(Block(spans=(Span(text=line),), mark="• ", close=True) for line in lines)


def _aspects(options: DigestOptions, tags: str) -> list[tuple[str, str]]:
    club = options.kind is DigestKind.CLUB
    return [
        ("When", when(options)),
        *([("Begins with", f"AN #{options.start}")] if club else []),
        ("Entries", "highlights only" if options.highlights else "all"),
        ("Sections", ", ".join(options.sections) or "all"),
        ("Texts", "whole texts" if options.full else "headlines"),
        ("Place", "in a thread" if options.thread else "in the channel"),
        ("Mentions", "a group" if options.mention else "nobody"),
        ("Published", "yes" if options.publish else _NO),
        ("Tags", tags or _NO),
    ]


def position(delivery: Delivery) -> str:
    """Which of the digest's messages it is."""
    if delivery.part > delivery.parts:
        return "reply that opens its thread"
    return f"part {delivery.part} of {delivery.parts}"


def footer(subscription: Subscription, number: int, count: int) -> str:
    """Which part of the digest it is, if there are several; on the first, who asked for it and what ends it."""
    part = f"Part {number} of {count}" if count > 1 else ""
    asked = f"Asked for by {subscription.by_name}" if subscription.by_name else ""
    return DOT.join(fact for fact in ((part, asked, STOPPING) if number == 1 else (part,)) if fact)


def _next(subscription: Subscription, now: datetime) -> tuple[Span, ...]:
    """When the next digest comes; () if that is not known."""
    slot, due = subscription.options.slot, subscription.due
    if slot is None or due is None or subscription.paused:
        return ()
    issue = f", from AN #{subscription.upcoming}" if subscription.options.kind is DigestKind.CLUB else ""
    return (*_text("next: "), *moment_spans(slot, max(due, now), now), *_text(issue))


def _text(text: str) -> tuple[Span, ...]:
    return (Span(text=text),) if text else ()
