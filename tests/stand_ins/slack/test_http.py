"""A bolt app met over HTTP: signed commands, buttons, modals, shortcuts and events."""

import asyncio
from functools import partial

import pytest
from aiohttp import web

from tests.stand_ins.slack import Delivery, NotAcknowledged, NotPossible, Signature
from tests.stand_ins.slack.scene import Scene
from tests.stand_ins.slack.tiny_bot import TinyBot, card, listening


@pytest.mark.usefixtures("bot")
async def test_a_command_is_answered_to_the_asker_alone(scene: Scene) -> None:
    used = await scene.alice.command("/paper mesa", scene.general)
    await used.acknowledged()

    assert [each.text for each in scene.slack.ephemerals(scene.general, scene.alice)] == ["Mesa, page 1"]
    assert scene.slack.messages(scene.general) == []
    assert (await scene.client.conversations_history(channel=scene.general.id))["messages"] == []


@pytest.mark.usefixtures("bot")
async def test_a_button_replaces_the_ephemeral_it_stands_in(scene: Scene) -> None:
    await (await scene.alice.command("/paper mesa", scene.general)).acknowledged()
    [shown] = scene.slack.ephemerals(scene.general, scene.alice)

    pressed = await scene.alice.use(shown, "Next")
    await pressed.acknowledged()
    await scene.slack.until(lambda: shown.text == "Mesa, page 2")

    assert "message" not in pressed.payload
    assert [each.ts for each in scene.slack.ephemerals(scene.general, scene.alice)] == [shown.ts]


@pytest.mark.usefixtures("bot")
async def test_a_button_of_a_message_for_all_brings_the_message_along(scene: Scene) -> None:
    await scene.client.chat_postMessage(channel=scene.general.id, **card(1))
    [shown] = scene.slack.messages(scene.general)
    pressed = await scene.alice.use(shown, "next")
    await pressed.acknowledged()
    assert pressed.payload["message"]["ts"] == shown.ts


@pytest.mark.usefixtures("bot")
async def test_a_modal_stays_open_with_errors_and_closes_when_it_is_taken(scene: Scene) -> None:
    await (await scene.alice.command("/ask", scene.general)).acknowledged()
    await scene.slack.until(lambda: scene.alice.modal)
    view = scene.alice.modal
    assert view is not None

    refused = await scene.alice.submit(view, {"words": "pizza"})
    assert (await refused.acknowledged())["errors"] == {"asked": "nothing fits"}
    assert scene.alice.modal is view

    await (await scene.alice.submit(view, {"words": "mesa"})).acknowledged()
    assert scene.alice.modal is None
    with pytest.raises(NotPossible):
        await scene.alice.submit(view, {"words": "mesa"})


@pytest.mark.usefixtures("bot")
async def test_a_shortcut_answers_the_one_who_asks(scene: Scene) -> None:
    message = await scene.alice.send(scene.general, "see AN #58")
    used = await scene.alice.shortcut("find", message)
    await used.acknowledged()
    await scene.slack.until(lambda: scene.slack.ephemerals(scene.general, scene.alice))

    [answer] = scene.slack.ephemerals(scene.general, scene.alice)
    assert answer.text == "found in: see AN #58"


async def test_a_response_url_is_used_up_after_five_answers(scene: Scene, bot: TinyBot) -> None:
    used = await scene.alice.command("/chatty", scene.general)
    await used.acknowledged()
    await scene.slack.until(lambda: bot.statuses)

    assert bot.statuses == [200] * 5 + [404]
    assert len(scene.slack.ephemerals(scene.general, scene.alice)) == 5
    assert scene.slack.journal.of("response_url")[-1].error == "used_url"


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("signature", [Signature.WRONG, Signature.OLD, Signature.MISSING])
async def test_a_request_that_is_not_rightly_signed_is_refused(scene: Scene, signature: Signature) -> None:
    scene.app.signature = signature
    used = await scene.alice.command("/paper mesa", scene.general)

    with pytest.raises(NotAcknowledged, match="http_error"):
        await used.acknowledged()
    assert used.attempts[0].status == 401
    assert scene.slack.ephemerals(scene.general, scene.alice) == []


@pytest.mark.usefixtures("bot")
async def test_what_was_overheard_can_be_replayed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    used = await scene.alice.command("/paper mesa", scene.general)
    await used.acknowledged()
    assert await scene.slack.post.replay(used) == 200

    later = scene.clock.now() + 301
    monkeypatch.setattr("slack_sdk.signature.time", lambda: later)
    assert await scene.slack.post.replay(used) == 401


async def test_an_event_reaches_those_who_subscribe_and_may_read(scene: Scene, bot: TinyBot) -> None:
    typed = f"<@{scene.installation.bot.id}> see https://arxiv.org/abs/1906.01820 & more"
    await scene.alice.send(scene.general, typed)
    elsewhere = scene.slack.build.channel(scene.team, "elsewhere", scene.alice.user)
    await scene.alice.send(elsewhere, "unheard")
    await scene.slack.until(lambda: all(each.done.is_set() for each in scene.slack.post.sent))

    heard = {event["type"]: event for event in bot.heard}
    assert set(heard) == {"message", "app_mention", "link_shared"}
    assert heard["message"]["text"].endswith("see <https://arxiv.org/abs/1906.01820> &amp; more")
    assert heard["link_shared"]["links"] == [
        {"url": "https://arxiv.org/abs/1906.01820", "domain": "arxiv.org"}
    ]
    assert "unheard" not in [event.get("text") for event in bot.heard]


async def test_an_event_nobody_takes_is_sent_again_at_once_after_a_minute_and_after_five(
    scene: Scene,
) -> None:
    scene.app.request_url = "http://127.0.0.1:1/slack/events"
    opened = await scene.alice.open_home(scene.app)
    assert opened is not None

    start = scene.clock.now()
    for tries, wait in ((2, 60), (3, 300)):
        await scene.slack.until(partial(_failed_times, opened, tries))
        scene.clock.advance(wait)
    await scene.slack.until(opened.done.is_set)

    assert [each.at - start for each in opened.attempts] == [0, 0, 60, 360]
    assert opened.attempts[1].headers["X-Slack-Retry-Num"] == "1"
    assert opened.attempts[1].headers["X-Slack-Retry-Reason"] == "connection_failed"
    assert opened.failed == "connection_failed"


def _failed_times(delivery: Delivery, times: int) -> bool:
    return [each.failure for each in delivery.attempts] == ["connection_failed"] * times


async def test_an_acknowledgement_must_come_within_three_seconds(scene: Scene) -> None:
    release = asyncio.Event()

    async def dawdle(_request: web.Request) -> web.Response:
        await release.wait()
        return web.Response()

    server = web.Application()
    server.router.add_post("/slack/events", dawdle)
    async with listening(server, scene.app):
        used = await scene.alice.command("/paper mesa", scene.general)
        await scene.slack.until(lambda: scene.clock.waiting)
        scene.clock.advance(2.9)
        assert not used.done.is_set()
        scene.clock.advance(0.2)
        with pytest.raises(NotAcknowledged, match="http_timeout"):
            await used.acknowledged()
        release.set()
