"""Subscriptions and deliveries as text, the same on every platform."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import PurePath
from typing import Final
from urllib.parse import urlsplit

from bot.cards.wording import DOT
from bot.digests.schedule import format_moment, format_slot
from bot.model.digests import Delivery, DeliveryState, DigestKind, DigestOptions, Subscription
from bot.model.places import Place
from bot.ports import SourceState
from bot.text.phrases import span
from bot.text.rich_text import Block, Span, plain_block

Label = Callable[[Place], Span]
"""A channel's name on its platform, with a link if there is one."""

NAMES: Final = {DigestKind.NEWS: "New issues", DigestKind.CLUB: "Reading club"}
STOPPING: Final = "/digest stop ends it"
_FORGOTTEN: Final = timedelta(days=1)
"""A source that was due that long ago is no longer polled."""


def described(subscription: Subscription, now: datetime) -> tuple[Block, ...]:
    """The options, the next digest, and the state."""
    lines = [NAMES[subscription.options.kind] + DOT + when(subscription.options)]
    if following := _next(subscription, now):
        lines.append(following)
    lines.append(what(subscription.options))
    if subscription.paused:
        lines.append(f"Paused: {subscription.paused}")
    if subscription.problem:
        lines.append(f"Cannot be prepared: {subscription.problem}")
    if subscription.by_name:
        lines.append(f"Asked for by {subscription.by_name}")
    return tuple(Block(spans=(Span(text=line),), mark="• ", close=True) for line in lines)


def listed(subscription: Subscription, now: datetime, label: Label) -> Block:
    """The subscription in a line, with its channel."""
    options = subscription.options
    state = _state(subscription, now)
    rest = DOT.join(part for part in (NAMES[options.kind], when(options), state) if part)
    return Block(spans=(label(subscription.place), Span(text=f"{DOT}{rest}")), mark="• ", close=True)


def _state(subscription: Subscription, now: datetime) -> str:
    if subscription.paused:
        return f"paused: {subscription.paused}"
    if subscription.problem:
        return f"cannot be prepared: {subscription.problem}"
    return _next(subscription, now)


def when(options: DigestOptions) -> str:
    """When it is posted."""
    if options.slot is None:
        return "as each appears"
    return format_slot(options.slot)


def what(options: DigestOptions) -> str:
    """What it contains, and how it is posted."""
    parts = (
        "highlights only" if options.highlights else "all entries",
        f"of {', '.join(options.sections)}" if options.sections else "",
        "with their texts" if options.full else "as headlines",
        "in a thread" if options.thread else "in the channel",
        "mentions a group" if options.mention else "",
    )
    return DOT.join(part for part in parts if part)


def compared(old: DigestOptions, new: DigestOptions) -> tuple[Block, ...]:
    """Both options side by side, a line for each: "When: Mondays … → Fridays …" if it changes."""
    lines = [
        f"{name}: {before}" if before == after else f"{name}: {before} → {after}"
        for (name, before), (_, after) in zip(_aspects(old), _aspects(new), strict=True)
    ]
    return tuple(Block(spans=(Span(text=line),), mark="• ", close=True) for line in lines)


def _aspects(options: DigestOptions) -> list[tuple[str, str]]:
    club = options.kind is DigestKind.CLUB
    return [
        ("When", when(options)),
        *([("Begins with", f"AN #{options.start}")] if club else []),
        ("Entries", "highlights only" if options.highlights else "all"),
        ("Sections", ", ".join(options.sections) or "all"),
        ("Texts", "whole texts" if options.full else "headlines"),
        ("Place", "in a thread" if options.thread else "in the channel"),
        ("Mentions", "a group" if options.mention else "nobody"),
    ]


def footer(subscription: Subscription) -> str:
    """The subscriber, and how to stop the digest."""
    asked = f"Asked for by {subscription.by_name}" if subscription.by_name else ""
    return DOT.join(part for part in (asked, STOPPING) if part)


def logged(deliveries: Sequence[Delivery], label: Label) -> tuple[Block, ...]:
    """What was posted when, what was not and why; a line for each digest."""
    if not deliveries:
        return (plain_block("Nothing was posted here yet."),)
    return tuple(_logged(deliveries, label))


def late(failing: Sequence[SourceState], now: datetime) -> tuple[Block, ...]:
    """The sources of new issues that fail, a line each, by no more than the name of their
    host or file: members need not know where the operator keeps things.
    """
    return tuple(_late(state, now) for state in failing if state.due > now - _FORGOTTEN)


def _late(state: SourceState, now: datetime) -> Block:
    since = f"for {span(now - state.succeeded)}" if state.succeeded else "since it was first asked"
    name = urlsplit(state.name).hostname or PurePath(state.name).name
    again = f"asked again in {span(state.due - now)}" if state.due > now else "asked again now"
    text = DOT.join((f"{name} has not answered {since}", again, "new issues may come late"))
    return Block(spans=(Span(text=text),), mark="• ", close=True)


def _logged(deliveries: Sequence[Delivery], label: Label) -> Iterator[Block]:
    for _, same in groupby(deliveries, key=lambda delivery: (delivery.subscription, delivery.digest)):
        parts = list(same)
        sent = [part for part in parts if part.state is DeliveryState.SENT]
        moment = max((part.settled for part in parts if part.settled), default=parts[0].planned)
        count = f"{len(sent)} of {parts[0].parts} {'part' if parts[0].parts == 1 else 'parts'} posted"
        troubles = {part.problem for part in parts if part.problem and part.state is not DeliveryState.SENT}
        failed = sum(part.state is DeliveryState.FAILED for part in parts)
        text = DOT.join(
            part
            for part in (
                f"{moment:%Y-%m-%d %H:%M} UTC",
                count,
                f"{failed} given up" if failed else "",
                "; ".join(sorted(troubles)),
            )
            if part
        )
        yield Block(spans=(label(parts[0].place), Span(text=f"{DOT}{text}")), mark="• ", close=True)


def _next(subscription: Subscription, now: datetime) -> str:
    slot, due = subscription.options.slot, subscription.due
    if slot is None or due is None or subscription.paused:
        return ""
    issue = f", from AN #{subscription.upcoming}" if subscription.options.kind is DigestKind.CLUB else ""
    return f"next: {format_moment(slot, max(due, now), now)}{issue}"
