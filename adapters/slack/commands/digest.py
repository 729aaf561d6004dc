"""`/digest`: what a channel's members do to its digests.

Everybody may look. To change a digest one has to be an admin or an owner of the
workspace, or the asker of the digest: Slack knows no managers of a channel that an
app could see.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.digest_answers import DigestAnswers
from adapters.slack.digest_message import GROUP, preview_messages
from adapters.slack.digest_modal import (
    Field,
    Metadata,
    channel_in,
    field_of,
    filled_in,
    form_of,
    metadata_of,
    section_names,
    shown_again,
)
from adapters.slack.errors import error_of
from adapters.slack.events import Actor, plain_text, team_of_interaction
from adapters.slack.interactions import Interactions
from adapters.slack.mrkdwn import written
from adapters.slack.responses import answer, tell
from adapters.slack.users import Profile, profile
from bot.cards.card import Card, state_card
from bot.digests.options import parse_options
from bot.digests.subscriptions import Existing, Person
from bot.digests.timezone_names import is_timezone
from bot.digests.wording import ABOUT, ENDED, described
from bot.errors import InputError
from bot.model.digests import DigestKind, DigestOptions, Subscription

NOT_YOURS: Final = "Only admins of this workspace, and the asker of a digest, can change that."
_MENTION: Final = re.compile(r"(?:mention:\s*)?<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL: Final = re.compile(r"(?:channel:\s*)?<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
_NO_CHANNEL: Final = (
    "I do not know which channel is meant. Type # and choose it from Slack's list, or use the form: /digest"
)
_LOOKS: Final = frozenset({"list", "log", "preview"})
_NO_GROUP: Final = (
    "I do not know which group is meant. Mention one as you would in a message, or use the form: /digest"
)
_UNKNOWN: Final = "That is not something I do with digests. What I do:"
_KINDS: Final = {"": None, "news": DigestKind.NEWS, "club": DigestKind.CLUB}


class DigestCommand:
    """Serves `/digest`, its form and its buttons."""

    def __init__(self, interactions: Interactions) -> None:
        self._interactions = interactions
        self._subscriptions = interactions.digests
        self._answers = DigestAnswers(interactions)

    async def command(self, client: AsyncWebClient, actor: Actor, text: str) -> None:
        """Do what was typed, or show the usage."""
        line, channel = _line_of(text)
        if channel and channel != actor.channel:
            actor = replace(actor, channel=channel, elsewhere=True)
            if line.partition(" ")[0].casefold() in _LOOKS and not await self._may_look(client, actor):
                await tell(client, actor, NOT_YOURS)
                return
        await self._do_line(client, actor, line)

    async def _do_line(self, client: AsyncWebClient, actor: Actor, line: str) -> None:
        verb, _, rest = line.partition(" ")
        rest = rest.strip()
        match verb.casefold():
            case _ if "channel:" in rest:
                await self._answers.show_usage(client, actor, _NO_CHANNEL)
            case "" | "here" if rest.casefold() in _KINDS:
                await self._open(client, actor, _KINDS[rest.casefold()])
            case "here":
                await self._subscribe_typed(client, actor, rest)
            case "list" if not rest:
                await self._answers.show(client, actor, await self._interactions.reports.list(actor.place))
            case "log" if not rest:
                await self._answers.show(client, actor, await self._interactions.reports.log(actor.place))
            case "preview" if rest.casefold() in _KINDS:
                await self._preview(client, actor, _KINDS[rest.casefold()])
            case "pause" | "resume" | "stop" as what if rest.casefold() in _KINDS:
                await self._do(client, actor, what, _KINDS[rest.casefold()])
            case "help":
                await self._answers.show_usage(client, actor)
            case _:
                await self._answers.show_usage(client, actor, _UNKNOWN)

    async def submitted(self, client: AsyncWebClient, ack: AsyncAck, body: Mapping[str, Any]) -> None:
        """Take the form, or say at a field what is wrong; then subscribe, and say so in the channel."""
        view, user = body["view"], body["user"]
        options = filled_in(view)
        if isinstance(options, DigestOptions) and (problem := await self._subscriptions.problem(options)):
            options = field_of(view, options, problem)
        if isinstance(options, Field):
            await ack(response_action="errors", errors={options.name: options.problem})
            return
        await ack()
        metadata, channel = metadata_of(view), channel_in(view)
        actor = Actor(
            team=team_of_interaction(body),
            channel=channel,
            user=user["id"],
            address=metadata.address,
            elsewhere=channel != metadata.channel,
        )
        if await self._interactions.once.begin(f"slack {body['trigger_id']}"):
            async with self._interactions.serving(client, actor):
                change = metadata.changes == options.kind and metadata.channel == channel
                await self._answers.show_result(
                    client, actor, await self._subscribe(client, actor, options, change=change)
                )

    async def chosen(self, client: AsyncWebClient, body: Mapping[str, Any]) -> None:
        """Show the fields of the open form that apply to what was chosen in it."""
        view = body["view"]
        sections = section_names(await self._interactions.presenter.lookup.library.sections())
        try:
            await client.views_update(
                view_id=view["id"], hash=view.get("hash"), view=shown_again(view, sections)
            )
        except InputError:
            return  # submitted, the form says so
        except SlackApiError as error:
            if error_of(error) != "hash_conflict":  # then the next choice has come already
                raise

    async def decide(self, client: AsyncWebClient, actor: Actor, text: str) -> None:
        """Change what there is to the options as they were typed; leave it for ""."""
        line, channel = _line_of(text)
        if channel and channel != actor.channel:
            actor = replace(actor, channel=channel, elsewhere=True)
        options = parse_options(line) if line else ""
        card: Card | Existing = state_card("", title="Kept as it was")
        if isinstance(options, DigestOptions):
            card = await self._subscribe(client, actor, options, change=True)
        await self._answers.show_result(client, actor, card, replace_original=True)

    async def about(self, client: AsyncWebClient, actor: Actor, subscription: str) -> None:
        """Show the presser of a digest's button what was asked for."""
        body = await self._interactions.reports.about(actor.place, subscription)
        card = Card(title=ABOUT, body=body) if body else state_card(ENDED, missed=True)
        await self._answers.show(client, actor, card)

    async def _open(self, client: AsyncWebClient, actor: Actor, kind: DigestKind | None) -> None:
        """Open the form, filled in with what the channel has."""
        subscriptions = await self._interactions.subscriptions.of(actor.place)
        existing = next((each for each in subscriptions if kind in {None, each.options.kind}), None)
        who = await profile(client, actor.user, actor.team)
        if not _may(who, actor, [existing] if existing else []):
            await tell(client, actor, NOT_YOURS)
            return
        changes = existing.options.kind.value if existing else ""
        metadata = Metadata(
            channel=actor.channel, address=actor.address, changes=changes, timezone=_timezone(who)
        )
        form = form_of(
            existing.options if existing else DigestOptions(kind=kind or DigestKind.NEWS),
            section_names(await self._interactions.presenter.lookup.library.sections()),
            metadata,
            self._lead(existing) if existing else "",
        )
        await client.views_open(trigger_id=actor.trigger, view=form)

    async def _subscribe_typed(self, client: AsyncWebClient, actor: Actor, text: str) -> None:
        who = await profile(client, actor.user, actor.team)
        existing = [each.options for each in await self._interactions.subscriptions.of(actor.place)]
        options = parse_options(text, _timezone(who), existing)
        if isinstance(options, DigestOptions) and options.mention and not GROUP.fullmatch(options.mention):
            options = _NO_GROUP
        if isinstance(options, str):
            await self._answers.show_usage(client, actor, options)
            return
        await self._answers.show_result(
            client, actor, await self._subscribe(client, actor, options, who, change=False)
        )

    async def _subscribe(
        self,
        client: AsyncWebClient,
        actor: Actor,
        options: DigestOptions,
        who: Profile | None = None,
        *,
        change: bool,
    ) -> Card | Existing:
        """Subscribe the channel, or change what it has, if the person may."""
        who = who or await profile(client, actor.user, actor.team)
        existing = await self._subscriptions.of(actor.place, options.kind)
        if not _may(who, actor, [existing] if existing else []):
            return state_card("", title=NOT_YOURS, missed=True)
        by = Person(id=actor.user, name=who.name)
        return await self._subscriptions.subscribe(actor.place, options, by, change=change)

    async def _do(self, client: AsyncWebClient, actor: Actor, what: str, kind: DigestKind | None) -> None:
        """Pause, resume or stop, if the person may."""
        subscriptions = await self._interactions.subscriptions.of(actor.place)
        changed = [each for each in subscriptions if kind in {None, each.options.kind}]
        if changed and not _may(await profile(client, actor.user, actor.team), actor, changed):
            await tell(client, actor, NOT_YOURS)
            return
        card = await self._subscriptions.switch(what, actor.place, kind)
        await self._answers.show(client, actor, card, reaching=what == "resume" and not card.missed)

    async def _preview(self, client: AsyncWebClient, actor: Actor, kind: DigestKind | None) -> None:
        digest = await self._subscriptions.preview(actor.place, kind)
        if isinstance(digest, Card):
            await self._answers.show(client, actor, digest)
            return
        if actor.acknowledgement:  # or it might be shown below the parts that come after it
            await actor.acknowledgement.close()
        for message in preview_messages(digest, actor.user):
            await answer(client, actor, message, replace_original=False)

    async def _may_look(self, client: AsyncWebClient, actor: Actor) -> bool:
        """If the person may look at the digests of a channel where they are not."""
        subscriptions = await self._interactions.subscriptions.of(actor.place)
        return _may(await profile(client, actor.user, actor.team), actor, subscriptions)

    def _lead(self, existing: Subscription) -> str:
        state = written(described(existing, self._interactions.clock()))
        channel = f"<#{existing.place.channel}>"
        return f"{channel} has it already; what you change here applies from now on.\n{state}"


def _line_of(text: str) -> tuple[str, str]:
    """The words that were typed, and the channel that they name, "" for none."""
    channels = _CHANNEL.findall(text)
    text = _MENTION.sub(r" mention:\1 ", _CHANNEL.sub(" ", text))
    return " ".join(plain_text(text).split()), channels[0] if channels else ""


def _may(who: Profile, actor: Actor, changed: Sequence[Subscription]) -> bool:
    """If the person may change these; if there are none, make one."""
    return who.admin or (bool(changed) and all(each.by == actor.user for each in changed))


def _timezone(who: Profile) -> str:
    return who.timezone if is_timezone(who.timezone) else "UTC"
