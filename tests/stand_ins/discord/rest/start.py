"""What a client asks before anything else: the gateway, itself, its application."""

from tests.stand_ins.discord import payloads
from tests.stand_ins.discord.call import Call, Reply, Routes
from tests.stand_ins.discord.errors import unknown

routes = Routes()


@routes.on("GET", "/gateway", bot=False)
async def gateway(call: Call) -> Reply:
    return 200, {"url": call.site.gateway.url}


@routes.on("GET", "/gateway/bot")
async def gateway_bot(call: Call) -> Reply:
    live = call.site.gateway
    started = sum(each.application is call.app for each in live.identifies)
    return 200, {
        "url": live.url,
        "shards": live.shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": max(0, 1000 - started),
            "reset_after": 86_400_000,
            "max_concurrency": live.max_concurrency,
        },
    }


@routes.on("GET", "/users/@me")
async def me(call: Call) -> Reply:
    return 200, payloads.own_user(call.app.bot)


@routes.on("GET", "/users/{user_id}")
async def user(call: Call) -> Reply:
    who = call.world.users.get(call.path["user_id"])
    if who is None:
        raise unknown("User")
    return 200, payloads.user(who)


@routes.on("GET", "/applications/@me")
@routes.on("GET", "/oauth2/applications/@me")
async def application(call: Call) -> Reply:
    joined = sum(call.app.bot.id in guild.members for guild in call.world.guilds.values())
    return 200, payloads.application(call.app, guilds=joined)
