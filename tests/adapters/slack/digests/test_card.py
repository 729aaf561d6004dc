"""A digest as messages: whatever the newsletter says, Slack takes them and nobody is pinged."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.action_ids import decode
from adapters.slack.app_home import home_of
from adapters.slack.digest_message import (
    channel_line,
    digest_parts,
    digest_payload,
    noted,
    preview_messages,
    question,
)
from adapters.slack.payload import Message, payload_of
from bot.cards.card import Button, Card
from bot.cards.routes import Route, Verb, View
from bot.digests.options import format_options
from bot.model.digests import Digest, DigestKind, DigestOptions, Subscription, WeeklySlot
from bot.model.newsletter import Issue, Summary
from bot.model.places import Place, Preferences
from bot.text.rich_text import plain_block
from tests.adapters.slack.digests.scene import PARAGRAPH, new_issue
from tests.adapters.slack.limits import check, check_view, elements
from tests.adapters.slack.showing import ALICE, NOW, context
from tests.stand_ins.slack.posting import content
from tests.support.any_newsletter import TEXT, WEB, summaries

WISHES = st.builds(
    DigestOptions,
    kind=st.sampled_from(DigestKind),
    slot=st.none() | st.just(WeeklySlot(weekday=0, hour=9, timezone="Europe/London")),
    full=st.booleans(),
    thread=st.booleans(),
    mention=st.sampled_from(["", "S1", "<!channel>"]),
)


def subscription(options: DigestOptions, by_name: str = "alice", paused: str = "") -> Subscription:
    place = Place(platform="slack", server="T1", channel="C1")
    due = NOW + timedelta(days=3) if options.slot else None
    return Subscription(
        id="k3jx92ab",
        place=place,
        options=options,
        by="U1",
        by_name=by_name,
        due=due,
        paused=paused,
    )


def message_of(card: Card) -> Message:
    return payload_of(card, owner=ALICE, private=True)


def asking(options: DigestOptions) -> Message:
    """The question whether to change what there is to the options."""
    route = Route(view=View.TEXT, target=format_options(options))
    card = Card(
        title="One", buttons=(Button(label="Change it", route=route, verb=Verb.CHANGE),), private=True
    )
    return message_of(question(card, route.target))


def messages(digest: Digest) -> list[dict[str, Any]]:
    """The parts as they are posted, each taken by the strict stand-in and held to our own promises."""
    made = []
    for part in digest_parts(digest):
        message = json.loads(digest_payload(digest, part, f"name-{part.number:02d}"))
        content(message)
        plain = [b for b in message["blocks"] if "<!subteam" not in b.get("text", {}).get("text", "")]
        check({**message, "blocks": plain, "response_type": "in_channel"})
        made.append(message)
    return made


@settings(max_examples=25)
@given(WISHES, st.lists(summaries(), min_size=1, max_size=40), TEXT, WEB, TEXT)
def test_whatever_an_issue_says_slack_takes_it(
    options: DigestOptions, entries: list[Summary], title: str, url: str, name: str
) -> None:
    issue = Issue(number=100, title=title, url=url, summaries=tuple(entries))
    digest = Digest(subscription=subscription(options, name), issues=(issue,))
    made = messages(digest)
    assert made
    mentions = [json.dumps(message).count("<!subteam^S1>") for message in made]
    assert mentions == [int(options.mention == "S1")] + [0] * (len(made) - 1)


def test_every_entry_can_be_opened_by_whoever_wants_to() -> None:
    issue = new_issue(count=60, text=PARAGRAPH)
    digest = Digest(subscription=subscription(DigestOptions(full=True)), issues=(issue,))
    made = messages(digest)
    menus_and_buttons = [element for message in made for element in elements(message["blocks"])]
    opened = {option["value"] for element in menus_and_buttons for option in element.get("options", ())}
    assert opened == {summary.key for summary in issue.summaries}
    actions = [decode(element["action_id"]) for element in menus_and_buttons]
    assert {action.owner for action in actions if action} == {""}
    menus = [Verb.OPEN] * (len(made) - 1)
    assert [action.verb for action in actions if action] == [Verb.OPEN, Verb.OPEN, Verb.ABOUT, *menus]


def test_of_several_issues_none_is_opened_whole() -> None:
    digest = Digest(subscription=subscription(DigestOptions()), issues=(new_issue(100), new_issue(101)))
    (message,) = messages(digest)
    labels = [e["text"]["text"] for e in elements(message["blocks"]) if e["type"] == "button"]
    assert labels == ["About this digest"]


def test_each_part_says_which_it_is_and_the_first_alone_who_asked() -> None:
    digest = Digest(
        subscription=subscription(DigestOptions(full=True)), issues=(new_issue(count=20, text=PARAGRAPH),)
    )
    made = [json.dumps(message, ensure_ascii=False) for message in messages(digest)]
    assert len(made) > 2
    for number, text in enumerate(made, 1):
        assert f"Part {number} of {len(made)}" in text
        assert ("Asked for by alice" in text) is (number == 1)


@settings(max_examples=25)
@given(st.lists(TEXT, max_size=200), WISHES, TEXT)
def test_whatever_is_told_slack_takes_it(lines: list[str], options: DigestOptions, name: str) -> None:
    card = Card(title=name or "Digests", body=tuple(plain_block(line) for line in lines), private=True)
    check(message_of(noted(card, name)))
    existing = subscription(options, name, paused=name * 20)
    content(dict(asking(replace(options, sections=(name, *lines[:3])))))
    shown = [channel_line(existing, NOW)] * len(lines)
    view = home_of(None, context(), Preferences(), (), shown, owner=ALICE, admin=True)
    assert len(shown[0] if shown else "") < 400
    plain = [b for b in view["blocks"] if "<#C1>" not in b.get("text", {}).get("text", "")]
    check_view({**view, "blocks": plain})
    assert all(len(b.get("text", {}).get("text", "")) <= 3000 for b in view["blocks"])


def test_a_wish_too_long_for_a_button_is_not_cut_into_another() -> None:
    sections = tuple(f"Section {n} of the newsletter, with a long name" for n in range(80))
    message = asking(DigestOptions(sections=sections))
    assert list(elements(message["blocks"])) == []
    assert "too long" in message["text"]


def test_a_wish_too_long_for_an_action_id_is_the_value_of_its_button() -> None:
    options = DigestOptions(sections=tuple(f"Section {n} of the newsletter" for n in range(20)))
    (button,) = elements(asking(options)["blocks"])
    assert button["value"] == format_options(options)


def test_a_preview_of_what_nobody_asked_for_says_so() -> None:
    digest = Digest(subscription=subscription(DigestOptions(sections=("Nothing",))), issues=(new_issue(),))
    (message,) = preview_messages(digest, ALICE)
    assert "nothing would be posted" in message["text"]
