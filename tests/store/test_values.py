"""Places, moments and names are read from columns as they were written."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from store.values import from_moment, from_names, to_moment, to_names

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)).map(  # noqa: DTZ001 - any zone
    lambda moment: moment.replace(tzinfo=timezone(timedelta(hours=2)))
)
MILLISECOND = timedelta(milliseconds=1)


@given(MOMENTS)
def test_a_moment_is_kept_to_the_millisecond_in_utc(moment: datetime) -> None:
    column = to_moment(from_moment(moment))
    assert column.tzinfo is UTC
    assert timedelta(0) <= moment - column < MILLISECOND
    assert from_moment(column) == from_moment(moment)


@given(MOMENTS, MOMENTS)
def test_what_is_due_is_due_in_the_database(due: datetime, now: datetime) -> None:
    if due <= now:
        assert from_moment(due) <= from_moment(now)


@given(st.frozensets(st.text()))
def test_names_are_read_as_they_were_written(names: frozenset[str]) -> None:
    assert to_names(from_names(names)) == names
