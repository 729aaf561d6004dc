"""The real process against a Slack over real HTTP and real websockets."""

from tests.adapters.slack.world import World
from tests.support.processes import running

GUESSED = "xoxb-guessed"


def environment(place: World, **given: str) -> dict[str, str]:
    settings = place.settings()
    return {
        "ANBOT_DB": str(place.database),
        "SLACK_API_URL": settings.slack_api_url,
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
        "PORT": str(settings.port),
        **given,
    }


async def test_a_wrong_token_ends_it_with_a_sentence(by_socket: World) -> None:
    async with running(**environment(by_socket, SLACK_BOT_TOKEN=GUESSED)) as process:
        assert await process.ended() == 2
    assert "SLACK_BOT_TOKEN" in "".join(process.lines)
    assert GUESSED not in "".join(process.lines)
