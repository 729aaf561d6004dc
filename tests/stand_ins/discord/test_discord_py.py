"""discord.py's real HTTP client and gateway work with the stand-in as they do with Discord."""

import asyncio

import aiohttp
import discord
import pytest

from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord import Answer, Callback, Cut, Guild, StandIn, TooMany
from tests.stand_ins.discord.discord_py import pointed_at
from tests.stand_ins.discord.scene import Scene
from tests.stand_ins.discord.tiny_bot import TITLES, TinyBot, running


async def test_a_slash_command_is_answered_with_an_embed_and_buttons(scene: Scene) -> None:
    async with running(TinyBot(), scene.discord, scene.app):
        used = await scene.alice.slash("paper", {"words": "mesa"}, channel=scene.general)
        answer = await used.answer()
    assert answer.embeds[0]["title"] == "mesa"
    assert scene.discord.messages(scene.general) == [answer]


async def test_all_that_discord_py_asks_fits_discords_document(scene: Scene) -> None:
    if not scene.discord.checked:
        pytest.skip("Discord's own document is not at hand")
    async with running(TinyBot(), scene.discord, scene.app):
        for command in ("slow", "digest here"):
            await (await scene.alice.slash(command, channel=scene.general)).answer()
        used = await scene.alice.slash("paper", {"words": "mesa"}, channel=scene.general)
        await (await scene.alice.click(await used.answer(), "Ask")).form()
        await scene.alice.autocomplete("paper", "words", "x", channel=scene.general)
    assert scene.discord.openapi.violations == []
    assert scene.discord.openapi.checked > 10


async def test_autocomplete_offers_what_the_bot_suggests(scene: Scene) -> None:
    async with running(TinyBot(), scene.discord, scene.app):
        offered = await scene.alice.autocomplete("paper", "words", "opti", channel=scene.general)
    assert offered == [(title, title) for title in TITLES[:2]]


async def test_a_deferred_answer_arrives_in_the_message_that_was_loading(scene: Scene) -> None:
    async with running(TinyBot(), scene.discord, scene.app):
        used = await scene.alice.slash("slow", channel=scene.general)
        assert await used.acknowledgement() is Callback.DEFERRED_MESSAGE
        await used.follow_up()
    assert [message.content for message in scene.discord.ephemerals(scene.general, scene.alice)] == [
        "at last",
        "and more",
    ]
    assert scene.discord.messages(scene.general) == []


async def test_a_button_edits_its_message_and_a_menu_answers_privately(scene: Scene) -> None:
    async with running(TinyBot(), scene.discord, scene.app):
        message = await (await scene.alice.slash("paper", {"words": "mesa"}, channel=scene.general)).answer()
        await (await scene.alice.click(message, "Next")).answer()
        private = await (await scene.alice.select(message, "pick", TITLES[2])).answer()
    assert message.content == "page 2"
    assert (private.content, private.seen_only_by) == (TITLES[2], scene.alice.id)


async def test_a_form_is_shown_filled_in_and_answered(scene: Scene) -> None:
    async with running(TinyBot(), scene.discord, scene.app):
        message = await (await scene.alice.slash("paper", {"words": "mesa"}, channel=scene.general)).answer()
        pressed = await scene.alice.click(message, "Ask")
        assert (await pressed.form())["title"] == "Ask"
        answer = await (await scene.alice.submit(pressed, {"words": "impact"})).answer()
    assert answer.content == "asked: impact"


async def test_buttons_survive_a_restart_of_the_bot(scene: Scene) -> None:
    async with running(TinyBot(), scene.discord, scene.app):
        message = await (await scene.alice.slash("paper", {"words": "mesa"}, channel=scene.general)).answer()
    async with running(TinyBot(), scene.discord, scene.app):
        await (await scene.alice.click(message, "next")).answer()
    assert message.content == "page 2"


async def test_sub_commands_and_message_commands_reach_their_handlers(scene: Scene) -> None:
    spoken = await scene.alice.send(scene.general, "see AN 58")
    async with running(TinyBot(), scene.discord, scene.app):
        here = await (await scene.alice.slash("digest here", channel=scene.general)).answer()
        answer = await (await scene.alice.message_command("Find summaries", spoken)).answer()
    assert (here.content, answer.content) == ("here", "found in: see AN 58")


async def test_command_ids_stay_when_the_same_commands_are_synced_again(scene: Scene) -> None:
    async with running(TinyBot(), scene.discord, scene.app):
        before = {each["name"]: (each["id"], each["version"]) for each in scene.app.commands[""].values()}
    async with running(TinyBot(), scene.discord, scene.app):
        after = {each["name"]: (each["id"], each["version"]) for each in scene.app.commands[""].values()}
    assert before == after
    assert len(before) == 4


async def test_a_429_is_waited_out_and_the_request_repeated(scene: Scene) -> None:
    path = f"/channels/{scene.general.id}/messages"
    fault = scene.discord.faults.add(TooMany(retry_after=0.01), method="POST", path=path)
    async with running(TinyBot(), scene.discord, scene.app) as bot:
        await bot.get_partial_messageable(int(scene.general.id)).send("once")
    assert [record.status for record in scene.discord.journal.of("POST", path)] == [429, 200]
    assert len(fault.struck) == len(scene.discord.messages(scene.general)) == 1


async def test_a_client_that_obeys_the_headers_never_breaks_a_limit() -> None:
    async with StandIn() as stand_in:
        stand_in.limits.window_scale = 0.02
        app = stand_in.build.application()
        general = stand_in.build.channel(stand_in.build.guild(apps=[app]))
        async with running(TinyBot(), stand_in, app) as bot:
            target = bot.get_partial_messageable(int(general.id))
            for number in range(12):  # one after the other: two under way may change places
                await target.send(str(number))
        assert len(stand_in.messages(general)) == 12
        assert not stand_in.limits.refused
        assert len(stand_in.limits.taken("POST /channels/{channel_id}/messages", general.id)) == 12


async def test_a_502_is_tried_again(scene: Scene) -> None:
    path = f"/channels/{scene.general.id}/messages"
    scene.discord.faults.add(Answer(status=502), method="POST", path=path)
    async with running(TinyBot(), scene.discord, scene.app) as bot:
        await bot.get_partial_messageable(int(scene.general.id)).send("once")
    assert [record.status for record in scene.discord.journal.of("POST", path)] == [502, 200]


async def test_after_a_cut_the_same_nonce_finds_the_message_that_was_taken(scene: Scene) -> None:
    scene.discord.faults.add(Cut(taken=True), method="POST", path="/channels/*/messages")
    async with running(TinyBot(), scene.discord, scene.app) as bot:
        target = bot.get_partial_messageable(int(scene.general.id))
        with pytest.raises(aiohttp.ClientError):
            await target.send("part 1", nonce="digest-1")
        sent = await target.send("part 1", nonce="digest-1")
    assert [str(sent.id)] == [message.id for message in scene.discord.messages(scene.general)]


async def test_what_was_missed_while_the_socket_was_down_is_replayed_on_resume(scene: Scene) -> None:
    intents = discord.Intents.default() | discord.Intents(message_content=True)
    scene.app.flags |= 1 << 19
    async with running(TinyBot(intents=intents), scene.discord, scene.app) as bot:
        scene.discord.gateway.drop()
        await scene.alice.send(scene.general, "while you were away")
        await scene.discord.until(lambda: scene.discord.gateway.resumes, what="a resumption")
        await scene.alice.send(scene.general, "welcome back")
        used = await scene.alice.slash("digest here", channel=scene.general)
        await used.answer()
    assert bot.heard == ["while you were away", "welcome back"]
    assert (bot.resumptions, len(scene.discord.gateway.identifies)) == (1, 1)


async def test_op_7_and_a_resumable_op_9_lead_to_a_resumption(scene: Scene) -> None:
    gateway = scene.discord.gateway
    async with running(TinyBot(), scene.discord, scene.app):
        gateway.reconnect()
        await scene.discord.until(lambda: len(gateway.resumes) == 1)
        gateway.invalidate(resumable=True)
        await scene.discord.until(lambda: len(gateway.resumes) == 2)
    assert len(gateway.identifies) == 1


async def test_an_invalid_session_is_begun_anew(scene: Scene) -> None:
    gateway = scene.discord.gateway
    async with running(TinyBot(), scene.discord, scene.app):
        gateway.invalidate(resumable=False)
        await scene.discord.until(lambda: len(gateway.identifies) == 2)
        used = await scene.alice.slash("digest here", channel=scene.general)
        await used.answer()
    assert gateway.resumes == []


async def test_a_gateway_that_stops_acknowledging_is_left_and_resumed(scene: Scene) -> None:
    gateway = scene.discord.gateway
    gateway.heartbeat_interval, gateway.acknowledges = 0.02, False
    async with running(TinyBot(heartbeat_timeout=0.05), scene.discord, scene.app):
        await scene.discord.until(lambda: gateway.resumes, what="a resumption")
        gateway.acknowledges = True


async def started(bot: TinyBot, token: str) -> None:
    """Runs a bot that is expected to end by itself."""
    async with asyncio.timeout(HANG):
        await bot.start(token)


async def test_a_wrong_token_is_told_before_anything_is_connected(scene: Scene) -> None:
    with pointed_at(scene.discord):
        async with TinyBot() as bot:
            with pytest.raises(discord.LoginFailure):
                await started(bot, "wrong")
    assert scene.discord.limits.invalid_requests == 1


async def test_close_code_4004_is_fatal(scene: Scene) -> None:
    class Unlucky(TinyBot):
        """Its token is reset between the REST API and the gateway."""

        async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
            assert initial
            scene.app.token = "reset"  # noqa: S105 - a test's own

    async with Unlucky() as bot:
        with pointed_at(scene.discord), pytest.raises(discord.ConnectionClosed) as closed:
            await started(bot, scene.app.token)
    assert closed.value.code == 4004


async def test_an_intent_that_was_not_granted_closes_with_4014(scene: Scene) -> None:
    async with TinyBot(intents=discord.Intents.all()) as bot:
        with pointed_at(scene.discord), pytest.raises(discord.PrivilegedIntentsRequired):
            await started(bot, scene.app.token)
    assert scene.discord.gateway.closed == [4014]


async def test_each_shard_hears_of_its_own_guilds() -> None:
    async with StandIn() as stand_in:
        stand_in.gateway.shards = 2
        app = stand_in.build.application()
        guilds: dict[int, Guild] = {}
        while len(guilds) < 2:  # the shard follows from the millisecond
            guild = stand_in.build.guild(apps=[app])
            guilds.setdefault((int(guild.id) >> 22) % 2, guild)
        async with running(TinyBot(), stand_in, app) as bot:
            for guild in guilds.values():
                channel, person = stand_in.build.channel(guild), stand_in.person("alice", guild)
                await (await person.slash("digest here", channel=channel)).answer()
            assert {guild.shard_id for guild in bot.guilds} == {0, 1}
        answers = stand_in.journal.of("POST", "/interactions/*/callback")
        assert [record.status for record in answers] == [200, 200]
        assert [each.shard for each in stand_in.gateway.identifies] == [(0, 2), (1, 2)]
