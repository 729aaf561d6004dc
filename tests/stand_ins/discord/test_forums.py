"""Forums, announcements and forms with menus behave as Discord's."""

from typing import Any

import pytest

from tests.stand_ins.discord.entities import Channel, ChannelType, MessageFlag
from tests.stand_ins.discord.offered import NotPossible
from tests.stand_ins.discord.scene import Scene

BODY = {"content": "x"}


@pytest.fixture(params=[ChannelType.FORUM, ChannelType.MEDIA])
def forum(request: pytest.FixtureRequest, scene: Scene) -> Channel:
    return scene.discord.build.channel(scene.guild, "forum", type=request.param, tags=("a", "b"))


async def test_a_post_has_the_id_of_its_first_message(scene: Scene, forum: Channel) -> None:
    body = {"name": "one", "message": BODY, "applied_tags": [next(iter(forum.tags))]}
    made = await scene.ask("POST", f"/channels/{forum.id}/threads", body)
    assert made.status == 201
    assert made.answer["id"] == made.answer["message"]["id"]
    assert made.answer["applied_tags"] == body["applied_tags"]
    assert (await scene.ask("POST", f"/channels/{made.answer['id']}/messages", BODY)).status == 200
    assert (await scene.ask("POST", f"/channels/{forum.id}/messages", BODY)).code == 50008


async def test_a_post_needs_a_message_known_tags_and_one_if_the_forum_says_so(
    scene: Scene, forum: Channel
) -> None:
    path = f"/channels/{forum.id}/threads"
    assert (await scene.ask("POST", path, {"name": "one"})).code == 50035
    assert (
        await scene.ask("POST", path, {"name": "one", "message": BODY, "applied_tags": ["1"]})
    ).code == 10087
    forum.tag_required = True
    assert (await scene.ask("POST", path, {"name": "one", "message": BODY})).code == 40067
    scene.discord.build.deny(forum, scene.app.bot, "send_messages")
    assert (await scene.ask("POST", path, {"name": "one", "message": BODY})).code == 50013


async def test_a_message_is_published_once_and_only_where_it_can_be_followed(scene: Scene) -> None:
    news = scene.discord.build.channel(scene.guild, "news", type=ChannelType.NEWS)
    for channel, codes in ((news, [None, 40033]), (scene.general, [50024, 50024])):
        sent = (await scene.ask("POST", f"/channels/{channel.id}/messages", BODY)).answer["id"]
        path = f"/channels/{channel.id}/messages/{sent}/crosspost"
        published = [await scene.ask("POST", path) for _ in codes]
        assert [each.answer.get("code") for each in published] == codes
    assert next(iter(news.messages.values())).flags & MessageFlag.CROSSPOSTED


def form(component: dict[str, Any]) -> dict[str, Any]:
    label = {"type": 18, "label": "L", "component": {"custom_id": "c", **component}}
    return {"type": 9, "data": {"title": "T", "custom_id": "f", "components": [label]}}


BOXES = {
    "type": 22,
    "required": False,
    "options": [{"label": "a", "value": "a", "default": True}, {"label": "b", "value": "b"}],
}


async def test_a_form_takes_checkboxes_and_tells_which_were_ticked(scene: Scene) -> None:
    await scene.ask("PUT", f"/applications/{scene.app.id}/commands", [{"name": "form", "description": "d"}])
    for values, ticked in (({}, ["a"]), ({"c": ["a", "b"]}, ["a", "b"]), ({"c": []}, [])):
        used = await scene.alice.slash("form", channel=scene.general)
        path = f"/interactions/{used.id}/{used.token}/callback"
        assert (await scene.ask("POST", path, form(BOXES))).status == 204
        filled = await scene.alice.submit(used, values)
        assert filled.data["components"][0]["component"]["values"] == ticked
    with pytest.raises(NotPossible):
        await scene.alice.submit(used, {"c": ["z"]})


@pytest.mark.parametrize(
    "component",
    [
        {"type": 22, "options": []},
        {"type": 22, "options": [{"label": f"{n}", "value": f"{n}"} for n in range(11)]},
        {"type": 21, "options": [{"label": "only", "value": "one"}]},
    ],
)
async def test_a_form_with_too_few_or_too_many_choices_is_refused(
    scene: Scene, component: dict[str, Any]
) -> None:
    await scene.ask("PUT", f"/applications/{scene.app.id}/commands", [{"name": "form", "description": "d"}])
    used = await scene.alice.slash("form", channel=scene.general)
    path = f"/interactions/{used.id}/{used.token}/callback"
    assert (await scene.ask("POST", path, form(component))).code == 50035
