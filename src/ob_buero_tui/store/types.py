"""Column types for STRICT tables, which take only INTEGER, REAL, TEXT and BLOB."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

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
        return None if value is None else datetime.fromisoformat(value)


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
        return None if value is None else datetime.fromisoformat(value)


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
        return None if value is None else date.fromisoformat(value)


class TimeText(TypeDecorator[time]):
    """A time of day as `09:42`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: time | None, _dialect: Dialect) -> str | None:
        """Write hours and minutes."""
        return None if value is None else value.strftime("%H:%M")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> time | None:
        """Read a time of day."""
        return None if value is None else time.fromisoformat(value)


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
