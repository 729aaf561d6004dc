"""A request as the handlers of the REST API get it, and how they are registered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.stand_ins.discord.building import Builder
from tests.stand_ins.discord.entities import Application, Json
from tests.stand_ins.discord.errors import unauthorized
from tests.stand_ins.discord.gateway import Gateway
from tests.stand_ins.discord.interactions import Interaction
from tests.stand_ins.discord.world import World


@dataclass(slots=True, kw_only=True)
class Site:
    """What the handlers work on: the world, its builder, the gateway, the interactions by token."""

    world: World
    build: Builder
    gateway: Gateway
    interactions: dict[str, Interaction] = field(default_factory=dict)
    nonce_window: float = 180.0  # seconds; Discord says "a few minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that may pass."""

    site: Site
    caller: Application | None
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: list[Json]

    @property
    def world(self) -> World:
        return self.site.world

    @property
    def app(self) -> Application:
        """The application that asks."""
        if self.caller is None:
            raise unauthorized()
        return self.caller

    @property
    def fields(self) -> Json:
        """The body as an object; empty where there is none."""
        return self.body if isinstance(self.body, dict) else {}


Reply = tuple[int, Any]  # status, and the JSON (None: no body)
EMPTY: Reply = (204, None)
Handler = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A route and its handler. Without bot=True the token in its path is the credential."""

    method: str
    path: str
    handle: Handler
    bot: bool = True
    limited: bool = True


class Routes(list[Endpoint]):
    """Collects endpoints: `@routes.on("GET", "/users/@me")`."""

    def on(
        self, method: str, path: str, *, bot: bool = True, limited: bool = True
    ) -> Callable[[Handler], Handler]:
        def register(handle: Handler) -> Handler:
            self.append(Endpoint(method=method, path=path, handle=handle, bot=bot, limited=limited))
            return handle

        return register
