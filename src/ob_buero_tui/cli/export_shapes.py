"""What leaves the office as JSON: one document of lists, its keys those of the values, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from ob_buero_tui.cli.shapes import instant, session_shape
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services.export.council import MeetingOut

TEXT_LIMIT = 50_000
INDENT = "  "


def write_document(head: Mapping[str, Any], lists: Mapping[str, Iterable[Any]], tzid: str) -> Iterator[bytes]:
    """Write one JSON document, record by record.

    Args:
        head: Keys that come first.
        lists: The records under each key.
    """
    start = "{\n" + "".join(f"{INDENT}{json.dumps(key)}: {_json(value)},\n" for key, value in head.items())
    for number, (key, records) in enumerate(lists.items()):
        yield (start if number == 0 else ",\n").encode() + f"{INDENT}{json.dumps(key)}: [".encode()
        separator = "\n"
        for record in records:
            yield f"{separator}{INDENT * 2}{_json(shape(record, tzid))}".encode("utf-8", errors="replace")
            separator = ",\n"
        yield b"]" if separator == "\n" else f"\n{INDENT}]".encode()
    yield b"\n}\n"


def shape(value: Any, tzid: str) -> Any:
    """A value as JSON knows it: ids as text, dates and times in ISO 8601, text that acts on no terminal."""
    if value is None or isinstance(value, bool):
        return value
    if type(value) is str:  # most of all there is
        return clean(value, multiline=True, limit=TEXT_LIMIT)
    if isinstance(value, MeetingOut):
        return _meeting(value, tzid)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _keyed(field.name, getattr(value, field.name), tzid) for field in fields(value)}
    if isinstance(value, Mapping):
        return {clean(str(key)): shape(item, tzid) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shape(item, tzid) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo is not None else instant(value, tzid)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value


def _keyed(name: str, value: Any, tzid: str) -> Any:
    """Ids are text whatever the database keeps; they are names and nothing to count with."""
    if type(value) is int and (name == "id" or name.endswith("_id")):
        return str(value)
    return shape(value, tzid)


def _meeting(one: MeetingOut, tzid: str) -> dict[str, Any]:
    """A session as the command `sessions` gives it, and more."""
    row = one.row
    return session_shape(row, tzid) | {
        "end": instant(row.end, tzid) if row.end else None,
        "place": clean(row.place),
        "cancelled": row.cancelled,
        "agenda": shape(one.agenda, tzid),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
