"""Blocks and views at each limit pass, and one above it are refused, saying where."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.stand_ins.slack import blocks
from tests.stand_ins.slack.form import Rule
from tests.stand_ins.slack.scene import Scene

Json = dict[str, Any]
DIVIDER: Json = {"type": "divider"}


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(1), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(1), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(text: int = 1, value: int = 1, **more: Any) -> Json:
    return {"text": plain(text), "value": "v" * value, **more}


def menu(*options: Json) -> Json:
    return actions({"type": "static_select", "options": list(options)})


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a", **more}


def rich(*elements: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def words(text: str, **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(1), "blocks": list(blocks or (DIVIDER,)), **more}


# What passes, what is refused, and what is said of it.
LIMITS: list[tuple[list[Json], list[Json], str]] = [
    ([DIVIDER] * 50, [DIVIDER] * 51, "no more than 50 items"),
    ([rich(words("\n"))], [rich(words(""))], "/blocks/0/elements/0/elements/0/text"),
    (
        [rich(words("x", style={"bold": True}))],
        [rich(words("x", style={"loud": True}))],
        "additional property: loud",
    ),
    (
        [rich({"type": "link", "url": "https://a.example"})],
        [rich({"type": "link", "url": "a"})],
        "a valid URL",
    ),
    ([rich(words("x"))], [rich(words("x"), kind="mrkdwn")], "unsupported type: mrkdwn"),
    ([section(text=mrkdwn(3000))], [section(text=mrkdwn(3001))], "less than 3001 characters"),
    ([section(text=mrkdwn(1))], [section(text=mrkdwn(0))], "more than 0 characters"),
    ([section(fields=[mrkdwn(2000)] * 10)], [section(fields=[mrkdwn(1)] * 11)], "no more than 10 items"),
    ([section()], [section(fields=[mrkdwn(2001)])], "/blocks/0/fields/0/text"),
    ([section()], [{"type": "section"}], "text, fields"),
    ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}], "151 characters"),
    ([{"type": "header", "text": plain(1)}], [{"type": "header", "text": mrkdwn(1)}], "unsupported type"),
    (
        [{"type": "context", "elements": [mrkdwn(1)] * 10}],
        [{"type": "context", "elements": [mrkdwn(1)] * 11}],
        "no more than 10 items",
    ),
    ([actions(*[button()] * 25)], [actions(*[button()] * 26)], "no more than 25 items"),
    ([actions(button(text=plain(75)))], [actions(button(text=plain(76)))], "less than 76"),
    ([actions(button(value="v" * 2000))], [actions(button(value="v" * 2001))], "less than 2001"),
    (
        [actions(button(url="https://e.org/".ljust(3000, "x")))],
        [actions(button(url="https://e.org/".ljust(3001, "x")))],
        "less than 3001",
    ),
    ([actions(button(url="https://e.org"))], [actions(button(url="e.org"))], "valid URL"),
    ([actions(button(action_id="a" * 255))], [actions(button(action_id="a" * 256))], "less than 256"),
    ([section(block_id="b" * 255)], [section(block_id="b" * 256)], "less than 256"),
    ([section(block_id="a"), section(block_id="b")], [section(block_id="a")] * 2, "already exists"),
    (
        [actions(button(action_id="a")), actions(button(action_id="a"))],
        [actions(button(action_id="a"), button(action_id="a"))],
        "already exists",
    ),
    ([menu(*[option()] * 100)], [menu(*[option()] * 101)], "no more than 100 items"),
    ([menu(option(text=75))], [menu(option(text=76))], "less than 76"),
    ([menu(option(value=150))], [menu(option(value=151))], "less than 151"),
    ([menu(option(description=plain(75)))], [menu(option(description=plain(76)))], "less than 76"),
    ([image()], [{"type": "image", "image_url": "https://e.org/a.png"}], "missing required field: alt_text"),
    ([image(alt_text="a")], [image(alt_text=" ")], "more than 0 characters"),
    ([section()], [section(colour="red")], "invalid additional property: colour"),
    ([section()], [{"type": "carousel"}], "unsupported type: carousel"),
    ([section()], [section(text="bare")], "must be an object"),
    ([actions(button(style="danger"))], [actions(button(style="loud"))], "primary, danger"),
    (
        [{"type": "markdown", "text": "x" * 6000}] * 2,
        [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * 6001}],
        "in all",
    ),
]
VIEW_LIMITS: list[tuple[Json, Json, str]] = [
    (modal(*[DIVIDER] * 100), modal(*[DIVIDER] * 101), "no more than 100 items"),
    (modal(title=plain(24)), modal(title=plain(25)), "/view/title/text"),
    (modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001), "less than 3001"),
    (modal(callback_id="x" * 255), modal(callback_id="x" * 256), "less than 256"),
    (modal(), modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    (modal(), {"type": "modal", "blocks": [DIVIDER]}, "missing required field: title"),
]


@pytest.mark.parametrize(("sound", "broken", "error"), LIMITS)
def test_a_message_passes_at_the_limit_and_not_above(
    sound: list[Json], broken: list[Json], error: str
) -> None:
    judged(blocks.MESSAGE, sound, broken, "/blocks", error)


@pytest.mark.parametrize(("sound", "broken", "error"), VIEW_LIMITS)
def test_a_view_passes_at_the_limit_and_not_above(sound: Json, broken: Json, error: str) -> None:
    judged(blocks.VIEWS["modal"], sound, broken, "/view", error)


def judged(rule: Rule, sound: Any, broken: Any, at: str, error: str) -> None:
    assert list(rule(sound, at)) == []
    problems = list(rule(broken, at))
    assert problems
    assert error in problems[0]


def test_a_form_needs_a_button_to_hand_it_in() -> None:
    asking = {"type": "input", "label": plain(1), "element": {"type": "plain_text_input"}}
    judged(blocks.VIEWS["modal"], modal(asking, submit=plain(24)), modal(asking), "/view", "submit")


def test_a_home_has_no_title() -> None:
    home = {"type": "home", "blocks": [DIVIDER]}
    judged(blocks.VIEWS["home"], home, home | {"title": plain(1)}, "/view", "title")


async def test_what_is_wrong_is_said_over_the_wire(scene: Scene) -> None:
    with pytest.raises(SlackApiError) as refused:
        await scene.client.chat_postMessage(
            channel=scene.general.id, text="hello", blocks=[DIVIDER, section(text=mrkdwn(3001))]
        )
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


async def test_ids_that_were_left_out_are_filled_in(scene: Scene) -> None:
    answer = await scene.client.chat_postMessage(
        channel=scene.general.id, text="hello", blocks=[actions(button(), button())]
    )
    [block] = answer["message"]["blocks"]
    assert block["block_id"]
    assert len({each["action_id"] for each in block["elements"]}) == 2
