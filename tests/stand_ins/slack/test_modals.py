"""What an application may answer to a form, and what a person may hand in."""

from typing import Any

import pytest

from tests.stand_ins.slack import NotAcknowledged, NotPossible, View
from tests.stand_ins.slack.scene import Scene, error
from tests.stand_ins.slack.tiny_bot import TinyBot, question

Json = dict[str, Any]


async def opened(scene: Scene, **more: Any) -> View:
    """A form that was opened before alice."""
    trigger = scene.slack.world.trigger(scene.app, scene.alice.user)
    await scene.client.views_open(trigger_id=trigger, view=question() | {"callback_id": "form"} | more)
    assert scene.alice.modal is not None
    return scene.alice.modal


async def submitted(scene: Scene, bot: TinyBot, view: View, answer: Json) -> None:
    """Hands in a form that is answered so."""

    @bot.bolt.view("form")
    async def answering(ack: Any) -> None:
        await ack(answer)

    await (await scene.alice.submit(view, {"words": "mesa"})).acknowledged()


async def test_an_answer_changes_the_form(scene: Scene, bot: TinyBot) -> None:
    view = await opened(scene)
    changed = question() | {"title": {"type": "plain_text", "text": "Again"}}
    await submitted(scene, bot, view, {"response_action": "update", "view": changed})
    assert scene.alice.modal is view
    assert view.body["title"]["text"] == "Again"


async def test_an_answer_puts_a_form_above_and_a_close_uncovers_it(scene: Scene, bot: TinyBot) -> None:
    view = await opened(scene)
    await submitted(scene, bot, view, {"response_action": "push", "view": question()})
    above = scene.alice.modal
    assert above is not None
    assert above.previous_id == view.id
    await scene.alice.close(above)
    assert scene.alice.modal is view


async def test_clear_closes_the_whole_stack_and_nothing_else(scene: Scene, bot: TinyBot) -> None:
    bottom, other = await opened(scene), await opened(scene)
    trigger = scene.slack.world.trigger(scene.app, scene.alice.user, bottom)
    above = (await scene.client.views_push(trigger_id=trigger, view=question()))["view"]["id"]
    await submitted(scene, bot, bottom, {"response_action": "clear"})
    assert not bottom.open
    assert not scene.slack.world.views[above].open
    assert other.open
    assert scene.alice.modal is other


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "errors", "errors": {"elsewhere": "no"}}, "invalid_response_errors"),
        ({"response_action": "dance"}, "invalid_response_action"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
    ],
)
async def test_an_answer_slack_does_not_know_fails(
    scene: Scene, bot: TinyBot, answer: Json, error: str
) -> None:
    view = await opened(scene)
    with pytest.raises(NotAcknowledged, match=error):
        await submitted(scene, bot, view, answer)
    assert view.open


async def test_a_form_is_handed_in_complete_and_without_unknown_fields(scene: Scene) -> None:
    view = await opened(scene)
    for values in ({}, {"words": ""}, {"words": "mesa", "author": "hubinger"}, {"words": "x" * 3001}):
        with pytest.raises(NotPossible):
            await scene.alice.submit(view, values)


async def test_forms_stack_three_high(scene: Scene) -> None:
    view = await opened(scene)
    for _ in range(2):
        trigger = scene.slack.world.trigger(scene.app, scene.alice.user, view)
        pushed = await scene.client.views_push(trigger_id=trigger, view=question())
        view = scene.slack.world.views[pushed["view"]["id"]]
    trigger = scene.slack.world.trigger(scene.app, scene.alice.user, view)
    assert await error(scene.client.views_push(trigger_id=trigger, view=question())) == "push_limit_reached"


async def test_an_external_id_is_used_once_and_finds_its_view(scene: Scene) -> None:
    await opened(scene, external_id="one")
    trigger = scene.slack.world.trigger(scene.app, scene.alice.user)
    again = question() | {"external_id": "one"}
    assert await error(scene.client.views_open(trigger_id=trigger, view=again)) == "duplicate_external_id"
    await scene.client.views_update(external_id="one", view=again | {"callback_id": "found"})
    assert scene.alice.modal is not None
    assert scene.alice.modal.body["callback_id"] == "found"
    assert await error(scene.client.views_update(external_id="two", view=again)) == "not_found"


@pytest.mark.parametrize("notified", [True, False])
async def test_a_closed_form_is_told_of_where_that_was_asked_for(scene: Scene, *, notified: bool) -> None:
    delivery = await scene.alice.close(await opened(scene, notify_on_close=notified))
    assert (delivery is not None) is notified
    assert scene.alice.modal is None
