"""When a source is asked again, whatever happened and whatever it says."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.backoff import LONGEST_ASKED, LONGEST_RETRY, asked_for, next_try, next_visit

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
RANDOM = st.randoms(use_true_random=False)


@given(RANDOM)
def test_a_visit_is_an_hour_away_give_or_take_a_tenth(rng: random.Random) -> None:
    assert timedelta(minutes=54) <= next_visit(NOW, rng) - NOW <= timedelta(minutes=66)


def test_visits_are_not_all_at_the_same_time() -> None:
    rng = random.Random(1)  # noqa: S311 - no secret
    assert len({next_visit(NOW, rng) for _ in range(10)}) == 10
    assert len({next_try(NOW, 3, rng) for _ in range(10)}) == 10


@given(st.integers(1, 10_000), RANDOM)
def test_a_try_is_minutes_to_a_day_away(failures: int, rng: random.Random) -> None:
    assert timedelta(minutes=4) <= next_try(NOW, failures, rng) - NOW <= LONGEST_RETRY


@given(st.integers(1, 8), RANDOM)
def test_each_try_is_later_than_the_one_before(failures: int, rng: random.Random) -> None:
    assert next_try(NOW, failures, rng) < next_try(NOW, failures + 1, rng)


@given(st.integers(1, 50), st.integers(0, 10**12), RANDOM)
def test_a_try_is_not_before_the_server_wants_it_for_a_week_at_most(
    failures: int, seconds: int, rng: random.Random
) -> None:
    wanted = min(timedelta(seconds=min(seconds, 10**7)), LONGEST_ASKED)
    assert next_try(NOW, failures, rng, str(seconds)) - NOW >= wanted
    assert next_try(NOW, failures, rng, str(seconds)) - NOW <= max(wanted, LONGEST_RETRY)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds it
def test_a_date_says_the_same_as_seconds(until: datetime) -> None:
    until = until.replace(microsecond=0)
    expected = min(max(until - NOW, timedelta()), LONGEST_ASKED)
    assert asked_for(format_datetime(until), NOW) == expected


@given(st.text() | st.from_regex(r"\w{3}, \d{1,9} \w{3} \d{1,9} \d\d:\d\d:\d\d [+-]?\w{1,9}", fullmatch=True))
def test_whatever_the_header_says_is_no_failure(text: str) -> None:
    assert timedelta() <= asked_for(text, NOW) <= LONGEST_ASKED
