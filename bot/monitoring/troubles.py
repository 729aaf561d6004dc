"""What fails now, of all that whoever runs the bot would want to know."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.app.database import LITTLE
from bot.errors import BotError
from bot.model.digests import OWED, Delivery, Subscription
from bot.monitoring.alerts import Trouble
from bot.monitoring.state import State

_SOURCE: Final = timedelta(days=1)
"""The newsletter is weekly, and servers are away for a night."""
_DIGEST: Final = timedelta(hours=1)
_MACHINE: Final = timedelta(minutes=10)


def of_state(state: State, refused: Mapping[str, BotError]) -> Iterator[Trouble]:
    """The troubles in the state of the bot; `refused` says why a platform is not served."""
    for platform, up in state.platforms.items():
        if not up:
            reason = str(refused.get(platform) or "It is not connected.")
            yield Trouble(name=f"platform {platform}", sentence=f"{platform}: {reason}", patience=_MACHINE)
    if not state.database:
        yield Trouble(name="database", sentence="The database cannot be read.", patience=_MACHINE)
        return
    if state.free < LITTLE:
        sentence = f"The disk of the database has {state.free / 1e6:.0f} MB left."
        yield Trouble(name="disk", sentence=sentence, patience=_MACHINE)
    for source in state.sources:
        if source.failures:
            name, sentence = f"source {source.name}", f"{source.name}: {source.problem}"
            yield Trouble(name=name, sentence=sentence, patience=_SOURCE, since=source.succeeded)


def of_digests(
    subscriptions: Sequence[Subscription], deliveries: Sequence[Delivery], now: datetime
) -> Iterator[Trouble]:
    """The trouble of digests that should have been posted, taken together: what is wrong is often wrong for all."""
    active = {each.id: each for each in subscriptions if not each.paused}
    stuck = [
        each
        for each in deliveries
        if each.state in OWED and each.subscription in active and now - each.planned > _DIGEST
    ]
    late = {each.subscription for each in stuck}
    late |= {each.id for each in active.values() if each.due and now - each.due > _DIGEST}
    faulty = {each.id: each.problem for each in active.values() if each.problem}
    if count := len(late | faulty.keys()):
        reasons = filter(None, [*(each.problem for each in stuck), *faulty.values()])
        what = "A digest is" if count == 1 else f"{count} digests are"
        yield Trouble(
            name="digests",
            sentence=f"{what} not posted: {next(reasons, '`anbot doctor` may say why.')}",
            patience=timedelta() if late else _DIGEST,
        )
