"""Writes objects and lists of OParl 1.1 as JSON: the way back of `oparl.py`, by the same table of types."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from ob_buero_tui.exchange.oparl_types import TYPES
from ob_buero_tui.rules.zones import to_utc, zone

VERSION = "https://schema.oparl.org/1.1/"
Given = str | Mapping[str, Any] | Sequence[str | Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingObject:
    """One object to write.

    Args:
        type: Its type as OParl writes it, without the address of the schema.
        values: What it says of itself, by our names in snake case; empty ones are left out. Times are naive
            wall time of the office.
        references: Ids or whole objects by OParl property, as they are to stand there.
        extra: Other properties by their own names; what the object says itself counts more.
        created, modified: Aware instants, or None.
    """

    type: str
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    references: Mapping[str, Given] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    created: datetime | None = None
    modified: datetime | None = None


def written(one: OutgoingObject, tzid: str) -> dict[str, Any]:
    """The object as JSON.

    Args:
        tzid: IANA name of the office's zone.
    """
    told: dict[str, Any] = {"id": one.id, "type": f"{VERSION}{one.type}"}
    for name, (ours, _shape) in TYPES[one.type].values.items():
        value = one.values.get(ours)
        if value not in (None, "", []):
            told[name] = _value(value, tzid)
    told |= {name: value for name, value in one.references.items() if value not in ("", [], None)}
    for name, moment in (("created", one.created), ("modified", one.modified)):
        if moment is not None:
            told[name] = _moment(moment.astimezone(UTC), tzid)
    if one.values.get("web"):
        told["web"] = one.values["web"]
    return {"id": one.id, "type": told["type"], **one.extra, **told}


def page(
    data: Sequence[Mapping[str, Any]], number: int, pages: int, total: int, size: int, address: Sequence[str]
) -> dict[str, Any]:
    """One page of a list.

    Args:
        number: Which page it is, from 1.
        size: How many objects a full page holds.
        address: The addresses of all pages.
    """
    links = {"first": address[0], "self": address[number - 1], "last": address[-1]}
    if number > 1:
        links["prev"] = address[number - 2]
    if number < pages:
        links["next"] = address[number]
    numbers = {
        "totalElements": total,
        "elementsPerPage": size,
        "currentPage": number,
        "totalPages": pages,
    }
    return {"data": list(data), "pagination": numbers, "links": links}


def encoded(value: Mapping[str, Any]) -> bytes:
    """A document as it stands in a file."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _value(value: Any, tzid: str) -> Any:
    if isinstance(value, datetime):
        return _moment(to_utc(value, tzid), tzid)
    return value.isoformat() if isinstance(value, date) else value


def _moment(instant: datetime, tzid: str) -> str:
    """A time as OParl wants it, with the offset of the office's zone."""
    return instant.astimezone(zone(tzid)).isoformat(timespec="seconds")
