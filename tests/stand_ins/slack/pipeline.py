"""How a request is served: noted, struck by faults, authorised, counted, carried out."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.common.journal import Journal
from tests.stand_ins.slack import files, hooks
from tests.stand_ins.slack.call import Call, Method, Site, Token
from tests.stand_ins.slack.entities import App, Installation, Json
from tests.stand_ins.slack.errors import SlackError
from tests.stand_ins.slack.faults import Answer, Failure, Faults, TooMany
from tests.stand_ins.slack.journal import Record
from tests.stand_ins.slack.limits import Limits
from tests.stand_ins.slack.methods import METHODS

AS_JSON = ("blocks", "attachments", "metadata", "unfurls", "view", "files")  # forms carry these as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    status: int = 200
    body: Json | str
    headers: dict[str, str] = field(default_factory=dict)


def too_many(retry_after: int) -> Reply:
    body = {"ok": False, "error": "ratelimited"}
    return Reply(status=429, body=body, headers={"Retry-After": str(retry_after)})


class Pipeline:
    """Serves requests. An error of its own is kept in `crashes` and shown when the stand-in ends."""

    def __init__(self, site: Site, limits: Limits, faults: Faults, journal: Journal[Record]) -> None:
        self.site, self.limits, self.faults, self.journal = site, limits, faults, journal
        self.crashes: list[BaseException] = []

    async def method(self, request: web.Request) -> web.StreamResponse:
        """A call of a Web API method."""
        name = request.match_info["method"]
        return await self._serve(name, request, lambda record, token: self._called(name, record, token))

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """A use of a response_url."""
        key = request.match_info["key"]
        return await self._serve("response_url", request, lambda record, _: self._hooked(key, record))

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file."""
        file_id, data = request.match_info["file"], await request.read()
        return await self._serve("upload", request, lambda record, _: self._brought(file_id, data, record))

    async def _serve(
        self, name: str, request: web.Request, carry_out: Callable[[Record, str | None], Reply]
    ) -> web.StreamResponse:
        path = request.path if name == "response_url" else ""
        record = Record(method=name, path=path, at=self.site.world.clock.now())
        self.journal.records.append(record)
        try:
            record.args, token = await _arguments(request)
        except SlackError as error:
            return self._finished(record, Reply(body=error.body, status=_status(record, error)))
        failure = self.faults.for_request(record)
        self.site.world.changes.notify()  # a test may wait for a request that gets no answer yet
        match failure:
            case Cut(taken=False) | Answer(taken=False) | TooMany():
                return self._failed(request, record, failure)
            case Slow(taken=False):
                await failure.until.wait()
            case _:
                pass
        reply = self._guarded(record, token, carry_out)
        match failure:
            case Cut() | Answer():
                return self._failed(request, record, failure)
            case Slow(taken=True):
                await failure.until.wait()
            case _:
                pass
        return self._finished(record, reply)

    def _guarded(
        self, record: Record, token: str | None, carry_out: Callable[[Record, str | None], Reply]
    ) -> Reply:
        """The answer; errors of the stand-in's own become a 500, and the test hears of them."""
        try:
            return carry_out(record, token)
        except SlackError as error:
            return Reply(body=error.body, status=_status(record, error))
        except Exception as error:  # noqa: BLE001 - whatever it is, a test must hear of it
            self.crashes.append(error)
            return Reply(body={"ok": False, "error": "internal_error"}, status=500)

    def _called(self, name: str, record: Record, token: str | None) -> Reply:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        app, installation = self._authorised(method, token, record.args)
        record.app_id = app.id if app else None
        record.team_id = installation.team.id if installation else None
        call = Call(site=self.site, args=dict(record.args), app=app, installed=installation)
        if method.scope:
            call.require(method.scope)
        if wait := self._counted(method, call):
            return too_many(wait)
        if self.limits.page and method.name in self.limits.methods:
            call.args["limit"] = min(int(call.args.get("limit") or 100), self.limits.page)
        body = {"ok": True, **method.handle(call)}
        record.taken = True
        scopes = ",".join(sorted(installation.scopes)) if installation else ""
        return Reply(body=body, headers={"X-OAuth-Scopes": scopes} if scopes else {})

    def _counted(self, method: Method, call: Call) -> int:
        workspace = call.installed.token if call.installed else call.app.id if call.app else ""
        channel = str(call.args.get("channel")) if method.posts else None
        return self.limits.take(method.name, tier=method.tier, workspace=workspace, channel=channel)

    def _meant(self, first: Installation | None, args: Json) -> Installation | None:
        """Of an organisation's installations that in the workspace where the channel or the person is."""
        if first is None or not first.organisation:
            return first
        same = [each for each in self.site.world.installations.values() if each.token == first.token]
        named = {args.get("channel"), args.get("user"), args.get("user_id")}
        return next((each for each in same if named & {*each.team.channels, *each.team.users}), first)

    def _authorised(
        self, method: Method, token: str | None, args: Json
    ) -> tuple[App | None, Installation | None]:
        """Whose token came along, if it is of the kind the method wants."""
        world = self.site.world
        if method.token is Token.NONE:
            return None, None
        if not token:
            raise SlackError("not_authed")
        installation = self._meant(world.installations.get(token), args)
        app = next((each for each in world.apps.values() if each.app_token == token), None)
        if installation is None and app is None:
            raise SlackError("invalid_auth")
        if installation is not None and installation.dead:
            raise SlackError(installation.dead)
        if (installation is None) is (method.token is Token.BOT):
            raise SlackError("not_allowed_token_type")
        return (installation.app if installation else app), installation

    def _hooked(self, key: str, record: Record) -> Reply:
        hook = self.site.world.hooks.get(key)
        if hook is not None:
            record.app_id, record.team_id = hook.installation.app.id, hook.installation.team.id
        hooks.use(self.site, key, record.args)
        record.taken = True
        return Reply(body="ok")

    def _brought(self, file_id: str, data: bytes, record: Record) -> Reply:
        files.bring(self.site, file_id, data)
        record.taken = True
        return Reply(body=f"OK - {len(data)}")

    def _failed(self, request: web.Request, record: Record, failure: Failure) -> web.StreamResponse:
        match failure:
            case TooMany():
                return self._finished(record, too_many(failure.retry_after))
            case Answer():
                return self._finished(record, Reply(status=failure.status, body=failure.body))
            case _:
                if request.transport is not None:
                    request.transport.abort()
                return web.Response()

    def _finished(self, record: Record, reply: Reply) -> web.Response:
        record.status, record.answer = reply.status, reply.body
        self.site.world.changes.notify()
        if isinstance(reply.body, dict):
            return web.json_response(reply.body, status=reply.status, headers=reply.headers)
        kind = "application/json" if reply.body.startswith("{") else "text/plain"
        return web.Response(status=reply.status, text=reply.body, content_type=kind)


def _status(record: Record, error: SlackError) -> int:
    """Methods answer errors with 200; a response_url answers 404 where it is none any more."""
    if record.method not in ("response_url", "upload"):
        return 200
    return 404 if error.error in ("no_such_url", "expired_url", "used_url") else 400


async def _arguments(request: web.Request) -> tuple[Json, str | None]:
    """The arguments of a request, however they came, and its token."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= _object(await request.text())
    elif request.can_read_body:
        args |= dict(await request.post())
    for name in AS_JSON:
        if isinstance(args.get(name), str):
            args[name] = _decoded(args[name])
    scheme, _, proof = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        args |= _client(proof)
    return args, args.pop("token", None) or (proof if scheme == "Bearer" else None)


def _object(text: str) -> Json:
    """A JSON body, which must be an object."""
    body = _decoded(text) if text.strip() else {}
    if not isinstance(body, dict):
        raise SlackError("invalid_json" if isinstance(body, str) else "json_not_object")
    return body


def _client(proof: str) -> Json:
    """The client id and secret of basic authorisation."""
    try:
        client_id, _, secret = base64.b64decode(proof).decode().partition(":")
    except ValueError:
        raise SlackError("invalid_auth") from None
    return {"client_id": client_id, "client_secret": secret}


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
