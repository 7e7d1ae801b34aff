"""What a file of OParl objects holds, as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OparlRecord:
    """One object of OParl 1.0 or 1.1. All text is cleaned.

    Args:
        type: Its type as OParl 1.1 writes it, without the address of the schema: `Meeting`.
        id: Its address; where a place has none of its own, that of its owner and `#location`.
        values: What it says of itself, by name in snake case; what is empty or unreadable is missing. Times
            are naive wall time of the office, dates are dates.
        references: The ids of other objects by the OParl property that names them, in order.
        extra: All other properties by their own names, as JSON; unreadable values too.
        created: CREATED, aware UTC; or None.
        modified: When it was last changed, aware UTC; an object inside another one without a date of its own
            has that of the outer one. None where nothing is known.
        deleted: The object is only there to say that it is gone.
        nested: It stood inside another object.
        inherited: Its date is that of the outer object, so it need not be the whole of what it stands for.
    """

    type: str
    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    created: datetime | None = None
    modified: datetime | None = None
    deleted: bool = False
    nested: bool = False
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OparlFile:
    """The objects of a file, each once.

    Args:
        problems: German sentences on objects that are left out.
        notes: German sentences on what was repaired or guessed.
    """

    records: tuple[OparlRecord, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
