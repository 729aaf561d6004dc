"""What a method is given, and how methods are named."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from tests.stand_ins.slack.delivery import Post
from tests.stand_ins.slack.entities import App, Channel, Installation, Json, Kind, Message, Team
from tests.stand_ins.slack.errors import SlackError, with_messages
from tests.stand_ins.slack.form import Rule
from tests.stand_ins.slack.sockets import Sockets
from tests.stand_ins.slack.world import World, channel_of, present


@dataclass(slots=True, kw_only=True)
class Site:
    """What every part of the stand-in reaches."""

    world: World
    post: Post
    sockets: Sockets


class Token(Enum):
    """What a method wants to be called with."""

    BOT = auto()
    APP = auto()
    NONE = auto()


@dataclass(slots=True, kw_only=True)
class Call:
    """One call of a method; its caller's workspace is all it can see."""

    site: Site
    args: Json
    app: App | None
    installed: Installation | None

    @property
    def world(self) -> World:
        return self.site.world

    @property
    def installation(self) -> Installation:
        assert self.installed is not None, "a method of bots"
        return self.installed

    @property
    def team(self) -> Team:
        return self.installation.team

    @property
    def bot_id(self) -> str:
        return self.installation.bot.id

    def given(self, name: str) -> str:
        """A required argument; invalid_arguments without it."""
        value = self.args.get(name)
        if value in (None, ""):
            raise with_messages(
                "invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"]
            )
        return str(value)

    def on(self, name: str) -> bool:
        """Whether an argument is true, as JSON or as a form has it."""
        return str(self.args.get(name, "")).lower() in ("true", "1")

    def require(self, scope: str) -> None:
        if scope not in self.installation.scopes:
            provided = ",".join(sorted(self.installation.scopes))
            raise SlackError("missing_scope", needed=scope, provided=provided)

    def channel(self, *, ability: str | None = None, member: bool = False, live: bool = False) -> Channel:
        """The channel argument's, as far as the caller may know it.

        ability: "history" or "read" of its kind; member: the bot must be in it; live: not archived.
        """
        channel = channel_of(self.team, self.args.get("channel"), self.bot_id)
        if ability:
            self.require(f"{channel.kind}:{ability}")
        if live and channel.archived:
            raise SlackError("is_archived")
        if member and self.bot_id not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def message(self, channel: Channel, ts: object) -> Message:
        """A message others can see, too; Slack forgets what was ephemeral."""
        message = present(channel.messages.get(str(ts)), "message_not_found")
        if message.seen_only_by is not None:
            raise SlackError("message_not_found")
        return message

    def own(self, channel: Channel, ts: object, error: str) -> Message:
        """A message of the caller's own."""
        message = self.message(channel, ts)
        if message.user != self.bot_id:
            raise SlackError(error)
        return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A Web API method: what it needs and how often it may be called."""

    name: str
    handle: Callable[[Call], Json]
    scope: str | None = None
    tier: int = 3
    token: Token = Token.BOT
    posts: bool = False  # counted by channel too


def check(rule: Rule, value: object, at: str, error: str) -> None:
    """Refuses what a rule refuses, with its messages."""
    if problems := list(rule(value, at)):
        raise with_messages(error, problems)


def visible(call: Call, channel: Channel) -> bool:
    return channel.kind is Kind.PUBLIC or call.bot_id in channel.members
