"""The gateway greets, tells what was asked for, resumes, and closes with Discord's codes."""

from typing import Any

import aiohttp
import pytest

from tests.stand_ins.discord import StandIn
from tests.stand_ins.discord.scene import Scene
from tests.stand_ins.discord.socket_client import Client

GUILDS, MEMBERS, MESSAGES, DIRECT, CONTENT = 1 << 0, 1 << 1, 1 << 9, 1 << 12, 1 << 15


def identity(scene: Scene, intents: int = GUILDS | MESSAGES, **more: Any) -> dict[str, Any]:
    return {"token": scene.app.token, "properties": {}, "intents": intents, **more}


async def ready(scene: Scene, intents: int = GUILDS | MESSAGES, **more: Any) -> tuple[Client, Any]:
    """A client that was greeted and told of its guild, and what READY said."""
    client = await Client.connect(scene, **more)
    assert (await client.receive())["op"] == 10
    await client.send(2, identity(scene, intents))
    greeting = await client.receive()
    assert await client.events(1) == ["GUILD_CREATE"]
    return client, greeting


@pytest.mark.parametrize("compress", ["", "zlib-stream"])
async def test_it_greets_and_tells_of_each_guild_compressed_as_asked(scene: Scene, compress: str) -> None:
    client, greeting = await ready(scene, compress=compress)
    assert (greeting["t"], greeting["s"]) == ("READY", 1)
    assert greeting["d"]["resume_gateway_url"] == scene.discord.gateway_url
    assert [guild["id"] for guild in greeting["d"]["guilds"]] == [scene.guild.id]
    await scene.alice.send(scene.general, "x")
    event = await client.receive()
    assert (event["t"], event["s"], event["d"]["member"]["roles"]) == ("MESSAGE_CREATE", 3, [])


async def test_a_compression_it_does_not_speak_is_refused(scene: Scene) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await Client.connect(scene, compress="lzma")


async def test_heartbeats_are_acknowledged_unless_that_is_turned_off(scene: Scene) -> None:
    client, _ = await ready(scene)
    await client.send(1, 2)
    assert (await client.receive())["op"] == 11
    scene.discord.gateway.acknowledges = False
    await client.send(1, 2)
    await scene.alice.send(scene.general, "x")
    assert await client.events(1) == ["MESSAGE_CREATE"]


async def test_the_heartbeat_interval_is_told_in_milliseconds(scene: Scene) -> None:
    scene.discord.gateway.heartbeat_interval = 1.5
    client = await Client.connect(scene)
    assert (await client.receive())["d"]["heartbeat_interval"] == 1500


@pytest.mark.parametrize(
    ("intents", "content"),
    [(GUILDS | MESSAGES, ""), (GUILDS | MESSAGES | CONTENT, "hello"), (GUILDS, None)],
)
async def test_only_what_the_intents_cover_is_told(scene: Scene, intents: int, content: str | None) -> None:
    scene.app.flags |= 1 << 19
    client, _ = await ready(scene, intents)
    await scene.alice.send(scene.general, "hello")
    scene.discord.build.role(scene.guild, "end")
    event = await client.receive()
    assert event["d"].get("content") == content
    assert event["t"] == ("GUILD_ROLE_CREATE" if content is None else "MESSAGE_CREATE")


async def test_channels_the_bot_cannot_see_are_not_told_of(scene: Scene) -> None:
    hidden = scene.discord.build.channel(scene.guild, "hidden")
    scene.discord.build.deny(hidden, scene.app.bot, "view_channel")
    client, _ = await ready(scene)
    await scene.alice.send(hidden, "x")
    spoken = await scene.alice.send(scene.general, "y")
    await scene.alice.edit(spoken, "z")
    await scene.alice.delete(spoken)
    assert await client.events(3) == ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"]


async def test_a_resumption_brings_what_was_missed_in_order(scene: Scene) -> None:
    client, greeting = await ready(scene)
    scene.discord.gateway.drop()
    for text in "ab":
        await scene.alice.send(scene.general, text)
    assert isinstance(await client.receive(), int | None)
    again = await Client.connect(scene)
    assert (await again.receive())["op"] == 10
    await again.send(6, {"token": scene.app.token, "session_id": greeting["d"]["session_id"], "seq": 2})
    events = [await again.receive() for _ in range(3)]
    await again.close(1000)  # or it would live as long as the error of the cut one, whose frame this is
    assert [(each["t"], each["s"]) for each in events] == [
        ("MESSAGE_CREATE", 3),
        ("MESSAGE_CREATE", 4),
        ("RESUMED", 5),
    ]


@pytest.mark.parametrize(("code", "resumable"), [(1000, False), (1001, False), (4000, True)])
async def test_a_session_its_client_ended_cannot_be_resumed(scene: Scene, code: int, resumable: bool) -> None:  # noqa: FBT001 - a parameter
    client, greeting = await ready(scene)
    await client.close(code)
    await scene.discord.until(lambda: not scene.discord.gateway.connected())
    again = await Client.connect(scene)
    await again.receive()
    await again.send(6, {"token": scene.app.token, "session_id": greeting["d"]["session_id"], "seq": 2})
    answer = await again.receive()
    assert (answer["op"], answer["d"]) == ((0, {"_trace": []}) if resumable else (9, False))


async def test_a_session_belongs_to_its_application(scene: Scene) -> None:
    _, greeting = await ready(scene)
    other = scene.discord.build.application("other")
    client = await Client.connect(scene)
    await client.receive()
    await client.send(6, {"token": other.token, "session_id": greeting["d"]["session_id"], "seq": 1})
    assert (await client.receive())["op"] == 9


async def test_a_close_code_can_be_sent_at_will(scene: Scene) -> None:
    client, _ = await ready(scene)
    scene.discord.gateway.close(4009)
    assert await client.receive() == 4009


REFUSED = {
    "a wrong token": (2, {"token": "x", "properties": {}, "intents": 1}, 4004),
    "no identity": (2, None, 4002),
    "intents that do not exist": (2, {"intents": 1 << 40}, 4013),
    "an intent that was not granted": (2, {"intents": GUILDS | CONTENT}, 4014),
    "a shard that cannot be": (2, {"shard": [2, 2]}, 4010),
    "an operation there is not": (99, None, 4001),
    "an operation before identifying": (8, {}, 4003),
    "a wrong token to resume": (6, {"token": "x", "session_id": "x", "seq": 1}, 4004),
    "too much at once": (2, {"properties": {"os": "x" * 4096}}, 4002),
}


@pytest.mark.parametrize(("op", "data", "code"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_is_wrong_closes_with_its_code(scene: Scene, op: int, data: Any, code: int) -> None:
    client = await Client.connect(scene)
    await client.receive()
    await client.send(op, identity(scene) | data if op == 2 and data else data)
    assert await client.receive() == code
    assert scene.discord.gateway.closed == [code]


async def test_another_version_is_closed_with_4012(scene: Scene) -> None:
    client = await Client.connect(scene, version="6")
    assert [(await client.receive())["op"], await client.receive()] == [10, 4012]


async def test_identifying_twice_closes_with_4005(scene: Scene) -> None:
    client, _ = await ready(scene)
    await client.send(2, identity(scene))
    assert await client.receive() == 4005


async def test_a_sequence_that_never_was_closes_with_4007(scene: Scene) -> None:
    client, greeting = await ready(scene)
    await client.send(6, {"token": scene.app.token, "session_id": greeting["d"]["session_id"], "seq": 99})
    assert await client.receive() == 4007


async def test_more_than_120_operations_a_minute_close_with_4008(scene: Scene) -> None:
    scene.discord.gateway.acknowledges = False
    client, _ = await ready(scene)
    for _ in range(120):
        await client.send(1, 2)
    assert await client.receive() == 4008


async def test_members_are_told_by_id_and_by_name(scene: Scene) -> None:
    client, _ = await ready(scene)
    for asked in ({"user_ids": [scene.alice.id]}, {"query": "ali", "limit": 5}):
        await client.send(8, {"guild_id": scene.guild.id, **asked})
        event = await client.receive()
        assert [each["user"]["id"] for each in event["d"]["members"]] == [scene.alice.id]


async def test_joining_and_leaving_a_guild_is_told(scene: Scene) -> None:
    client, _ = await ready(scene)
    guild = scene.discord.build.guild("new")
    scene.discord.build.join(guild, scene.app.bot)
    scene.discord.build.remove(guild, scene.app.bot)
    assert await client.events(2) == ["GUILD_CREATE", "GUILD_DELETE"]


async def test_direct_messages_are_told_to_the_first_shard_by_their_own_intent(scene: Scene) -> None:
    client, _ = await ready(scene, GUILDS | DIRECT)
    await scene.alice.send(scene.alice.direct(scene.app), "psst")
    event = await client.receive()
    assert (event["d"]["content"], "guild_id" in event["d"]) == ("psst", False)


async def test_what_only_one_person_sees_is_not_told_of(scene: Scene) -> None:
    client, _ = await ready(scene)
    await scene.ask("PUT", f"/applications/{scene.app.id}/commands", [{"name": "x", "description": "x"}])
    used = await scene.alice.slash("x", channel=scene.general)
    private = {"type": 4, "data": {"content": "psst", "flags": 64}}
    await scene.ask("POST", f"/interactions/{used.id}/{used.token}/callback", private)
    await scene.ask("DELETE", f"/webhooks/{scene.app.id}/{used.token}/messages/@original")
    await scene.alice.send(scene.general, "x")
    events = [await client.receive() for _ in range(2)]
    assert [each["t"] for each in events] == ["INTERACTION_CREATE", "MESSAGE_CREATE"]
    assert events[1]["d"]["author"]["id"] == scene.alice.id


async def test_while_it_is_down_nobody_connects(scene: Scene) -> None:
    scene.discord.gateway.down = True
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await Client.connect(scene)
    assert refused.value.status == 503


async def test_an_error_of_the_stand_ins_own_is_not_hidden() -> None:
    async def run() -> None:
        async with StandIn() as discord, aiohttp.ClientSession() as session:
            del discord.world.applications
            async with session.get(f"{discord.api_url}/users/@me") as response:
                assert response.status == 500

    with pytest.raises(ExceptionGroup):
        await run()
