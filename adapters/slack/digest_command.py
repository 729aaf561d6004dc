"""`/digest`: what a channel's members do to its digests.

Everybody may look. To change something one has to be an admin or an owner of the
workspace, or who asked for the digest: Slack knows no managers of a channel that an
app could see.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_card import GROUP
from adapters.slack.digest_form import Field, field_of, filled_in, form_of, section_names
from adapters.slack.digest_told import (
    CHANGE,
    NOT_THERE,
    asking_message,
    preview_messages,
    told_message,
    usage_message,
)
from adapters.slack.errors import error_of
from adapters.slack.front import Front
from adapters.slack.incoming import Asker, plain_text
from adapters.slack.mrkdwn import written
from adapters.slack.people import Profile, profile
from adapters.slack.replies import answer, tell
from bot.digests.desk import Person, Told
from bot.digests.typed import parse_wish
from bot.digests.values import Kind, Subscription, Wish
from bot.digests.wording import described
from bot.digests.zones import is_zone

NOT_YOURS: Final = "Only admins of this workspace, and who asked for a digest, can change that."
_MENTION: Final = re.compile(r"(?:mention:\s*)?<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>")
_NO_GROUP: Final = (
    "I do not know which group is meant. Mention one as you would in a message, or use the form: /digest"
)
_CLOSED: Final = frozenset({"not_in_channel", "channel_not_found"})
_KINDS: Final = {"": None, "news": Kind.NEWS, "club": Kind.CLUB}
_KEPT: Final = Told(title="Kept as it was")


class _Held(msgspec.Struct):
    """What the form brings back: where it was opened, the address that came along, and
    the kind of digest that it changes, "" for none.
    """

    channel: str
    address: str
    changes: str


class DigestCommand:
    """Serves `/digest`, its form and its buttons."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._desk = front.digests

    async def command(self, client: AsyncWebClient, asker: Asker, text: str) -> None:
        """Do what was typed; anything that is not understood gets the usage."""
        typed = plain_text(_MENTION.sub(r" mention:\1 ", text)).strip()
        verb, _, rest = typed.partition(" ")
        rest = rest.strip()
        match verb.casefold():
            case "" | "here" if rest.casefold() in _KINDS:
                await self._open(client, asker, _KINDS[rest.casefold()])
            case "here":
                await self._typed(client, asker, rest)
            case "list" | "log" as what if not rest:
                await self._tell(client, asker, await self._desk.do(what, asker.where))
            case "preview" | "pause" | "resume" | "stop" as what if rest.casefold() in _KINDS:
                await self._do(client, asker, what, _KINDS[rest.casefold()])
            case "help":
                await self._show(client, asker, usage_message(asker.user))
            case _:
                problem = "That is not something I do with digests. What I do:"
                await self._show(client, asker, usage_message(asker.user, problem))

    async def submitted(self, client: AsyncWebClient, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Take the form, or say at a field what is wrong; then subscribe, and tell in the channel."""
        view, user = body["view"], body["user"]
        wish = filled_in(view["state"])
        if isinstance(wish, Wish) and (problem := await self._desk.problem(wish)):
            wish = field_of(wish, problem)
        if isinstance(wish, Field):
            await ack(response_action="errors", errors={wish.name: wish.problem})
            return
        await ack()
        held = msgspec.json.decode(view["private_metadata"], type=_Held)
        team = (body.get("team") or {}).get("id") or user["team_id"]
        asker = Asker(team=team, channel=held.channel, user=user["id"], address=held.address)
        if self._front.once.first(body["trigger_id"]):
            async with self._front.serving(client, asker):
                told = await self._here(client, asker, wish, change=held.changes == wish.kind)
                await self._came_of(client, asker, told, wish)

    async def decided(self, client: AsyncWebClient, asker: Asker, action: Mapping[str, Any]) -> None:
        """Change what there is, or keep it, as the button says."""
        wish = parse_wish(action.get("value") or "") if action["action_id"] == CHANGE else None
        told = await self._here(client, asker, wish, change=True) if isinstance(wish, Wish) else _KEPT
        await answer(client, asker, told_message(told, asker.user), replace_original=True)

    async def _open(self, client: AsyncWebClient, asker: Asker, kind: Kind | None) -> None:
        """Open the form, filled in with what the channel has."""
        found = await self._front.outbox.subscriptions(asker.where)
        held = next((each for each in found if kind in {None, each.wish.kind}), None)
        who = await profile(client, asker.user)
        if not _may(who, asker, [held] if held else []):
            await tell(client, asker, NOT_YOURS)
            return
        changes = held.wish.kind.value if held else ""
        back = _Held(channel=asker.channel, address=asker.address, changes=changes)
        form = form_of(
            held.wish if held else Wish(kind=kind or Kind.NEWS),
            section_names(await self._front.looking.desk.library.sections()),
            who.zone if is_zone(who.zone) else "UTC",
            held=msgspec.json.encode(back).decode(),
            lead=self._lead(held) if held else "",
        )
        await client.views_open(trigger_id=asker.trigger, view=form)

    async def _typed(self, client: AsyncWebClient, asker: Asker, text: str) -> None:
        who = await profile(client, asker.user)
        wish = parse_wish(text, who.zone if is_zone(who.zone) else "UTC")
        if isinstance(wish, Wish) and wish.mention and not GROUP.fullmatch(wish.mention):
            wish = _NO_GROUP
        if isinstance(wish, str):
            await self._show(client, asker, usage_message(asker.user, wish))
            return
        await self._came_of(client, asker, await self._here(client, asker, wish, who, change=False), wish)

    async def _here(
        self, client: AsyncWebClient, asker: Asker, wish: Wish, who: Profile | None = None, *, change: bool
    ) -> Told:
        """Subscribe the channel, or change what it has, for who may."""
        who = who or await profile(client, asker.user)
        held = await self._desk.of(asker.where, wish.kind)
        if not _may(who, asker, [held] if held else []):
            return Told(title=NOT_YOURS, ok=False)
        by = Person(id=asker.user, name=who.name)
        return await self._desk.here(asker.where, wish, by, change=change)

    async def _came_of(self, client: AsyncWebClient, asker: Asker, told: Told, wish: Wish) -> None:
        """Tell it, or ask whether to change what there is."""
        if told.existing:
            await self._show(client, asker, asking_message(told, wish, asker.user))
        else:
            await self._tell(client, asker, told, reaching=told.ok)

    async def _do(self, client: AsyncWebClient, asker: Asker, what: str, kind: Kind | None) -> None:
        """Preview, or pause, resume or stop, for who may."""
        where = asker.where
        if what == "preview":
            await self._preview(client, asker, kind)
            return
        found = await self._front.outbox.subscriptions(where)
        meant = [each for each in found if kind in {None, each.wish.kind}]
        if meant and not _may(await profile(client, asker.user), asker, meant):
            await tell(client, asker, NOT_YOURS)
            return
        told = await self._desk.do(what, where, kind)
        await self._tell(client, asker, told, reaching=told.ok and what == "resume")

    async def _preview(self, client: AsyncWebClient, asker: Asker, kind: Kind | None) -> None:
        digest = await self._desk.preview(asker.where, kind)
        if isinstance(digest, Told):
            await self._tell(client, asker, digest)
            return
        for message in preview_messages(digest, asker.user):
            await self._show(client, asker, message)

    async def _tell(
        self, client: AsyncWebClient, asker: Asker, told: Told, *, reaching: bool = False
    ) -> None:
        """Tell who asked alone; `reaching` posts it as a digest would be, and says so where
        that does not go: whether the bot is in a channel takes a scope to ask.
        """
        message = told_message(told, asker.user)
        if reaching:
            posted = {name: value for name, value in message.items() if name != "response_type"}
            try:
                await client.chat_postEphemeral(channel=asker.channel, user=asker.user, **posted)
            except SlackApiError as error:
                note = NOT_THERE if error_of(error) in _CLOSED else ""
                message = told_message(told, asker.user, note)
            else:
                return
        await self._show(client, asker, message)

    async def _show(self, client: AsyncWebClient, asker: Asker, message: Mapping[str, Any]) -> None:
        await answer(client, asker, message, replace_original=False)

    def _lead(self, held: Subscription) -> str:
        now = self._front.clock()
        return f"This channel has it already; what you change here holds from now on.\n{written(described(held, now))}"


async def about(front: Front, client: AsyncWebClient, asker: Asker, subscription: str) -> None:
    """Tell who pressed the button of a digest alone what was asked for."""
    found = await front.outbox.subscriptions(asker.where)
    held = next((each for each in found if each.id == subscription), None)
    told = Told(title="This digest was ended: nothing more is posted.")
    if held:
        told = Told(title="About this digest", blocks=described(held, front.clock()))
    await answer(client, asker, told_message(told, asker.user), replace_original=False)


def _may(who: Profile, asker: Asker, changed: Sequence[Subscription]) -> bool:
    """Whether the person may change these, or make one where there is none."""
    return who.admin or (bool(changed) and all(each.by == asker.user for each in changed))
