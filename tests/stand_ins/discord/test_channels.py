"""Threads, direct messages, reactions and deletions behave as Discord's."""

import aiohttp

from tests.stand_ins.discord.scene import Scene


async def test_a_thread_from_a_message_has_its_id_and_is_made_once(scene: Scene) -> None:
    spoken = await scene.alice.send(scene.general, "x")
    path = f"/channels/{scene.general.id}/messages/{spoken.id}/threads"
    made = await scene.ask("POST", path, {"name": "digest", "auto_archive_duration": 1440})
    assert (made.status, made.answer["id"], made.answer["parent_id"]) == (201, spoken.id, scene.general.id)
    assert (await scene.ask("POST", path, {"name": "digest"})).code == 160004


async def test_thread_names_have_1_to_100_characters(scene: Scene) -> None:
    path = f"/channels/{scene.general.id}/threads"
    for name, status in (("", 400), ("x" * 101, 400), ("x" * 100, 201)):
        assert (await scene.ask("POST", path, {"name": name, "type": 11})).status == status


async def test_a_private_thread_is_closed_to_those_who_are_not_in_it(scene: Scene) -> None:
    thread = scene.discord.build.thread(scene.general, "t", owner=scene.alice.user, private=True)
    path = f"/channels/{thread.id}/messages"
    assert (await scene.ask("POST", path, {"content": "x"})).code == 50001
    thread.thread_members.add(scene.app.bot.id)
    assert (await scene.ask("POST", path, {"content": "x"})).status == 200


async def test_sending_opens_an_archived_thread_unless_it_is_locked(scene: Scene) -> None:
    thread = scene.discord.build.thread(scene.general, "t", owner=scene.alice.user)
    path = f"/channels/{thread.id}/messages"
    thread.archived = True
    assert (await scene.ask("POST", path, {"content": "x"})).status == 200
    assert not thread.archived
    thread.archived = thread.locked = True
    assert (await scene.ask("POST", path, {"content": "x"})).code == 50013
    assert (await scene.ask("PATCH", f"/channels/{thread.id}", {"name": "y"})).code == 50083


async def test_a_bot_archives_its_own_thread(scene: Scene) -> None:
    thread = scene.discord.build.thread(scene.general, "t", owner=scene.app.bot)
    assert (await scene.ask("PATCH", f"/channels/{thread.id}", {"archived": True})).status == 200
    assert thread.archived


async def test_archived_threads_are_listed_for_their_channel(scene: Scene) -> None:
    threads = [scene.discord.build.thread(scene.general, name, owner=scene.app.bot) for name in "abc"]
    threads[0].archived = threads[2].archived = True
    listed = await scene.ask("GET", f"/channels/{scene.general.id}/threads/archived/public")
    assert [each["name"] for each in listed.answer["threads"]] == ["c", "a"]


async def test_active_threads_and_members_are_listed(scene: Scene) -> None:
    thread = scene.discord.build.thread(scene.general, "t", owner=scene.alice.user)
    await scene.ask("PUT", f"/channels/{thread.id}/thread-members/@me")
    listed = await scene.ask("GET", f"/guilds/{scene.guild.id}/threads/active")
    assert [each["id"] for each in listed.answer["threads"]] == [thread.id]
    members = (await scene.ask("GET", f"/channels/{thread.id}/thread-members")).answer
    assert {each["user_id"] for each in members} == {scene.alice.id, scene.app.bot.id}


async def test_a_direct_channel_is_the_same_each_time_and_can_be_closed(scene: Scene) -> None:
    opened = [await scene.ask("POST", "/users/@me/channels", {"recipient_id": scene.alice.id}) for _ in "ab"]
    assert opened[0].answer["id"] == opened[1].answer["id"]
    path = f"/channels/{opened[0].answer['id']}/messages"
    assert (await scene.ask("POST", path, {"content": "x"})).status == 200
    scene.alice.user.closed_to.add(scene.app.bot.id)
    assert (await scene.ask("POST", path, {"content": "x"})).code == 50007
    assert (await scene.ask("POST", "/users/@me/channels", {"recipient_id": "1"})).code == 50033


async def test_reactions_are_counted_and_say_which_are_mine(scene: Scene) -> None:
    spoken = await scene.alice.send(scene.general, "x")
    path = f"/channels/{scene.general.id}/messages/{spoken.id}"
    await scene.alice.react(spoken, "👍")
    await scene.ask("PUT", f"{path}/reactions/👍/@me")
    (shown,) = (await scene.ask("GET", path)).answer["reactions"]
    assert (shown["count"], shown["me"]) == (2, True)
    await scene.ask("DELETE", f"{path}/reactions/👍/@me")
    assert spoken.reactions == {"👍": [scene.alice.id]}


async def test_a_first_reaction_needs_a_right_and_an_emoji_that_exists(scene: Scene) -> None:
    spoken = await scene.alice.send(scene.general, "x")
    path = f"/channels/{scene.general.id}/messages/{spoken.id}/reactions"
    assert (await scene.ask("PUT", f"{path}/smile/@me")).code == 10014
    scene.discord.build.deny(scene.general, scene.app.bot, "add_reactions")
    assert (await scene.ask("PUT", f"{path}/👍/@me")).code == 50013
    await scene.alice.react(spoken, "👍")
    assert (await scene.ask("PUT", f"{path}/👍/@me")).status == 204


async def test_two_to_a_hundred_young_messages_are_deleted_at_once(scene: Scene) -> None:
    path = f"/channels/{scene.general.id}/messages/bulk-delete"
    ids = [(await scene.alice.send(scene.general, "x")).id for _ in range(3)]
    assert (await scene.ask("POST", path, {"messages": ids})).code == 50013
    scene.discord.build.allow(scene.general, scene.app.bot, "manage_messages")
    assert (await scene.ask("POST", path, {"messages": ids[:1]})).code == 50035
    assert (await scene.ask("POST", path, {"messages": ids[:2]})).status == 204
    scene.clock.advance(15 * 86_400)
    assert (await scene.ask("POST", path, {"messages": ids})).code == 50034
    assert [message.id for message in scene.discord.messages(scene.general)] == ids[2:]


async def test_a_deleted_channel_is_unknown(scene: Scene) -> None:
    scene.discord.build.delete_channel(scene.general)
    assert (await scene.send(content="x")).code == 10003


async def test_files_come_as_a_form_and_need_a_right(scene: Scene) -> None:
    async def upload() -> int:
        form = aiohttp.FormData()
        form.add_field("payload_json", '{"content": "see"}', content_type="application/json")
        form.add_field("files[0]", b"abc", filename="a.txt")
        url = f"{scene.discord.api_url}/channels/{scene.general.id}/messages"
        headers = {"Authorization": f"Bot {scene.app.token}"}
        async with scene.session.post(url, data=form, headers=headers) as response:
            return response.status

    assert await upload() == 200
    (message,) = scene.discord.messages(scene.general)
    assert [(each["filename"], each["size"]) for each in message.attachments] == [("a.txt", 3)]
    scene.discord.build.deny(scene.general, scene.app.bot, "attach_files")
    assert await upload() == 403


async def test_what_a_client_asks_of_guilds_fits_discords_document(scene: Scene) -> None:
    guild = f"/guilds/{scene.guild.id}"
    for path in (guild, f"{guild}/channels", f"{guild}/roles", f"{guild}/members/{scene.alice.id}"):
        assert (await scene.ask("GET", path)).status == 200
    for path in (
        "/users/@me",
        "/users/@me/guilds",
        "/applications/@me",
        "/oauth2/applications/@me",
        "/gateway/bot",
    ):
        assert (await scene.ask("GET", path)).status == 200
    members = await scene.ask("GET", f"{guild}/members", limit="10")
    assert len(members.answer) == 3


async def test_no_such_address_and_no_json_are_told(scene: Scene) -> None:
    url = scene.discord.api_url
    headers = {"Authorization": f"Bot {scene.app.token}"}
    async with scene.session.get(f"{url}/nowhere", headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (404, 0)
    address = f"{url}/channels/{scene.general.id}/messages"
    async with scene.session.post(
        address, data="{", headers=headers | {"Content-Type": "application/json"}
    ) as response:
        assert (response.status, (await response.json())["code"]) == (400, 50109)
    async with scene.session.post(address, data=b"x", headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (400, 50035)
