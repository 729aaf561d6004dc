"""A name that is put into a digest rendered for many stands there as if it had been rendered alone."""

import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import example, given, settings

import adapters.discord.digest_message as on_discord
import adapters.slack.digest_message as on_slack
from bot.model.digests import Digest, DigestOptions, Subscription
from bot.model.newsletter import Issue
from bot.model.places import Place
from bot.text.markdown import printable
from tests.support.any_newsletter import TEXT
from tests.support.fakes import summary

SOMEBODY = "c0ffee00c0ffee00"
ISSUE = Issue(number=100, title="Title", summaries=(summary("One", 100),))
Payload = Callable[[Digest], str]


def discord_payload(digest: Digest) -> str:
    (part,) = on_discord.digest_parts(digest)
    return msgspec.json.encode(on_discord.stored_message(digest, part, "k3jx92ab-1-01")).decode()


def slack_payload(digest: Digest) -> str:
    (part,) = on_slack.digest_parts(digest)
    return on_slack.digest_payload(digest, part, "k3jx92ab-1-01")


@pytest.mark.parametrize(
    ("payload", "literal"),
    [(discord_payload, on_discord.literal), (slack_payload, on_slack.literal)],
    ids=["discord", "slack"],
)
@settings(max_examples=50)
@given(TEXT)
@example('A"b\\ *x* _y_ @everyone <@U1> <!channel> & :smile: `z`')
@example(":0")
def test_it_is_escaped_as_in_a_message_of_its_own(
    payload: Payload, literal: Callable[[str], str], text: str
) -> None:
    name = " ".join(printable(text[:80]).split()) or "Ada"  # Slack's names are the longest

    def digest(by_name: str) -> Digest:
        place = Place(platform="x", server="S", channel="C")
        asked = Subscription(id="k3jx92ab", place=place, options=DigestOptions(), by="1", by_name=by_name)
        return Digest(subscription=asked, issues=(ISSUE,))

    shared = payload(digest(SOMEBODY)).replace(SOMEBODY, literal(name))
    assert json.loads(shared) == json.loads(payload(digest(name)))
