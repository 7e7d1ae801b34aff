"""The values of one record in a report to a person: as they are, and what the journal has from before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from ob_buero_tui.rules.german import clock
from ob_buero_tui.rules.person_words import texts_of
from ob_buero_tui.services.erasing.finding import stored
from ob_buero_tui.services.erasing.labels import label_of
from ob_buero_tui.services.erasing.searching import readable
from ob_buero_tui.services.intake.people_rows import CARDS, EXTRA_LABELS, MERGED_UIDS, REVISED
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.personal import CONTENT, DATES
from ob_buero_tui.store.tables import METADATA

_TIMES: Final = {
    **DATES,
    "request": ("received_at", "event_start", "closed_on"),
    "event": ("dtstart",),
    "message": ("sent_at",),
    "note": ("written_at",),
}

_COMPARED: Final = frozenset((REVISED, MERGED_UIDS, CARDS))


def values_of(
    place: Workplace, connection: Connection, table: str, row_id: int
) -> Iterator[tuple[str, str, str]]:
    """Column, German label and text of everything that is, and was, filled in a record."""
    now = _values(place, table, stored(connection, table, row_id))
    for name, text in now.items():
        yield name, label_of(name), text
    told = set(now.items())
    query = "SELECT before, after FROM change WHERE table_name = ? AND row_id = ? ORDER BY id"
    for sides in connection.exec_driver_sql(query, (table, row_id)):
        for side in sides:
            for one in _values(place, table, json.loads(side) if side else {}).items():
                if one not in told:
                    told.add(one)
                    yield one[0], f"{label_of(one[0])} (früher)", one[1]


def _values(place: Workplace, table: str, row: Mapping[str, Any]) -> dict[str, str]:
    known = METADATA.tables[table]
    texts = {name: readable(known, name, row.get(name)) for name in CONTENT.get(table, ())}
    if "extra" in texts and table in ("person", "organization"):
        texts["extra"] = _extra(row.get("extra"))
    times = {name: _time(place, row[name]) for name in _TIMES.get(table, ()) if row.get(name)}
    return {name: text for name, text in (texts | times).items() if text}


def _extra(value: Any) -> str:
    """What an address book said beyond our columns, a line for each; not what serves to compare its cards.

    That is a revision, a number and fingerprints of values that stand in the report themselves.
    """
    loaded = json.loads(value) if isinstance(value, str) else value or {}
    told = ((key, one) for key, one in loaded.items() if key not in _COMPARED)
    return "\n".join(f"{EXTRA_LABELS.get(key, key)}: {', '.join(texts_of(one))}" for key, one in told)


def _time(place: Workplace, text: str) -> str:
    """A stored date or time as a German reader writes it; as it stands where a byte of it is wrong."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    at = place.local(at) if at.tzinfo is not None else at
    day = f"{at.day}.{at.month}.{at.year}"
    return day if len(text) == 10 else f"{day} {clock(at)}"
