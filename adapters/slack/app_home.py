"""The App Home: the latest issue, a box to ask in, how to ask, the digests and the settings of
the workspace.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.action_ids import ButtonAction, encode
from adapters.slack.digest_message import channel_line
from adapters.slack.events import Actor
from adapters.slack.format import SLACK_FORMAT
from adapters.slack.interactions import Interactions
from adapters.slack.payload import NAME
from adapters.slack.render import Json, actions, blocks_of, option, plain, section, select
from adapters.slack.responses import tell
from adapters.slack.users import is_admin
from bot.cards.context import Context
from bot.cards.help import usage_card
from bot.cards.issue import issue_card
from bot.cards.routes import Route, Verb, View
from bot.lookup.answers import IssueFound
from bot.lookup.requests import ShowLatest
from bot.model.places import Length, Place, Preferences

ANSWERS: Final = "set:answers"
LENGTH: Final = "set:length"
"""The action ids of the settings; the values of the first are PUBLIC and PRIVATE."""
PUBLIC: Final = "public"
PRIVATE: Final = "private"
_ANSWERS: Final = (("in the channel", PUBLIC), ("private until shared", PRIVATE))
_CHANNELS: Final = 50
_LINES: Final = 5
"""A line is at most 400 characters, a section 3,000."""
_LONGEST_QUERY: Final = 200
_DIVIDER: Final[Json] = {"type": "divider"}


def home_of(  # noqa: PLR0913 - each is a part of the view
    latest: IssueFound | None,
    context: Context,
    preferences: Preferences,
    linking: Sequence[str] = (),
    digests: Sequence[str] = (),
    *,
    owner: str,
    admin: bool,
) -> dict[str, Any]:
    """The view to publish for the person: the first page of the latest issue, if
    there is one, and the workspace's settings, which an `admin` can change.
    `linking` are the ids of channels with linking on, `digests` lines of mrkdwn.
    """
    blocks = [*_blocks(latest, context, owner), _DIVIDER, *_digests(digests)]
    blocks += _settings(preferences, linking, admin=admin)
    return {"type": "home", "blocks": blocks}


def _blocks(latest: IssueFound | None, context: Context, owner: str) -> Iterator[Json]:
    yield {"type": "header", "text": plain(NAME)}
    yield _search(owner)
    yield _DIVIDER
    if latest:
        yield from blocks_of(
            issue_card(latest, 1, context, SLACK_FORMAT), owner=owner, private=True, shared=True
        )
    else:
        yield section("There are no issues here yet.")
    yield _DIVIDER
    usage = usage_card(SLACK_FORMAT.commands, SLACK_FORMAT)
    yield from blocks_of(usage, owner=owner, private=True, shared=True)


def _digests(lines: Sequence[str]) -> Iterator[Json]:
    """What is posted where."""
    title = "*Digests*"
    if not lines:
        yield section(f"{title}\nNone that you may see. `/digest` in a channel makes one.")
        return
    shown = [title, *lines[:_CHANNELS]]
    if len(lines) > _CHANNELS:
        shown.append(f"and {len(lines) - _CHANNELS:,} more")
    for start in range(0, len(shown), _LINES):
        yield section("\n".join(shown[start : start + _LINES]))


def _settings(preferences: Preferences, linking: Sequence[str], *, admin: bool) -> Iterator[Json]:
    answers = _ANSWERS[bool(preferences.private)]
    length = (preferences.length or Length.NORMAL).value
    common = "on everywhere it is not switched off" if preferences.linking else "off everywhere"
    channels = (
        ", ".join(f"<#{channel}>" for channel in linking[:_CHANNELS] if not preferences.linking) or common
    )
    more = (
        f" and {len(linking) - _CHANNELS:,} more"
        if len(linking) > _CHANNELS and not preferences.linking
        else ""
    )
    lines = ("*This workspace*", f"Answers: {answers[0]}", f"Length of cards: {length}")
    yield section("\n".join((*lines, f"Linking: {channels}{more}")))
    if not admin:
        yield section("Its admins can change that here.")
        return
    answers_menu = [option(label, value) for label, value in _ANSWERS]
    lengths = [option(each.value, each.value) for each in Length]
    yield actions(
        [
            select(
                "Who sees answers", ANSWERS, answers_menu, initial=answers_menu[bool(preferences.private)]
            ),
            select("Length of cards", LENGTH, lengths, initial=lengths[list(Length).index(Length(length))]),
        ]
    )


def _search(owner: str) -> Json:
    press = ButtonAction(verb=Verb.SEARCH, route=Route(view=View.MATCHES), owner=owner)
    box = {
        "type": "plain_text_input",
        "action_id": encode(press),
        "placeholder": plain("A title, an author, an idea, an arXiv number, AN #58 …"),
        "max_length": _LONGEST_QUERY,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    return {"type": "input", "label": plain("Look something up"), "element": box, "dispatch_action": True}


SETTING: Final = re.compile(f"{re.escape(ANSWERS)}|{re.escape(LENGTH)}")
"""Any action id of the settings."""


async def publish(interactions: Interactions, client: AsyncWebClient, team: str, user: str) -> None:
    """Show the person the App Home as it is now, to admins with the settings.

    Digests and linking are shown of channels that every member may see, and the person's own digests:
    without more scopes nobody can ask Slack who may see a private one.
    """
    place = Place(platform="slack", server=team)
    preferences = await interactions.preferences.of(place)
    answer = (await interactions.presenter.lookup.answer(ShowLatest())).answer
    latest = answer if isinstance(answer, IssueFound) else None
    context = await interactions.presenter.context(preferences)
    admin = await is_admin(client, user, team)
    public = await interactions.preferences.public_channels("slack", team)
    linking = [
        each for each in await interactions.preferences.linking_channels("slack", team) if each in public
    ]
    digests = [
        channel_line(each, interactions.clock())
        for each in await interactions.subscriptions.of(place)
        if each.place.channel in public or each.by == user
    ]
    view = home_of(latest, context, preferences, linking, digests, owner=user, admin=admin)
    await client.views_publish(user_id=user, view=view)


async def settle(
    interactions: Interactions, client: AsyncWebClient, actor: Actor, action: Mapping[str, Any]
) -> None:
    """Save what was chosen, if the person may: asked now, for rights change."""
    if not await is_admin(client, actor.user, actor.team):
        await tell(client, actor, "Only admins of this workspace can change that.")
    else:
        value = action["selected_option"]["value"]
        preferences = (
            Preferences(private=value == PRIVATE)
            if action["action_id"] == ANSWERS
            else Preferences(length=Length(value))
        )
        await interactions.preferences.put(Place(platform="slack", server=actor.team), preferences)
    await publish(interactions, client, actor.team, actor.user)
