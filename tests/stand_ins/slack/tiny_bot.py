"""A tiny bot of bolt's own parts, for showing that the stand-in is Slack enough for them."""

import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.slack import App, StandIn

QUIET = logging.getLogger("tests.stand_ins.slack.quiet")
QUIET.setLevel(logging.CRITICAL)
COMMANDS = ("/paper", "/say", "/ask", "/chatty")
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "link_shared",
    "message.channels",
    "tokens_revoked",
)


def client(slack: StandIn, token: str | None = None) -> AsyncWebClient:
    """A client that waits out rate limits and reconnects."""
    handlers = [AsyncConnectionErrorRetryHandler(), AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=handlers, logger=QUIET)


def card(page: int) -> dict[str, Any]:
    button = {"type": "button", "action_id": "next", "text": {"type": "plain_text", "text": "Next"}}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"*Mesa* page {page}"}}
    return {
        "text": f"Mesa, page {page}",
        "blocks": [section, {"type": "actions", "elements": [button | {"value": str(page + 1)}]}],
    }


def question() -> dict[str, Any]:
    field = {"type": "plain_text_input", "action_id": "words"}
    label = {"type": "plain_text", "text": "Words"}
    return {
        "type": "modal",
        "callback_id": "question",
        "title": {"type": "plain_text", "text": "Ask"},
        "submit": {"type": "plain_text", "text": "Find"},
        "blocks": [{"type": "input", "block_id": "asked", "label": label, "element": field}],
    }


class TinyBot:
    """What the bot's handlers saw, and its bolt app."""

    def __init__(
        self, slack: StandIn, app: App, token: str | None = None, oauth: AsyncOAuthSettings | None = None
    ) -> None:
        self.heard: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self._changes = slack.world.changes
        self.bolt = AsyncApp(
            client=client(slack, token),
            signing_secret=app.signing_secret,
            oauth_settings=oauth,
            installation_store=oauth.installation_store if oauth else None,
            logger=QUIET,
        )
        self._commands()
        self._others()

    def _commands(self) -> None:
        bolt = self.bolt

        @bolt.command("/paper")
        async def paper(ack: Any, command: dict[str, Any]) -> None:
            await ack(**card(1) if command["text"] else {"text": "usage: /paper words"})

        @bolt.command("/say")
        async def say(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.chat_postMessage(channel=command["channel_id"], text=command["text"])

        @bolt.command("/ask")
        async def ask(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=question())

        @bolt.command("/chatty")
        async def chatty(ack: Any, respond: Any) -> None:
            await ack()
            answers = [await respond(f"answer {number}") for number in range(6)]
            self.statuses = [answer.status_code for answer in answers]
            self._changes.notify()

    def _others(self) -> None:
        bolt = self.bolt

        @bolt.action("next")
        async def turn(ack: Any, action: dict[str, Any], respond: Any) -> None:
            await ack()
            await respond(replace_original=True, **card(int(action["value"])))

        @bolt.view("question")
        async def asked(ack: Any, view: dict[str, Any]) -> None:
            words = view["state"]["values"]["asked"]["words"]["value"]
            if words == "pizza":
                await ack(response_action="errors", errors={"asked": "nothing fits"})
            else:
                await ack()

        @bolt.shortcut("find")
        async def find(ack: Any, shortcut: dict[str, Any], respond: Any) -> None:
            await ack()
            await respond(f"found in: {shortcut['message']['text']}")

        for name in ("app_mention", "link_shared", "message", "app_home_opened"):

            @bolt.event(name)
            async def hear(event: dict[str, Any]) -> None:
                self.heard.append(event)
                self._changes.notify()

        if bolt.installation_store is not None:
            bolt.enable_token_revocation_listeners()


@asynccontextmanager
async def listening(server: web.Application, app: App) -> AsyncIterator[str]:
    """A server on a port of its own, to which an application's requests go; its address."""
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    app.request_url = f"http://{host}:{port}/slack/events"
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


def over_http(bot: TinyBot, app: App) -> AbstractAsyncContextManager[str]:
    """The bot met over HTTP; its address."""
    return listening(bot.bolt.web_app("/slack/events"), app)


@asynccontextmanager
async def by_socket(
    bot: TinyBot, app: App, slack: StandIn, *, ping_interval: float = 5
) -> AsyncIterator[AsyncSocketModeHandler]:
    """The bot connected by Socket Mode."""
    handler = AsyncSocketModeHandler(bot.bolt, app.app_token, logger=QUIET, ping_interval=ping_interval)
    await handler.connect_async()  # type: ignore[no-untyped-call] # bolt leaves it untyped
    try:
        await slack.until(lambda: slack.sockets.connected(app), what="a connection")
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # as above
