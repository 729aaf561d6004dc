#!/usr/bin/env bash
# Expected: an answer whose header is `application/json; charset=utf-8`, which is what most web
# frameworks and some proxies send, is read as JSON.
# Seen: discord.py 2.7.1 compares the whole header with `application/json`; with a charset behind
# it the body stays a text, and login ends with "TypeError: string indices must be integers", far
# from the cause. Whatever is put before Discord's API has to send the bare header.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q discord.py==2.7.1 aiohttp==3.14.5 2>/dev/null
cat > "$work/see.py" <<'PY'
import asyncio, json, sys
import discord
from aiohttp import web
from discord.http import Route

ME = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "bot": True, "name": "bot", "icon": None, "description": "", "flags": 0, "bot_public": True, "bot_require_code_grant": False, "rpc_origins": [], "verify_key": "", "summary": "", "team": None}
ME["owner"] = dict(ME)

async def login(header):
    async def answer(_):
        return web.Response(body=json.dumps(ME).encode(), headers={"Content-Type": header})

    app = web.Application()
    app.router.add_get("/users/@me", answer)
    app.router.add_get("/oauth2/applications/@me", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    Route.BASE = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login("token")
        return "logged in"
    except TypeError as error:
        return f"TypeError: {error}"
    finally:
        await runner.cleanup()

async def main():
    bare, charset = await login("application/json"), await login("application/json; charset=utf-8")
    print("application/json:", bare)
    print("application/json; charset=utf-8:", charset)
    sys.exit(bare != "logged in" or not charset.startswith("TypeError"))

asyncio.run(main())
PY
"$work/venv/bin/python" "$work/see.py"
