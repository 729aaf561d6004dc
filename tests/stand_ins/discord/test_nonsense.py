"""Whatever JSON comes, the answer is Discord's error, never one of the stand-in's own."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stand_ins.discord import command_rules, modals
from tests.stand_ins.discord.call import Endpoint
from tests.stand_ins.discord.errors import ApiError
from tests.stand_ins.discord.form import Form
from tests.stand_ins.discord.posting import check_body
from tests.stand_ins.discord.rest import ENDPOINTS
from tests.stand_ins.discord.scene import Scene

KEYS = {
    "messages": ["content", "embeds", "components", "allowed_mentions", "flags", "nonce", "attachments"],
    "embeds": [
        "title",
        "url",
        "color",
        "timestamp",
        "fields",
        "footer",
        "author",
        "image",
        "name",
        "value",
        "text",
    ],
    "components": [
        "type",
        "components",
        "custom_id",
        "label",
        "style",
        "options",
        "emoji",
        "accessory",
        "max_values",
    ],
    "commands": [
        "name",
        "description",
        "choices",
        "autocomplete",
        "min_length",
        "contexts",
        "required",
        "name_localizations",
    ],
    "mentions": [
        "parse",
        "users",
        "roles",
        "message_reference",
        "component",
        "placeholder",
        "min_value",
        "tts",
    ],
}
NUMBERS = st.integers(0, 20) | st.integers() | st.floats()
LEAVES = (
    st.none()
    | st.booleans()
    | NUMBERS
    | st.text(max_size=5)
    | st.sampled_from(["users", "https://[", "http://a:b/"])
)
NAMES = st.sampled_from([key for keys in KEYS.values() for key in keys])
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)
BODIES = st.dictionaries(NAMES, ANYTHING, max_size=6)


ODD: list[Any] = [
    None,
    [],
    "x",
    1,
    {"name": 1, "type": "x", "content": [], "flags": "x"},
    {"data": [1], "type": 4},
]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.method} {each.path}")
async def test_every_endpoint(scene: Scene, endpoint: Endpoint) -> None:
    await scene.ask("PUT", f"/applications/{scene.app.id}/commands", [{"name": "x", "description": "x"}])
    used = await scene.alice.slash("x", channel=scene.general)
    places = {
        "application_id": scene.app.id,
        "channel_id": scene.general.id,
        "command_id": next(iter(scene.app.commands[""])),
        "emoji": "x",
        "guild_id": scene.guild.id,
        "interaction_id": used.id,
        "message_id": (await scene.send(content="x")).answer["id"],
        "token": used.token,
        "user_id": scene.alice.id,
    }
    for body in ODD:
        record = await scene.ask(
            endpoint.method, endpoint.path.format_map(places), body, limit="x", before="x"
        )
        assert record.status is not None
        assert record.status < 500


@given(body=BODIES)
def test_messages(body: dict[str, Any]) -> None:
    with contextlib.suppress(ApiError):
        check_body(body)


@given(body=st.lists(BODIES | LEAVES, max_size=3))
def test_commands(body: list[Any]) -> None:
    with contextlib.suppress(ApiError):
        command_rules.check_all(Form(), body, in_guild=False)


@given(body=BODIES)
def test_modals(body: dict[str, Any]) -> None:
    form = Form()
    modals.check(form, body)
    with contextlib.suppress(ApiError):
        form.finish()
