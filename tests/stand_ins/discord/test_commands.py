"""Application commands are taken, refused, kept and offered as Discord does."""

from typing import Any

import pytest

from tests.stand_ins.discord import NotPossible
from tests.stand_ins.discord.scene import Scene
from tests.stand_ins.discord.test_message_limits import codes

CHOICE = {"name": "x", "value": "x"}


def command(**parts: Any) -> dict[str, Any]:
    return {"name": "paper", "description": "Finds", **parts}


def option(**parts: Any) -> dict[str, Any]:
    return {"name": "words", "description": "What", "type": 3, **parts}


def with_option(**parts: Any) -> dict[str, Any]:
    return command(options=[option(**parts)])


def choices(size: int) -> list[dict[str, str]]:
    """25 choices that have so many characters together."""
    half = size // 50
    return [
        {"name": str(number).rjust(half, "n"), "value": str(number).rjust(half, "v")} for number in range(25)
    ]


def of_size(size: int) -> dict[str, Any]:
    """A command of 7,906 to 8,005 characters."""
    thousands = [option(name=f"o{number}", description="d" * 98, choices=choices(900)) for number in range(7)]
    rest = option(name="o7", description="d" * 98, choices=choices(800))
    return command(description="d" * (size - 7905), options=[*thousands, rest])


BROKEN = {
    "upper case": (command(name="Paper"), "name", "APPLICATION_COMMAND_INVALID_NAME"),
    "blanks": (command(name="a paper"), "name", "APPLICATION_COMMAND_INVALID_NAME"),
    "long name": (command(name="x" * 33), "name", "BASE_TYPE_BAD_LENGTH"),
    "no description": ({"name": "paper"}, "description", "BASE_TYPE_REQUIRED"),
    "long description": (command(description="x" * 101), "description", "BASE_TYPE_BAD_LENGTH"),
    "26 options": (
        command(options=[option(name=f"o{number}") for number in range(26)]),
        "options",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "an option twice": (
        command(options=[option(), option()]),
        "options",
        "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
    ),
    "required after optional": (
        command(options=[option(), option(name="b", required=True)]),
        "options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    "26 choices": (
        with_option(choices=[{"name": "x", "value": str(number)} for number in range(26)]),
        "options.0.choices",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a long choice": (
        with_option(choices=[{"name": "x" * 101, "value": "x"}]),
        "options.0.choices.0.name",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a choice of another type": (
        with_option(type=4, choices=[CHOICE]),
        "options.0.choices.0.value",
        "NUMBER_TYPE_COERCE",
    ),
    "autocomplete beside choices": (
        with_option(autocomplete=True, choices=[CHOICE]),
        "options.0.autocomplete",
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
    ),
    "autocomplete of a person": (
        with_option(type=6, autocomplete=True),
        "options.0.autocomplete",
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
    ),
    "a range of a text": (
        with_option(min_value=1),
        "options.0.min_value",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    "a sub-command beside an option": (
        command(options=[option(type=1), option(name="b")]),
        "options",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    "a group in a group": (
        command(options=[option(type=2, options=[option(type=2)])]),
        "options.0.options.0.type",
        "BASE_TYPE_CHOICES",
    ),
    "a message command with a description": (
        command(type=3),
        "description",
        "APPLICATION_COMMAND_INVALID_DESCRIPTION",
    ),
    "an unknown context": (command(contexts=[3]), "contexts.0", "BASE_TYPE_CHOICES"),
}


@pytest.fixture
def path(scene: Scene) -> str:
    return f"/applications/{scene.app.id}/commands"


@pytest.mark.parametrize(("body", "where", "code"), BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_command_is_refused_at_its_place(
    scene: Scene, path: str, body: dict[str, Any], where: str, code: str
) -> None:
    one = await scene.ask("POST", path, body)
    everything = await scene.ask("PUT", path, [body])
    assert (one.code, everything.code) == (50035, 50035)
    assert codes(one.answer["errors"], where) == codes(everything.answer["errors"], f"0.{where}") == [code]
    assert not scene.app.commands.get("")


async def test_a_command_has_8000_characters_at_most(scene: Scene, path: str) -> None:
    assert (await scene.ask("PUT", path, [of_size(8000)])).status == 200
    errors = (await scene.ask("PUT", path, [command(name="b"), of_size(8001)])).answer["errors"]
    assert codes(errors, "1") == ["APPLICATION_COMMAND_TOO_LARGE"]


async def test_names_are_unique_and_100_in_number(scene: Scene, path: str) -> None:
    twice = await scene.ask("PUT", path, [command(), command()])
    assert codes(twice.answer["errors"], "1") == ["APPLICATION_COMMANDS_DUPLICATE_NAME"]
    many = [command(name=f"c{number}") for number in range(101)]
    assert (await scene.ask("PUT", path, many)).code == 30032
    assert (await scene.ask("PUT", path, many[:100])).status == 200
    assert (await scene.ask("POST", path, many[100])).code == 30032


async def test_ids_stay_and_versions_change_only_with_what_changed(scene: Scene, path: str) -> None:
    first = (await scene.ask("PUT", path, [command(), command(name="topic")])).answer
    second = (await scene.ask("PUT", path, [command(description="New"), command(name="topic")])).answer
    assert [each["id"] for each in first] == [each["id"] for each in second]
    assert first[0]["version"] != second[0]["version"]
    assert first[1]["version"] == second[1]["version"]


async def test_one_command_is_made_read_changed_and_removed(scene: Scene, path: str) -> None:
    made = await scene.ask("POST", path, command())
    assert made.status == 201
    assert (await scene.ask("POST", path, command(description="Again"))).status == 200
    one = f"{path}/{made.answer['id']}"
    assert (await scene.ask("GET", one)).answer["description"] == "Again"
    assert (await scene.ask("PATCH", one, {"description": "Last"})).answer["description"] == "Last"
    assert [each["description"] for each in (await scene.ask("GET", path)).answer] == ["Last"]
    assert (await scene.ask("DELETE", one)).status == 204
    assert (await scene.ask("GET", one)).code == 10063


async def test_a_guilds_commands_are_its_own(scene: Scene) -> None:
    path = f"/applications/{scene.app.id}/guilds/{scene.guild.id}/commands"
    assert (await scene.ask("PUT", path, [command()])).answer[0]["guild_id"] == scene.guild.id
    assert (await scene.ask("POST", path, command(contexts=[0]))).code == 50035
    elsewhere = scene.discord.build.guild("elsewhere")
    assert (await scene.ask("GET", path.replace(scene.guild.id, elsewhere.id))).code == 50001


async def test_another_applications_commands_are_closed(scene: Scene) -> None:
    other = scene.discord.build.application("other")
    assert (await scene.ask("GET", f"/applications/{other.id}/commands")).code == 20012


class TestOffers:
    """A person is offered what Discord's client would offer."""

    async def test_hidden_from_those_without_the_right(self, scene: Scene, path: str) -> None:
        manage_guild = 1 << 5
        await scene.ask("PUT", path, [command(default_member_permissions=str(manage_guild))])
        with pytest.raises(NotPossible):
            await scene.alice.slash("paper", channel=scene.general)
        scene.discord.build.grant(
            scene.guild, scene.alice.user, scene.discord.build.role(scene.guild, "admins", "manage_guild")
        )
        await scene.alice.slash("paper", channel=scene.general)

    async def test_only_where_its_contexts_and_installation_allow(self, scene: Scene, path: str) -> None:
        await scene.ask("PUT", path, [command(contexts=[0]), command(name="both", integration_types=[0, 1])])
        direct = scene.alice.direct(scene.app)
        with pytest.raises(NotPossible):
            await scene.alice.slash("paper", channel=direct)
        used = await scene.alice.slash("both", channel=direct)
        assert used.owners == {"0": "0"}
        elsewhere = scene.discord.build.guild("elsewhere")
        scene.discord.build.join(elsewhere, scene.alice.user)
        channel = scene.discord.build.channel(elsewhere)
        with pytest.raises(NotPossible):
            await scene.alice.slash("both", channel=channel)
        scene.alice.install(scene.app)
        assert (await scene.alice.slash("both", channel=channel)).owners == {"1": scene.alice.id}

    @pytest.mark.parametrize(
        "values",
        [{}, {"words": 1}, {"words": "x", "other": 1}, {"words": "toolong"}, {"words": "x", "year": 1999}],
        ids=["required", "type", "unknown", "length", "range"],
    )
    async def test_values_the_client_would_not_take(
        self, scene: Scene, path: str, values: dict[str, Any]
    ) -> None:
        options = [option(required=True, max_length=5), option(name="year", type=4, min_value=2000)]
        await scene.ask("PUT", path, [command(options=options)])
        with pytest.raises(NotPossible):
            await scene.alice.slash("paper", values, channel=scene.general)

    async def test_people_roles_and_channels_are_resolved(self, scene: Scene, path: str) -> None:
        kinds = {"who": 6, "where": 7, "role": 8}
        await scene.ask("PUT", path, [command(options=[option(name=n, type=t) for n, t in kinds.items()])])
        role = scene.discord.build.role(scene.guild, "readers")
        values = {"who": scene.alice.user, "where": scene.general, "role": role}
        used = await scene.alice.slash("paper", values, channel=scene.general)
        assert {kind: list(resolved) for kind, resolved in used.data["resolved"].items()} == {
            "users": [scene.alice.id],
            "channels": [scene.general.id],
            "roles": [role.id],
        }
