"""Two desks at one record: what each of them changed, and who changed it there and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Desk
from ob_buero_tui.store.journal import Action, Change


@dataclass(frozen=True, slots=True, kw_only=True)
class BothValues:
    """One field that two desks changed to different values.

    Args:
        name: The field in the form.
        label: What it is called.
        mine: What stands in the form here.
        theirs: What the other desk saved.
        desk: The initials of the other desk; empty where the journal does not say.
        at: When it was saved there, local time.
    """

    name: str
    label: str
    mine: str
    theirs: str
    desk: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What two desks typed, put together.

    Args:
        values: The form from now on; where both changed a field it has the value of here.
        clashes: The fields that both changed.
    """

    values: Mapping[str, str]
    clashes: tuple[BothValues, ...]


def merge_typed(
    before: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], labels: Mapping[str, str]
) -> Merged:
    """Put a form and the record as another desk left it together, field by field.

    What only one of them changed is taken from there; what both changed to different values is a clash.

    Args:
        before: The values both started from.
        mine: The form here.
        theirs: The record now.
        labels: What the fields are called; one without a name is called by its key.
    """
    values, clashes = dict(mine), []
    for name in dict.fromkeys((*theirs, *mine)):
        start, ours, now = (one.get(name, "").strip() for one in (before, mine, theirs))
        if ours == start:
            values[name] = theirs.get(name, "")
        elif start != now != ours:
            label = labels.get(name, name)
            clashes.append(
                BothValues(name=name, label=label, mine=mine.get(name, ""), theirs=theirs.get(name, ""))
            )
    return Merged(values=values, clashes=tuple(clashes))


def with_authors(
    place: Workplace, table: str, row_id: int, clashes: tuple[BothValues, ...], columns: Mapping[str, str]
) -> tuple[BothValues, ...]:
    """The clashes with who saved the other value and when, from the journal.

    Args:
        columns: The column that holds a field, by its name; `column.key` for a value within a JSON column.
    """
    with place.reading() as session:
        rows = session.execute(
            select(Change.before, Change.after, Action.at, Desk.initials)
            .join(Action, Action.id == Change.action_id)
            .join(Desk, Desk.id == Action.desk_id)
            .where(Change.table_name == table, Change.row_id == row_id)
            .order_by(Change.id.desc())
            .limit(100)
        ).all()
    found = []
    for one in clashes:
        row = next((row for row in rows if _touched(row, columns.get(one.name, one.name))), None)
        at = place.local(row.at).replace(tzinfo=None) if row is not None else None
        found.append(replace(one, desk=row.initials if row is not None else "", at=at))
    return tuple(found)


def _touched(row: Any, column: str) -> bool:
    """Whether a change wrote a column, or a key of a JSON column."""
    name, _, key = column.partition(".")
    before, after = (row.before or {}).get(name), (row.after or {}).get(name)
    if name not in (row.after or {}):
        return False
    if not key:
        return True
    return bool(_within(before, key) != _within(after, key))


def _within(stored: object, key: str) -> object:
    """A value of a JSON column as the journal keeps it: text or already read."""
    found = json.loads(stored) if isinstance(stored, str) else stored
    return found.get(key) if isinstance(found, dict) else None
