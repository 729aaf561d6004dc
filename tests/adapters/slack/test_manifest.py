"""The manifest says exactly what the app uses."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from slack_bolt.app.async_app import AsyncApp

from adapters.slack import scopes
from adapters.slack.app import app_for
from adapters.slack.auth import Access, access_for, installed
from adapters.slack.interactions import Interactions
from adapters.slack.manifest import manifest
from adapters.slack.scopes import EVERYTHING, Grant
from adapters.slack.settings import SlackSettings
from bot.__main__ import build_app
from bot.cli import anbot
from bot.errors import InputError
from bot.runtime.environment import settings_from
from store import open_store
from tests.adapters.slack.world import START
from tests.stand_ins.slack.methods import METHODS
from tests.support.fakes import MemoryFinder
from tests.support.services import services_over
from tests.support.three_issues import lookup_over, newsletters

ANY = "xoxb-any"
SOURCES = Path(scopes.__file__).parent


async def app() -> AsyncApp:
    """The app with everything registered."""
    async with open_store(":memory:", clock=lambda: START) as store:
        lookup = lookup_over(newsletters(), MemoryFinder(newsletters().summaries))

        async def goodbye(_: str) -> None:
            raise AssertionError

        async def joined(_: str, __: str) -> None:
            raise AssertionError

        interactions = Interactions(services_over(store, lookup, lambda: START))
        access = Access(token=ANY, joined=joined)
        return app_for(interactions, access, goodbye)


async def takes(body: dict[str, object]) -> bool:
    """Whether a listener of the app is meant for the body."""
    from slack_bolt.request.async_request import AsyncBoltRequest  # noqa: PLC0415
    from slack_bolt.response import BoltResponse  # noqa: PLC0415

    request = AsyncBoltRequest(body=json.dumps(body), mode="socket_mode")
    listeners = (await app())._async_listeners  # noqa: SLF001 - bolt tells nobody else what is registered
    return any([await each.async_matches(req=request, resp=BoltResponse(status=200)) for each in listeners])


async def test_every_command_event_and_shortcut_it_lists_is_listened_to() -> None:
    document = json.loads(manifest(grant=Grant(linking="text")))
    for command in document["features"]["slash_commands"]:
        assert await takes({"command": command["command"], "text": ""})
    for shortcut in document["features"]["shortcuts"]:
        assert await takes({"type": "message_action", "callback_id": shortcut["callback_id"]})
    for event in document["settings"]["event_subscriptions"]["bot_events"]:
        kind = event.partition(".")[0]
        assert await takes({"type": "event_callback", "event": {"type": kind, "channel": "C1"}})
    assert not await takes({"type": "event_callback", "event": {"type": "reaction_added"}})
    assert not await takes({"command": "/open", "text": ""})


async def test_nothing_is_listened_to_that_it_does_not_list() -> None:
    features = json.loads(manifest(grant=EVERYTHING))["features"]
    messages, links = 1, 1
    listed = (
        len(features["slash_commands"]) + len(features["shortcuts"]) + len(scopes.EVENTS) + messages + links
    )
    actions, forms, menus = 4, 1, 1
    assert len((await app())._async_listeners) == listed + actions + forms + menus  # noqa: SLF001 - as above


def test_its_scopes_are_those_that_the_methods_the_code_calls_need() -> None:
    code = "\n".join(path.read_text() for path in SOURCES.rglob("*.py"))
    called = set(re.findall(r"client\.([a-z]+_\w+)\(", code))
    if "files_upload_v2" in called:  # it is two methods
        called = called - {"files_upload_v2"} | {"files_getUploadURLExternal", "files_completeUploadExternal"}
    methods = {name.replace(".", "_"): method for name, method in METHODS.items()}
    assert called <= methods.keys()
    needed = {methods[name].scope for name in called} - {None, ""}
    assert needed | {"commands"} == {*scopes.SCOPES, "links:write", *scopes.PICTURE_SCOPES}


def test_reading_messages_is_asked_for_only_where_it_is_wanted() -> None:
    plain, linking = json.loads(manifest()), json.loads(manifest(grant=Grant(linking="text")))
    assert not [scope for scope in plain["oauth_config"]["scopes"]["bot"] if "history" in scope]
    assert "/linking" not in [each["command"] for each in plain["features"]["slash_commands"]]
    assert {"channels:history", "groups:history"} < set(linking["oauth_config"]["scopes"]["bot"])
    result = CliRunner().invoke(anbot, ["manifest", "--linking", "text"], obj=build_app({}))
    assert json.loads(result.stdout) == linking
    assert "channels:history" in result.stderr


def test_looking_at_what_was_posted_is_asked_for_only_where_it_is_wanted_and_brings_no_events() -> None:
    plain, settling = json.loads(manifest()), json.loads(manifest(grant=Grant(settling=True)))
    asked = set(settling["oauth_config"]["scopes"]["bot"]) - set(plain["oauth_config"]["scopes"]["bot"])
    assert asked == {"channels:history", "groups:history", "im:history"}
    assert settling["settings"] == plain["settings"]
    result = CliRunner().invoke(anbot, ["manifest", "--settling"], obj=build_app({}))
    assert json.loads(result.stdout) == settling
    assert "channels:history" in result.stderr


def test_a_group_mentioned_in_the_text_of_digests_comes_with_its_id() -> None:
    escaped = {
        each["command"]: each["should_escape"]
        for each in json.loads(manifest())["features"]["slash_commands"]
    }
    assert escaped == {"/an": False, "/paper": False, "/topic": False, "/digest": True}


def test_the_hint_of_a_command_says_every_way_to_use_it() -> None:
    commands = json.loads(manifest(grant=EVERYTHING))["features"]["slash_commands"]
    hints = {each["command"]: each["usage_hint"] for each in commands}
    assert hints["/an"] == "NUMBER | latest | random"
    assert hints["/linking"] == "on [everywhere] | off [everywhere] | status | ignore-me | answer-me"
    assert all(len(hint) <= 1000 for hint in hints.values())


@pytest.mark.parametrize(
    "url", ["http://bot.example", "https://", "https://bot.example?a=b", "https://a@b.example", "https://b:x"]
)
def test_an_address_at_which_slack_reaches_nobody_is_refused(url: str) -> None:
    refused = CliRunner().invoke(anbot, ["manifest", "--url", url], obj=build_app({}))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "https://bot.example" in refused.stderr


def test_previews_are_asked_for_with_their_domains_and_nothing_else_of_messages() -> None:
    document = json.loads(
        CliRunner().invoke(anbot, ["manifest", "--linking", "links"], obj=build_app({})).stdout
    )
    asked_for = document["oauth_config"]["scopes"]["bot"]
    assert {"links:read", "links:write"} < set(asked_for)
    assert not [scope for scope in asked_for if "history" in scope]
    assert document["features"]["unfurl_domains"] == list(scopes.UNFURL_DOMAINS)
    assert len(scopes.UNFURL_DOMAINS) == 5
    assert "link_shared" in document["settings"]["event_subscriptions"]["bot_events"]
    assert "/linking" in [each["command"] for each in document["features"]["slash_commands"]]
    assert "unfurl_domains" not in json.loads(manifest())["features"]


@pytest.mark.parametrize(
    ("given", "domains"),
    [
        ("distill.pub, ArXiv.org,distill.pub", ["distill.pub", "arxiv.org"]),
        ("none", None),
        ("", list(scopes.UNFURL_DOMAINS)),
    ],
)
def test_the_domains_are_those_of_the_environment(given: str, domains: list[str] | None) -> None:
    known = build_app({"SLACK_UNFURL_DOMAINS": given})
    document = json.loads(CliRunner().invoke(anbot, ["manifest", "--linking", "text"], obj=known).stdout)
    assert document["features"].get("unfurl_domains") == domains
    assert ("links:read" in document["oauth_config"]["scopes"]["bot"]) is bool(domains)


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("SLACK_UNFURL_DOMAINS", "a.org,b.org,c.org,d.org,e.org,f.org", "Slack takes 5"),
        ("SLACK_UNFURL_DOMAINS", "https://arxiv.org/", "no domain such as arxiv.org"),
        ("SLACK_UNFURL_DOMAINS", "org", "no domain"),
        ("SLACK_LINKING", "everything", "Set it to links or text"),
    ],
)
def test_what_slack_would_not_take_is_refused_with_a_reason(name: str, given: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        settings_from({name: given}, SlackSettings)


def test_uploading_pictures_is_asked_for_only_where_it_is_wanted() -> None:
    plain, pictures = json.loads(manifest()), json.loads(manifest(grant=Grant(pictures=True)))
    asked = set(pictures["oauth_config"]["scopes"]["bot"]) - set(plain["oauth_config"]["scopes"]["bot"])
    assert asked == {"files:write"}
    assert pictures["settings"] == plain["settings"]
    result = CliRunner().invoke(anbot, ["manifest", "--pictures"], obj=build_app({}))
    assert json.loads(result.stdout) == pictures
    assert "SLACK_PICTURES=yes" in result.stderr


@pytest.mark.parametrize(
    ("settling", "pictures"), [(True, False), (False, False), (False, True), (True, True)]
)
@pytest.mark.parametrize("linking", ["", "links", "text"])
async def test_workspaces_that_install_it_are_asked_for_what_the_manifest_has(
    linking: str, *, settling: bool, pictures: bool
) -> None:
    environ = {
        "SLACK_LINKING": linking,
        "SLACK_SETTLING": str(int(settling)),
        "SLACK_PICTURES": str(int(pictures)),
    }
    many = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s"}
    async with open_store(":memory:", clock=lambda: START) as store:
        lookup = lookup_over(newsletters(), MemoryFinder(newsletters().summaries))
        services = services_over(store, lookup, lambda: START)
        settings = settings_from(environ | many, SlackSettings)
        asked = (
            access_for(settings, services, installed(settings, services.store))
            .options["oauth_settings"]
            .scopes
        )
    options = [
        *(["--linking", linking] if linking else []),
        *(["--settling"] if settling else []),
        *(["--pictures"] if pictures else []),
    ]
    document = json.loads(CliRunner().invoke(anbot, ["manifest", *options], obj=build_app({})).stdout)
    assert document["oauth_config"]["scopes"]["bot"] == asked


def test_an_organisation_may_be_let_install_it() -> None:
    options = ["manifest", "--organisation"]
    document = json.loads(CliRunner().invoke(anbot, options, obj=build_app({})).stdout)
    assert document["settings"]["org_deploy_enabled"] is True
    assert json.loads(manifest())["settings"]["org_deploy_enabled"] is False


def test_over_http_it_names_the_addresses() -> None:
    document = json.loads(manifest("https://bot.example/"))
    interactivity = document["settings"]["interactivity"]
    assert interactivity["request_url"] == "https://bot.example/slack/events"
    assert interactivity["message_menu_options_url"] == "https://bot.example/slack/events"
    assert document["oauth_config"]["redirect_urls"] == ["https://bot.example/slack/oauth_redirect"]
    assert document["settings"]["socket_mode_enabled"] is False
    assert "request_url" not in manifest()


@pytest.mark.parametrize("url", ["http://bot.example", "bot.example"])
def test_an_address_slack_would_not_call_is_refused(url: str) -> None:
    result = CliRunner().invoke(anbot, ["manifest", "--url", url], obj=build_app({}))
    assert result.exit_code == 2
    assert "https://" in result.output


def test_the_command_prints_it() -> None:
    result = CliRunner().invoke(anbot, ["manifest"], obj=build_app({}))
    assert json.loads(result.output) == json.loads(manifest())


def test_names_and_texts_are_as_long_as_slack_takes() -> None:
    document = json.loads(manifest())
    about = document["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    for command in document["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert command["description"]
    for shortcut in document["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
