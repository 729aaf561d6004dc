"""Messages are taken up to Discord's limits, and refused beyond them at the right place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stand_ins.discord.errors import ApiError
from tests.stand_ins.discord.posting import check_body
from tests.stand_ins.discord.scene import Scene

BUTTON = {"type": 2, "style": 1, "label": "x", "custom_id": "x"}
OPTION = {"label": "x", "value": "x"}
SELECT = {"type": 3, "custom_id": "s", "options": [OPTION]}


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [{"title": "x", **parts}]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"content": "x", "components": [{"type": 1, "components": list(components)}]}


def rows(*components: dict[str, Any]) -> dict[str, Any]:
    return {"content": "x", "components": [{"type": 1, "components": [each]} for each in components]}


def buttons(count: int) -> list[dict[str, Any]]:
    return [BUTTON | {"custom_id": str(number)} for number in range(count)]


FIELD = {"name": "x", "value": "x"}
LARGE = {"author": {"name": "x" * 250}, "fields": [{"name": "x" * 200, "value": "x" * 300}]}
LONGEST = {
    "content": {"content": "x" * 2000},
    "an embed's title": embed(title="x" * 256),
    "an embed's description": embed(description="x" * 4096),
    "25 fields": embed(fields=[FIELD] * 25),
    "a field": embed(fields=[{"name": "x" * 256, "value": "x" * 1024}]),
    "a footer": embed(footer={"text": "x" * 2048}),
    "an author": embed(author={"name": "x" * 256}),
    "10 embeds": {"embeds": [{"title": "x"}] * 10},
    "6,000 characters of embeds": {"embeds": [{"description": "x" * 3000}] * 2},
    "5 buttons": row(*buttons(5)),
    "5 rows": rows(*buttons(5)),
    "a custom id": row(BUTTON | {"custom_id": "x" * 100}),
    "a label": row(BUTTON | {"label": "x" * 80}),
    "25 options": row(SELECT | {"options": [{"label": "x", "value": str(n)} for n in range(25)]}),
    "an option": row(
        SELECT | {"options": [{"label": "x" * 100, "value": "x" * 100, "description": "x" * 100}]}
    ),
    "a placeholder": row(SELECT | {"placeholder": "x" * 150}),
    "a link": row({"type": 2, "style": 5, "label": "x", "url": "https://example.org/"}),
    "a nonce": {"content": "x", "nonce": "x" * 25},
}
BROKEN = {
    "content": ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    "title": (embed(title="x" * 257), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
    "description": (embed(description="x" * 4097), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
    "fields": (embed(fields=[FIELD] * 26), "embeds.0.fields", "BASE_TYPE_MAX_LENGTH"),
    "field name": (
        embed(fields=[FIELD | {"name": "x" * 257}]),
        "embeds.0.fields.0.name",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "field value": (
        embed(fields=[FIELD, FIELD | {"value": "x" * 1025}]),
        "embeds.0.fields.1.value",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "empty field value": (
        embed(fields=[FIELD | {"value": " "}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED",
    ),
    "missing field name": (
        embed(fields=[{"value": "x"}]),
        "embeds.0.fields.0.name",
        "BASE_TYPE_REQUIRED",
    ),
    "footer": (embed(footer={"text": "x" * 2049}), "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
    "author": (embed(author={"name": "x" * 257}), "embeds.0.author.name", "BASE_TYPE_MAX_LENGTH"),
    "nameless author": (embed(author={"name": ""}), "embeds.0.author.name", "BASE_TYPE_REQUIRED"),
    "embeds": ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
    "empty embed": ({"embeds": [{"color": 1}]}, "embeds.0.description", "BASE_TYPE_REQUIRED"),
    "embeds in all": (
        {
            "embeds": [
                {"description": "x" * 3000},
                {"footer": {"text": "x" * 2001}, "title": "x" * 250, **LARGE},
            ]
        },
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    "scheme": (embed(url="ftp://example.org/"), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
    "no address": (embed(url="example.org"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
    "address with blanks": (embed(url="https://a b.org/"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
    "picture": (embed(image={"url": "x"}), "embeds.0.image.url", "URL_TYPE_INVALID_URL"),
    "colour": (embed(color=0x1000000), "embeds.0.color", "NUMBER_TYPE_MAX"),
    "instant": (embed(timestamp="yesterday"), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
    "six buttons": (row(*buttons(6)), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "six rows": (rows(*buttons(6)), "components", "BASE_TYPE_MAX_LENGTH"),
    "no row": ({"content": "x", "components": [BUTTON]}, "components.0.type", "BASE_TYPE_CHOICES"),
    "empty row": (row(), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "custom id": (
        row(BUTTON | {"custom_id": "x" * 101}),
        "components.0.components.0.custom_id",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "custom id twice": (rows(BUTTON, BUTTON), "components", "COMPONENT_CUSTOM_ID_DUPLICATED"),
    "label": (row(BUTTON | {"label": "x" * 81}), "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
    "no label": (
        row({"type": 2, "style": 1, "custom_id": "x"}),
        "components.0.components.0",
        "BUTTON_COMPONENT_EMPTY",
    ),
    "emoji": (
        row(BUTTON | {"emoji": {"name": "smile"}}),
        "components.0.components.0.emoji.name",
        "COMPONENT_INVALID_EMOJI",
    ),
    "link with a custom id": (
        row(BUTTON | {"style": 5, "url": "https://example.org/"}),
        "components.0.components.0",
        "BUTTON_COMPONENT_CUSTOM_ID_URL",
    ),
    "options": (
        row(SELECT | {"options": [{"label": "x", "value": str(n)} for n in range(26)]}),
        "components.0.components.0.options",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "option twice": (
        row(SELECT | {"options": [OPTION, OPTION]}),
        "components.0.components.0.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    "placeholder": (
        row(SELECT | {"placeholder": "x" * 151}),
        "components.0.components.0.placeholder",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "menu beside a button": (
        row(BUTTON, SELECT),
        "components.0.components",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "nonce": ({"content": "x", "nonce": "x" * 26}, "nonce", "BASE_TYPE_MAX_LENGTH"),
    "mentions both ways": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    "unknown kind of mention": (
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        "allowed_mentions.parse.0",
        "BASE_TYPE_CHOICES",
    ),
    "unknown message answered": (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "message_reference",
        "REPLIES_UNKNOWN_MESSAGE",
    ),
}


def codes(errors: dict[str, Any], where: str) -> list[str]:
    for step in where.split("."):
        errors = errors.get(step, {})
    return [error["code"] for error in errors.get("_errors", [])]


@pytest.mark.parametrize("body", LONGEST.values(), ids=LONGEST.keys())
async def test_what_just_fits_is_taken(scene: Scene, body: dict[str, Any]) -> None:
    assert (await scene.send(**body)).status == 200
    assert not scene.discord.journal.records[-1].code
    assert len(scene.discord.messages(scene.general)) == 1


@pytest.mark.parametrize(("body", "where", "code"), BROKEN.values(), ids=BROKEN.keys())
async def test_what_breaks_a_limit_is_refused_at_its_place(
    scene: Scene, body: dict[str, Any], where: str, code: str
) -> None:
    record = await scene.send(**body)
    assert (record.status, record.code) == (400, 50035)
    assert codes(record.answer["errors"], where) == [code]
    assert scene.discord.messages(scene.general) == []


@given(sizes=st.lists(st.integers(1, 4096), min_size=1, max_size=10))
def test_embeds_fit_exactly_if_they_have_6000_characters_in_all_at_most(sizes: list[int]) -> None:
    body = {"embeds": [{"description": "x" * size} for size in sizes]}
    if sum(sizes) <= 6000:
        check_body(body)
        return
    with pytest.raises(ApiError) as refused:
        check_body(body)
    assert codes(refused.value.body["errors"], "embeds") == ["MAX_EMBED_SIZE_EXCEEDED"]


@pytest.mark.parametrize("body", [{}, {"content": " \n"}, row(BUTTON) | {"content": ""}, {"embeds": []}])
async def test_a_message_with_nothing_in_it_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    assert (await scene.send(**body)).code == 50006


async def test_new_components_stand_alone_and_are_counted(scene: Scene) -> None:
    text = {"type": 10, "content": "hello"}
    assert (await scene.send(flags=1 << 15, components=[{"type": 17, "components": [text]}])).status == 200
    assert (await scene.send(flags=1 << 15, content="x", components=[text])).code == 50035
    long = [{"type": 10, "content": "x" * 2001}] * 2
    assert "components" in (await scene.send(flags=1 << 15, components=long)).answer["errors"]
