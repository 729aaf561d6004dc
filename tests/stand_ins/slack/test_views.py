"""Views, unfurls and what people use in them."""

from typing import Any

import aiohttp
import pytest

from tests.stand_ins.slack import NotAcknowledged, NotPossible
from tests.stand_ins.slack.scene import Scene, error
from tests.stand_ins.slack.tiny_bot import TinyBot, card, client, question

HOME = {"type": "home", "blocks": [{"type": "divider"}]}
LINK = "https://arxiv.org/abs/1"


async def test_a_trigger_opens_one_view_within_three_seconds(scene: Scene) -> None:
    def trigger() -> str:
        return scene.slack.world.trigger(scene.app, scene.alice.user)

    used, old = trigger(), trigger()
    await scene.client.views_open(trigger_id=used, view=question())
    assert await error(scene.client.views_open(trigger_id=used, view=question())) == "exchanged_trigger_id"
    scene.clock.advance(3.1)
    assert await error(scene.client.views_open(trigger_id=old, view=question())) == "expired_trigger_id"
    assert await error(scene.client.views_open(trigger_id="1.2", view=question())) == "invalid_trigger_id"


async def test_a_view_is_updated_in_the_state_it_was_seen_in(scene: Scene) -> None:
    trigger = scene.slack.world.trigger(scene.app, scene.alice.user)
    view = (await scene.client.views_open(trigger_id=trigger, view=question()))["view"]
    changed = question() | {"title": {"type": "plain_text", "text": "Again"}}
    await scene.client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
    assert scene.alice.modal is not None
    assert scene.alice.modal.body["title"]["text"] == "Again"
    late = scene.client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
    assert await error(late) == "hash_conflict"


async def test_a_home_is_published_for_one_person(scene: Scene) -> None:
    await scene.client.views_publish(user_id=scene.alice.id, view=HOME)
    home = scene.alice.home(scene.app)
    assert home is not None
    assert [block["type"] for block in home.blocks] == ["divider"]
    await scene.client.views_update(view_id=home.id, view=HOME | {"callback_id": "again"})
    assert home.body["callback_id"] == "again"
    await scene.client.views_publish(user_id=scene.alice.id, view=HOME)
    with pytest.raises(NotPossible, match="another App Home"):
        await scene.alice.use(home, "search")
    assert await error(scene.client.views_publish(user_id="U1", view=HOME)) == "user_not_found"
    assert (
        await error(scene.client.views_publish(user_id=scene.alice.id, view=question()))
        == "invalid_arguments"
    )


async def test_only_links_of_registered_domains_in_messages_of_others_unfurl(scene: Scene) -> None:
    message = await scene.alice.send(scene.general, f"see {LINK} and https://example.org/")
    place: Any = {"channel": scene.general.id, "ts": message.ts}
    block = {"blocks": [{"type": "divider"}]}
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    rich = {"blocks": [{"type": "rich_text", "elements": [line]}]}
    api = scene.client
    await api.chat_unfurl(**place, unfurls={LINK: block})
    assert [each["type"] for each in message.unfurls[LINK]["blocks"]] == ["divider"]
    assert (
        await error(api.chat_unfurl(**place, unfurls={"https://example.org/": block})) == "cannot_unfurl_url"
    )
    assert await error(api.chat_unfurl(**place, unfurls={LINK: rich})) == "invalid_blocks"
    own = await scene.client.chat_postMessage(channel=scene.general.id, text=f"<{LINK}>")
    again = api.chat_unfurl(channel=scene.general.id, ts=own["ts"], unfurls={LINK: block})
    assert await error(again) == "cannot_unfurl_message"


async def test_a_link_unfurls_while_it_is_composed(scene: Scene) -> None:
    unfurl_id = await scene.alice.compose(scene.general, f"see {LINK}")
    [event] = scene.slack.events("link_shared")
    assert event.payload["event"]["source"] == "composer"
    block = {"blocks": [{"type": "divider"}]}
    answer = await scene.client.chat_unfurl(unfurl_id=unfurl_id, source="composer", unfurls={LINK: block})
    assert answer["ok"]


async def test_a_place_is_named_wholly_in_one_of_two_ways(scene: Scene) -> None:
    message = await scene.alice.send(scene.general, LINK)
    unfurl_id = await scene.alice.compose(scene.general, LINK)
    [closing] = [
        each for each in scene.slack.events("link_shared") if each.payload["event"]["source"] != "composer"
    ]
    block: Any = {"unfurls": {LINK: {"blocks": [{"type": "divider"}]}}}
    refused = {
        "missing_ts": {"channel": scene.general.id},
        "missing_channel": {"ts": message.ts},
        "missing_source": {"unfurl_id": unfurl_id},
        "missing_unfurl_id": {"source": "composer"},
        "invalid_source": {"unfurl_id": unfurl_id, "source": "chat"},
        "invalid_unfurl_id": {"unfurl_id": "U1", "source": "composer"},
        "missing_unfurls": {"channel": scene.general.id, "ts": message.ts, "unfurls": {}},
    }
    for word, place in refused.items():
        assert await error(scene.client.api_call("chat.unfurl", json=block | place)) == word
    event = closing.payload["event"]
    await scene.client.chat_unfurl(unfurl_id=event["unfurl_id"], source=event["source"], **block)
    assert LINK in message.unfurls


async def test_previews_go_with_their_link_and_can_be_taken_away(scene: Scene, bot: TinyBot) -> None:
    message = await scene.alice.send(scene.general, LINK)
    unfurls = {LINK: {"blocks": card(1)["blocks"]}}
    await scene.client.chat_unfurl(channel=scene.general.id, ts=message.ts, unfurls=unfurls)
    pressed = await scene.alice.use_unfurl(message, LINK, "Next")
    async with aiohttp.ClientSession() as session:
        await session.post(pressed.payload["response_url"], json={"delete_original": True})
    assert message.unfurls == {}
    assert scene.general.messages[message.ts] is message
    await scene.client.chat_unfurl(channel=scene.general.id, ts=message.ts, unfurls=unfurls)
    await scene.alice.edit(message, "never mind")
    assert message.unfurls == {}
    assert bot.heard


async def test_an_application_has_at_most_five_domains(scene: Scene) -> None:
    for domains in ([f"{letter}.example" for letter in "abcdef"], ["com"]):
        with pytest.raises(NotPossible, match="five domains"):
            scene.slack.build.app("another", domains=domains)


async def test_a_button_below_an_unfurled_link_reaches_its_application(scene: Scene, bot: TinyBot) -> None:
    message = await scene.alice.send(scene.general, LINK)
    unfurls = {LINK: {"blocks": card(1)["blocks"]}}
    await scene.client.chat_unfurl(channel=scene.general.id, ts=message.ts, unfurls=unfurls)

    pressed = await scene.alice.use_unfurl(message, LINK, "Next")
    await pressed.acknowledged()
    assert pressed.payload["container"]["app_unfurl_url"] == LINK
    assert bot.heard


async def test_a_text_entered_in_the_home_arrives_with_its_state(scene: Scene, bot: TinyBot) -> None:
    seen: list[dict[str, Any]] = []

    @bot.bolt.action("search")
    async def search(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body)
        await ack()

    field = {"type": "plain_text_input", "action_id": "search"}
    label = {"type": "plain_text", "text": "Search"}
    block = {"type": "input", "block_id": "box", "dispatch_action": True, "label": label, "element": field}
    await scene.client.views_publish(user_id=scene.alice.id, view={"type": "home", "blocks": [block]})
    home = scene.alice.home(scene.app)
    assert home is not None
    await (await scene.alice.use(home, "search", "mesa")).acknowledged()

    assert seen[0]["actions"][0]["value"] == "mesa"
    assert seen[0]["view"]["state"]["values"]["box"]["search"]["value"] == "mesa"


@pytest.mark.parametrize(("length", "taken"), [(75, True), (76, False)])
async def test_suggestions_are_options_within_their_limits(
    scene: Scene, bot: TinyBot, length: int, *, taken: bool
) -> None:
    @bot.bolt.options("paper")
    async def suggest(ack: Any, payload: dict[str, Any]) -> None:
        text = {"type": "plain_text", "text": payload["value"] * length}
        await ack(options=[{"text": text, "value": "v"}])

    menu = {"type": "external_select", "action_id": "paper", "min_query_length": 1}
    blocks = [{"type": "actions", "elements": [menu]}]
    await scene.client.chat_postMessage(channel=scene.general.id, text="pick", blocks=blocks)
    [message] = scene.slack.messages(scene.general)
    typed = await scene.alice.suggestions(message, "paper", "m")

    if taken:
        assert len((await typed.acknowledged())["options"]) == 1
    else:
        with pytest.raises(NotAcknowledged, match="invalid_suggestions"):
            await typed.acknowledged()


async def test_attachments_may_hold_blocks_and_are_checked(scene: Scene) -> None:
    async def attached(blocks: list[dict[str, Any]]) -> Any:
        attachments = [{"color": "#ffcc00", "blocks": blocks}]
        return await scene.client.chat_postMessage(
            channel=scene.general.id, text="hello", attachments=attachments
        )

    await attached(card(1)["blocks"])
    assert await error(attached([{"type": "carousel"}])) == "invalid_blocks"
    many = scene.client.chat_postMessage(channel=scene.general.id, text="x", attachments=[{}] * 101)
    assert await error(many) == "too_many_attachments"


async def test_own_messages_and_those_that_ask_not_to_share_no_links(scene: Scene) -> None:
    await scene.client.chat_postMessage(channel=scene.general.id, text=f"<{LINK}>")
    other = scene.slack.build.install(scene.slack.build.app("other"), scene.team)
    scene.alice.invite(other.app, scene.general)
    api = client(scene.slack, other.token)
    await api.chat_postMessage(channel=scene.general.id, text=f"<{LINK}>", unfurl_links=False)
    assert scene.slack.events("link_shared") == []
    await api.chat_postMessage(channel=scene.general.id, text=f"<{LINK}>")
    assert len(scene.slack.events("link_shared")) == 1
