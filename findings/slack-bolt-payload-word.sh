#!/usr/bin/env bash
# slack_bolt: a slash command that has the word "payload" anywhere is lost over HTTP.
#
# Expected: the form that Slack sends for a slash command is read as a form, whatever words are in it.
# Only what is pressed or filled in comes as JSON, in a parameter that is named payload.
#
# Seen with slack_bolt 1.30.0: AsyncBoltRequest (and BoltRequest) look for the seven letters anywhere in
# the body. If they are in what somebody typed, or in the name of the channel, the team or the person,
# and there is no parameter of that name, the body becomes {}: no listener matches, the app answers 404,
# and the person who typed the command sees that it failed. Over Socket Mode the same command is answered.
# Escaping a letter of the word (%70ayload) before bolt sees the body helps.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q slack_bolt==1.30.0 slack_sdk==3.47.0 aiohttp==3.14.5

"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import logging
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

COMMAND = {"command": "/paper", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
FORM = {"content-type": ["application/x-www-form-urlencoded"]}
logging.disable()


async def authorize(**_):
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="U0")


async def main() -> None:
    app = AsyncApp(signing_secret="x", authorize=authorize, request_verification_enabled=False)

    @app.command("/paper")
    async def paper(ack, body):
        await ack(f"found {body['text']} in {body['channel_name']}")

    async def answer(body: str) -> tuple[int, str]:
        response = await app.async_dispatch(AsyncBoltRequest(body=body, headers=FORM))
        return response.status, response.body

    usual = urlencode({**COMMAND, "text": "kettles", "channel_name": "general"})
    typed = urlencode({**COMMAND, "text": "hidden payloads", "channel_name": "general"})
    named = urlencode({**COMMAND, "text": "kettles", "channel_name": "payload-reviews"})
    seen = {name: await answer(body) for name, body in (("usual", usual), ("typed", typed), ("named", named))}
    escaped = await answer(typed.replace("payload", "%70ayload"))
    print(seen, escaped, AsyncBoltRequest(body=typed, headers=FORM).body, sep="\n")
    assert seen["usual"] == (200, "found kettles in general")
    assert seen["typed"][0] == seen["named"][0] == 404
    assert AsyncBoltRequest(body=typed, headers=FORM).body == {}
    assert escaped == (200, "found hidden payloads in general")


asyncio.run(main())
PYTHON
