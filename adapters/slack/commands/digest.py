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

from adapters.slack.digest_message import (
    CHANGE,
    GROUP,
    NOT_THERE,
    asking_message,
    preview_messages,
    told_message,
    usage_message,
)
from adapters.slack.digest_modal import Field, field_of, filled_in, form_of, section_names
from adapters.slack.errors import error_of
from adapters.slack.events import Actor, plain_text
from adapters.slack.interactions import Interactions
from adapters.slack.mrkdwn import written
from adapters.slack.responses import answer, tell
from adapters.slack.users import Profile, profile
from bot.digests.options import parse_options
from bot.digests.subscriptions import Person, Told
from bot.digests.timezones import is_timezone
from bot.digests.wording import described
from bot.model.digests import DigestKind, DigestOptions, Subscription

NOT_YOURS: Final = "Only admins of this workspace, and who asked for a digest, can change that."
_MENTION: Final = re.compile(r"(?:mention:\s*)?<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>")
_NO_GROUP: Final = (
    "I do not know which group is meant. Mention one as you would in a message, or use the form: /digest"
)
_CLOSED: Final = frozenset({"not_in_channel", "channel_not_found"})
_KINDS: Final = {"": None, "news": DigestKind.NEWS, "club": DigestKind.CLUB}
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

    def __init__(self, interactions: Interactions) -> None:
        self._interactions = interactions
        self._subscriptions = interactions.digests

    async def command(self, client: AsyncWebClient, actor: Actor, text: str) -> None:
        """Do what was typed; anything that is not understood gets the usage."""
        typed = plain_text(_MENTION.sub(r" mention:\1 ", text)).strip()
        verb, _, rest = typed.partition(" ")
        rest = rest.strip()
        match verb.casefold():
            case "" | "here" if rest.casefold() in _KINDS:
                await self._open(client, actor, _KINDS[rest.casefold()])
            case "here":
                await self._typed(client, actor, rest)
            case "list" | "log" as what if not rest:
                await self._tell(client, actor, await self._subscriptions.do(what, actor.place))
            case "preview" | "pause" | "resume" | "stop" as what if rest.casefold() in _KINDS:
                await self._do(client, actor, what, _KINDS[rest.casefold()])
            case "help":
                await self._show(client, actor, usage_message(actor.user))
            case _:
                problem = "That is not something I do with digests. What I do:"
                await self._show(client, actor, usage_message(actor.user, problem))

    async def submitted(self, client: AsyncWebClient, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Take the form, or say at a field what is wrong; then subscribe, and tell in the channel."""
        view, user = body["view"], body["user"]
        options = filled_in(view["state"])
        if isinstance(options, DigestOptions) and (problem := await self._subscriptions.problem(options)):
            options = field_of(options, problem)
        if isinstance(options, Field):
            await ack(response_action="errors", errors={options.name: options.problem})
            return
        await ack()
        held = msgspec.json.decode(view["private_metadata"], type=_Held)
        team = (body.get("team") or {}).get("id") or user["team_id"]
        actor = Actor(team=team, channel=held.channel, user=user["id"], address=held.address)
        if self._interactions.once.first(body["trigger_id"]):
            async with self._interactions.serving(client, actor):
                told = await self._here(client, actor, options, change=held.changes == options.kind)
                await self._came_of(client, actor, told, options)

    async def decided(self, client: AsyncWebClient, actor: Actor, action: Mapping[str, Any]) -> None:
        """Change what there is, or keep it, as the button says."""
        options = parse_options(action.get("value") or "") if action["action_id"] == CHANGE else None
        told = (
            await self._here(client, actor, options, change=True)
            if isinstance(options, DigestOptions)
            else _KEPT
        )
        await answer(client, actor, told_message(told, actor.user), replace_original=True)

    async def _open(self, client: AsyncWebClient, actor: Actor, kind: DigestKind | None) -> None:
        """Open the form, filled in with what the channel has."""
        found = await self._interactions.subscriptions.of(actor.place)
        held = next((each for each in found if kind in {None, each.options.kind}), None)
        who = await profile(client, actor.user)
        if not _may(who, actor, [held] if held else []):
            await tell(client, actor, NOT_YOURS)
            return
        changes = held.options.kind.value if held else ""
        back = _Held(channel=actor.channel, address=actor.address, changes=changes)
        form = form_of(
            held.options if held else DigestOptions(kind=kind or DigestKind.NEWS),
            section_names(await self._interactions.presenter.lookup.library.sections()),
            who.timezone if is_timezone(who.timezone) else "UTC",
            held=msgspec.json.encode(back).decode(),
            lead=self._lead(held) if held else "",
        )
        await client.views_open(trigger_id=actor.trigger, view=form)

    async def _typed(self, client: AsyncWebClient, actor: Actor, text: str) -> None:
        who = await profile(client, actor.user)
        options = parse_options(text, who.timezone if is_timezone(who.timezone) else "UTC")
        if isinstance(options, DigestOptions) and options.mention and not GROUP.fullmatch(options.mention):
            options = _NO_GROUP
        if isinstance(options, str):
            await self._show(client, actor, usage_message(actor.user, options))
            return
        await self._came_of(
            client, actor, await self._here(client, actor, options, who, change=False), options
        )

    async def _here(
        self,
        client: AsyncWebClient,
        actor: Actor,
        options: DigestOptions,
        who: Profile | None = None,
        *,
        change: bool,
    ) -> Told:
        """Subscribe the channel, or change what it has, for who may."""
        who = who or await profile(client, actor.user)
        held = await self._subscriptions.of(actor.place, options.kind)
        if not _may(who, actor, [held] if held else []):
            return Told(title=NOT_YOURS, ok=False)
        by = Person(id=actor.user, name=who.name)
        return await self._subscriptions.here(actor.place, options, by, change=change)

    async def _came_of(
        self, client: AsyncWebClient, actor: Actor, told: Told, options: DigestOptions
    ) -> None:
        """Tell it, or ask whether to change what there is."""
        if told.existing:
            await self._show(client, actor, asking_message(told, options, actor.user))
        else:
            await self._tell(client, actor, told, reaching=told.ok)

    async def _do(self, client: AsyncWebClient, actor: Actor, what: str, kind: DigestKind | None) -> None:
        """Preview, or pause, resume or stop, for who may."""
        place = actor.place
        if what == "preview":
            await self._preview(client, actor, kind)
            return
        found = await self._interactions.subscriptions.of(place)
        meant = [each for each in found if kind in {None, each.options.kind}]
        if meant and not _may(await profile(client, actor.user), actor, meant):
            await tell(client, actor, NOT_YOURS)
            return
        told = await self._subscriptions.do(what, place, kind)
        await self._tell(client, actor, told, reaching=told.ok and what == "resume")

    async def _preview(self, client: AsyncWebClient, actor: Actor, kind: DigestKind | None) -> None:
        digest = await self._subscriptions.preview(actor.place, kind)
        if isinstance(digest, Told):
            await self._tell(client, actor, digest)
            return
        for message in preview_messages(digest, actor.user):
            await self._show(client, actor, message)

    async def _tell(
        self, client: AsyncWebClient, actor: Actor, told: Told, *, reaching: bool = False
    ) -> None:
        """Tell who asked alone; `reaching` posts it as a digest would be, and says so where
        that does not go: whether the bot is in a channel takes a scope to ask.
        """
        message = told_message(told, actor.user)
        if reaching:
            posted = {name: value for name, value in message.items() if name != "response_type"}
            try:
                await client.chat_postEphemeral(channel=actor.channel, user=actor.user, **posted)
            except SlackApiError as error:
                note = NOT_THERE if error_of(error) in _CLOSED else ""
                message = told_message(told, actor.user, note)
            else:
                return
        await self._show(client, actor, message)

    async def _show(self, client: AsyncWebClient, actor: Actor, message: Mapping[str, Any]) -> None:
        await answer(client, actor, message, replace_original=False)

    def _lead(self, held: Subscription) -> str:
        now = self._interactions.clock()
        return f"This channel has it already; what you change here holds from now on.\n{written(described(held, now))}"


async def about(interactions: Interactions, client: AsyncWebClient, actor: Actor, subscription: str) -> None:
    """Tell who pressed the button of a digest alone what was asked for."""
    found = await interactions.subscriptions.of(actor.place)
    held = next((each for each in found if each.id == subscription), None)
    told = Told(title="This digest was ended: nothing more is posted.")
    if held:
        told = Told(title="About this digest", blocks=described(held, interactions.clock()))
    await answer(client, actor, told_message(told, actor.user), replace_original=False)


def _may(who: Profile, actor: Actor, changed: Sequence[Subscription]) -> bool:
    """Whether the person may change these, or make one where there is none."""
    return who.admin or (bool(changed) and all(each.by == actor.user for each in changed))
