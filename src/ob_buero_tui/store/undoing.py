"""Takes an action's changes back, or brings them back, by writing their inverse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, column, select
from sqlalchemy import table as light_table
from sqlalchemy.exc import IntegrityError

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.journal import Change
from ob_buero_tui.store.recording import CHANGE, Recorder, stored_defaults
from ob_buero_tui.store.tables import JOURNALED

RUN_LENGTH = 2000
"""How many rows are read and compared at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChange:
    """A change row as the journal holds it; values are raw database values.

    A whole row (`after` of an insert, `before` of a delete) has every column of today's table.
    """

    table_name: str
    row_id: int
    operation: str
    row_version: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ChangedSince(Refusal):
    """The record is not as the action left it: somebody changed it since."""

    def __init__(self, table_name: str, row_id: int) -> None:
        super().__init__("Das lässt sich nicht mehr zurücknehmen.", "Der Datensatz wurde danach geändert.")
        self.table_name = table_name
        self.row_id = row_id


def changes_of(connection: Connection, action_id: int) -> list[StoredChange]:
    """The change rows of an action in the order they were written."""
    rows = connection.execute(select(CHANGE).where(Change.action_id == action_id).order_by(Change.id))
    return [
        StoredChange(
            table_name=row.table_name,
            row_id=row.row_id,
            operation=row.operation,
            row_version=row.row_version,
            before=_whole(connection, row, row.before) if row.operation == "delete" else row.before,
            after=_whole(connection, row, row.after) if row.operation == "insert" else row.after,
        )
        for row in rows
    ]


def _whole(connection: Connection, row: Any, values: dict[str, Any] | None) -> dict[str, Any]:
    """A row's values with the columns that its table got only since, as the migration filled them."""
    return {**stored_defaults(JOURNALED[row.table_name], connection.dialect), **(values or {})}


def revert(connection: Connection, recorder: Recorder, changes: Sequence[StoredChange]) -> None:
    """Write the inverse of these changes, newest first, and journal what was written.

    Raises:
        ChangedSince: a touched column lacks the value the action gave it, or the row's place is taken.
    """
    with connection.begin_nested():  # after a refusal the names in its sentence are read as they were
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        written: list[dict[str, Any]] = []
        for run in _runs(changes):
            written += _INVERSES[run[0].operation](connection, run)
        _check_references(connection, changes)
    recorder.write(connection, written)


def _runs(changes: Sequence[StoredChange]) -> Iterator[list[StoredChange]]:
    """Changes in reverse, cut into runs of one table and operation: an import is thousands of rows long."""
    for _, run in groupby(reversed(changes), key=lambda change: (change.table_name, change.operation)):
        yield from batched(list(run), RUN_LENGTH)


def batched(items: list[StoredChange], size: int) -> Iterator[list[StoredChange]]:
    """Cut a list into pieces of a size."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _remove(connection: Connection, run: list[StoredChange]) -> list[dict[str, Any]]:
    """Delete what was inserted, if it is still as it was."""
    current = _current(connection, run)
    for change in run:
        _compare(change, current)
    connection.exec_driver_sql(
        f'DELETE FROM "{run[0].table_name}" WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608 our names
        (_keys(run),),
    )
    return [
        _record(change, "delete", current[change.row_id]["version"], before=change.after, after=None)
        for change in run
    ]


def _bring_back(connection: Connection, run: list[StoredChange]) -> list[dict[str, Any]]:
    """Insert what was deleted under its old key, with a version above any seen."""
    taken = _current(connection, run)
    versions = _highest_versions(connection, run)
    for change in run:
        if change.row_id in taken:
            raise ChangedSince(change.table_name, change.row_id)
    target = _light(run[0].table_name)
    written = []
    for change in run:
        version = versions.get(change.row_id, change.row_version) + 1
        values = change.before or {}
        try:
            connection.execute(target.insert(), {**values, "version": version})
        except IntegrityError as error:  # another row has taken its unique key meanwhile
            raise ChangedSince(change.table_name, change.row_id) from error
        written.append(_record(change, "insert", version, before=None, after=values))
    return written


def _restore(connection: Connection, run: list[StoredChange]) -> list[dict[str, Any]]:
    """Write the values from before, one by one: the same row may have been changed twice."""
    target = _light(run[0].table_name)
    written = []
    for change in run:
        current = _current(connection, [change])
        _compare(change, current)
        after, before = change.after or {}, change.before or {}
        version = current[change.row_id]["version"] + 1
        statement = target.update().where(target.c.id == change.row_id).values(**before, version=version)
        try:
            connection.execute(statement)
        except IntegrityError as error:
            raise ChangedSince(change.table_name, change.row_id) from error
        written.append(_record(change, "update", version, before=after, after=before))
    return written


_INVERSES: dict[str, Callable[[Connection, list[StoredChange]], list[dict[str, Any]]]] = {
    "insert": _remove,
    "delete": _bring_back,
    "update": _restore,
}


def _compare(change: StoredChange, current: Mapping[int, Mapping[str, Any]]) -> None:
    """Refuse unless each touched column still has the value the action gave it."""
    row = current.get(change.row_id)
    if row is None or any(row[name] != value for name, value in (change.after or {}).items()):
        raise ChangedSince(change.table_name, change.row_id)


def _record(change: StoredChange, operation: str, version: int, *, before: Any, after: Any) -> dict[str, Any]:
    return {
        "table_name": change.table_name,
        "row_id": change.row_id,
        "operation": operation,
        "row_version": version,
        "before": before,
        "after": after,
    }


def _keys(run: Sequence[StoredChange]) -> str:
    return json.dumps([change.row_id for change in run])


def _current(connection: Connection, run: Sequence[StoredChange]) -> dict[int, dict[str, Any]]:
    """The rows of a run as they are now, by key."""
    found = connection.exec_driver_sql(
        f'SELECT * FROM "{run[0].table_name}" WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608 our names
        (_keys(run),),
    )
    return {row["id"]: dict(row) for row in found.mappings()}


def _highest_versions(connection: Connection, run: Sequence[StoredChange]) -> dict[int, int]:
    found = connection.exec_driver_sql(
        "SELECT row_id, max(row_version) FROM change WHERE table_name = ?"
        " AND row_id IN (SELECT value FROM json_each(?)) GROUP BY row_id",
        (run[0].table_name, _keys(run)),
    )
    return {row[0]: row[1] for row in found}


def _light(name: str) -> Any:
    """The table without column types, so that raw values go in as they are stored."""
    return light_table(name, *(column(item.name) for item in JOURNALED[name].columns))


def _check_references(connection: Connection, changes: Sequence[StoredChange]) -> None:
    """Refuse with the record's name before the commit would fail on a foreign key."""
    latest = {(item.table_name, item.row_id): item for item in changes}
    for name, members in groupby(
        sorted(latest.values(), key=lambda item: item.table_name), lambda i: i.table_name
    ):
        for run in batched(list(members), RUN_LENGTH):
            there = _current(connection, run)
            gone = [change for change in run if change.row_id not in there]
            dangling = _still_needed(connection, name, gone) | _target_gone(connection, name, list(there))
            for change in run:
                if change.row_id in dangling:
                    raise ChangedSince(name, change.row_id)


def _still_needed(connection: Connection, name: str, gone: Sequence[StoredChange]) -> set[int]:
    """Keys of removed rows that another row still points to."""
    needed: set[int] = set()
    for other in JOURNALED.values():
        for key in other.foreign_keys:
            if gone and key.column.table.name == name:
                pointing = connection.exec_driver_sql(
                    f'SELECT DISTINCT "{key.parent.name}" FROM "{other.name}"'  # noqa: S608 our own names
                    f' WHERE "{key.parent.name}" IN (SELECT value FROM json_each(?))',
                    (_keys(gone),),
                )
                needed |= {row[0] for row in pointing}
    return needed


def _target_gone(connection: Connection, name: str, there: Sequence[int]) -> set[int]:
    """Keys of rows that, as they are now, point to one that is no longer there."""
    broken: set[int] = set()
    for key in JOURNALED[name].foreign_keys:
        if there:
            parent = key.column.table.name
            dangling = connection.exec_driver_sql(
                f'SELECT c.id FROM "{name}" c WHERE c.id IN (SELECT value FROM json_each(?))'  # noqa: S608 our names
                f' AND c."{key.parent.name}" IS NOT NULL AND NOT EXISTS'
                f' (SELECT 1 FROM "{parent}" p WHERE p.id = c."{key.parent.name}")',
                (json.dumps(there),),
            )
            broken |= {row[0] for row in dangling}
    return broken
