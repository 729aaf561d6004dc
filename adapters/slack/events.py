"""What Slack sends, as plain values: texts without its entities, and who did something where."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adapters.slack.acknowledgement import Acknowledgement
from bot.model.places import Place

_LINK: Final = re.compile(r"<(?:mailto:)?([^<>|@#!][^<>|]*)(?:\|[^<>]*)?>")
_NAMED: Final = re.compile(r"<[@#!][^<>|]*\|([^<>]*)>")
_PRIVATE: Final = frozenset({"privategroup", "directmessage"})
"""What Slack says in place of the names of channels that not everybody may see."""
_NAMELESS: Final = re.compile(r"<[@#!][^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did something where, and how to answer them.

    `address` is the response_url, "" for none; `trigger` opens a modal within 3
    seconds. Ids are Slack's; `channel` is "" in a modal or in the App Home, and with `elsewhere`
    another than the one where they are. `channel_name` is "" unless every member of the
    workspace may see the channel, None if Slack did not say.
    `acknowledgement` is that of a slash command, which the first answer may be.
    """

    team: str
    channel: str
    user: str
    address: str = ""
    trigger: str = ""
    elsewhere: bool = False
    channel_name: str | None = None
    acknowledgement: Acknowledgement | None = field(default=None, repr=False, compare=False)

    @property
    def place(self) -> Place:
        """The place whose preferences apply."""
        return Place(platform="slack", server=self.team, channel=self.channel)


def plain_text(text: str) -> str:
    """A text as its writer typed it: links as addresses, `&lt;` as `<`.

    >>> plain_text("see <https://arxiv.org/abs/1906.01820|this> in <#C1|general>, 1 &lt; 2 <@U1>")
    'see https://arxiv.org/abs/1906.01820 in general, 1 < 2 '
    """
    text = _NAMELESS.sub("", _NAMED.sub(r"\1", _LINK.sub(r"\1", text)))
    return html.unescape(text)


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a list; none in anything else."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))


def actor_of_command(body: Mapping[str, Any]) -> Actor:
    """Who used a slash command."""
    return Actor(
        team=body["team_id"],
        channel=body["channel_id"],
        user=body["user_id"],
        address=body.get("response_url") or "",
        trigger=body["trigger_id"],
        channel_name="" if body.get("channel_name") in _PRIVATE else body.get("channel_name") or None,
    )


def actor_of(body: Mapping[str, Any]) -> Actor:
    """Who pressed something or used a shortcut."""
    user = body["user"]
    return Actor(
        team=team_of_interaction(body),
        channel=(body.get("channel") or {}).get("id", ""),
        user=user["id"],
        address=body.get("response_url") or "",
        trigger=body.get("trigger_id") or "",
    )


def team_of_interaction(body: Mapping[str, Any]) -> str:
    """The workspace whose installation was used: a modal may be open in another, and an
    organisation's has no workspace of its own.
    """
    installed = (body.get("view") or {}).get("app_installed_team_id")
    return str(installed or (body.get("team") or {}).get("id") or body["user"]["team_id"])


def team_of_event(body: Mapping[str, Any]) -> str:
    """The workspace whose installation hears of an event: in a shared channel `team_id` may
    be another organisation's.
    """
    hearing: Mapping[str, Any] = next(iter(body.get("authorizations") or ()), {})
    return str(hearing.get("team_id") or body.get("context_team_id") or body["team_id"])
