"""A slash command is answered with its acknowledgement if the answer is ready in half a second."""

import pytest

from tests.adapters.slack.world import World, words


async def test_an_answer_that_is_ready_is_the_acknowledgement(place: World) -> None:
    used = await place.command("/an 58")
    assert used.answer["response_type"] == "in_channel"
    assert "AN #58" in words(await place.posted())
    assert place.slack.journal.of("response_url") == []


async def test_what_is_private_stays_private_in_an_acknowledgement(place: World) -> None:
    used = await place.command("/an help")
    assert used.answer["response_type"] == "ephemeral"
    assert "/an latest" in words(await place.whispered())
    assert place.slack.messages(place.general) == []


@pytest.mark.usefixtures("slow_answers")
async def test_an_answer_that_is_not_ready_comes_by_the_address(place: World) -> None:
    used = await place.command("/an 58")
    assert not used.answer
    assert "AN #58" in words(await place.posted())
    assert len(place.slack.journal.of("response_url")) == 1


async def test_linking_is_answered_with_the_acknowledgement(place: World) -> None:
    used = await place.command("/linking status")
    assert "Linking is off" in used.answer["text"]
    assert place.slack.journal.of("response_url") == []


async def test_a_command_that_is_not_as_slack_writes_it_is_refused_in_the_acknowledgement(
    place: World,
) -> None:
    place.slack.world.transit.payload = lambda sent: {name: sent[name] for name in sent if name != "user_id"}
    used = await place.command("/an 58")
    assert "nothing was done" in str(used.answer)
