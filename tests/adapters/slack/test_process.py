"""The real process against a Slack over real HTTP and real websockets."""

import pytest

from tests.adapters.slack.world import World
from tests.support.processes import running

pytestmark = pytest.mark.slow

GUESSED = "xoxb-guessed"


def environment(place: World, **given: str) -> dict[str, str]:
    return {**place.environment(**given), "ANBOT_DB": str(place.database)}


async def test_a_wrong_token_ends_it_with_a_sentence(by_socket: World) -> None:
    async with running(**environment(by_socket, SLACK_BOT_TOKEN=GUESSED)) as process:
        assert await process.ended() == 2
    assert "SLACK_BOT_TOKEN" in "".join(process.lines)
    assert GUESSED not in "".join(process.lines)
