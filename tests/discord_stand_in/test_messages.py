"""Messages are taken and refused as Discord takes and refuses them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_stand_in import Message
from tests.discord_stand_in.errors import ApiError
from tests.discord_stand_in.posting import check_body
from tests.discord_stand_in.scene import Scene

BUTTON = {"type": 2, "style": 1, "label": "x", "custom_id": "x"}
OPTION = {"label": "x", "value": "x"}
SELECT = {"type": 3, "custom_id": "s", "options": [OPTION]}


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [{"title": "x", **parts}]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"content": "x", "components": [{"type": 1, "components": list(components)}]}


def rows(*components: dict[str, Any]) -> dict[str, Any]:
    return {"content": "x", "components": [{"type": 1, "components": [each]} for each in components]}


def buttons(count: int) -> list[dict[str, Any]]:
    return [BUTTON | {"custom_id": str(number)} for number in range(count)]


FIELD = {"name": "x", "value": "x"}
LONGEST = {
    "content": {"content": "x" * 2000},
    "an embed's title": embed(title="x" * 256),
    "an embed's description": embed(description="x" * 4096),
    "25 fields": embed(fields=[FIELD] * 25),
    "a field": embed(fields=[{"name": "x" * 256, "value": "x" * 1024}]),
    "a footer": embed(footer={"text": "x" * 2048}),
    "an author": embed(author={"name": "x" * 256}),
    "10 embeds": {"embeds": [{"title": "x"}] * 10},
    "6,000 characters of embeds": {"embeds": [{"description": "x" * 3000}] * 2},
    "5 buttons": row(*buttons(5)),
    "5 rows": rows(*buttons(5)),
    "a custom id": row(BUTTON | {"custom_id": "x" * 100}),
    "a label": row(BUTTON | {"label": "x" * 80}),
    "25 options": row(SELECT | {"options": [{"label": "x", "value": str(n)} for n in range(25)]}),
    "an option": row(
        SELECT | {"options": [{"label": "x" * 100, "value": "x" * 100, "description": "x" * 100}]}
    ),
    "a placeholder": row(SELECT | {"placeholder": "x" * 150}),
    "a link": row({"type": 2, "style": 5, "label": "x", "url": "https://example.org/"}),
    "a nonce": {"content": "x", "nonce": "x" * 25},
}
BROKEN = {
    "content": ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    "title": (embed(title="x" * 257), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
    "description": (embed(description="x" * 4097), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
    "fields": (embed(fields=[FIELD] * 26), "embeds.0.fields", "BASE_TYPE_MAX_LENGTH"),
    "field name": (
        embed(fields=[FIELD | {"name": "x" * 257}]),
        "embeds.0.fields.0.name",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "field value": (
        embed(fields=[FIELD, FIELD | {"value": "x" * 1025}]),
        "embeds.0.fields.1.value",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "empty field value": (
        embed(fields=[FIELD | {"value": " "}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED",
    ),
    "missing field name": (
        embed(fields=[{"value": "x"}]),
        "embeds.0.fields.0.name",
        "BASE_TYPE_REQUIRED",
    ),
    "footer": (embed(footer={"text": "x" * 2049}), "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
    "author": (embed(author={"name": "x" * 257}), "embeds.0.author.name", "BASE_TYPE_MAX_LENGTH"),
    "nameless author": (embed(author={"name": ""}), "embeds.0.author.name", "BASE_TYPE_REQUIRED"),
    "embeds": ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
    "empty embed": ({"embeds": [{"color": 1}]}, "embeds.0.description", "BASE_TYPE_REQUIRED"),
    "embeds in all": ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
    "scheme": (embed(url="ftp://example.org/"), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
    "no address": (embed(url="example.org"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
    "address with blanks": (embed(url="https://a b.org/"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
    "picture": (embed(image={"url": "x"}), "embeds.0.image.url", "URL_TYPE_INVALID_URL"),
    "colour": (embed(color=0x1000000), "embeds.0.color", "NUMBER_TYPE_MAX"),
    "instant": (embed(timestamp="yesterday"), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
    "six buttons": (row(*buttons(6)), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "six rows": (rows(*buttons(6)), "components", "BASE_TYPE_MAX_LENGTH"),
    "no row": ({"content": "x", "components": [BUTTON]}, "components.0.type", "BASE_TYPE_CHOICES"),
    "empty row": (row(), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "custom id": (
        row(BUTTON | {"custom_id": "x" * 101}),
        "components.0.components.0.custom_id",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "custom id twice": (rows(BUTTON, BUTTON), "components", "COMPONENT_CUSTOM_ID_DUPLICATED"),
    "label": (row(BUTTON | {"label": "x" * 81}), "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
    "no label": (
        row({"type": 2, "style": 1, "custom_id": "x"}),
        "components.0.components.0",
        "BUTTON_COMPONENT_EMPTY",
    ),
    "emoji": (
        row(BUTTON | {"emoji": {"name": "smile"}}),
        "components.0.components.0.emoji.name",
        "COMPONENT_INVALID_EMOJI",
    ),
    "link with a custom id": (
        row(BUTTON | {"style": 5, "url": "https://example.org/"}),
        "components.0.components.0",
        "BUTTON_COMPONENT_CUSTOM_ID_URL",
    ),
    "options": (
        row(SELECT | {"options": [{"label": "x", "value": str(n)} for n in range(26)]}),
        "components.0.components.0.options",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "option twice": (
        row(SELECT | {"options": [OPTION, OPTION]}),
        "components.0.components.0.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    "placeholder": (
        row(SELECT | {"placeholder": "x" * 151}),
        "components.0.components.0.placeholder",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "menu beside a button": (
        row(BUTTON, SELECT),
        "components.0.components",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "nonce": ({"content": "x", "nonce": "x" * 26}, "nonce", "BASE_TYPE_MAX_LENGTH"),
    "mentions both ways": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    "unknown kind of mention": (
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        "allowed_mentions.parse.0",
        "BASE_TYPE_CHOICES",
    ),
    "unknown message answered": (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "message_reference",
        "REPLIES_UNKNOWN_MESSAGE",
    ),
}


def codes(errors: dict[str, Any], where: str) -> list[str]:
    for step in where.split("."):
        errors = errors.get(step, {})
    return [error["code"] for error in errors.get("_errors", [])]


@pytest.mark.parametrize("body", LONGEST.values(), ids=LONGEST.keys())
async def test_what_just_fits_is_taken(scene: Scene, body: dict[str, Any]) -> None:
    assert (await scene.send(**body)).status == 200
    assert not scene.discord.journal.records[-1].code
    assert len(scene.discord.messages(scene.general)) == 1


@pytest.mark.parametrize(("body", "where", "code"), BROKEN.values(), ids=BROKEN.keys())
async def test_what_breaks_a_limit_is_refused_at_its_place(
    scene: Scene, body: dict[str, Any], where: str, code: str
) -> None:
    record = await scene.send(**body)
    assert (record.status, record.code) == (400, 50035)
    assert codes(record.answer["errors"], where) == [code]
    assert scene.discord.messages(scene.general) == []


@given(sizes=st.lists(st.integers(1, 4096), min_size=1, max_size=10))
def test_embeds_fit_exactly_if_they_have_6000_characters_in_all_at_most(sizes: list[int]) -> None:
    body = {"embeds": [{"description": "x" * size} for size in sizes]}
    try:
        check_body(body)
    except ApiError as error:
        assert codes(error.body["errors"], "embeds") == ["MAX_EMBED_SIZE_EXCEEDED"]
        assert sum(sizes) > 6000
    else:
        assert sum(sizes) <= 6000


@pytest.mark.parametrize("body", [{}, {"content": " \n"}, row(BUTTON) | {"content": ""}, {"embeds": []}])
async def test_a_message_with_nothing_in_it_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    assert (await scene.send(**body)).code == 50006


async def test_an_edit_must_not_leave_a_message_empty(scene: Scene) -> None:
    sent = (await scene.send(content="x")).answer
    path = f"/channels/{scene.general.id}/messages/{sent['id']}"
    assert (await scene.ask("PATCH", path, {"content": ""})).code == 50006
    assert (await scene.ask("PATCH", path, {"content": "", "embeds": [{"title": "y"}]})).status == 200
    message = scene.discord.messages(scene.general)[0]
    assert (message.content, message.earlier[0]["content"]) == ("", "x")
    assert message.edited_at == scene.clock.now()


async def test_new_components_stand_alone_and_are_counted(scene: Scene) -> None:
    text = {"type": 10, "content": "hello"}
    assert (await scene.send(flags=1 << 15, components=[{"type": 17, "components": [text]}])).status == 200
    assert (await scene.send(flags=1 << 15, content="x", components=[text])).code == 50035
    long = [{"type": 10, "content": "x" * 2001}] * 2
    assert "components" in (await scene.send(flags=1 << 15, components=long)).answer["errors"]


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
