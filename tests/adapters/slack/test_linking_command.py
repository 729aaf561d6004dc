"""`/linking` says what is read and what is missing, and leaves people alone who opt out."""

from pathlib import Path

import pytest

from adapters.slack.commands.linking import status_of
from adapters.slack.scopes import LINK_SCOPES, LINKING_SCOPES, SCOPES
from tests.adapters.slack.test_linking import replies, settled
from tests.adapters.slack.world import World, world

NAMED = "[[risks from learned optimization]]"


async def answer(place: World, line: str) -> str:
    """The text that the asker alone sees."""
    before = len(place.slack.ephemerals(place.general, place.alice))
    await place.command(line)
    return (await place.whispered(before + 1)).text


async def test_anybody_asks_whether_it_is_on_and_admins_switch_it(place: World) -> None:
    place.alice.invite(place.app, place.general)
    assert "Linking is off here" in await answer(place, "/linking status")
    for refused in ("/linking on", "/linking off", "/linking on everywhere"):
        assert "Only admins" in await answer(place, refused)
    assert "Linking is off here" in await answer(place, "/linking status")
    place.alice.user.is_admin = True
    assert "I read every message here" in await answer(place, "/linking on")
    assert "Linking is off here" in await answer(place, "/linking OFF")


@pytest.mark.parametrize("typed", ["", "maybe", "on here", "status everywhere", "ignore-me always"])
async def test_what_is_not_understood_is_told_how_to_say_it(place: World, typed: str) -> None:
    sentence = await answer(place, f"/linking {typed}".strip())
    assert "/linking status" in sentence
    assert "/linking ignore-me" in sentence


async def test_everywhere_holds_where_a_channel_says_nothing_else(place: World) -> None:
    place.alice.user.is_admin = True
    other = place.slack.build.channel(place.team, "other", place.alice.user, place.bob.user)
    for channel in (place.general, other):
        place.alice.invite(place.app, channel)
    await answer(place, "/linking off")
    assert "in all channels" in await answer(place, "/linking on everywhere")
    await place.bob.send(other, "AN #58")
    await place.until(lambda: [each for each in place.slack.messages(other) if each.app_id])
    await place.bob.send(place.general, "AN #58")
    await settled(place)
    assert replies(place) == []
    assert "off in all channels" in await answer(place, "/linking off everywhere")


@pytest.mark.parametrize(
    ("granted", "domains", "says", "lacks"),
    [
        ({*LINKING_SCOPES, *LINK_SCOPES}, ("a.org",), "by a preview below them", ""),
        ({*LINKING_SCOPES, *LINK_SCOPES}, (), "I read every message here", ""),
        ({*LINKING_SCOPES}, ("a.org",), "I read every message here", "links:read and links:write"),
        (
            {*LINK_SCOPES},
            ("a.org", "b.org"),
            "I see only links to a.org, b.org",
            "channels:history and groups:history",
        ),
        ({*LINK_SCOPES}, (), "I see nothing", "channels:history and groups:history"),
        ({*LINKING_SCOPES, *LINK_SCOPES} - {"groups:history"}, ("a.org",), "preview", "groups:history"),
        (set(), ("a.org",), "I see nothing", "channels:history, groups:history, links:read and links:write"),
    ],
)
def test_it_says_what_is_seen_and_which_scopes_are_missing(
    granted: set[str], domains: tuple[str, ...], says: str, lacks: str
) -> None:
    status = status_of(frozenset({*SCOPES, *granted}), domains)
    assert says in status
    assert (f"I lack {lacks}:" in status.replace("`", "")) if lacks else ("I lack" not in status)


async def test_what_the_workspace_granted_is_what_it_goes_by(tmp_path: Path) -> None:
    async with world(tmp_path / "an.db", linking="links") as place, place.run():
        place.alice.user.is_admin = True
        sentence = await answer(place, "/linking on")
        assert "I see only links to arxiv.org" in sentence
        assert "I lack `channels:history` and `groups:history`" in sentence
