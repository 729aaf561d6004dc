#!/usr/bin/env bash
# Expected: a message that is sent without a nonce leaves discord.py without one, so a request
# that the library repeats after a lost answer may post twice unless the caller sets a nonce, and
# `enforce_nonce` besides.
# Seen: discord.py 2.7.1 puts a random nonce into every plain send, and `enforce_nonce: true`
# whether the nonce is its own or the caller's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q discord.py==2.7.1 aiohttp==3.14.5 2>/dev/null
cat > "$work/see.py" <<'PY'
import asyncio, json, discord
from aiohttp import web
from discord.http import Route

bodies = []

def reply(value):
    # discord.py reads a body as JSON only under this very header.
    return web.Response(body=json.dumps(value).encode(), headers={"Content-Type": "application/json"})

async def taken(request):
    body = await request.json()
    bodies.append(body)
    author = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None}
    return reply({"id": "2", "channel_id": "3", "author": author, "content": body["content"], "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "type": 0})

def answering(value):
    async def answer(_):
        return reply(value)
    return answer

async def main():
    app = web.Application()
    me = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
    app.router.add_get("/users/@me", answering(me))
    app.router.add_get("/oauth2/applications/@me", answering({"id": "9", "name": "bot", "icon": None, "description": "", "flags": 0, "owner": me, "bot_public": True, "bot_require_code_grant": False, "rpc_origins": [], "verify_key": "", "summary": "", "team": None}))
    app.router.add_post("/channels/3/messages", taken)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    Route.BASE = f"http://127.0.0.1:{runner.addresses[0][1]}"
    client = discord.Client(intents=discord.Intents.none())
    async with client:
        await client.login("token")
        channel = client.get_partial_messageable(3)
        await channel.send("plain")
        await channel.send("own", nonce="mine")
    await runner.cleanup()
    for body in bodies:
        print(body["content"], "nonce" in body, body.get("enforce_nonce"))
    plain, own = bodies
    assert plain["nonce"] and plain["enforce_nonce"] is True
    assert own["nonce"] == "mine" and own["enforce_nonce"] is True

asyncio.run(main())
PY
"$work/venv/bin/python" "$work/see.py"
