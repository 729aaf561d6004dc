"""Makes the deliveries of a digest; what many channels ask for alike is rendered once."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.digests.compose import Part
from bot.digests.poster import Poster
from bot.model.digests import Delivery, Digest, DigestOptions, Subscription, delivery_id
from bot.model.places import Place

_NOBODY: Final = secrets.token_hex(4)
"""In place of a subscription's id, in what is rendered for many; no text has it by chance."""
_NAMELESS: Final = delivery_id(_NOBODY, 0, 0)
"""In place of a delivery's id."""
_SOMEBODY: Final = secrets.token_hex(8)
"""In place of the subscriber's name."""
_Alike = tuple[DigestOptions, tuple[int | None, ...]]


class Rendering:
    """The parts and messages of digests so far."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster
        self._parts: dict[_Alike, tuple[Part, ...]] = {}
        self._payloads: dict[tuple[_Alike, str, bool, int], str] = {}

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
        payload = self._payload(digest, part, numbers).replace(_NAMELESS, id_)
        payload = payload.replace(_NOBODY, subscription.id)
        return Delivery(
            id=id_,
            subscription=subscription.id,
            place=subscription.place,
            digest=subscription.digests + 1,
            part=part.number,
            parts=part.count,
            payload=payload.replace(_SOMEBODY, self._poster.literal(subscription.by_name)),
            title=part.title,
            thread=subscription.options.thread,
            planned=now,
            again=now,
        )

    def _payload(self, digest: Digest, part: Part, numbers: tuple[int | None, ...]) -> str:
        """The message, in which nothing of the subscription is but what it is known by here."""
        of = digest.subscription
        asker = of.by if of.options.mention else ""  # whose rights are checked when it is sent
        key = ((of.options, numbers), asker, bool(of.by_name), part.number)
        if key not in self._payloads:
            place = Place(platform=self._poster.platform, server="")
            name = _SOMEBODY if of.by_name else ""
            nobody = Subscription(id=_NOBODY, place=place, options=of.options, by=asker, by_name=name)
            self._payloads[key] = self._poster.payload(replace(digest, subscription=nobody), part, _NAMELESS)
        return self._payloads[key]
