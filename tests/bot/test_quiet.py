"""What was shown somewhere is not shown there again for half an hour."""

from datetime import UTC, datetime, timedelta

from bot.quiet import Lately

START = datetime(2026, 1, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def test_half_an_hour_of_silence_for_each_place_and_thing() -> None:
    clock = Clock()
    lately = Lately(clock)
    lately.note("a", ["x"])
    assert lately.shown("a", "x")
    assert not lately.shown("b", "x")
    assert not lately.shown("a", "y")
    clock.now = START + timedelta(minutes=29)
    lately.note("a", ["x"])
    assert lately.shown("a", "x")
    clock.now = START + timedelta(minutes=30)
    assert not lately.shown("a", "x")


def test_what_is_forgotten_may_be_shown_again() -> None:
    lately = Lately(Clock())
    lately.note("a", ["x", "y"])
    lately.forget("a", ["x", "z"])
    assert not lately.shown("a", "x")
    assert lately.shown("a", "y")


def test_the_oldest_of_very_many_is_forgotten() -> None:
    lately = Lately(Clock())
    lately.note("a", map(str, range(10_001)))
    assert not lately.shown("a", "0")
    assert lately.shown("a", "10000")
