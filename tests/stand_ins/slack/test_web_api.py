"""The Web API: what it answers, and what it refuses with which word."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.slack import Kind, Message, NotPossible, StandIn
from tests.stand_ins.slack.scene import Scene, error
from tests.stand_ins.slack.tiny_bot import client

Calling = Callable[[AsyncWebClient, str], Awaitable[Any]]


async def post(scene: Scene, text: str = "hello", **more: Any) -> Message:
    answer = await scene.client.chat_postMessage(channel=scene.general.id, text=text, **more)
    return scene.general.messages[answer["ts"]]


async def test_a_method_slack_does_not_have_is_refused(scene: Scene) -> None:
    assert await error(scene.client.api_call("chat.shout")) == "unknown_method"


async def test_a_wrong_token_a_missing_one_and_one_of_the_wrong_kind_are_told_apart(scene: Scene) -> None:
    assert await error(client(scene.slack, "xoxb-guessed").auth_test()) == "invalid_auth"
    assert await error(client(scene.slack).auth_test()) == "not_authed"
    assert await error(client(scene.slack, scene.app.app_token).auth_test()) == "not_allowed_token_type"


async def test_a_missing_scope_is_named_beside_those_there_are(scene: Scene) -> None:
    scene.installation.scopes = frozenset({"commands"})
    with pytest.raises(SlackApiError) as refused:
        await post(scene)
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "chat:write"
    assert refused.value.response["provided"] == "commands"


@pytest.mark.parametrize(
    ("call", "needed"),
    [
        (lambda api, channel: api.conversations_history(channel=channel), "channels:history"),
        (lambda api, channel: api.conversations_info(channel=channel), "channels:read"),
        (lambda api, _: api.conversations_list(types="public_channel,im"), "channels:read"),
        (lambda api, _: api.conversations_open(users="U1"), "im:write"),
        (lambda api, _: api.users_info(user="U1"), "users:read"),
        (lambda api, channel: api.chat_unfurl(channel=channel, ts="1", unfurls={"a": {}}), "links:write"),
    ],
)
async def test_each_method_needs_its_scope(scene: Scene, call: Calling, needed: str) -> None:
    scene.installation.scopes -= {needed}
    with pytest.raises(SlackApiError) as refused:
        await call(scene.client, scene.general.id)
    assert refused.value.response["needed"] == needed


async def test_a_bot_posts_only_where_it_is_and_where_one_still_can(scene: Scene) -> None:
    build, team = scene.slack.build, scene.team
    outside = build.channel(team, "outside")
    secret = build.channel(team, "secret", scene.alice.user, kind=Kind.PRIVATE)
    old = build.channel(team, "old", scene.installation.bot, archived=True)
    foreign = scene.slack.general(build.team("writers"))

    async def posting(channel: str) -> str:
        return await error(scene.client.chat_postMessage(channel=channel, text="hello"))

    assert await posting(outside.id) == "not_in_channel"
    assert await posting(secret.id) == "channel_not_found"
    assert await posting(old.id) == "is_archived"
    assert await posting(foreign.id) == "channel_not_found"
    scene.alice.invite(scene.app, secret)
    assert (await scene.client.chat_postMessage(channel=secret.id, text="hello"))["ok"]
    await scene.client.conversations_join(channel=outside.id)
    assert (await scene.client.chat_postMessage(channel="#outside", text="hello"))["channel"] == outside.id


async def test_a_message_to_a_person_arrives_in_their_direct_channel(scene: Scene) -> None:
    await scene.client.chat_postMessage(channel=scene.alice.id, text="psst")
    assert [each.text for each in scene.alice.sees(scene.alice.direct(scene.app))] == ["psst"]


async def test_the_history_is_newest_first_by_pages_without_replies_and_ephemerals(scene: Scene) -> None:
    first = await post(scene, "first", metadata={"event_type": "digest", "event_payload": {"part": 1}})
    await post(scene, "reply", thread_ts=first.ts)
    second = await post(scene, "second")
    await scene.client.chat_postEphemeral(channel=scene.general.id, user=scene.alice.id, text="psst")

    async def page(**more: Any) -> Any:
        return await scene.client.conversations_history(channel=scene.general.id, **more)

    newest = await page(limit=1)
    assert [each["text"] for each in newest["messages"]] == ["second"]
    rest = await page(limit=1, cursor=newest["response_metadata"]["next_cursor"], include_all_metadata=True)
    assert rest["messages"][0]["metadata"]["event_payload"] == {"part": 1}
    assert not rest["has_more"]
    assert [each["ts"] for each in (await page(oldest=first.ts))["messages"]] == [second.ts]
    thread = await scene.client.conversations_replies(channel=scene.general.id, ts=first.ts)
    assert [each["text"] for each in thread["messages"]] == ["first", "reply"]
    assert "metadata" not in thread["messages"][0]


async def test_only_own_messages_are_changed_and_deleted(scene: Scene) -> None:
    own, others = await post(scene), await scene.alice.send(scene.general, "mine")
    channel, api = scene.general.id, scene.client
    await api.chat_update(channel=channel, ts=own.ts, text="changed")
    assert own.text == "changed"
    assert await error(api.chat_update(channel=channel, ts=others.ts, text="x")) == "cant_update_message"
    assert await error(api.chat_delete(channel=channel, ts=others.ts)) == "cant_delete_message"
    await api.chat_delete(channel=channel, ts=own.ts)
    assert scene.slack.messages(scene.general) == [others]
    assert await error(api.chat_delete(channel=channel, ts=own.ts)) == "message_not_found"


async def test_an_ephemeral_cannot_be_changed_later_nor_shown_to_an_outsider(scene: Scene) -> None:
    channel, api = scene.general.id, scene.client
    shown = await api.chat_postEphemeral(channel=channel, user=scene.alice.id, text="psst")
    assert await error(api.chat_delete(channel=channel, ts=shown["message_ts"])) == "message_not_found"
    bob = scene.slack.person("bob", scene.team)
    assert (
        await error(api.chat_postEphemeral(channel=channel, user=bob.id, text="x")) == "user_not_in_channel"
    )


@pytest.mark.filterwarnings("ignore:The top-level `text` argument:UserWarning")
async def test_a_message_without_text_is_refused_even_with_blocks(scene: Scene) -> None:
    posting = scene.client.chat_postMessage(channel=scene.general.id, blocks=[{"type": "divider"}])
    assert await error(posting) == "no_text"


async def test_a_message_too_long_is_refused(scene: Scene) -> None:
    message = await post(scene, "x" * 40_000)
    assert await error(post(scene, "x" * 40_001)) == "msg_too_long"
    update = scene.client.chat_update(channel=scene.general.id, ts=message.ts, text="x" * 4_001)
    assert await error(update) == "msg_too_long"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    assert await error(post(scene, blocks=[section] * 5)) == "msg_blocks_too_long"


async def test_metadata_has_a_type_and_a_payload(scene: Scene) -> None:
    assert await error(post(scene, metadata={"event_type": "digest"})) == "invalid_metadata_format"


async def test_whom_a_message_pings_can_be_asked(scene: Scene) -> None:
    bob = scene.slack.person("bob", scene.team, scene.general)
    carol = scene.slack.person("carol", scene.team)
    group = scene.slack.build.group(scene.team, carol.user)
    block = {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{bob.id}|bob>"}}
    plain = {"type": "header", "text": {"type": "plain_text", "text": f"<@{bob.id}>"}}

    assert (await post(scene, "<!channel>")).pings == {scene.alice.id, bob.id}
    assert (await post(scene, f"<!subteam^{group}>")).pings == {carol.id}
    assert (await post(scene, "<!everyone>")).pings == {scene.alice.id, bob.id, carol.id}
    assert (await post(scene, blocks=[block])).pings == {bob.id}
    assert (await post(scene, "&lt;!channel&gt; @here", blocks=[plain])).pings == set()
    assert (await post(scene, "@here", link_names=True)).pings == {scene.alice.id, bob.id}


async def test_what_slacks_client_does_not_offer_is_not_possible(scene: Scene) -> None:
    message = await scene.alice.send(scene.general, "hello")
    bob = scene.slack.person("bob", scene.team)
    for impossible in (
        scene.alice.command("/unheard of", scene.general),
        scene.alice.shortcut("unheard", message),
        scene.alice.use(message, "next"),
        bob.edit(message, "hers"),
        bob.send(scene.general, "not in here"),
        scene.alice.send(scene.general, "x" * 12_001),
    ):
        with pytest.raises(NotPossible):
            await impossible


async def test_an_application_is_made_of_its_manifest() -> None:
    manifest = {
        "display_information": {"name": "an"},
        "features": {
            "slash_commands": [{"command": "/an", "description": "x"}],
            "shortcuts": [{"name": "Find", "type": "message", "callback_id": "find", "description": "x"}],
            "unfurl_domains": ["arxiv.org"],
        },
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {"event_subscriptions": {"bot_events": ["link_shared"]}, "socket_mode_enabled": True},
    }
    app = StandIn().build.app_of(manifest, request_url="http://127.0.0.1/")
    assert [*app.commands, *app.shortcuts, *app.events] == ["/an", "find", "link_shared"]
    assert [*app.scopes, *app.domains, app.request_url] == ["commands", "arxiv.org", None]


async def test_what_a_form_carries_as_json_is_read(scene: Scene) -> None:
    blocks = '[{"type": "divider"}]'
    form = {"channel": scene.general.id, "text": "hello", "blocks": blocks}
    posted = await scene.client.api_call("chat.postMessage", data=form)
    assert [each["type"] for each in posted["message"]["blocks"]] == ["divider"]


async def test_a_reply_needs_a_message_and_a_private_channel_an_invitation(scene: Scene) -> None:
    assert await error(post(scene, thread_ts="1.000001")) == "thread_not_found"
    direct = scene.alice.direct(scene.app)
    joining = scene.client.conversations_join(channel=direct.id)
    assert await error(joining) == "method_not_supported_for_channel_type"


async def test_people_are_told_apart_from_bots(scene: Scene) -> None:
    alice = (await scene.client.users_info(user=scene.alice.id))["user"]
    an = (await scene.client.users_info(user=scene.installation.bot.id))["user"]
    assert (alice["name"], alice["is_bot"], an["is_bot"]) == ("alice", False, True)
    opened = await scene.client.conversations_open(users=scene.alice.id)
    info = await scene.client.conversations_info(channel=opened["channel"]["id"])
    assert info["channel"]["user"] == scene.alice.id


async def test_a_permalink_names_the_workspace_the_channel_and_the_time(scene: Scene) -> None:
    message = await post(scene)
    link = await scene.client.chat_getPermalink(channel=scene.general.id, message_ts=message.ts)
    name = message.ts.replace(".", "")
    assert link["permalink"] == f"https://readers.slack.com/archives/{scene.general.id}/p{name}"
