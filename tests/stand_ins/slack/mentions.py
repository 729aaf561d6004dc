"""Whom a text or its blocks notify."""

import re
from typing import Any

from tests.stand_ins.slack.entities import Channel, Team

CONTROL = re.compile(r"<([@!])([^>|]+)(?:\|[^>]*)?>")
TYPED = re.compile(r"(?<![\w<!])@(channel|here|everyone)\b")


def named(value: Any) -> set[str]:
    """What is mentioned anywhere in a text or in blocks: "U…", "S…", "channel", "here", "everyone".

    >>> sorted(named("<@U1> and <!subteam^S1|x>, not &lt;!here&gt;"))
    ['S1', 'U1']
    """
    if isinstance(value, str):
        return {name.removeprefix("subteam^") for _, name in CONTROL.findall(value)}
    if isinstance(value, list):
        return set[str]().union(*map(named, value))
    if not isinstance(value, dict):
        return set()
    match value.get("type"):
        case "plain_text" | "text" | "link":  # the last two are elements of rich text
            return set()
        case "user" | "usergroup" | "broadcast" as kind:  # as above
            return {str(value.get({"user": "user_id", "usergroup": "usergroup_id"}.get(kind, "range")))}
        case _:
            return set[str]().union(*(named(child) for key, child in value.items() if key in SHOWN))


SHOWN = {"text", "fields", "elements", "accessory", "element", "options", "description", "blocks"}


def pinged(team: Team, channel: Channel, names: set[str]) -> set[str]:
    """The ids of the people behind mentions."""
    people: set[str] = set()
    for name in names:
        if name in ("channel", "here"):
            people |= channel.members
        elif name == "everyone":
            people |= team.users.keys()
        else:
            people |= team.groups.get(name, {name} & team.users.keys())
    return {each for each in people if not team.users[each].is_bot}
