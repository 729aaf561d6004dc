"""What is rendered once for many channels holds nothing of the others."""

from dataclasses import replace
from typing import Any, cast

from bot.digests.compose import Part
from bot.digests.poster import Poster
from bot.digests.rendering import Rendering
from bot.model.digests import Digest, DigestOptions, Subscription
from bot.model.newsletter import Issue
from bot.model.places import Place
from tests.support.drafts import NOW

PART = Part(number=1, count=1, title="AN #300", url="", facts="", blocks=(), headlines=(), issue=300)


class Revealing:
    """A poster whose messages hold all of the subscription, and which counts them."""

    platform = "discord"
    rendered = 0

    def parts(self, _digest: Digest) -> tuple[Part, ...]:
        return (PART,)

    def payload(self, digest: Digest, _part: Part, name: str) -> str:
        self.rendered += 1
        return f"{name} {digest.subscription}"

    def literal(self, text: str) -> str:
        return f"<{text}>"


def digest_of(id_: str, server: str, name: str) -> Digest:
    place = Place(platform="discord", server=server, channel=f"channel-of-{server}")
    subscription = Subscription(id=id_, place=place, options=DigestOptions(), by="1", by_name=name, digests=6)
    return Digest(subscription=subscription, issues=(Issue(number=300),))


def payload_of(rendering: Rendering, digest: Digest) -> str:
    (delivery,) = rendering.deliveries(digest, NOW)
    return delivery.payload


def test_each_message_names_its_own_subscription_and_delivery_alone() -> None:
    poster = Revealing()
    rendering = Rendering(cast(Poster, poster))
    first = payload_of(rendering, digest_of("aaaaaaaa", "here", "Ada"))
    second = payload_of(rendering, digest_of("bbbbbbbb", "there", "Bob"))
    assert poster.rendered == 1
    assert first.startswith("aaaaaaaa-7-01 ")
    assert "id='aaaaaaaa'" in first
    assert "by_name='<Ada>'" in first
    assert second == first.replace("aaaaaaaa", "bbbbbbbb").replace("Ada", "Bob")
    assert "here" not in first + second


def test_what_is_asked_for_otherwise_is_a_message_of_its_own() -> None:
    poster = Revealing()
    rendering = Rendering(cast(Poster, poster))
    digest = digest_of("aaaaaaaa", "here", "Ada")
    role = DigestOptions(mention="7")
    changes: list[dict[str, Any]] = [
        {},
        {"options": DigestOptions(full=True)},
        {"by_name": ""},
        {"options": role},
        {"options": role, "by": "2"},  # whose rights are checked
    ]
    for change in changes:
        payload_of(rendering, replace(digest, subscription=replace(digest.subscription, **change)))
    assert poster.rendered == len(changes)
