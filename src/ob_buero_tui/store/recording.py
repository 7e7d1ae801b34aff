"""The journal's pen: collects every change at flush and writes it on the same connection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.base import Journaled
from ob_buero_tui.store.journal import Change
from ob_buero_tui.store.types import dump_json, is_stand_in

MASK = "•••••"
"""What stands for a text under Sichtschutz."""
VEILED = (
    "Das ist nicht gespeichert.",
    "Der Sichtschutz ist an, und die Angaben sind verdeckt.",
    "# zeigt sie wieder; dann geht es.",
)
"""What is said where something covered would be stored."""

CHANGE: Table = Change.__table__  # type: ignore[assignment]


class Recorder:
    """Collects the change rows of one action, and which rows' derived tables are stale.

    Args:
        action_id: The action all changes belong to.
    """

    def __init__(self, action_id: int) -> None:
        self.action_id = action_id
        self.count = 0
        self.veiled = False
        """Whether the desk reads under Sichtschutz: a covered text that came back must not be stored."""
        self.touched: defaultdict[str, set[int]] = defaultdict(set)

    def write(self, connection: Connection, changes: Sequence[Mapping[str, Any]]) -> None:
        """Append change rows, each with table_name, row_id, operation, row_version, before and after."""
        if not changes:
            return
        if self.veiled and any(MASK in dump_json(change["after"]) for change in changes if change["after"]):
            raise Refusal(*VEILED)
        connection.exec_driver_sql(
            "INSERT INTO change(action_id, table_name, row_id, operation, row_version, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    self.action_id,
                    change["table_name"],
                    change["row_id"],
                    change["operation"],
                    change["row_version"],
                    None if change["before"] is None else dump_json(change["before"]),
                    None if change["after"] is None else dump_json(change["after"]),
                )
                for change in changes
            ],
        )
        self.count += len(changes)
        for change in changes:
            self.touched[change["table_name"]].add(change["row_id"])


class JournalSession(Session):
    """A session whose writes are journaled; bulk ORM statements would pass the journal by and are refused.

    Its listeners hang on the class: hanging them on every session would cost more than a short query.
    """


def attach(session: JournalSession, recorder: Recorder | None) -> None:
    """Let a session write through this recorder; without one it may only read."""
    session.info["recorder"] = recorder


def record_rows(
    connection: Connection, recorder: Recorder, table: Table, rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Insert many rows by Core and journal them: the way of imports.

    Args:
        rows: Column values without `id` and `version`; every row has the same keys.

    Returns:
        The new keys, in the order of `rows`.
    """
    if not rows:
        return []
    unknown = set(rows[0]) - {column.name for column in table.columns}
    if unknown:
        raise ValueError(f"{table.name} has no columns {sorted(unknown)}")
    first = _next_id(connection, table)
    full = [
        {**row, "id": first + index}
        for index, row in enumerate(_stored_rows(table, connection.dialect, rows))
    ]
    _insert(connection, table, full)
    recorder.write(
        connection,
        [
            {
                "table_name": table.name,
                "row_id": row["id"],
                "operation": "insert",
                "row_version": 1,
                "before": None,
                "after": row,
            }
            for row in full
        ],
    )
    return [row["id"] for row in full]


def _insert(connection: Connection, table: Table, full: Sequence[Mapping[str, Any]]) -> None:
    """Write whole rows by the driver, as SQLAlchemy would convert every value once more."""
    names = [column.name for column in table.columns if column.name != "version"]
    pick = itemgetter(*names)
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}"({columns}, version) VALUES ({marks}, 1)',  # noqa: S608 our own names
        [pick(row) for row in full],
    )


def _stored_rows(
    table: Table, dialect: Dialect, rows: Sequence[Mapping[str, Any]]
) -> Iterable[dict[str, Any]]:
    """The rows as the database stores them, with the defaults of what they leave out."""
    defaults = stored_defaults(table, dialect)
    processors = _processors(table, dialect)
    wanted = [(name, processors[name]) for name in rows[0] if processors[name] is not None]
    for row in rows:
        stored = {**defaults, **row}
        for name, process in wanted:
            stored[name] = process(stored[name])
        yield stored


@lru_cache(maxsize=64)
def stored_defaults(table: Table, dialect: Dialect) -> dict[str, Any]:
    """What a new row holds where nothing is said, as the database stores it; without the version."""
    return dict(raw_values(table, dialect)(_defaults(table)))


@lru_cache(maxsize=64)
def _processors(table: Table, dialect: Dialect) -> dict[str, Any]:
    """What turns a Python value into the stored one, by column; None where they are the same."""
    return {
        column.name: column.type.dialect_impl(dialect).bind_processor(dialect)
        for column in table.columns
        if column.name != "version"
    }


def raw_values(table: Table, dialect: Dialect) -> Any:
    """A function that turns Python column values into what the database stores, without the version."""
    processors = _processors(table, dialect)

    def convert(values: Mapping[str, Any]) -> dict[str, Any]:
        result = {}
        for name, value in values.items():
            if name in processors:
                process = processors[name]
                result[name] = process(value) if process else value
        return result

    return convert


def _defaults(table: Table) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.default is None:
            values[column.name] = None
        elif column.default.is_scalar:
            values[column.name] = column.default.arg  # type: ignore[attr-defined]
        else:
            values[column.name] = column.default.arg(None)  # type: ignore[attr-defined]
    return values


def _next_id(connection: Connection, table: Table) -> int:
    """The next autoincrement key; safe because a writing transaction holds the lock from its start."""
    query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    return (connection.exec_driver_sql(query, (table.name,)).scalar() or 0) + 1


def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if session.info["recorder"] is None:
        raise RuntimeError("a query must not write: every change belongs to a use case")
    for row in session.deleted:
        for attribute in inspect(row).mapper.column_attrs:
            getattr(row, attribute.key)  # what is not loaded now could not be journaled after the delete
    session.info["unread"] = dict(_unread(session))


def _unread(session: Session) -> Iterable[tuple[Journaled, dict[str, Any]]]:
    """What stands in the file where a day or a time that changes now could not be read; undo needs it."""
    rows = [(row, False) for row in session.dirty] + [(row, True) for row in session.deleted]
    for row, whole in rows:
        state = inspect(row)
        old = {**(state.dict if whole else {}), **state.committed_state}
        keys = [item.key for item in state.mapper.column_attrs if is_stand_in(old.get(item.key))]
        if keys and isinstance(row, Journaled):
            names = [state.mapper.column_attrs[key].columns[0].name for key in keys]
            listed = ", ".join(f'"{name}"' for name in names)
            query = f'SELECT {listed} FROM "{row.__tablename__}" WHERE id = ?'  # noqa: S608 our own names
            found = session.connection().exec_driver_sql(query, (row.id,)).one()
            yield row, dict(zip(names, found, strict=True))


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    recorder: Recorder = session.info["recorder"]
    recorder.write(session.connection(), list(_changes(session)))


def _changes(session: Session) -> Iterable[dict[str, Any]]:
    dialect, unread = session.get_bind().dialect, session.info["unread"]
    for row in session.new:
        if isinstance(row, Journaled):
            yield _change(row, "insert", None, _written(row, dialect))
    # In the order of the database's writes, so that undo's way back meets no unique key on its way.
    for row in sorted((item for item in session.dirty if isinstance(item, Journaled)), key=_place):
        before, after = _touched(row, dialect, unread.get(row, {}))
        if after:
            yield _change(row, "update", before, after)
    for row in session.deleted:
        if isinstance(row, Journaled):
            yield _change(row, "delete", _stored(row, dialect) | unread.get(row, {}), None)


def _place(row: Journaled) -> tuple[str, int]:
    return row.__tablename__, row.id


def _change(row: Journaled, operation: str, before: Any, after: Any) -> dict[str, Any]:
    return {
        "table_name": row.__tablename__,
        "row_id": row.id,
        "operation": operation,
        "row_version": row.version,
        "before": before,
        "after": after,
    }


def _table(row: Journaled) -> Table:
    """The table of a row, without loading those of all others."""
    return type(row).__table__  # type: ignore[return-value]


def _written(row: Journaled, dialect: Dialect) -> dict[str, Any]:
    """All values of a row just inserted."""
    state = inspect(row)
    values = {item.columns[0].name: state.dict.get(item.key) for item in state.mapper.column_attrs}
    return dict(raw_values(_table(row), dialect)(values))


def _stored(row: Journaled, dialect: Dialect) -> dict[str, Any]:
    """All values a row just deleted had in the database; a change in the same flush never got there."""
    state = inspect(row)
    values = {}
    for item in state.mapper.column_attrs:
        replaced = state.attrs[item.key].history.deleted
        values[item.columns[0].name] = replaced[0] if replaced else state.dict.get(item.key)
    return dict(raw_values(_table(row), dialect)(values))


def _touched(
    row: Journaled, dialect: Dialect, unread: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that changed, before and after, as stored; `unread` is what could not be read before."""
    table = _table(row)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in inspect(row).mapper.column_attrs:
        history = inspect(row).attrs[attribute.key].history
        if not history.added or attribute.key in ("id", "version"):
            continue
        name = attribute.columns[0].name
        if not history.deleted:
            raise RuntimeError(f"{table.name}.{name} was changed without its value before being known")
        before[name], after[name] = history.deleted[0], history.added[0]
    raw = raw_values(table, dialect)
    old, new = {**raw(before), **{name: unread[name] for name in unread if name in before}}, raw(after)
    same = [name for name in new if dump_json(old[name]) == dump_json(new[name])]
    return {k: v for k, v in old.items() if k not in same}, {k: v for k, v in new.items() if k not in same}


def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        raise RuntimeError("bulk statements pass the journal by: change the rows, or use record_rows()")


event.listen(JournalSession, "before_flush", _before_flush)
event.listen(JournalSession, "after_flush", _after_flush)
event.listen(JournalSession, "do_orm_execute", _refuse_bulk)
