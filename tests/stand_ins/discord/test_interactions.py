"""An interaction is answered once, in 3 s, and followed up for 15 minutes."""

from typing import Any

import pytest

from tests.stand_ins.discord import Interaction, NotPossible
from tests.stand_ins.discord.journal import Record
from tests.stand_ins.discord.scene import Scene
from tests.stand_ins.discord.test_commands import command, option
from tests.stand_ins.discord.test_message_limits import BUTTON, codes, row

EPHEMERAL, LOADING = 64, 128


@pytest.fixture
async def used(scene: Scene) -> Interaction:
    """/paper, used by alice."""
    commands = [command(options=[option(autocomplete=True)]), {"name": "Find summaries", "type": 3}]
    await scene.ask("PUT", f"/applications/{scene.app.id}/commands", commands)
    return await scene.alice.slash("paper", channel=scene.general)


async def answer(scene: Scene, used: Interaction, kind: int, data: Any = None) -> Record:
    body = {"type": kind} | ({} if data is None else {"data": data})
    path = f"/interactions/{used.id}/{used.token}/callback"
    return await scene.ask("POST", path, body, with_response="true")


async def hook(scene: Scene, used: Interaction, method: str, path: str = "", body: Any = None) -> Record:
    return await scene.ask(method, f"/webhooks/{scene.app.id}/{used.token}{path}", body)


async def test_the_answer_is_a_message_in_the_channel(scene: Scene, used: Interaction) -> None:
    record = await answer(scene, used, 4, {"content": "x"})
    (message,) = scene.discord.messages(scene.general)
    assert record.answer["interaction"]["response_message_id"] == message.id
    assert record.answer["resource"]["message"]["content"] == "x"
    assert (await used.answer()) is message


async def test_an_interaction_is_answered_once(scene: Scene, used: Interaction) -> None:
    await answer(scene, used, 5)
    assert (await answer(scene, used, 4, {"content": "x"})).code == 40060


async def test_a_refused_answer_is_none(scene: Scene, used: Interaction) -> None:
    assert (await answer(scene, used, 4, {"content": ""})).code == 50006
    assert (await answer(scene, used, 4, {"content": "x"})).status == 200


async def test_after_3_s_it_is_too_late(scene: Scene, used: Interaction) -> None:
    scene.clock.advance(3.001)
    record = await answer(scene, used, 4, {"content": "x"})
    assert (record.status, record.code) == (404, 10062)
    assert not used.acknowledged


async def test_the_token_lives_15_minutes(scene: Scene, used: Interaction) -> None:
    await answer(scene, used, 5)
    scene.clock.advance(15 * 60)
    assert (await hook(scene, used, "PATCH", "/messages/@original", {"content": "x"})).status == 200
    scene.clock.advance(1)
    record = await hook(scene, used, "POST", "", {"content": "x"})
    assert (record.status, record.code) == (401, 50027)


async def test_nothing_follows_before_the_first_answer(scene: Scene, used: Interaction) -> None:
    assert (await hook(scene, used, "POST", "", {"content": "x"})).code == 10015
    assert (await hook(scene, used, "GET", "/messages/@original")).code == 10015


async def test_a_deferral_loads_until_it_is_filled(scene: Scene, used: Interaction) -> None:
    await answer(scene, used, 5, {"flags": EPHEMERAL})
    loading = await hook(scene, used, "GET", "/messages/@original")
    assert loading.answer["flags"] == EPHEMERAL | LOADING
    filled = await hook(scene, used, "POST", "", {"content": "x"})
    assert (filled.answer["id"], filled.answer["flags"]) == (loading.answer["id"], EPHEMERAL)
    assert [each.content for each in scene.discord.ephemerals(scene.general, scene.alice)] == ["x"]


async def test_what_only_one_person_sees_is_not_in_the_channel(scene: Scene, used: Interaction) -> None:
    shown = await answer(scene, used, 4, {"content": "x", "flags": EPHEMERAL})
    message_id = shown.answer["interaction"]["response_message_id"]
    assert scene.discord.messages(scene.general) == []
    assert (await scene.ask("GET", f"/channels/{scene.general.id}/messages")).answer == []
    for method in ("GET", "DELETE"):
        assert (await scene.ask(method, f"/channels/{scene.general.id}/messages/{message_id}")).code == 10008
    bob = scene.discord.person("bob", scene.guild)
    (message,) = scene.alice.sees(scene.general)
    assert bob.sees(scene.general) == []
    with pytest.raises(NotPossible):
        await bob.click(message, "x")


async def test_follow_ups_are_read_changed_and_removed(scene: Scene, used: Interaction) -> None:
    await answer(scene, used, 4, {"content": "x"})
    made = await hook(scene, used, "POST", "", {"content": "y"})
    one = f"/messages/{made.answer['id']}"
    assert (await hook(scene, used, "PATCH", one, {"content": "z"})).answer["content"] == "z"
    assert (await hook(scene, used, "GET", one)).answer["content"] == "z"
    assert (await hook(scene, used, "DELETE", one)).status == 204
    assert (await hook(scene, used, "GET", one)).code == 10008
    assert [message.content for message in used.messages] == ["x"]
    await hook(scene, used, "DELETE", "/messages/@original")
    assert (await hook(scene, used, "PATCH", "/messages/@original", {"content": "z"})).code == 10008


@pytest.mark.parametrize("kind", [1, 2, 6, 7, 8, 12, "4", None])
async def test_a_command_takes_no_answer_of_another_kind(scene: Scene, used: Interaction, kind: Any) -> None:
    record = await answer(scene, used, kind, {"content": "x"})
    assert codes(record.answer["errors"], "type") == ["BASE_TYPE_CHOICES"]


class TestComponents:
    """A pressed button may change its message, answer, or show a form."""

    @pytest.fixture
    async def pressed(self, scene: Scene, used: Interaction) -> Interaction:
        await answer(scene, used, 4, row(BUTTON))
        return await scene.alice.click(scene.discord.messages(scene.general)[0], "x")

    async def test_its_message_is_changed(self, scene: Scene, pressed: Interaction) -> None:
        record = await answer(scene, pressed, 7, {"content": "page 2"})
        assert record.answer["resource"]["message"]["content"] == "page 2"
        assert [message.content for message in scene.discord.messages(scene.general)] == ["page 2"]

    async def test_a_deferred_change_is_made_later(self, scene: Scene, pressed: Interaction) -> None:
        assert "resource" not in (await answer(scene, pressed, 6)).answer
        await hook(scene, pressed, "PATCH", "/messages/@original", {"content": "later", "components": []})
        (message,) = scene.discord.messages(scene.general)
        assert (message.content, message.components) == ("later", [])
        with pytest.raises(NotPossible):
            await scene.alice.click(message, "x")

    async def test_what_is_disabled_cannot_be_pressed(self, scene: Scene, pressed: Interaction) -> None:
        await answer(scene, pressed, 7, row(BUTTON | {"disabled": True}))
        with pytest.raises(NotPossible, match="disabled"):
            await scene.alice.click(scene.discord.messages(scene.general)[0], "x")

    async def test_a_message_deleted_under_the_bot_is_unknown(
        self, scene: Scene, pressed: Interaction
    ) -> None:
        source = scene.discord.messages(scene.general)[0]
        await scene.ask("DELETE", f"/channels/{scene.general.id}/messages/{source.id}")
        assert (await answer(scene, pressed, 7, {"content": "y"})).code == 10008

    @pytest.mark.parametrize(
        ("change", "where"),
        [
            ({"title": "x" * 46}, "data.title"),
            ({"custom_id": ""}, "data.custom_id"),
            ({"components": []}, "data.components"),
            ({"components": [row(BUTTON)["components"][0]]}, "data.components.0.components.0.type"),
        ],
    )
    async def test_a_broken_form_is_refused(
        self, scene: Scene, pressed: Interaction, change: dict[str, Any], where: str
    ) -> None:
        line = {"type": 4, "custom_id": "words", "label": "Words", "style": 1}
        form = {"title": "x", "custom_id": "x", "components": [{"type": 1, "components": [line]}]}
        record = await answer(scene, pressed, 9, form | change)
        assert codes(record.answer["errors"], where)
        assert (await answer(scene, pressed, 9, form)).status == 200
        with pytest.raises(NotPossible):
            await scene.alice.submit(pressed, {"words": ""})
        filled = await scene.alice.submit(pressed, {"words": "mesa"})
        assert filled.data["components"][0]["components"][0]["value"] == "mesa"
        assert (await answer(scene, filled, 9, form)).code == 50035


class TestAutocomplete:
    """Suggestions: 25 at most, of 1 to 100 characters, and nothing else."""

    @pytest.fixture
    async def typing(self, scene: Scene, used: Interaction) -> Interaction:
        assert used.application is scene.app
        return await scene.alice.start_typing("paper", "words", "me", channel=scene.general)

    async def test_25_of_100_characters_are_shown(self, scene: Scene, typing: Interaction) -> None:
        choices = [{"name": "n" * 100, "value": f"{number}".rjust(100)} for number in range(25)]
        assert (await answer(scene, typing, 8, {"choices": choices})).status == 200
        assert typing.choices == choices

    @pytest.mark.parametrize(
        ("choices", "where"),
        [
            ([{"name": "x", "value": str(number)} for number in range(26)], "data.choices"),
            ([{"name": "x" * 101, "value": "x"}], "data.choices.0.name"),
            ([{"name": "", "value": "x"}], "data.choices.0.name"),
            ([{"name": "x", "value": "x" * 101}], "data.choices.0.value"),
            (None, "data.choices"),
        ],
    )
    async def test_what_breaks_a_limit_is_refused(
        self, scene: Scene, typing: Interaction, choices: Any, where: str
    ) -> None:
        record = await answer(scene, typing, 8, {} if choices is None else {"choices": choices})
        assert codes(record.answer["errors"], where)
        assert not typing.acknowledged

    async def test_no_message_answers_typing(self, scene: Scene, typing: Interaction) -> None:
        assert (await answer(scene, typing, 4, {"content": "x"})).code == 50035
        scene.clock.advance(4)
        assert (await answer(scene, typing, 8, {"choices": []})).code == 10062


async def test_a_message_command_carries_its_message(scene: Scene, used: Interaction) -> None:
    assert used.application is scene.app
    spoken = await scene.alice.send(scene.general, "see AN 58")
    answer = await scene.alice.message_command("Find summaries", spoken)
    assert answer.data["resolved"]["messages"][spoken.id]["content"] == "see AN 58"


class TestElsewhere:
    """An application a person installed for herself, in a guild that does not have it."""

    @pytest.fixture
    async def elsewhere(self, scene: Scene, used: Interaction) -> Interaction:
        everywhere = [command(integration_types=[0, 1], contexts=[0, 1, 2])]
        await scene.ask("PUT", f"/applications/{scene.app.id}/commands", everywhere)
        guild = scene.discord.build.guild("elsewhere")
        scene.discord.build.join(guild, scene.alice.user)
        scene.alice.install(used.application)
        return await scene.alice.slash("paper", channel=scene.discord.build.channel(guild))

    async def test_five_follow_ups_are_allowed(self, scene: Scene, elsewhere: Interaction) -> None:
        await answer(scene, elsewhere, 4, {"content": "x"})
        sent = [await hook(scene, elsewhere, "POST", "", {"content": "y"}) for _ in range(6)]
        assert [record.code for record in sent] == [None] * 5 + [40094]

    async def test_it_stays_private_where_the_person_may_not_use_it_openly(
        self, scene: Scene, elsewhere: Interaction
    ) -> None:
        assert elsewhere.guild is not None
        scene.discord.build.deny(elsewhere.channel, elsewhere.guild.everyone, "use_external_apps")
        await answer(scene, elsewhere, 4, {"content": "x"})
        assert scene.discord.messages(elsewhere.channel) == []
        assert len(scene.discord.ephemerals(elsewhere.channel, scene.alice)) == 1
