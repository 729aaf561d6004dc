"""Makes the deliveries of a digest; what many channels ask for alike is rendered once."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.digests.compose import Part
from bot.digests.poster import Poster
from bot.model.digests import Delivery, Digest, DigestOptions, delivery_id

_NAMELESS: Final = delivery_id("zzzzzzzz", 0, 0)
"""In place of a delivery's id, in what is rendered for many."""
_Alike = tuple[DigestOptions, tuple[int | None, ...]]


class Rendering:
    """The parts and messages of digests so far."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster
        self._parts: dict[_Alike, tuple[Part, ...]] = {}
        self._payloads: dict[tuple[_Alike, str, str, int], str] = {}

    def deliveries(self, digest: Digest, now: datetime) -> list[Delivery]:
        """All parts of the digest, to be sent from now on."""
        subscription = digest.subscription
        numbers = tuple(issue.number for issue in digest.issues)
        alike = (replace(subscription.options, mention="", slot=None), numbers)
        if alike not in self._parts:
            self._parts[alike] = tuple(self._poster.parts(digest))
        parts = self._parts[alike]
        return [self._delivery(digest, part, numbers, now) for part in parts]

    def _delivery(
        self, digest: Digest, part: Part, numbers: tuple[int | None, ...], now: datetime
    ) -> Delivery:
        subscription = digest.subscription
        id_ = delivery_id(subscription.id, subscription.digests + 1, part.number)
        return Delivery(
            id=id_,
            subscription=subscription.id,
            place=subscription.place,
            digest=subscription.digests + 1,
            part=part.number,
            parts=part.count,
            payload=self._payload(digest, part, numbers).replace(_NAMELESS, id_),
            title=part.title,
            thread=subscription.options.thread,
            planned=now,
            again=now,
        )

    def _payload(self, digest: Digest, part: Part, numbers: tuple[int | None, ...]) -> str:
        subscription = digest.subscription
        name = ((subscription.options, numbers), subscription.by, subscription.by_name, part.number)
        if name not in self._payloads:
            self._payloads[name] = self._poster.payload(digest, part, _NAMELESS)
        return self._payloads[name]
