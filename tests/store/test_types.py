"""Values come back as they went in, and lie in the file as text that sorts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeDecorator

from ob_buero_tui.store.types import DateText, FlagInteger, JsonText, LocalText, TimeText, UtcText, dump_json

DIALECT: Dialect = sqlite.dialect()  # type: ignore[no-untyped-call]
MOMENTS = st.datetimes().map(lambda value: value.replace(microsecond=0))
JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def there(kind: TypeDecorator[Any], value: Any) -> Any:
    return kind.process_bind_param(value, DIALECT)


def back(kind: TypeDecorator[Any], value: Any) -> Any:
    return kind.process_result_value(value, DIALECT)


@given(MOMENTS.filter(lambda value: 1 < value.year < 9999), st.integers(-14 * 60, 14 * 60))
def test_instants_are_kept_in_utc(moment: datetime, offset: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    stored = there(UtcText(), aware)
    assert stored.endswith("Z")
    assert back(UtcText(), stored) == aware
    assert back(UtcText(), stored).tzinfo is UTC


@given(MOMENTS)
def test_wall_times_are_kept_as_they_are(moment: datetime) -> None:
    assert back(LocalText(), there(LocalText(), moment)) == moment


@given(st.tuples(MOMENTS, MOMENTS))
def test_stored_times_sort_like_times(pair: tuple[datetime, datetime]) -> None:
    first, second = (there(LocalText(), moment) for moment in pair)
    assert (first < second) == (pair[0] < pair[1])
    later, earlier = (there(UtcText(), moment.replace(tzinfo=UTC)) for moment in pair)
    assert (later < earlier) == (pair[0] < pair[1])


@given(st.dates())
def test_days_are_kept(day: date) -> None:
    assert back(DateText(), there(DateText(), day)) == day


@given(st.times().map(lambda value: value.replace(second=0, microsecond=0)))
def test_times_of_day_are_kept_to_the_minute(moment: time) -> None:
    assert back(TimeText(), there(TimeText(), moment)) == moment


@given(JSON)
def test_json_is_kept_and_written_in_one_way(value: Any) -> None:
    stored = there(JsonText(), value)
    assert back(JsonText(), stored) == value
    if value is not None:
        assert dump_json(back(JsonText(), stored)) == stored


def test_flags_are_numbers_in_the_file() -> None:
    assert [there(FlagInteger(), value) for value in (True, False, None)] == [1, 0, None]
    assert [back(FlagInteger(), value) for value in (1, 0, None)] == [True, False, None]


@pytest.mark.parametrize("kind", [UtcText(), LocalText(), DateText(), TimeText(), JsonText()])
def test_nothing_stays_nothing(kind: TypeDecorator[Any]) -> None:
    assert there(kind, None) is None
    assert back(kind, None) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (UtcText(), datetime.fromisoformat("2026-11-25T08:42")),
        (LocalText(), datetime(2026, 11, 25, tzinfo=UTC)),
        (DateText(), datetime(2026, 11, 25, tzinfo=UTC)),
    ],
)
def test_a_time_of_the_wrong_kind_is_a_mistake(kind: TypeDecorator[Any], value: Any) -> None:
    with pytest.raises(ValueError, match="only"):
        there(kind, value)
