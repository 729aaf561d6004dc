"""How a request is served: noted, struck by faults, authorised, counted, handled, checked."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.stand_ins.common.faults import Cut, Slow
from tests.stand_ins.common.journal import Journal
from tests.stand_ins.discord import posting
from tests.stand_ins.discord.call import Call, Endpoint, Reply, Site
from tests.stand_ins.discord.entities import Application, Json
from tests.stand_ins.discord.errors import ApiError, invalid_form, unauthorized
from tests.stand_ins.discord.faults import Answer, Failure, Faults, TooMany
from tests.stand_ins.discord.form import Form
from tests.stand_ins.discord.journal import Record
from tests.stand_ins.discord.limits import Limits, too_many, waiting
from tests.stand_ins.discord.openapi import OpenApi

VIA = {"Via": "1.1 google"}  # by its absence clients tell a ban by the front from a rate limit
REFUSALS = (401, 403)


class Pipeline:
    """Serves endpoints. An error of its own is kept in `crashes` and shown when the stand-in ends."""

    def __init__(self, site: Site, limits: Limits, faults: Faults, journal: Journal[Record]) -> None:
        self.site, self.limits, self.faults, self.journal = site, limits, faults, journal
        self.openapi: OpenApi | None = None
        self.crashes: list[Exception] = []

    async def serve(self, endpoint: Endpoint, request: web.Request) -> web.StreamResponse:
        """One request, from its arrival to its answer."""
        record = Record(
            method=request.method,
            path=request.path.removeprefix("/api/v10"),
            route=endpoint.path,
            at=self.site.world.clock.now(),
            query=dict(request.query),
        )
        self.journal.records.append(record)
        if self.limits.banned:
            return self._finished(record, 429, None, raw="<html>error code: 1015</html>")
        try:
            body, files = await self._body(request, record)
            return await self._struck(endpoint, request, record, (body, files))
        except ApiError as error:
            return self._finished(record, error.status, error.body)
        except Exception as error:  # noqa: BLE001 - whatever it is, a test must hear of it
            self.crashes.append(error)
            return self._finished(record, 500, {"message": "500: Internal Server Error", "code": 0})

    async def _struck(
        self, endpoint: Endpoint, request: web.Request, record: Record, body: tuple[Any, list[Json]]
    ) -> web.StreamResponse:
        """The answer, or what a fault makes of it."""
        failure = self.faults.for_request(record)
        self.site.world.changes.notify()  # a test may wait for a request that gets no answer yet
        match failure:
            case Cut(taken=False):
                return self._cut(request, record)
            case Answer(taken=False) | TooMany():
                return self._failed(record, failure)
            case Slow(taken=False):
                await failure.until.wait()
            case _:
                pass
        answer = await self._answer(endpoint, request, record, body)
        match failure:
            case Cut():
                return self._cut(request, record)
            case Answer():
                return self._failed(record, failure)
            case Slow(taken=True):
                await failure.until.wait()
            case _:
                pass
        return answer

    def _cut(self, request: web.Request, record: Record) -> web.StreamResponse:
        record.status = None
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _failed(self, record: Record, failure: Failure) -> web.StreamResponse:
        if isinstance(failure, Answer):
            return self._finished(record, failure.status, None, raw=failure.body)
        assert isinstance(failure, TooMany)
        body = too_many(failure.retry_after, for_all=failure.scope == "global")
        headers = waiting(failure.retry_after, scope=failure.scope)
        return self._finished(record, 429, body, headers=headers)

    async def _answer(
        self, endpoint: Endpoint, request: web.Request, record: Record, body: tuple[Any, list[Json]]
    ) -> web.StreamResponse:
        headers: dict[str, str] = {}
        try:
            caller = self._authorised(endpoint, request)
            record.application_id = caller.id if caller else None
            if endpoint.limited:
                token = caller.token if caller else None
                major = _major(request.match_info)
                verdict = self.limits.take(f"{endpoint.method} {endpoint.path}", major, token)
                headers = verdict.headers
                if verdict.refused:
                    return self._finished(record, 429, verdict.body(), headers=headers)
            status, answer = await self._handled(endpoint, request, caller, body)
            record.taken = True
        except ApiError as error:
            status, answer = error.status, error.body
        return self._finished(record, status, answer, headers=headers)

    async def _handled(
        self,
        endpoint: Endpoint,
        request: web.Request,
        caller: Application | None,
        body: tuple[Any, list[Json]],
    ) -> Reply:
        call = Call(
            site=self.site,
            caller=caller,
            path=request.match_info,
            query=request.query,
            body=body[0],
            files=body[1],
        )
        return await endpoint.handle(call)

    def _authorised(self, endpoint: Endpoint, request: web.Request) -> Application | None:
        """The application whose token came along; none where none is needed."""
        if not endpoint.bot:
            return None
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        for app in self.site.world.applications.values():
            if scheme == "Bot" and token == app.token:
                return app
        raise unauthorized()

    async def _body(self, request: web.Request, record: Record) -> tuple[Any, list[Json]]:
        """The JSON of a request and its files; 50109 and 50035 as Discord answers what is neither."""
        if not request.can_read_body:
            return None, []
        if request.content_type == "multipart/form-data":
            form = await request.post()
            payload = form.get("payload_json", "{}")
            raw = payload.decode() if isinstance(payload, bytes | bytearray) else str(payload)
            uploads = [each for each in form.values() if isinstance(each, web.FileField)]
        elif request.content_type == "application/json":
            raw, uploads = await request.text(), []
        else:
            problems = Form()
            message = "Expected \"Content-Type\" header to be one of {'application/json'}."
            problems.report((), "CONTENT_TYPE_INVALID", message)
            raise invalid_form(problems.errors)
        try:
            record.json = json.loads(raw)
        except json.JSONDecodeError:
            raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
        record.files = [each.filename for each in uploads]
        files = [
            posting.attachment(self.site.world, each.filename, len(each.file.read())) for each in uploads
        ]
        return json.loads(raw), files  # a copy: what was asked stays as it was

    def _finished(
        self,
        record: Record,
        status: int,
        answer: Any,
        *,
        headers: Mapping[str, str] | None = None,
        raw: str | None = None,
    ) -> web.Response:
        """The answer over the wire, noted; refusals count as invalid requests."""
        record.status, record.answer = status, answer
        sent = dict(headers or {}) | ({} if raw and status == 429 else VIA)
        if status in REFUSALS or (status == 429 and sent.get("X-RateLimit-Scope") != "shared"):
            self.limits.invalid()
        if self.openapi is not None:
            self.openapi.check(record)
        self.site.world.changes.notify()
        text = raw if raw is not None else json.dumps(answer)
        if answer is None and raw is None:
            return web.Response(status=status, headers=sent)
        kind = "text/html" if raw and not raw.startswith("{") else "application/json"
        return web.Response(status=status, body=text.encode(), headers=sent | {"Content-Type": kind})


def _major(path: Mapping[str, str]) -> str:
    """The parameter that parts a route's limits: the channel, the guild, or the webhook."""
    for key in ("channel_id", "guild_id", "token"):
        if key in path:
            return path[key]
    return ""
