"""Column types for STRICT tables, which take only INTEGER, REAL, TEXT and BLOB."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

UNREADABLE_DAY = date(1970, 1, 1)
"""What is read where a flipped byte left no day or time: one value must not keep the rest from being seen."""
UNREADABLE_TIME = time(0, 0)
UNREADABLE_LOCAL = datetime(1970, 1, 1)  # noqa: DTZ001 a wall time
UNREADABLE_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_NONE = (UNREADABLE_DAY, UNREADABLE_TIME, UNREADABLE_LOCAL, UNREADABLE_UTC)
"""By these very objects a value that was read is told from one that was not."""

Utc = Annotated[datetime, "utc"]
Local = Annotated[datetime, "local"]
Flag = Annotated[bool, "flag"]
Fields = Annotated[dict[str, Any], "json"]
Strings = Annotated[list[str], "json-list"]


class UtcText(TypeDecorator[datetime]):
    """An instant as `2026-11-25T08:42:00Z`: aware in, aware UTC out, whole seconds, sortable as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Write an aware datetime; a naive one is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a UTC column takes aware datetimes only")
        return utc_text(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """Read an aware UTC datetime."""
        return None if value is None else read_utc(value)


class LocalText(TypeDecorator[datetime]):
    """A wall time as `2026-11-25T09:42:00`: naive in, naive out; its zone stands in a column beside it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Write a naive datetime; an aware one is a programming error."""
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a wall-time column takes naive datetimes only")
        return value.isoformat()[:19]

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """Read a naive datetime."""
        return None if value is None else read_local(value)


class DateText(TypeDecorator[date]):
    """A date as `2026-11-25`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        """Write a date; a datetime would silently lose its time and is refused."""
        if isinstance(value, datetime):
            raise ValueError("a date column takes dates only")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        """Read a date."""
        return None if value is None else read_day(value)


class TimeText(TypeDecorator[time]):
    """A time of day as `09:42`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: time | None, _dialect: Dialect) -> str | None:
        """Write hours and minutes."""
        return None if value is None else value.strftime("%H:%M")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> time | None:
        """Read a time of day."""
        return None if value is None else read_time(value)


class FlagInteger(TypeDecorator[bool]):
    """A yes or no as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, _dialect: Dialect) -> int | None:
        """Write 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> bool | None:
        """Read a bool."""
        return None if value is None else bool(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value as text with sorted keys; it is replaced, never mutated, so that the journal sees it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """Write canonical JSON."""
        return None if value is None else dump_json(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        """Read the value."""
        return None if value is None else json.loads(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        """Compare as text: to Python 1 equals True, to the file it does not."""
        return dump_json(x) == dump_json(y)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dump_json(value: Any) -> str:
    """Canonical JSON: sorted keys, no blanks, real umlauts."""
    if value.__class__ is list and not value:
        return "[]"  # by far the most frequent list: dates of a series that has none
    return _ENCODER.encode(value)


def read_utc(text: str) -> datetime:
    """An instant as a UTC column stores it; `UNREADABLE_UTC` where it is none any more."""
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return UNREADABLE_UTC
    return found if found.tzinfo is not None else UNREADABLE_UTC


def read_local(text: str) -> datetime:
    """A wall time as it is stored; `UNREADABLE_LOCAL` where it is none any more."""
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return UNREADABLE_LOCAL
    return found if found.tzinfo is None else UNREADABLE_LOCAL


def read_day(text: str) -> date:
    """A date as it is stored; `UNREADABLE_DAY` where it is none any more."""
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        return UNREADABLE_DAY


def read_time(text: str) -> time:
    """A time of day as it is stored; `UNREADABLE_TIME` where it is none any more."""
    try:
        found = time.fromisoformat(text)
    except (ValueError, TypeError):
        return UNREADABLE_TIME
    return found if found.tzinfo is None else UNREADABLE_TIME


def is_moment(kind: Any, text: Any) -> bool:
    """Whether a column of a type of days or times can be read where this stands in it.

    Args:
        kind: The column's type, as SQLAlchemy knows it.
    """
    return not is_stand_in(kind.process_result_value(text, None))


def is_stand_in(value: Any) -> bool:
    """Whether a value stands for a day or a time that cannot be read; an equal one that was typed is none."""
    return any(value is none for none in _NONE)


def utc_text(value: datetime) -> str:
    """An aware datetime as a UTC column stores it."""
    # isoformat is several times faster than strftime and pads years before 1000.
    return f"{value.astimezone(UTC).isoformat()[:19]}Z"


TYPE_MAP: dict[Any, Any] = {
    str: Text(),
    int: Integer(),
    date: DateText(),
    time: TimeText(),
    Utc: UtcText(),
    Local: LocalText(),
    Flag: FlagInteger(),
    Fields: JsonText(),
    Strings: JsonText(),
}
