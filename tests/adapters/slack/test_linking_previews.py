"""Links to the app's domains get previews below them, where linking is on."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.unfurls import by_link
from tests.adapters.slack.test_linking import PAPER, replies, settled, switched_on
from tests.adapters.slack.world import World, labels, words, world
from tests.stand_ins.slack import Message
from tests.stand_ins.slack.tiny_bot import client
from tests.support.fakes import summary
from tests.support.three_issues import FOLLOW_UP


class Shown:
    """The blocks of all previews of a message."""

    def __init__(self, message: Message) -> None:
        self.blocks: list[dict[str, Any]] = [
            b for unfurl in message.unfurls.values() for b in unfurl["blocks"]
        ]


async def previewed(place: World, message: Message) -> Shown:
    await place.until(lambda: message.unfurls, "a preview")
    return Shown(message)


@pytest.fixture
async def links_only(tmp_path: Path) -> AsyncIterator[World]:
    """A workspace that granted no history: of messages only links are seen."""
    async with world(tmp_path / "anbot.sqlite", linking="links") as made, made.run():
        yield made


@pytest.fixture(params=["text", "links"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """With and without history."""
    async with world(tmp_path / "anbot.sqlite", linking=request.param) as made, made.run():
        yield made


async def test_a_link_gets_a_preview_and_no_reply(either: World) -> None:
    await switched_on(either)
    message = await either.bob.send(either.general, f"have you read {PAPER} ?")
    shown = await previewed(either, message)
    assert "Risks from Learned Optimization" in words(shown)
    assert labels(shown) == ["Read Risks from Learned Optimization", "Remove"]
    await settled(either)
    assert replies(either) == []


async def test_it_is_off_until_it_is_switched_on(either: World) -> None:
    either.alice.invite(either.app, either.general)
    await either.bob.send(either.general, PAPER)
    await settled(either)
    assert either.slack.journal.of("chat.unfurl") == []


async def test_a_channel_it_is_no_member_of_gets_previews_too(links_only: World) -> None:
    place = links_only
    place.alice.user.is_admin = True
    await place.command("/linking on")
    await place.whispered()
    await previewed(place, await place.bob.send(place.general, PAPER))


async def test_links_are_previewed_and_all_else_is_replied_to_each_once(place: World) -> None:
    await switched_on(place)
    message = await place.bob.send(
        place.general, f"{PAPER} is [[risks from learned optimization]] in AN #58, and AN #76"
    )
    shown = await previewed(place, message)
    await place.until(lambda: replies(place))
    assert "Risks from Learned Optimization" in words(shown)
    (reply,) = replies(place)
    assert labels(reply) == ["AN #58", "AN #76", "Remove"]


async def test_a_message_shows_three_at_most_and_counts_the_rest(place: World) -> None:
    await switched_on(place)
    message = await place.bob.send(place.general, f"{PAPER} AN #58 AN #76 AN #99")
    await previewed(place, message)
    await place.until(lambda: replies(place))
    assert labels(replies(place)[0]) == ["AN #58", "AN #76", "Remove"]
    assert "and 1 more" in words(replies(place)[0])
    assert "more" not in words(Shown(message))


async def test_links_in_quotations_get_none(place: World) -> None:
    await switched_on(place)
    await place.bob.send(place.general, f"> {PAPER}")
    await settled(place)
    assert place.slack.journal.of("chat.unfurl") == []


async def test_the_same_is_not_previewed_again_within_half_an_hour(either: World) -> None:
    await switched_on(either)
    await previewed(either, await either.bob.send(either.general, PAPER))
    again = await either.alice.send(either.general, f"{PAPER}v2")
    await settled(either)
    assert not again.unfurls
    either.clock.advance(31 * 60)
    await previewed(either, await either.alice.send(either.general, PAPER))


async def test_bots_get_none(either: World) -> None:
    await switched_on(either)
    other = either.slack.build.install(either.slack.build.app("other"), either.team)
    either.alice.invite(other.app, either.general)
    await client(either.slack, other.token).chat_postMessage(channel=either.general.id, text=f"<{PAPER}>")
    await settled(either)
    assert either.slack.journal.of("chat.unfurl") == []


async def test_who_wants_to_be_ignored_gets_none(either: World) -> None:
    await switched_on(either)
    await either.command("/linking ignore-me", by=either.bob)
    await either.whispered(to=either.bob)
    await either.bob.send(either.general, PAPER)
    await settled(either)
    assert either.slack.journal.of("chat.unfurl") == []


async def test_its_poster_and_admins_remove_it_and_nobody_else(either: World) -> None:
    await switched_on(either)
    message = await either.bob.send(either.general, PAPER)
    await previewed(either, message)
    carol = either.slack.person("carol", either.team, either.general)
    await (await carol.use_unfurl(message, PAPER, "Remove")).acknowledged()
    assert "can remove this" in (await either.whispered(to=carol)).text
    await (await either.bob.use_unfurl(message, PAPER, "Remove")).acknowledged()
    await either.until(lambda: not message.unfurls)
    other = await either.bob.send(either.general, FOLLOW_UP)
    await previewed(either, other)
    await (await either.alice.use_unfurl(other, FOLLOW_UP, "Remove")).acknowledged()
    await either.until(lambda: not other.unfurls)


async def test_reading_on_is_for_who_presses_alone(either: World) -> None:
    await switched_on(either)
    message = await either.bob.send(either.general, PAPER)
    await previewed(either, message)
    pressed = await either.bob.use_unfurl(message, PAPER, "Read Risks from Learned Optimization")
    await pressed.acknowledged()
    assert "Risks from Learned Optimization" in words(await either.whispered(to=either.bob))
    assert message.unfurls


async def test_an_edit_previews_new_links_and_leaves_what_was_removed(place: World) -> None:
    await switched_on(place)
    message = await place.bob.send(place.general, PAPER)
    await previewed(place, message)
    await (await place.bob.use_unfurl(message, PAPER, "Remove")).acknowledged()
    await place.until(lambda: not message.unfurls)
    await place.bob.edit(message, f"{PAPER} and {FOLLOW_UP}")
    assert "A mesa follow-up" in words(await previewed(place, message))
    assert list(message.unfurls) == [FOLLOW_UP]
    await place.bob.edit(message, f"{FOLLOW_UP} and AN #76")
    await place.until(lambda: replies(place))
    await place.bob.edit(message, f"{FOLLOW_UP} it is")
    await place.until(lambda: not replies(place))
    assert list(message.unfurls) == [FOLLOW_UP]


async def test_what_a_deleted_message_showed_may_be_shown_again(place: World) -> None:
    await switched_on(place)
    message = await place.bob.send(place.general, f"{PAPER} AN #58")
    await previewed(place, message)
    await place.until(lambda: replies(place))
    await place.bob.delete(message)
    await place.until(lambda: not replies(place))
    await settled(place)
    await previewed(place, await place.bob.send(place.general, PAPER))


async def test_a_link_that_slack_does_not_let_it_preview_is_replied_to(tmp_path: Path) -> None:
    async with world(tmp_path / "anbot.sqlite") as place:
        place.app.domains = ("alignmentforum.org",)
        async with place.run():
            await switched_on(place)
            await place.bob.send(place.general, PAPER)
            await place.until(lambda: replies(place))
            assert "Risks from Learned Optimization" in words(replies(place)[0])


async def test_without_domains_links_are_replied_to(by_socket: World) -> None:
    async with by_socket.run(SLACK_UNFURL_DOMAINS="none"):
        await switched_on(by_socket)
        await by_socket.bob.send(by_socket.general, PAPER)
        await by_socket.until(lambda: replies(by_socket))
        assert by_socket.slack.journal.of("chat.unfurl") == []


async def test_while_a_message_is_composed_it_is_silent_unless_linking_is_on_everywhere(
    either: World,
) -> None:
    await switched_on(either)
    await either.bob.compose(either.general, f"see {PAPER}")
    await settled(either)
    assert either.slack.journal.of("chat.unfurl") == []
    await either.command("/linking on everywhere")
    assert "on in all channels" in (await either.whispered(3)).text
    unfurl_id = await either.bob.compose(either.general, f"see {PAPER}")
    await either.until(lambda: either.slack.journal.of("chat.unfurl"))
    (shown,) = either.slack.journal.of("chat.unfurl")
    assert (shown.args["unfurl_id"], shown.args["source"]) == (unfurl_id, "composer")
    assert "Risks from Learned Optimization" in str(shown.args["unfurls"][PAPER])
    await previewed(either, await either.bob.send(either.general, f"see {PAPER}"))


def test_what_stands_at_a_link_with_a_query_goes_below_it() -> None:
    letter = summary("Letter", links=("https://futureoflife.org/letter?a=1&b=2",))
    link = "https://futureoflife.org/letter?b=2&amp;a=1"
    assert by_link([letter], [link]) == ({link: [letter]}, [])
    assert by_link([letter], ["https://futureoflife.org/letter?a=1"]) == ({}, [letter])


async def test_a_query_in_a_link_is_known_again_as_slack_writes_it(either: World) -> None:
    await switched_on(either)
    message = await either.bob.send(either.general, f"{PAPER}?context=cs&a=b")
    await previewed(either, message)
    assert list(message.unfurls) == [f"{PAPER}?context=cs&amp;a=b"]
