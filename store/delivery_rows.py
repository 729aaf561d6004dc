"""Deliveries as rows."""

from typing import NamedTuple

from bot.model.digests import Delivery, DeliveryState
from bot.model.places import Place
from store.values import from_moment, from_optional_moment, to_moment, to_optional_moment


class DeliveryRow(NamedTuple):
    """A row of `delivery`."""

    id: str
    subscription: str
    platform: str
    server: str
    channel: str
    digest: int
    part: int
    parts: int
    payload: str
    state: str
    thread: int
    message: str
    fence: int
    tries: int
    began: int | None
    again: int | None
    planned: int
    settled: int | None
    problem: str
    title: str


def to_delivery(row: DeliveryRow, root: str = "", previous: str = "") -> Delivery:
    """The delivery with the messages of its digest's first part and of the part before."""
    return Delivery(
        id=row.id,
        subscription=row.subscription,
        place=Place(platform=row.platform, server=row.server, channel=row.channel),
        digest=row.digest,
        part=row.part,
        parts=row.parts,
        payload=row.payload,
        state=DeliveryState(row.state),
        thread=bool(row.thread),
        root=root,
        previous=previous,
        message=row.message,
        fence=row.fence,
        tries=row.tries,
        began=to_optional_moment(row.began),
        again=to_optional_moment(row.again),
        planned=to_moment(row.planned),
        settled=to_optional_moment(row.settled),
        problem=row.problem,
        title=row.title,
    )


def from_delivery(delivery: Delivery) -> DeliveryRow:
    """The row of the delivery."""
    return DeliveryRow(
        id=delivery.id,
        subscription=delivery.subscription,
        platform=delivery.place.platform,
        server=delivery.place.server,
        channel=delivery.place.channel,
        digest=delivery.digest,
        part=delivery.part,
        parts=delivery.parts,
        payload=delivery.payload,
        state=delivery.state.value,
        thread=int(delivery.thread),
        message=delivery.message,
        fence=delivery.fence,
        tries=delivery.tries,
        began=from_optional_moment(delivery.began),
        again=from_optional_moment(delivery.again),
        planned=from_moment(delivery.planned),
        settled=from_optional_moment(delivery.settled),
        problem=delivery.problem,
        title=delivery.title,
    )
