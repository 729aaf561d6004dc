"""Whom a message notifies: what its text names, as far as allowed_mentions and rights let it."""

import re
from typing import Any

from tests.stand_ins.discord.entities import Guild, Json, Pings
from tests.stand_ins.discord.form import Form

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(everyone|here)")
KINDS = ("roles", "users", "everyone")


def check(form: Form, allowed: Any) -> None:
    """Reports what Discord refuses in an allowed_mentions object."""
    where = ("allowed_mentions",)
    if allowed is None or not form.object(where, allowed):
        return
    parse = allowed.get("parse")
    for index, kind in enumerate(form.items((*where, "parse"), parse, most=3)):
        form.choice((*where, "parse", index), kind, KINDS)
    for kind in ("users", "roles"):
        listed = allowed.get(kind)
        if form.items((*where, kind), listed, most=100) and kind in (parse or ()):
            form.report(
                where,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: {listed} are mutually exclusive.',
            )


def resolve(
    text: str, allowed: Json | None, *, guild: Guild | None, may_mention_all: bool, answers: str | None = None
) -> Pings:
    """Whom a text notifies: without allowed_mentions, everyone it names.

    answers is the author of the message replied to.
    """
    rules: Json = {"parse": list(KINDS), "replied_user": True} if allowed is None else allowed
    users = [user for user in _named(USER, text) if _allows(rules, "users", user)]
    if answers and rules.get("replied_user", allowed is None) and answers not in users:
        users.append(answers)
    roles = [
        role
        for role in _named(ROLE, text)
        if _allows(rules, "roles", role) and _role_pings(guild, role, may_mention_all=may_mention_all)
    ]
    everyone = may_mention_all and "everyone" in (rules.get("parse") or ()) and bool(EVERYONE.search(text))
    return Pings(users=tuple(users), roles=tuple(roles), everyone=everyone)


def _named(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(pattern.findall(text)))


def _allows(rules: Json, kind: str, snowflake: str) -> bool:
    listed = {str(each) for each in rules.get(kind) or ()}
    return kind in (rules.get("parse") or ()) or snowflake in listed


def _role_pings(guild: Guild | None, role_id: str, *, may_mention_all: bool) -> bool:
    role = guild.roles.get(role_id) if guild else None
    return role is not None and (role.mentionable or may_mention_all)
