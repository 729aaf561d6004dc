"""Messages are sent once, read by those who may, and notify whom they may."""

from typing import Any

import pytest

from tests.stand_ins.discord import Message
from tests.stand_ins.discord.permissions import has
from tests.stand_ins.discord.scene import Scene
from tests.stand_ins.discord.test_message_limits import embed


async def test_an_edit_must_not_leave_a_message_empty(scene: Scene) -> None:
    sent = (await scene.send(content="x")).answer
    path = f"/channels/{scene.general.id}/messages/{sent['id']}"
    assert (await scene.ask("PATCH", path, {"content": ""})).code == 50006
    assert (await scene.ask("PATCH", path, {"content": "", "embeds": [{"title": "y"}]})).status == 200
    message = scene.discord.messages(scene.general)[0]
    assert (message.content, message.earlier[0]["content"]) == ("", "x")
    assert message.edited_at == scene.clock.now()


class TestNonces:
    """An enforced nonce makes a repetition harmless, for a while."""

    async def test_the_same_nonce_returns_the_same_message(self, scene: Scene) -> None:
        first, again = [await scene.send(content="x", nonce="n", enforce_nonce=True) for _ in range(2)]
        assert first.answer["id"] == again.answer["id"]
        assert first.answer["nonce"] == "n"
        assert len(scene.discord.messages(scene.general)) == 1

    async def test_without_enforcement_a_repetition_is_a_second_message(self, scene: Scene) -> None:
        first, again = [await scene.send(content="x", nonce="n") for _ in range(2)]
        assert first.answer["id"] != again.answer["id"]

    async def test_a_nonce_is_forgotten_after_its_minutes(self, scene: Scene) -> None:
        await scene.send(content="x", nonce="n", enforce_nonce=True)
        scene.clock.advance(181)
        await scene.send(content="x", nonce="n", enforce_nonce=True)
        assert len(scene.discord.messages(scene.general)) == 2

    async def test_a_nonce_holds_for_one_channel(self, scene: Scene) -> None:
        other = scene.discord.build.channel(scene.guild, "other")
        await scene.send(content="x", nonce="n", enforce_nonce=True)
        path = f"/channels/{other.id}/messages"
        await scene.ask("POST", path, {"content": "x", "nonce": "n", "enforce_nonce": True})
        assert len(scene.discord.messages(other)) == 1
        assert scene.discord.nonces_shared == ["n"]

    async def test_a_message_deleted_since_is_not_sent_again(self, scene: Scene) -> None:
        await scene.send(content="x", nonce="n", enforce_nonce=True)
        await scene.ask("DELETE", f"/channels/{scene.general.id}/messages/{newest(scene).id}")
        assert (await scene.send(content="x", nonce="n", enforce_nonce=True)).code == 10008

    async def test_the_history_shows_no_nonce(self, scene: Scene) -> None:
        await scene.send(content="x", nonce="n", enforce_nonce=True)
        (shown,) = (await scene.ask("GET", f"/channels/{scene.general.id}/messages")).answer
        assert "nonce" not in shown


def newest(scene: Scene) -> Message:
    return scene.discord.messages(scene.general)[-1]


class TestHistory:
    """It is read in pages, newest first, by those who may."""

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            ({}, [4, 3, 2, 1, 0]),
            ({"limit": "2"}, [4, 3]),
            ({"before": 2, "limit": "1"}, [1]),
            ({"after": 1, "limit": "2"}, [3, 2]),
            ({"around": 2, "limit": "3"}, [3, 2, 1]),
        ],
    )
    async def test_pages(self, scene: Scene, query: dict[str, Any], wanted: list[int]) -> None:
        sent = [(await scene.alice.send(scene.general, str(number))).id for number in range(5)]
        asked = {key: sent[value] if isinstance(value, int) else value for key, value in query.items()}
        record = await scene.ask("GET", f"/channels/{scene.general.id}/messages", **asked)
        assert [sent.index(each["id"]) for each in record.answer] == wanted

    @pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "101"}, {"before": "x"}])
    async def test_a_wrong_page_is_refused(self, scene: Scene, query: dict[str, str]) -> None:
        assert (await scene.ask("GET", f"/channels/{scene.general.id}/messages", **query)).code == 50035

    async def test_without_the_right_to_read_it_the_history_is_empty(self, scene: Scene) -> None:
        await scene.send(content="x")
        scene.discord.build.deny(scene.general, scene.app.bot, "read_message_history")
        assert (await scene.ask("GET", f"/channels/{scene.general.id}/messages")).answer == []

    async def test_without_the_intent_only_what_concerns_the_bot_can_be_read(self, scene: Scene) -> None:
        for content in ("hello", f"hello <@{scene.app.bot.id}>"):
            await scene.alice.send(scene.general, content)
        await scene.send(content="mine")
        record = await scene.ask("GET", f"/channels/{scene.general.id}/messages")
        assert [each["content"] for each in reversed(record.answer)] == [
            "",
            f"hello <@{scene.app.bot.id}>",
            "mine",
        ]


class TestRights:
    """What the application may not do is refused with Discord's own code."""

    @pytest.mark.parametrize(
        ("denied", "body", "code"),
        [
            ("view_channel", {"content": "x"}, 50001),
            ("send_messages", {"content": "x"}, 50013),
            ("embed_links", {"embeds": [{"title": "x"}]}, 50013),
        ],
    )
    async def test_sending(self, scene: Scene, denied: str, body: dict[str, Any], code: int) -> None:
        scene.discord.build.deny(scene.general, scene.guild.everyone, denied)
        record = await scene.send(**body)
        assert (record.status, record.code) == (403, code)

    async def test_an_overwrite_of_the_member_wins_over_the_one_of_everyone(self, scene: Scene) -> None:
        scene.discord.build.deny(scene.general, scene.guild.everyone, "send_messages")
        scene.discord.build.allow(scene.general, scene.app.bot, "send_messages")
        assert (await scene.send(content="x")).status == 200

    async def test_who_may_not_speak_may_not_embed_either(self, scene: Scene) -> None:
        scene.discord.build.deny(scene.general, scene.guild.everyone, "send_messages")
        rights = scene.discord.world.rights(scene.general, scene.alice.user)
        assert not any(has(rights, name) for name in ("send_messages", "embed_links", "attach_files"))
        assert has(rights, "use_application_commands")

    async def test_a_thread_asks_for_a_right_of_its_own(self, scene: Scene) -> None:
        thread = scene.discord.build.thread(scene.general, "t", owner=scene.app.bot)
        scene.discord.build.deny(scene.general, scene.guild.everyone, "send_messages")
        path = f"/channels/{thread.id}/messages"
        assert (await scene.ask("POST", path, {"content": "x"})).status == 200
        scene.discord.build.deny(scene.general, scene.guild.everyone, "send_messages_in_threads")
        assert (await scene.ask("POST", path, {"content": "x"})).code == 50013

    async def test_messages_of_others(self, scene: Scene) -> None:
        spoken = await scene.alice.send(scene.general, "x")
        path = f"/channels/{scene.general.id}/messages/{spoken.id}"
        assert (await scene.ask("PATCH", path, {"content": "y"})).code == 50005
        assert (await scene.ask("DELETE", path)).code == 50013
        scene.discord.build.allow(scene.general, scene.app.bot, "manage_messages")
        assert (await scene.ask("DELETE", path)).status == 204

    async def test_what_is_not_there(self, scene: Scene) -> None:
        assert (await scene.ask("GET", "/channels/1")).code == 10003
        assert (await scene.ask("GET", f"/channels/{scene.general.id}/messages/1")).code == 10008
        assert (await scene.ask("GET", "/users/1")).code == 10013
        assert (await scene.ask("GET", "/guilds/1")).code == 10004
        assert (await scene.ask("GET", f"/guilds/{scene.guild.id}/members/1")).code == 10013

    async def test_a_kicked_bot_has_no_access(self, scene: Scene) -> None:
        scene.discord.build.remove(scene.guild, scene.app.bot)
        assert (await scene.send(content="x")).code == 50001

    async def test_a_wrong_token_is_unauthorized_and_counted(self, scene: Scene) -> None:
        scene.token = "wrong"  # noqa: S105 - a test's own
        record = await scene.send(content="x")
        assert (record.status, record.answer) == (401, {"message": "401: Unauthorized", "code": 0})
        assert scene.discord.limits.invalid_requests == 1


class TestPings:
    """Whom a message notifies is worked out from its text, allowed_mentions and rights."""

    @pytest.mark.parametrize(
        ("allowed", "pinged"),
        [
            (None, True),
            ({"parse": []}, False),
            ({"parse": ["users"]}, True),
            ({"users": ["USER"]}, True),
            ({"parse": ["everyone", "roles"]}, False),
        ],
    )
    async def test_users(self, scene: Scene, allowed: dict[str, Any] | None, pinged: bool) -> None:  # noqa: FBT001 - a parameter
        if allowed and "users" in allowed:
            allowed = {"users": [scene.alice.id]}
        body = {"content": scene.alice.mention} | ({} if allowed is None else {"allowed_mentions": allowed})
        record = await scene.send(**body)
        assert bool(newest(scene).pings) is pinged
        assert [each["id"] for each in record.answer["mentions"]] == [scene.alice.id] * pinged

    async def test_roles_and_everyone_need_to_be_open_to_it(self, scene: Scene) -> None:
        closed = scene.discord.build.role(scene.guild, "closed")
        opened = scene.discord.build.role(scene.guild, "open", mentionable=True)
        await scene.send(content=f"<@&{closed.id}> <@&{opened.id}> @everyone")
        assert (newest(scene).pings.roles, newest(scene).pings.everyone) == ((opened.id,), False)
        scene.discord.build.allow(scene.general, scene.app.bot, "mention_everyone")
        await scene.send(content=f"<@&{closed.id}> @here")
        assert (newest(scene).pings.roles, newest(scene).pings.everyone) == ((closed.id,), True)

    async def test_an_embed_pings_nobody_and_a_reply_its_author(self, scene: Scene) -> None:
        await scene.send(**embed(description=scene.alice.mention))
        assert not newest(scene).pings
        spoken = await scene.alice.send(scene.general, "x")
        await scene.send(content="y", message_reference={"message_id": spoken.id})
        assert newest(scene).pings.users == (scene.alice.id,)
        quiet = {"parse": [], "replied_user": False}
        await scene.send(content="y", message_reference={"message_id": spoken.id}, allowed_mentions=quiet)
        assert not newest(scene).pings
