"""Whatever a platform sends, the bot logs no error of it and answers the next question."""

import pytest

from tests.fuzz.incoming.__main__ import FRONTS, session_of, undisturbed
from tests.stand_ins.common.patience import HANG

# slack_sdk sends a client's id and secret in a way aiohttp has begun to warn of.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
]


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    undisturbed(monkeypatch)


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("front", FRONTS)
async def test_damaged_payloads_leave_no_error_and_the_bot_answers(front: str, number: int) -> None:
    assert not await session_of(front, number, steps=40, patience=HANG)
