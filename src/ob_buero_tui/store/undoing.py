"""Takes an action's changes back, or brings them back, by writing their inverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, column, func, select
from sqlalchemy import table as light_table
from sqlalchemy.exc import IntegrityError

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.journal import Change
from ob_buero_tui.store.recording import CHANGE, Recorder
from ob_buero_tui.store.tables import JOURNALED


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChange:
    """A change row as the journal holds it; values are raw database values."""

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
            before=row.before,
            after=row.after,
        )
        for row in rows
    ]


def revert(connection: Connection, recorder: Recorder, changes: Sequence[StoredChange]) -> None:
    """Write the inverse of these changes, newest first, and journal what was written.

    Raises:
        ChangedSince: a touched column lacks the value the action gave it, or the row's place is taken.
    """
    with connection.begin_nested():  # after a refusal the names in its sentence are read as they were
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        written = [_invert(connection, change) for change in reversed(changes)]
        _check_references(connection, changes)
    recorder.write(connection, written)


def _invert(connection: Connection, change: StoredChange) -> dict[str, Any]:
    invert = {"insert": _remove, "delete": _bring_back, "update": _restore}[change.operation]
    try:
        return invert(connection, change)
    except IntegrityError as error:  # another row has taken its unique key meanwhile
        raise ChangedSince(change.table_name, change.row_id) from error


def _remove(connection: Connection, change: StoredChange) -> dict[str, Any]:
    current = _current(connection, change)
    after = change.after or {}
    if current is None or any(current[name] != value for name, value in after.items()):
        raise ChangedSince(change.table_name, change.row_id)
    target = _light(change.table_name)
    connection.execute(target.delete().where(target.c.id == change.row_id))
    return _record(change, "delete", current["version"], before=after, after=None)


def _bring_back(connection: Connection, change: StoredChange) -> dict[str, Any]:
    if _current(connection, change) is not None:
        raise ChangedSince(change.table_name, change.row_id)
    values = dict(change.before or {})
    version = _highest_version(connection, change) + 1
    connection.execute(_light(change.table_name).insert().values(**values, version=version))
    return _record(change, "insert", version, before=None, after=values)


def _restore(connection: Connection, change: StoredChange) -> dict[str, Any]:
    current = _current(connection, change)
    after, before = change.after or {}, change.before or {}
    if current is None or any(current[name] != value for name, value in after.items()):
        raise ChangedSince(change.table_name, change.row_id)
    version = current["version"] + 1
    target = _light(change.table_name)
    connection.execute(target.update().where(target.c.id == change.row_id).values(**before, version=version))
    return _record(change, "update", version, before=after, after=before)


def _record(change: StoredChange, operation: str, version: int, *, before: Any, after: Any) -> dict[str, Any]:
    return {
        "table_name": change.table_name,
        "row_id": change.row_id,
        "operation": operation,
        "row_version": version,
        "before": before,
        "after": after,
    }


def _current(connection: Connection, change: StoredChange) -> dict[str, Any] | None:
    target = _light(change.table_name)
    row = connection.execute(select(target).where(target.c.id == change.row_id)).one_or_none()
    return None if row is None else dict(row._mapping)


def _highest_version(connection: Connection, change: StoredChange) -> int:
    highest = connection.execute(
        select(func.max(Change.row_version)).where(
            Change.table_name == change.table_name, Change.row_id == change.row_id
        )
    ).scalar()
    return int(highest or change.row_version)


def _light(name: str) -> Any:
    """The table without column types, so that raw values go in and come out as they are stored."""
    return light_table(name, *(column(item.name) for item in JOURNALED[name].columns))


def _check_references(connection: Connection, changes: Sequence[StoredChange]) -> None:
    """Refuse with the record's name before the commit would fail on a foreign key."""
    for change in {(item.table_name, item.row_id): item for item in changes}.values():
        row = _current(connection, change)
        if _still_needed(connection, change) if row is None else _target_gone(connection, change, row):
            raise ChangedSince(change.table_name, change.row_id)


def _still_needed(connection: Connection, change: StoredChange) -> bool:
    """Whether another row points to the removed one."""
    for other in JOURNALED.values():
        for key in other.foreign_keys:
            if key.column.table.name == change.table_name:
                child = light_table(other.name, column(key.parent.name))
                pointing = select(child).where(child.c[key.parent.name] == change.row_id).limit(1)
                if connection.execute(pointing).first() is not None:
                    return True
    return False


def _target_gone(connection: Connection, change: StoredChange, row: Mapping[str, Any]) -> bool:
    """Whether the row, as it is now, points to one that is no longer there."""
    for key in JOURNALED[change.table_name].foreign_keys:
        wanted = row[key.parent.name]
        parent = light_table(key.column.table.name, column("id"))
        found = select(parent).where(parent.c.id == wanted)
        if wanted is not None and connection.execute(found).first() is None:
            return True
    return False
