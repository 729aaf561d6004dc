"""The app: what it listens to, and what it does then.

Whatever comes is acknowledged before anything is looked up, so that Slack's 3
seconds hold however slow the archive is.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import digest_form, home_tab, surface
from adapters.slack.access import Access
from adapters.slack.digest_command import DigestCommand
from adapters.slack.digest_errors import SHUT_OUT
from adapters.slack.digest_told import DECISION
from adapters.slack.front import Front
from adapters.slack.grant import EVERYTHING, Grant
from adapters.slack.incoming import asker_of, asker_of_command, message_text, plain_text
from adapters.slack.linking import Linking
from adapters.slack.linking_command import linking_command, sight_of
from adapters.slack.lists import mentioned_screen
from adapters.slack.presses import Pressed, pressed
from adapters.slack.spots import ACTION, decode
from adapters.slack.web_api import BOLT, client_of
from bot.commands import DIGEST
from bot.linking.mentions import mentioned
from bot.requests import parse
from bot.types import Where

log: Final = logging.getLogger("anbot.slack")
Body = dict[str, Any]


def app_for(
    front: Front,
    access: Access,
    *,
    url: str = "",
    secret: str = "",
    grant: Grant = EVERYTHING,
) -> AsyncApp:
    """The app with everything registered that `surface` lists, linking too: what
    the manifest did not ask for never comes.

    `url` is where Slack's API is, "" for its own; `secret` is the signing
    secret, "" where nothing comes over HTTP; `grant` is what the manifest asked for.
    """
    app = AsyncApp(
        client=client_of(url, access.token),
        signing_secret=secret or "unused",
        request_verification_enabled=bool(secret),
        logger=BOLT,
        **access.options,
    )
    _add_commands(app, front)
    _add_shortcuts(app, front)
    _add_actions(app, front)
    _add_home(app, front)
    _add_goodbyes(app, front, access)
    _add_linking(app, front, grant)
    _add_digests(app, front)
    return app


def _add_commands(app: AsyncApp, front: Front) -> None:
    async def asked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        if front.once.first(body["trigger_id"]):
            request = parse(f"{body['command']} {plain_text(body.get('text') or '')}")
            await front.ask(client, asker_of_command(body), request)

    for command in surface.COMMANDS:
        app.command(f"/{command.name}")(asked)


def _add_shortcuts(app: AsyncApp, front: Front) -> None:
    @app.message_shortcut(surface.FIND_SUMMARIES)
    async def find_summaries(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        asker = asker_of(body)
        if not front.once.first(body["trigger_id"]):
            return
        async with front.serving(client, asker):
            desk = front.looking.desk
            found = await mentioned(message_text(body["message"]), desk.library, desk.finder)
            await front.show(client, asker, mentioned_screen(found.issues, found.headlines, found.more))


def _add_actions(app: AsyncApp, front: Front) -> None:
    @app.action(ACTION)
    async def act(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        press = _pressed(body)
        if press and front.once.first(body["trigger_id"]):
            async with front.serving(client, press.asker):
                await pressed(front, client, press)

    @app.action(home_tab.SETTING)
    async def settle(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        asker = asker_of(body)
        if front.once.first(body["trigger_id"]):
            async with front.serving(client, asker):
                await home_tab.settle(front, client, asker, body["actions"][0])


def _add_home(app: AsyncApp, front: Front) -> None:
    @app.event(surface.HOME_OPENED)
    async def opened(body: Body, event: Body, client: AsyncWebClient) -> None:
        if event.get("tab") == "home" and front.once.first(body["event_id"]):
            async with front.unasked():
                await home_tab.publish(front, client, body["team_id"], event["user"])


def _add_goodbyes(app: AsyncApp, front: Front, access: Access) -> None:
    async def gone(body: Body) -> None:
        team = body["team_id"]
        async with front.unasked():
            if await access.lets_in(team):
                log.info("a workspace that removed the bot had it installed again since: nothing is deleted")
                return
            await access.forget(team)
            await front.outbox.pause_all(Where(platform="slack", server=team), SHUT_OUT)
            log.info("a workspace removed the bot: what was kept for it is deleted")

    @app.event(surface.UNINSTALLED)
    async def uninstalled(body: Body) -> None:
        await gone(body)

    @app.event(surface.REVOKED)
    async def revoked(body: Body, event: Body) -> None:
        if event.get("tokens", {}).get("bot"):
            await gone(body)


def _add_linking(app: AsyncApp, front: Front, grant: Grant) -> None:
    linking = Linking(front, grant.domains)

    @app.command(f"/{surface.LINKING.name}")
    async def switch(ack: AsyncAck, body: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        await ack()
        asker = asker_of_command(body)
        if front.once.first(body["trigger_id"]):
            async with front.serving(client, asker):
                sight = sight_of(_seen(context, grant), grant.domains)
                await linking_command(front, client, asker, body.get("text") or "", sight)

    @app.event("message")
    async def heard(body: Body, event: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        if front.once.first(body["event_id"]):
            await linking.heard(client, body["team_id"], event, _seen(context, grant))

    @app.event(surface.LINK_SHARED)
    async def shared(body: Body, event: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        if front.once.first(body["event_id"]):
            await linking.shared(client, body["team_id"], event, _seen(context, grant))


def _seen(context: AsyncBoltContext, grant: Grant) -> frozenset[str]:
    """The scopes by which the workspace shows discussions; all of them where Slack does not tell.

    Scopes for reading come with settling too, and then bring no messages.
    """
    held = context.authorize_result.bot_scopes if context.authorize_result else None
    granted = frozenset(EVERYTHING.scopes if held is None else held)
    return granted - surface.LINKING_SCOPES.keys() if grant.linking == "links" else granted


def _add_digests(app: AsyncApp, front: Front) -> None:
    digests = DigestCommand(front)

    @app.command(f"/{DIGEST.name}")
    async def digest(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        asker = asker_of_command(body)
        if front.once.first(body["trigger_id"]):
            async with front.serving(client, asker):
                await digests.command(client, asker, body.get("text") or "")

    @app.view(digest_form.FORM)
    async def submitted(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await digests.submitted(client, ack, body)

    @app.options(digest_form.ZONE)
    async def zones(ack: AsyncAck, body: Body) -> None:
        await ack(options=digest_form.zone_options(body.get("value") or ""))

    @app.action(DECISION)
    async def decided(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        asker = asker_of(body)
        if front.once.first(body["trigger_id"]):
            async with front.serving(client, asker):
                await digests.decided(client, asker, body["actions"][0])


def _pressed(body: Mapping[str, Any]) -> Pressed | None:
    """The press that the body tells of; None for one that is not ours."""
    action = body["actions"][0]
    press = decode(action["action_id"])
    if press is None:
        return None
    container, view = body.get("container") or {}, body.get("view") or {}
    return Pressed(
        press=press,
        asker=asker_of(body),
        value=(action.get("selected_option") or {}).get("value") or action.get("value") or "",
        message={"ts": container.get("message_ts"), **(body.get("message") or {})},
        alone=bool(container.get("is_ephemeral")),
        window=view.get("id", "") if view.get("type") == "modal" else "",
        home=view.get("type") == "home",
        unfurl=container.get("app_unfurl_url") or "",
    )
