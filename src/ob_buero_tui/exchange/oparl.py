"""Files of OParl objects (1.0 and 1.1): bytes become plain records; what is broken is named and lost alone.

A file is one object, a list of objects, or a page of an external list. Objects inside others become
records of their own, and the outer one refers to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ob_buero_tui.exchange.oparl_defects import defects
from ob_buero_tui.exchange.oparl_json import NOT_READ, load_json
from ob_buero_tui.exchange.oparl_records import OparlFile, OparlRecord
from ob_buero_tui.exchange.oparl_types import ORDERED, TYPES, Reference, Shape, type_of
from ob_buero_tui.exchange.oparl_values import instant, kept, read
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import zone

MAX_OBJECTS = limits.OPARL_OBJECTS
MAX_REFERENCES = limits.OPARL_REFERENCES
MAX_DEPTH = limits.OPARL_DEPTH
ID_LENGTH = limits.OPARL_ID
NAMED_PROBLEMS = limits.OPARL_PROBLEMS
NO_OPARL = "Sie enthält keine OParl-Objekte."

_COMMON = frozenset(("id", "type", "created", "modified", "deleted"))


def read_oparl(data: bytes, office_zone: str) -> OparlFile:
    """Read all objects of a file; one that stands in it several times becomes one record.

    Args:
        data: The bytes of the file.
        office_zone: IANA name of the office's zone; times become its wall time.

    Raises:
        Refusal: The file is no JSON, holds no OParl object at all, or too many; or the zone is unknown.
    """
    value, notes = load_json(data)
    return read_value(value, office_zone, notes)


def read_value(value: Any, office_zone: str, notes: Sequence[str] = ()) -> OparlFile:
    """Read all objects of a file that is JSON already; else as `read_oparl`.

    Args:
        notes: What was repaired on the way to the JSON.
    """
    zone(office_zone)
    reading = _Reading(office_zone)
    items = _items(value)
    for index, item in enumerate(items, 1):
        where = f"Objekt {number(index)}" if len(items) > 1 else "Das Objekt"
        if type_of(item.get("type") if isinstance(item, dict) else None) is None:
            reading.leave_out(f"{where} ist kein OParl-Objekt.")
        else:
            reading.take(item, _Place(name=where))
    if not reading.records and not (isinstance(value, dict) and items == []):
        told = NO_OPARL if not any(map(_claims, items)) else " ".join(reading.problems[:3])
        raise Refusal(NOT_READ, told, "Gelesen werden OParl 1.0 und 1.1.")
    return OparlFile(
        records=tuple(reading.records.values()),
        problems=tuple(reading.problems),
        notes=(*notes, *dict.fromkeys(reading.notes), *defects(reading.records.values())),
    )


def _items(value: Any) -> list[Any]:
    """The objects of a file: one, a list of them, or the page of a list that is longer."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or type_of(value.get("type")) is not None:
        return [value]
    page = value.get("data")
    return page if isinstance(page, list) and ("pagination" in value or "links" in value) else [value]


def _claims(item: Any) -> bool:
    return isinstance(item, dict) and type_of(item.get("type")) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an object stands: its name for the report, and for one inside another what that one is."""

    name: str
    owner: str = ""
    property: str = ""
    index: int = 0
    modified: datetime | None = None
    depth: int = 0


class _Reading:
    """Collects the records of one file."""

    def __init__(self, office_zone: str) -> None:
        self.records: dict[tuple[str, str], OparlRecord] = {}
        self.problems: list[str] = []
        self.notes: list[str] = []
        self._zone = office_zone

    def leave_out(self, problem: str) -> None:
        """Name an object that is left out."""
        if len(self.problems) < NAMED_PROBLEMS:
            self.problems.append(problem)

    def take(self, item: Mapping[str, Any], place: _Place, default: str | None = None) -> str | None:
        """Make a record of an object and of all inside it; returns its id, None when it is left out."""
        type_ = type_of(item.get("type")) or default
        if type_ is None:
            return None
        key = self._id(item, type_, place)
        if key is None:
            self.leave_out(f"{place.name} ({type_}) hat keine Kennung (id).")
            return None
        if len(self.records) >= MAX_OBJECTS:
            raise Refusal(
                NOT_READ,
                f"Sie enthält mehr als {number(MAX_OBJECTS)} Objekte.",
                "Bitte in kleineren Teilen exportieren.",
            )
        own = instant(item.get("modified"), self._zone)
        modified = own or place.modified
        inner = replace(
            place, name=f"{place.name}: {type_}", owner=key, modified=modified, depth=place.depth + 1
        )
        record = OparlRecord(
            type=type_,
            id=key,
            **self._content(item, type_, inner),
            created=instant(item.get("created"), self._zone),
            modified=modified,
            deleted=bool(read(item.get("deleted"), Shape.FLAG, self._zone)),
            nested=place.depth > 0,
            inherited=own is None and modified is not None,
        )
        if type_ in ORDERED and place.property and "position" not in record.values:
            record = replace(record, values={**record.values, "position": place.index})
        self._keep(record)
        return key

    def _id(self, item: Mapping[str, Any], type_: str, place: _Place) -> str | None:
        given = item.get("id")
        if isinstance(given, str) and len(given) <= ID_LENGTH and clean(given).strip():
            return clean(given).strip()
        # A place inside another object needs no address of its own to be worth keeping.
        return f"{place.owner}#location" if type_ == "Location" and place.owner else None

    def _keep(self, record: OparlRecord) -> None:
        key = (record.type, record.id)
        known = self.records.get(key)
        self.records[key] = record if known is None else merged(known, record)

    def _content(self, item: Mapping[str, Any], type_: str, inner: _Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        references: dict[str, tuple[str, ...]] = {}
        extra: dict[str, Any] = {}
        known = TYPES[type_]
        for name, value in item.items():
            if name in _COMMON or value is None or value == "":
                continue
            if name in known.references:
                found, rest = self._references(value, known.references[name], name, inner)
                if found is not None:
                    references[name] = found
                if rest not in (None, []):
                    extra[name] = kept(rest)
            elif name == "web":
                values["web"] = clean(str(value), limit=ID_LENGTH)
            elif (
                name in known.values and (text := read(value, known.values[name][1], self._zone)) is not None
            ):
                values[known.values[name][0]] = text
            else:
                extra[clean(name, limit=200)] = kept(self._without_objects(value, inner))
        return {"values": values, "references": references, "extra": extra}

    def _references(
        self, value: Any, reference: Reference, name: str, inner: _Place
    ) -> tuple[tuple[str, ...] | None, Any]:
        """The ids that a property names, and what of its value is none; None for the address of a list."""
        if isinstance(value, str) and reference.listed:
            return None, value
        items = value if isinstance(value, list) else [value]
        found: dict[str, None] = {}
        rest = []
        for index, item in enumerate(items[:MAX_REFERENCES]):
            if isinstance(item, dict):
                key = self._target(item, reference.type, replace(inner, property=name, index=index))
            else:
                key = _address(item)
            if key is not None:
                found[key] = None
            elif item not in (None, "") and not isinstance(item, dict):
                rest.append(item)
        return tuple(found), rest + items[MAX_REFERENCES:]

    def _target(self, item: Mapping[str, Any], default: str, inner: _Place) -> str | None:
        if inner.depth >= MAX_DEPTH:
            self.leave_out(f"{inner.name.split(':')[0]} ist zu tief verschachtelt.")
            return None
        if item.get("type") is not None and type_of(item["type"]) not in (default, None):
            default = type_of(item["type"]) or default
        return self.take(item, inner, default)

    def _without_objects(self, value: Any, inner: _Place) -> Any:
        """A value to be kept as it came, but with the ids of the objects in it: those are records."""
        if isinstance(value, list):
            return [self._without_objects(item, inner) if isinstance(item, dict) else item for item in value]
        if _claims(value) and inner.depth < MAX_DEPTH and self._id(value, "", inner) is not None:
            return self.take(value, inner)
        return value


def _address(value: Any) -> str | None:
    """The id of another object as text."""
    return clean(value).strip() or None if isinstance(value, str) and len(value) <= ID_LENGTH else None


def merged(one: OparlRecord, other: OparlRecord) -> OparlRecord:
    """One record of two of the same object: the newer one counts, the older one fills what it leaves open."""
    better, worse = (one, other) if _rank(one) >= _rank(other) else (other, one)
    return replace(
        better,
        values={**worse.values, **better.values},
        references={
            name: tuple(dict.fromkeys((*better.references.get(name, ()), *worse.references.get(name, ()))))
            for name in {**worse.references, **better.references}
        },
        extra={**worse.extra, **better.extra},
        created=better.created or worse.created,
        nested=one.nested and other.nested,
    )


def _rank(record: OparlRecord) -> tuple[bool, float, bool]:
    """What has a date of its own says more than what only stands in something newer."""
    dated = record.modified.timestamp() if record.modified else float("-inf")
    return (record.modified is not None and not record.inherited, dated, not record.nested)
