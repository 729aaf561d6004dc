"""Digests for the operator, a line each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.app import App, Store
from bot.cards.wording import DOT
from bot.digests.forecast import Forecast
from bot.digests.schedule import format_moment
from bot.digests.wording import NAMES, position, what, when
from bot.model.digests import Delivery, Subscription
from bot.model.places import Place
from bot.text.markdown import printable


async def lines_about(app: App, store: Store, places: Collection[Place]) -> "Lines":
    """Lines with the names of these places, as far as their platforms tell them."""
    names: dict[Place, str] = {}
    for platform in app.platforms:
        here = {place for place in places if place.platform == platform.name and place.channel}
        if platform.names and here:
            names |= await platform.names(store, here)
    return Lines(names=names, now=app.clock())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Writes places by their ids, and by the `names` that are known."""

    names: dict[Place, str]
    now: datetime

    def place(self, place: Place) -> str:
        """The place: "discord/1/10 #papers"."""
        ids = "/".join(part for part in (place.platform, place.server, place.channel) if part)
        name = " ".join(printable(self.names.get(place, "")).split())
        return f"{ids} {name}".rstrip()

    def subscription(self, subscription: Subscription) -> str:
        """A subscription, and whether it is active."""
        options = subscription.options
        about = DOT.join((NAMES[options.kind], when(options), what(options, subscription.place)))
        state = (
            f"paused: {subscription.paused}"
            if subscription.paused
            else f"trouble: {subscription.problem}"
            if subscription.problem
            else "active"
        )
        return "  ".join((subscription.id, self.place(subscription.place), about, state))

    def waiting(self, subscription: Subscription) -> str:
        """A subscription without an hour."""
        state = f"paused: {subscription.paused}" if subscription.paused else "as new issues appear"
        return f"{subscription.id}  {self.place(subscription.place)}  {state}"

    def forecast(self, each: Forecast) -> str:
        """What will be due."""
        subscription, slot = each.subscription, each.subscription.options.slot
        issues = " ".join(f"AN #{number}" for number in each.issues) or "what is new by then"
        moment = format_moment(slot, each.at, self.now) if slot else "now"
        return "  ".join(
            (
                f"{each.at:%Y-%m-%d %H:%M} UTC",
                subscription.id,
                self.place(subscription.place),
                f"{NAMES[subscription.options.kind]}: {issues}",
                f"({moment}; {what(subscription.options, subscription.place)})",
            )
        )

    def delivery(self, delivery: Delivery) -> str:
        """What became of a part."""
        moment = delivery.settled or delivery.planned
        problem = f": {delivery.problem}" if delivery.problem else ""
        return (
            f"{moment:%Y-%m-%d %H:%M:%S} UTC  {delivery.id}  {self.place(delivery.place)}  "
            f"{delivery.title}  {position(delivery)}  {delivery.state}{problem}"
        )
