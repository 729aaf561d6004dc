#!/usr/bin/env bash
# slack_bolt: an error right after ack() takes the acknowledgement back, three seconds later.
#
# Expected: what ack() was given is the answer to the request, whatever the listener does after it. An
# error after that is logged, as the one before ack() that is answered by 500.
#
# Seen with slack_bolt 1.30.0 (AsyncApp): if the listener raises in the turn in which it acknowledged,
# the error's handler puts nothing in the place of the acknowledgement; the app goes on waiting for
# one until three seconds are over, warns that no listener called ack(), and answers 404 with
# "unhandled request". The person who typed the command sees that it failed, Slack sends events once
# more, and the listener does its work twice. If the same error comes a little later, all is as
# expected; a lazy listener beside it runs in both cases.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q slack_bolt==1.30.0 slack_sdk==3.47.0 aiohttp==3.14.5

"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import logging
import time
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

COMMAND = {"command": "/paper", "text": "x", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
FORM = {"content-type": ["application/x-www-form-urlencoded"]}
logging.disable()


async def authorize(**_):
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="U0")


async def answered(pause: float, *, first: bool = True) -> tuple[int, str, float]:
    app = AsyncApp(signing_secret="x", authorize=authorize, request_verification_enabled=False)

    @app.command("/paper")
    async def paper(ack):
        if first:
            await ack("the answer")
            if pause:
                await asyncio.sleep(pause)
        raise ValueError("after it")

    began = time.monotonic()
    response = await app.async_dispatch(AsyncBoltRequest(body=urlencode(COMMAND), headers=FORM))
    return response.status, response.body, time.monotonic() - began


async def main() -> None:
    before, right_after, later = (
        await answered(0, first=False), await answered(0), await answered(0.5)
    )
    for when, (status, body, took) in {"before": before, "right after": right_after, "later": later}.items():
        print(f"error {when}: {status} {body!r} after {took:.0f} s")
    assert before[0] == 500
    assert right_after[0] == 404 and "unhandled" in right_after[1] and right_after[2] > 2.9
    assert later[:2] == (200, "the answer")


asyncio.run(main())
PYTHON
