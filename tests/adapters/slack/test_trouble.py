"""What goes wrong between Slack and the bot, and what people then see."""

import asyncio
import json

import pytest

from adapters.slack import run
from bot.errors import InputError, Unavailable
from bot.model.newsletter import Issue
from tests.adapters.slack.world import World, words
from tests.stand_ins.slack import Answer, Cut, NotAcknowledged, Signature, TooMany
from tests.support.fakes import MemoryLibrary
from tests.support.processes import free_port

GUESSED = "xoxb-guessed"


@pytest.mark.parametrize("signature", [Signature.WRONG, Signature.OLD, Signature.MISSING])
async def test_a_request_that_slack_did_not_sign_just_now_is_refused(
    by_http: World, signature: Signature
) -> None:
    async with by_http.run():
        by_http.app.signature = signature
        used = await by_http.alice.command("/an 58", by_http.general)
        with pytest.raises(NotAcknowledged):
            await used.acknowledged()
        by_http.app.signature = Signature.RIGHT
        await by_http.command("/an 76")
        assert "AN #76" in words(await by_http.posted())
        assert len(by_http.slack.messages(by_http.general)) == 1


async def test_a_request_that_is_replayed_is_answered_once(by_http: World) -> None:
    async with by_http.run():
        used = await by_http.command("/an 58")
        await by_http.posted()
        assert await by_http.slack.post.replay(used) == 200
        await by_http.command("/an 76")
        await by_http.posted(2)
        assert len(by_http.slack.messages(by_http.general)) == 2


@pytest.mark.usefixtures("slow_answers")
@pytest.mark.parametrize("asking", ["a command", "a button"])
async def test_what_takes_long_is_acknowledged_before(by_http: World, asking: str) -> None:
    let = asyncio.Event()
    let.set()

    class Slow(MemoryLibrary):
        async def issue(self, number: int) -> Issue | None:
            await let.wait()
            return await super().issue(number)

    library = by_http.library
    assert isinstance(library, MemoryLibrary)
    by_http.library = Slow(issues=library.issues)
    async with by_http.run():
        await by_http.command("/paper risks from learned optimization")
        summary = await by_http.posted()
        let.clear()
        if asking == "a button":
            used = await by_http.alice.use(summary, "Issue AN #58")
        else:
            used = await by_http.alice.command("/an 58", by_http.general)
        assert not await used.acknowledged()
        assert "Highlights" not in words(by_http.slack.messages(by_http.general)[-1])
        let.set()
        await by_http.until(lambda: "Highlights" in words(by_http.slack.messages(by_http.general)[-1]))


@pytest.mark.usefixtures("slow_answers")
async def test_where_the_address_takes_no_more_the_answer_comes_another_way(place: World) -> None:
    place.alice.invite(place.app, place.general)
    place.slack.faults.add(Answer(status=404, body="used_url"), method="response_url")
    await place.command("/an 58")
    assert "AN #58" in words(await place.posted())
    assert place.slack.journal.of("chat.postMessage")


@pytest.mark.usefixtures("slow_answers")
async def test_where_the_bot_is_not_in_the_channel_it_says_how_to_invite_it(place: World) -> None:
    place.slack.faults.add(Answer(status=404, body="used_url"), method="response_url")
    await place.command("/an 58")
    assert "/invite" in (await place.whispered()).text
    assert place.slack.messages(place.general) == []


@pytest.mark.usefixtures("slow_answers")
async def test_what_is_private_reaches_the_person_where_the_bot_is_not_in_the_channel(place: World) -> None:
    place.slack.faults.add(Answer(status=404, body="used_url"), method="response_url")
    await place.command("/an help")
    direct = place.alice.direct(place.app)
    await place.until(lambda: place.slack.messages(direct))
    assert "/an latest" in words(place.slack.messages(direct)[0])


@pytest.mark.usefixtures("slow_answers")
async def test_in_an_archived_channel_it_says_so(place: World) -> None:
    place.alice.invite(place.app, place.general)
    place.slack.faults.add(Answer(status=404, body="used_url"), method="response_url")
    place.slack.faults.add(
        Answer(status=200, body=json.dumps({"ok": False, "error": "is_archived"})),
        method="chat.postMessage",
    )
    await place.command("/an 58")
    assert "archived" in (await place.whispered()).text


@pytest.mark.usefixtures("slow_answers")
async def test_too_many_requests_are_waited_out_as_told(place: World) -> None:
    place.slack.faults.add(TooMany(retry_after=1), method="response_url")
    await place.command("/an 58")
    assert "AN #58" in words(await place.posted())
    first, second = place.slack.journal.of("response_url")[:2]
    assert (first.status, second.status) == (429, 200)


@pytest.mark.usefixtures("slow_answers")
async def test_an_error_of_slacks_own_is_tried_again(place: World) -> None:
    place.slack.faults.add(Answer(status=503), method="response_url")
    await place.command("/an 58")
    assert "AN #58" in words(await place.posted())


@pytest.mark.usefixtures("slow_answers")
async def test_an_answer_that_was_taken_without_a_word_is_not_sent_twice(place: World) -> None:
    place.slack.faults.add(Cut(taken=True), method="response_url")
    await place.command("/an 58")
    await place.posted()
    await place.command("/an 76")
    await place.posted(2)
    titles = [words(each) for each in place.slack.messages(place.general)]
    assert ["Goodhart" in title for title in titles] == [False, True]


async def test_after_a_disconnect_the_bot_is_back(by_socket: World) -> None:
    async with by_socket.run():
        await by_socket.slack.sockets.disconnect(by_socket.app)
        await by_socket.until(lambda: by_socket.slack.sockets.connected(by_socket.app))
        await by_socket.command("/an 58")
        assert "AN #58" in words(await by_socket.posted())


async def test_a_dead_token_is_for_the_log_alone(place: World, caplog: pytest.LogCaptureFixture) -> None:
    await place.command("/an 58")
    card = await place.posted()
    answering = {"ok": False, "error": "token_revoked"}
    place.slack.faults.add(Answer(status=200, body=json.dumps(answering)), method="users.info")
    await (await place.bob.use(card, "Remove")).acknowledged()
    await place.until(lambda: place.slack.journal.of("users.info"))
    await place.command("/an 76")
    await place.posted(2)
    assert "does not let me in any more" in caplog.text


async def test_a_wrong_token_is_told_with_the_name_of_its_variable(by_socket: World) -> None:
    with pytest.raises(InputError, match="SLACK_BOT_TOKEN"):
        async with by_socket.run(SLACK_BOT_TOKEN=GUESSED):
            pass
    with pytest.raises(InputError, match="SLACK_APP_TOKEN"):
        async with by_socket.run(SLACK_APP_TOKEN=GUESSED):
            pass


async def test_a_port_that_is_taken_is_told_with_the_name_of_its_variable(by_http: World) -> None:
    port = free_port()
    server = await asyncio.start_server(lambda *_: None, "0.0.0.0", port)  # noqa: S104 - as the bot does
    async with server:
        with pytest.raises(Unavailable, match="PORT"):
            async with by_http.run(PORT=str(port)):
                pass


async def test_a_connection_that_died_in_silence_is_made_anew(
    by_socket: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PING", 0.1)
    async with by_socket.run():
        before = by_socket.slack.journal.of("apps.connections.open")
        by_socket.slack.sockets.silence(by_socket.app)
        await by_socket.slack.until(
            lambda: len(by_socket.slack.journal.of("apps.connections.open")) > len(before)
        )
        await by_socket.until(lambda: by_socket.slack.sockets.connected(by_socket.app))
        await by_socket.command("/an 58")
        assert "AN #58" in words(await by_socket.posted())


@pytest.mark.usefixtures("slow_answers")
async def test_a_workspace_that_removes_the_bot_in_the_middle_of_an_answer_gets_none(
    by_http: World, caplog: pytest.LogCaptureFixture
) -> None:
    let, library = asyncio.Event(), by_http.library

    class Waiting(MemoryLibrary):
        async def issue(self, number: int) -> Issue | None:
            await let.wait()
            return await library.issue(number)

    by_http.library = Waiting()
    async with by_http.run():
        await by_http.command("/an 58")
        by_http.slack.uninstall(by_http.app, by_http.team)
        let.set()
        await by_http.until(lambda: by_http.slack.journal.of("chat.*"))
    assert "does not let me in any more" in caplog.text
    assert by_http.slack.messages(by_http.general) == []
    assert "Traceback" not in caplog.text
