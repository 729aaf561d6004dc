"""The clock is held against that of a platform."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.model.findings import clock_finding
from tests.support.drafts import NOW


@pytest.mark.parametrize(
    ("off", "sentence"),
    [
        (0, "ok: The clock agrees with Slack's"),
        (29, "ok: The clock agrees with Slack's"),
        (-29, "ok: The clock agrees with Slack's"),
        (120, "warn: The clock is 2 minutes ahead of Slack's"),
        (-120, "warn: The clock is 2 minutes behind Slack's"),
        (-7200, "bad: The clock is 2 hours behind Slack's"),
    ],
)
def test_how_far_off_it_is(off: int, sentence: str) -> None:
    (finding,) = clock_finding("Slack", format_datetime(NOW), NOW + timedelta(seconds=off))
    assert f"{finding.health}: {finding.what}" == sentence


@pytest.mark.parametrize("date", ["", "today", "Sun, 99 Foo"])
def test_an_answer_without_a_time_says_nothing(date: str) -> None:
    assert clock_finding("Slack", date, NOW) == []
