"""The app: its listeners.

A slash command is acknowledged with its answer, or without one if that is not ready
in half a second; everything else at once. Slack waits 3 seconds.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import app_home, digest_fields, digest_modal, scopes
from adapters.slack.acknowledgement import PromptApp, acknowledging
from adapters.slack.action_ids import ACTION
from adapters.slack.auth import Access, NotInstalled
from adapters.slack.button_actions import act, press_of
from adapters.slack.client import BOLT, client_of, without_token_warning
from adapters.slack.commands.digest import DigestCommand
from adapters.slack.commands.linking import linking_command, status_of
from adapters.slack.errors import UNREADABLE, sentence
from adapters.slack.events import Actor, actor_of, actor_of_command, plain_text, team_of_event
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.interactions import Interactions
from adapters.slack.linking import Linking
from adapters.slack.message_text import message_text
from adapters.slack.scopes import EVERYTHING, Grant
from bot.cards.lists import mentioned_card
from bot.errors import BotError
from bot.linking.find_summaries import mentioned
from bot.lookup.commands import DIGEST
from bot.lookup.requests import parse
from bot.runtime.refusals import Refusals, unreadable

Body = dict[str, Any]
Next = Callable[[], Awaitable[BoltResponse]]


def app_for(
    interactions: Interactions,
    access: Access,
    goodbye: Callable[[str], Awaitable[None]],
    *,
    url: str = "",
    grant: Grant = EVERYTHING,
) -> AsyncApp:
    """The app with all listeners that `scopes` lists, linking too: what the manifest
    did not ask for never comes.

    `goodbye` is told of each workspace or organisation that removed the bot. `url` is the base of
    Slack's API, "" for its own; `grant` is what the manifest asked for. Signatures are looked at
    before a request gets here.
    """
    with without_token_warning():
        app = PromptApp(
            client=client_of(url, access.token),
            signing_secret="unused",  # noqa: S106 - no secret
            request_verification_enabled=False,
            process_before_response=True,  # so that bolt does not look for the acknowledgement itself
            raise_error_for_unhandled_request=True,
            logger=BOLT,
            **access.options,
        )
    app.error(_failing(interactions.refusals))
    if access.options:  # only who installs it by themselves may be an organisation
        app.use(_noting(access))
    _add_commands(app, interactions)
    _add_shortcuts(app, interactions)
    _add_actions(app, interactions)
    _add_home(app, interactions)
    _add_goodbyes(app, interactions, goodbye)
    _add_linking(app, interactions, grant)
    _add_digests(app, interactions)
    return app


def _noting(access: Access) -> Callable[..., Awaitable[BoltResponse]]:
    """A middleware that notes which workspaces an organisation's installation serves."""

    async def note(body: Body, context: AsyncBoltContext, next_: Next) -> BoltResponse:
        if context.is_enterprise_install and context.enterprise_id:
            team = context.team_id or (team_of_event(body) if "team_id" in body else "")
            if team:
                await access.joined(context.enterprise_id, team)
        return await next_()

    return note


def _failing(refusals: Refusals) -> Callable[..., Awaitable[BoltResponse | None]]:
    """Answers a request that reached no listener or lacks what one needs, unless it is answered already."""

    async def failed(error: Exception, response: BoltResponse | None) -> BoltResponse | None:
        match error:
            case NotInstalled():
                refusals.note("its workspace has no installation here")
                text = str(error)
            case BotError():
                text = sentence(error)
            case _:
                unused = isinstance(error, BoltUnhandledRequestError)
                refusals.note("the bot has no use for it" if unused else unreadable(error))
                text = UNREADABLE
        return BoltResponse(status=200, body=text) if response else None

    return failed


def _add_commands(app: AsyncApp, interactions: Interactions) -> None:
    async def asked(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        request = parse(f"{body['command']} {plain_text(body.get('text') or '')}")
        async with _acknowledged(ack, body) as actor:
            if await interactions.once.begin(f"slack {actor.trigger}"):
                await interactions.ask(client, actor, request)

    for command in scopes.COMMANDS:
        app.command(f"/{command.name}")(asked)


@asynccontextmanager
async def _acknowledged(ack: AsyncAck, body: Body) -> AsyncIterator[Actor]:
    """Who used the slash command; inside, the first answer may be the acknowledgement."""
    actor = actor_of_command(body)
    async with acknowledging(ack) as acknowledgement:
        yield replace(actor, acknowledgement=acknowledgement)


def _add_shortcuts(app: AsyncApp, interactions: Interactions) -> None:
    @app.message_shortcut(scopes.FIND_SUMMARIES)
    async def find_summaries(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        actor = actor_of(body)
        if not await interactions.once.begin(f"slack {body['trigger_id']}"):
            return
        async with interactions.serving(client, actor):
            lookup = interactions.presenter.lookup
            things = await mentioned(message_text(body["message"]), lookup.library, lookup.finder)
            card = mentioned_card(things.issues, things.headlines, things.more, SLACK_FORMAT)
            await interactions.show(client, actor, card)


def _add_actions(app: AsyncApp, interactions: Interactions) -> None:
    @app.action(ACTION)
    async def pressed(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        press = press_of(body)
        if press and await interactions.once.begin(f"slack {body['trigger_id']}"):
            async with interactions.serving(client, press.actor):
                await act(interactions, client, press)

    @app.action(app_home.SETTING)
    async def settle(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        actor = actor_of(body)
        if await interactions.once.begin(f"slack {body['trigger_id']}"):
            async with interactions.serving(client, actor):
                await app_home.settle(interactions, client, actor, body["actions"][0])


def _add_home(app: AsyncApp, interactions: Interactions) -> None:
    @app.event(scopes.HOME_OPENED)
    async def opened(body: Body, event: Body, client: AsyncWebClient) -> None:
        if event.get("tab") == "home" and interactions.heard.first(body["event_id"]):
            async with interactions.unasked():
                await app_home.publish(interactions, client, team_of_event(body), event["user"])


def _add_goodbyes(
    app: AsyncApp, interactions: Interactions, goodbye: Callable[[str], Awaitable[None]]
) -> None:
    async def gone(body: Body, context: AsyncBoltContext) -> None:
        server = (context.enterprise_id if context.is_enterprise_install else None) or team_of_event(body)
        async with interactions.unasked():
            await goodbye(server)

    app.event(scopes.UNINSTALLED)(gone)

    @app.event(scopes.REVOKED)
    async def revoked(body: Body, event: Body, context: AsyncBoltContext) -> None:
        if (event.get("tokens") or {}).get("bot"):
            await gone(body, context)


def _add_linking(app: AsyncApp, interactions: Interactions, grant: Grant) -> None:
    linking = Linking(interactions, grant.domains)

    @app.command(f"/{scopes.LINKING.name}")
    async def switch(ack: AsyncAck, body: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        async with _acknowledged(ack, body) as actor:
            if not await interactions.once.begin(f"slack {actor.trigger}"):
                return
            async with interactions.serving(client, actor):
                await interactions.note_channel(actor)
                status = status_of(_reading_scopes(context, grant), grant.domains)
                await linking_command(interactions, client, actor, body.get("text") or "", status)

    @app.event("message")
    async def written(body: Body, event: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        if interactions.heard.first(body["event_id"]):
            await linking.follow_message(client, team_of_event(body), event, _reading_scopes(context, grant))

    @app.event(scopes.LINK_SHARED)
    async def shared(body: Body, event: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        if interactions.heard.first(body["event_id"]):
            await linking.preview_links(client, team_of_event(body), event, _reading_scopes(context, grant))


def _reading_scopes(context: AsyncBoltContext, grant: Grant) -> frozenset[str]:
    """The scopes by which the workspace shows discussions; all of them if Slack does not say.

    Settling needs the scopes for reading too; without linking they bring no messages.
    """
    scopes_of_token = context.authorize_result.bot_scopes if context.authorize_result else None
    granted = frozenset(EVERYTHING.scopes if scopes_of_token is None else scopes_of_token)
    return granted - scopes.LINKING_SCOPES.keys() if grant.linking == "links" else granted


def _add_digests(app: AsyncApp, interactions: Interactions) -> None:
    digests = DigestCommand(interactions)

    @app.command(f"/{DIGEST.name}")
    async def digest(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        async with _acknowledged(ack, body) as actor:
            if not await interactions.once.begin(f"slack {actor.trigger}"):
                return
            async with interactions.serving(client, actor):
                await interactions.note_channel(actor)
                await digests.command(client, actor, body.get("text") or "")

    @app.view(digest_modal.FORM)
    async def submitted(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await digests.submitted(client, ack, body)

    async def chosen(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        async with interactions.serving(client, actor_of(body)):
            await digests.chosen(client, body)

    for field in (digest_fields.KIND, digest_fields.WHEN):
        app.action(field)(chosen)

    @app.options(digest_fields.ZONE)
    async def zones(ack: AsyncAck, body: Body) -> None:
        await ack(options=digest_modal.zone_options(body.get("value") or ""))
