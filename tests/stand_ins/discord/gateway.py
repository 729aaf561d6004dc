"""The gateway: who is connected, who is told what, and how connections fail on demand."""

from typing import Any

from aiohttp import web

from tests.stand_ins.common.patience import HANG
from tests.stand_ins.discord import payloads
from tests.stand_ins.discord.connection import Close, Code, Connection, Op, Refused
from tests.stand_ins.discord.entities import Application, Json
from tests.stand_ins.discord.events import HIGHEST_INTENT, PRIVILEGED, Event
from tests.stand_ins.discord.sessions import Identify, Session
from tests.stand_ins.discord.snowflakes import shard_of
from tests.stand_ins.discord.world import WITHHELD, World

NORMAL, GOING_AWAY = 1000, 1001


class Gateway:
    """Settings and failures for tests; sessions and their connections underneath."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.url = ""  # ws://…, known once the stand-in listens
        self.shards = 1  # what /gateway/bot recommends
        self.max_concurrency = 16
        self.heartbeat_interval = 41.25  # seconds
        self.acknowledges = True  # whether heartbeats are answered
        self.down = False  # whether new connections are refused (503)
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies: list[Identify] = []
        self.resumes: list[Session] = []
        self.closed: list[int] = []  # the codes the gateway closed connections with, in order
        world.listeners.append(self.dispatch)

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Takes a websocket; 400 for an encoding or compression that is not spoken here."""
        if self.down:
            return web.Response(status=503)
        try:
            connection = Connection(self, request)
        except (KeyError, ImportError):
            return web.Response(status=400, text="unknown compression")
        if request.query.get("encoding", "json") != "json":
            return web.Response(status=400, text="only json is spoken here")
        self.connections.append(connection)
        return await connection.serve()

    # What tests ask and do.

    def connected(self, app: Application | None = None) -> list[Session]:
        """The sessions that are connected now, in the order of their shards."""
        live = [each for each in self.sessions.values() if each.connection is not None]
        return sorted((each for each in live if app in (None, each.application)), key=lambda each: each.shard)

    async def ready(self, app: Application | None = None, *, shards: int = 1, within: float = HANG) -> None:
        """Waits until so many sessions are connected."""
        await self.world.changes.until(
            lambda: len(self.connected(app)) >= shards, within=within, what="a gateway session"
        )

    def drop(self) -> None:
        """Cuts every connection without a word; sessions can be resumed."""
        self._end_all(None)

    def close(self, code: int) -> None:
        """Closes every connection with a code; sessions can be resumed."""
        self._end_all(code)

    def reconnect(self) -> None:
        """Asks every client to connect anew and resume (op 7)."""
        for connection in self.connections:
            connection.put({"op": Op.RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Tells every client that its session is invalid (op 9); if not resumable, it is forgotten."""
        for connection in self.connections:
            if connection.session is not None and not resumable:
                self.sessions.pop(connection.session.id, None)
            connection.put({"op": Op.INVALID_SESSION, "d": resumable})

    def _end_all(self, code: int | None) -> None:
        """At once, as far as sessions go: what happens from here on is for a resumption."""
        for connection in self.connections:
            if connection.session is not None:
                connection.session.connection = None
            connection.put(Close(code))

    # What connections ask.

    def dispatch(self, event: Event) -> None:
        """Hands an event to every session it concerns."""
        for session in self.sessions.values():
            app = session.application
            if session.wants(event) and self.world.hears(app, event):
                session.dispatch(event.name, self._shown(session, event))

    def _shown(self, session: Session, event: Event) -> Json:
        message = event.message
        if message and not self.world.reads(session.application, message, session.intents):
            return event.data | WITHHELD
        return event.data

    def identify(self, connection: Connection, data: Any) -> None:
        """Starts a session: READY, then each guild; or a close code that says what is wrong."""
        if connection.session is not None:
            raise Refused(Code.ALREADY_AUTHENTICATED)
        if not isinstance(data, dict) or "properties" not in data:
            raise Refused(Code.DECODE)
        app = self._application(data.get("token"))
        shard = _shard(data.get("shard", [0, 1]))
        intents = data.get("intents")
        if not isinstance(intents, int) or not 0 <= intents < HIGHEST_INTENT << 1:
            raise Refused(Code.INVALID_INTENTS)
        if any(intents & asked and not app.flags & needed for asked, needed in PRIVILEGED.items()):
            raise Refused(Code.DISALLOWED_INTENTS)
        self.identifies.append(
            Identify(application=app, intents=intents, shard=shard, at=self.world.clock.now())
        )
        session = Session(application=app, intents=intents, shard=shard, connection=connection)
        connection.session = self.sessions[session.id] = session
        self._greet(session)

    def _application(self, token: Any) -> Application:
        for app in self.world.applications.values():
            if app.token == token:
                return app
        raise Refused(Code.WRONG_TOKEN)

    def _greet(self, session: Session) -> None:
        app = session.application
        number, shards = session.shard
        mine = [
            guild
            for guild in self.world.guilds.values()
            if app.bot.id in guild.members and shard_of(guild.id, shards) == number
        ]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": payloads.own_user(app.bot),
                "guilds": [{"id": guild.id, "unavailable": True} for guild in mine],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": list(session.shard),
                "application": {"id": app.id, "flags": app.flags},
                "private_channels": [],
            },
        )
        for guild in mine if session.intents & 1 else ():
            seen = self.world.seen_by(guild, app.bot)
            data = payloads.guild_create(guild, guild.members[app.bot.id], seen)
            if not session.intents & (1 << 1):  # without the members intent: the application itself
                data["members"] = [payloads.member(guild.members[app.bot.id])]
            session.dispatch("GUILD_CREATE", data)

    def resume(self, connection: Connection, data: Any) -> None:
        """Goes on with a session: everything missed, then RESUMED; op 9 where there is none."""
        if not isinstance(data, dict):
            raise Refused(Code.DECODE)
        app = self._application(data.get("token"))
        session = self.sessions.get(str(data.get("session_id")))
        if session is None or session.application is not app:
            connection.put({"op": Op.INVALID_SESSION, "d": False})
            return
        sequence = data.get("seq")
        if not isinstance(sequence, int) or not 0 <= sequence <= len(session.sent):
            raise Refused(Code.INVALID_SEQUENCE)
        for missed in session.missed_since(sequence):
            connection.put(missed)
        session.connection, connection.session = connection, session
        self.resumes.append(session)
        session.dispatch("RESUMED", {"_trace": []})

    def members(self, connection: Connection, data: Any) -> None:
        """Answers a request for members, by ids or by the beginning of their names."""
        session, guild = connection.session, self.world.guilds.get(str(data.get("guild_id")))
        if session is None or guild is None:
            return
        wanted = data.get("user_ids")
        ids = {str(each) for each in (wanted if isinstance(wanted, list) else [wanted]) if each is not None}
        begins = str(data.get("query") or "").lower()
        members = [
            who
            for who in guild.members.values()
            if (who.user.id in ids if ids else who.user.name.lower().startswith(begins))
        ]
        limit = data.get("limit") or len(members)
        chunk = {"guild_id": guild.id, "chunk_index": 0, "chunk_count": 1, "nonce": data.get("nonce")}
        shown = [payloads.member(who) for who in members[:limit]]
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | {"members": shown, "not_found": []})

    def gone(self, connection: Connection, code: int | None) -> None:
        """A connection has ended; a session its client closed in order ends with it."""
        if connection in self.connections:
            self.connections.remove(connection)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if code in (NORMAL, GOING_AWAY):
                self.sessions.pop(session.id, None)
        self.world.changes.notify()


def _shard(asked: Any) -> tuple[int, int]:
    match asked:
        case [int(number), int(shards)] if 0 <= number < shards:
            return number, shards
        case _:
            raise Refused(Code.INVALID_SHARD)
