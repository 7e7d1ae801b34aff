"""All rows as the journal tells them, step by step; what differs from the tables passed the journal by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import UniqueConstraint, select

from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.journal import REDO, UNDO, Action, Change
from ob_buero_tui.store.tables import JOURNALED

Row = tuple[str, int]
Rows = Mapping[int, Mapping[str, Any]]
State = Mapping[str, Rows]
"""The rows of each journaled table by their keys, as the database stores them, without their versions."""

_POINTERS: Final = {
    name: [(key.parent.name, key.column.table.name) for key in table.foreign_keys]
    for name, table in JOURNALED.items()
}
_UNIQUE: Final = {
    name
    for name, table in JOURNALED.items()
    if any(index.unique for index in table.indexes)
    or any(isinstance(rule, UniqueConstraint) for rule in table.constraints)
    or any(column.unique for column in table.columns)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action: who did it, what stood before and after it, and which rows it met.

    Args:
        out: What left the house by it.
        rows: The rows that it wrote.
        pointed: The rows that those point or pointed to.
        unique: The tables it wrote in which one row's value can be in another one's way.
    """

    id: int
    desk: int
    verb: str
    out: str
    target: int | None
    before: State = field(repr=False)
    after: State = field(repr=False)
    rows: frozenset[Row] = field(repr=False)
    pointed: frozenset[Row] = field(repr=False)
    unique: frozenset[str] = field(repr=False)

    @property
    def is_deed(self) -> bool:
        """Whether it is neither undo nor redo."""
        return self.verb not in (UNDO, REDO)

    def apart_from(self, other: Step) -> bool:
        """Whether either of two steps can be taken back as if the other one had never been."""
        return not (
            self.rows & (other.rows | other.pointed)
            or other.rows & self.pointed
            or self.unique & other.unique
        )


class Ledger:
    """Follows the journal from now on.

    Args:
        place: Any desk at the office.
    """

    def __init__(self, place: Workplace) -> None:
        self.read_again(place)

    def read_again(self, place: Workplace) -> None:
        """Begin anew with what the tables say now: an erasure writes past the journal."""
        self.state, self._versions = _read(place)
        with place.reading() as session:
            last = session.scalars(select(Action.id).order_by(Action.id.desc()).limit(1)).one_or_none()
        self._last = last or 0
        self._highest: dict[Row, int] = dict(self._versions)

    def follow(self, place: Workplace) -> list[Step]:
        """Read what was written since, and compare all tables with it; the actions, oldest first."""
        with place.reading() as session:
            actions = session.execute(
                select(Action.id, Action.desk_id, Action.verb, Action.left_house, Action.target_id)
                .where(Action.id > self._last)
                .order_by(Action.id)
            ).all()
            changes = session.execute(
                select(Change.__table__).where(Change.action_id > self._last).order_by(Change.id)
            ).all()
        assert {change.action_id for change in changes} <= {action.id for action in actions}
        steps = [self._step(action, [c for c in changes if c.action_id == action.id]) for action in actions]
        self._last = max((step.id for step in steps), default=self._last)
        state, versions = _read(place)
        for table, rows in state.items():
            assert self.state[table] == rows, f"the journal does not tell what stands in {table}"
        assert self._versions == versions
        return steps

    def _step(self, action: Any, changes: Sequence[Any]) -> Step:
        before = self.state
        self.state = {**before, **{each.table_name: dict(before[each.table_name]) for each in changes}}
        pointed: set[Row] = set()
        for change in changes:
            self._apply(change)
            for column, parent in _POINTERS[change.table_name]:
                for values in (change.before or {}, change.after or {}):
                    if values.get(column) is not None:
                        pointed.add((parent, values[column]))
        rows = frozenset((change.table_name, change.row_id) for change in changes)
        return Step(
            id=action.id,
            desk=action.desk_id,
            verb=action.verb,
            out=action.left_house,
            target=action.target_id,
            before=before,
            after=self.state,
            rows=rows,
            pointed=frozenset(pointed),
            unique=frozenset(table for table, _ in rows if table in _UNIQUE),
        )

    def _apply(self, change: Any) -> None:
        rows: dict[int, Mapping[str, Any]] = self.state[change.table_name]  # type: ignore[assignment]
        key: Row = (change.table_name, change.row_id)
        if change.operation == "insert":
            assert change.row_id not in rows
            assert change.row_version > self._highest.get(key, 0), "a version is never given twice"
            rows[change.row_id] = change.after
        elif change.operation == "update":
            old = rows[change.row_id]
            assert {name: old[name] for name in change.before} == change.before
            assert change.before.keys() == change.after.keys()
            assert change.row_version == self._versions[key] + 1
            rows[change.row_id] = {**old, **change.after}
        else:
            assert rows.pop(change.row_id) == change.before
            assert change.row_version == self._versions.pop(key)
            return
        self._versions[key] = self._highest[key] = change.row_version


def _read(place: Workplace) -> tuple[State, dict[Row, int]]:
    """What stands in all journaled tables, and the versions of the rows."""
    state: dict[str, dict[int, dict[str, Any]]] = {}
    versions: dict[Row, int] = {}
    with place.reading() as session:
        cursor = session.connection().connection.cursor()
        for name in JOURNALED:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 our own tables
            columns = [item[0] for item in cursor.description]
            rows = state[name] = {}
            for values in cursor.fetchall():
                row = dict(zip(columns, values, strict=True))
                versions[name, row["id"]] = row.pop("version")
                rows[row["id"]] = row
    return state, versions
