"""Whatever is sent, the stand-in answers as Slack would, and never fails itself."""

from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stand_ins.slack import blocks
from tests.stand_ins.slack.form import Rule
from tests.stand_ins.slack.methods import METHODS
from tests.stand_ins.slack.scene import Scene

ARGUMENTS = [
    "attachments",
    "blocks",
    "channel",
    "client_id",
    "code",
    "cursor",
    "hash",
    "latest",
    "limit",
    "metadata",
    "oldest",
    "text",
    "thread_ts",
    "trigger_id",
    "ts",
    "message_ts",
    "unfurl_id",
    "unfurls",
    "user",
    "user_id",
    "users",
    "view",
    "view_id",
]
NONSENSE: list[Any] = [
    None,
    0,
    -1.5,
    True,
    "",
    "x",
    "[",
    [],
    [None],
    [[]],
    {},
    {"type": []},
    {"blocks": 1},
    {"a": {"blocks": {}}},
]
KEYS = st.sampled_from(
    ["type", "text", "blocks", "elements", "block_id", "action_id", "options", "fields", "title"]
)
TYPES = st.sampled_from(
    ["section", "actions", "context", "input", "button", "static_select", "mrkdwn", "modal"]
)
SHAPED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | TYPES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("rule", [blocks.MESSAGE, blocks.UNFURL, *blocks.VIEWS.values()])
@given(value=SHAPED)
def test_any_json_is_judged(rule: Rule, value: object) -> None:
    assert all("[json-pointer:/" in problem for problem in rule(value, "/blocks"))


@pytest.mark.parametrize("name", METHODS)
async def test_any_arguments_are_answered(scene: Scene, name: str) -> None:
    token = scene.app.app_token if name == "apps.connections.open" else scene.installation.token
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for value in NONSENSE:
            for good in ({}, {"channel": scene.general.id, "text": "x", "user_id": scene.alice.id}):
                args = dict.fromkeys(ARGUMENTS, value) | good
                async with session.post(f"{scene.slack.api_url}{name}", json=args) as response:
                    assert response.status == 200
                    assert (await response.json())["ok"] in (True, False)


@pytest.mark.parametrize(("body", "error"), [("[]", "json_not_object"), ("{", "invalid_json")])
async def test_a_body_that_is_no_json_object_is_refused(scene: Scene, body: str, error: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{scene.slack.api_url}auth.test", data=body) as response,
    ):
        assert (await response.json())["error"] == error
