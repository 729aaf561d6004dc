"""What there is in a small Slack: workspaces, people, channels, messages, applications, views."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.stand_ins.slack.signing import Signature

Json = dict[str, Any]


class Kind(StrEnum):
    """A channel's kind, by the word its scopes begin with."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    DIRECT = "im"


@dataclass(slots=True, kw_only=True, eq=False)
class User:
    id: str
    team_id: str
    name: str
    is_bot: bool = False
    is_admin: bool = False
    deleted: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """seen_only_by: whose ephemeral it is; pings: the ids of those it notified; gone: deleted, but it
    still heads a thread.
    """

    ts: str
    channel: "Channel"
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    app_id: str | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    attachments: list[Json] = field(default_factory=list)
    unfurls: Json = field(default_factory=dict)  # by address
    unfurled_by: dict[str, str] = field(default_factory=dict)  # the application, by address
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    seen_only_by: str | None = None
    edited: str | None = None
    gone: bool = False
    pings: set[str] = field(default_factory=set)

    @property
    def all_blocks(self) -> list[Json]:
        """Its blocks, and those of its attachments."""
        return self.blocks + [block for each in self.attachments for block in each.get("blocks", ())]


@dataclass(slots=True, kw_only=True, eq=False)
class Channel:
    id: str
    team_id: str
    name: str
    kind: Kind
    members: set[str] = field(default_factory=set)
    archived: bool = False
    shared_with: set[str] = field(default_factory=set)  # ids of other workspaces: Slack Connect
    messages: dict[str, Message] = field(default_factory=dict)  # ephemerals too


@dataclass(slots=True, kw_only=True, eq=False)
class Team:
    """A workspace; groups are its user groups' members."""

    id: str
    name: str
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    organisation: str = ""

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


@dataclass(slots=True, kw_only=True, eq=False)
class App:
    """An application as its manifest describes it; without a request_url it is met by Socket Mode."""

    id: str
    name: str
    client_id: str
    client_secret: str
    signing_secret: str
    app_token: str
    scopes: frozenset[str]
    commands: frozenset[str] = frozenset()
    shortcuts: frozenset[str] = frozenset()  # by callback_id
    events: frozenset[str] = frozenset()
    domains: tuple[str, ...] = ()
    request_url: str | None = None
    rotating: bool = False  # whether its tokens last for 12 hours
    signature: Signature = Signature.RIGHT  # what its requests are signed with


@dataclass(slots=True, kw_only=True, eq=False)
class Installation:
    """An application in a workspace; dead: the error its token now gets. An organisation's
    is one for each of its workspaces, with the same token.
    """

    app: App
    team: Team
    bot: User
    bot_id: str
    token: str
    scopes: frozenset[str]
    dead: str | None = None
    organisation: str = ""
    refresh_token: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class View:
    """What a person has open, or their App Home."""

    id: str
    app: App
    team: Team
    user: User
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    open: bool = True

    @property
    def blocks(self) -> list[Json]:
        return list(self.body.get("blocks", ()))


@dataclass(slots=True, kw_only=True, eq=False)
class Trigger:
    """Permission to open one view within three seconds; view: the one it was made in."""

    app: App
    user: User
    expires: float
    view: View | None = None
    used: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Hook:
    """A response_url; original: the message it was made for; unfurl: the link below whose preview it was."""

    installation: Installation
    channel: Channel
    user: User
    expires: float
    original: Message | None = None
    unfurl: str | None = None
    uses: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class File:
    """What an application uploads: announced, then brought as bytes, then completed, then looked
    through until `usable`, a time.
    """

    id: str
    installation: Installation
    name: str
    length: int
    alternative: str = ""
    title: str = ""
    data: bytes | None = None
    usable: float | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Code:
    """What a person who installs an application hands it, once."""

    app: App
    team: Team
    user: User
    scopes: frozenset[str]
    redirect_uri: str | None
    expires: float
    organisation: str = ""
    rotating: bool = False
    used: bool = False
