"""When the app answers in a test, whatever else the machine does."""

import os
from collections.abc import Mapping
from typing import Any

import pytest

from adapters.slack import acknowledgement, interactions, linking, run
from bot.runtime import in_flight
from tests.stand_ins.common.patience import HANG


def undisturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a busy machine nor the environment has a say in what the bot does."""
    for name in [name for name in os.environ if name.startswith("SLACK_")]:
        monkeypatch.delenv(name)
    for owner, name in (
        (acknowledgement, "PATIENCE"),
        (interactions, "_CEILING"),
        (linking, "_PATIENCE"),
        (in_flight, "_DRAIN"),
        (run, "_LAST"),
    ):
        monkeypatch.setattr(owner, name, HANG)


def answer_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command is acknowledged before its answer is ready."""

    async def too_late(self: acknowledgement.Acknowledgement, body: Mapping[str, Any]) -> bool:
        del body
        await self.close()
        return False

    monkeypatch.setattr(acknowledgement.Acknowledgement, "take", too_late)
    monkeypatch.setattr(acknowledgement, "PATIENCE", 0.0)
