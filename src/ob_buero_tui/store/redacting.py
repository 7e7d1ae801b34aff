"""Empties records, or takes a person's words out of them, in their rows and in the journal alike.

It writes past the journal: what is erased must not stand in it, and cannot be taken back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Table

from ob_buero_tui.rules.person_words import GONE, PersonWords
from ob_buero_tui.store.erasure_list import ErasedRow
from ob_buero_tui.store.personal import CONTENT, DATES, HASHES
from ob_buero_tui.store.tables import JOURNALED, METADATA
from ob_buero_tui.store.types import JsonText, dump_json
from ob_buero_tui.store.uid_stand_in import StandIns, uid_in, with_uid

REMOVED: Final = ("attachment", "event_person", "membership", "draft", "person")
"""Tables whose emptied rows go away, in this order, where nothing needs them; others stay as a shell."""

TITLES: Final = frozenset(
    (
        *("subject", "summary", "label", "title", "name", "filename", "text", "body", "family_name", "uid"),
        *("question", "asked", "raw", "reason", "reference", "description", "left_house"),
    )
)
"""Columns in which the mark stands when they are emptied; the others are left empty."""

WITH_UIDS: Final = frozenset(("event", "event_source", "calendar_feed"))
"""Tables that name appointments by their UIDs."""


@dataclass(slots=True)
class Redacted:
    """What was done: which rows are different now, and which kept files may have to go.

    Args:
        uids, alive: What stands in place of the UIDs of appointments that went, and of those that live on.
        renamed: The UIDs that went, with what stands in their place.
    """

    touched: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    files: set[str] = field(default_factory=set)
    uids: set[str] = field(default_factory=set)
    alive: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)


def redact(
    connection: Connection, rows: Iterable[ErasedRow], words: PersonWords | None, names: StandIns
) -> Redacted:
    """Empty these records or take the words out of them; a record that is gone is cleared in the journal.

    Args:
        words: The erased person's words; None where an older copy does not know the person, then the columns
            in which they stood are emptied.
        names: What stands in place of UIDs; with a key where one of the tables is of `WITH_UIDS`.
    """
    done = Redacted()
    order = {name: place for place, name in enumerate(REMOVED, 1)}
    for one in sorted(rows, key=lambda row: (order.get(row.table, 0), row.table, row.row_id)):
        table = METADATA.tables.get(one.table)
        if table is None or one.table not in CONTENT:
            continue  # a foreign line in the list
        change = _Change(table, one, words, names)
        _journal(connection, change, one.row_id, done)
        _row(connection, change, one.row_id, done)
    if done.renamed:
        _feeds(connection, done.renamed)
    return done


class _Change:
    """How the values of one row become harmless."""

    def __init__(self, table: Table, row: ErasedRow, words: PersonWords | None, names: StandIns) -> None:
        self.table = table
        self.names = names
        self.whole = row.whole
        self.words = None if row.whole else words
        self.unnamed = HASHES.get(table.name) if HASHES.get(table.name) in row.columns else None
        if row.columns == (self.unnamed,):
            self.words = None  # only its file goes; the words in it were not chosen
        emptied = not row.whole and self.words is None
        self.columns = tuple(set(row.columns) & set(CONTENT[table.name])) if emptied else CONTENT[table.name]

    def values(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The columns that are different afterwards, as the database stores them."""
        new = {name: self._value(name, stored[name]) for name in self.columns if name in stored}
        if self.table.name == "event":
            for name in ("uid",) if self.whole else ("uid", "related_uid"):
                if new.get(name, stored.get(name)) != stored.get(name):
                    new[name] = self.names.of(stored[name])
        if self.whole:
            new |= {name: None for name in DATES.get(self.table.name, ()) if name in stored}
        changed = {name: value for name, value in new.items() if value != stored[name]}
        digest = HASHES.get(self.table.name)
        # The bytes of a letter hold what its row held; an attachment with a name in its title is still one.
        bytes_too = self.whole or (changed and self.table.name != "attachment")
        if digest and digest in stored and (bytes_too or self.unnamed):
            changed[digest] = ""
        return {name: value for name, value in changed.items() if value != stored[name]}

    def _value(self, name: str, value: Any) -> Any:
        if value in (None, "", "[]", "{}"):
            return value
        json_type = isinstance(self.table.c[name].type, JsonText)
        if self.words is not None:
            return self._replaced_json(name, json.loads(value)) if json_type else self._replaced(value)
        if json_type:
            return "[]" if str(value).startswith("[") else "{}"
        if name in TITLES:
            return GONE
        return None if self.table.c[name].nullable else ""

    def _replaced(self, value: str) -> str:
        assert self.words is not None  # noqa: S101 for mypy: only called with words
        if self.table.name == "event_source":  # a calendar's long lines are folded, also inside a name
            value = unfolded(value)
        new = self.words.replaced(value)
        if self.table.name == "event_source" and uid_in(new) != uid_in(value):
            new = with_uid(new, self.names.of(uid_in(value)))
        return new

    def _replaced_json(self, name: str, value: Any) -> str:
        assert self.words is not None  # noqa: S101 for mypy: only called with words
        if (self.table.name, name) == ("calendar_feed", "uids"):
            return dump_json(
                [self.names.of(one) if self.words.replaced(one) != one else one for one in value]
            )
        return dump_json(self.words.replaced_in(value))


def unfolded(raw: str) -> str:
    """The text of a calendar without its folded lines (RFC 5545 3.1)."""
    return raw.replace("\r\n ", "").replace("\r\n\t", "").replace("\n ", "").replace("\n\t", "")


def _row(connection: Connection, change: _Change, row_id: int, done: Redacted) -> None:
    name = change.table.name
    found = connection.exec_driver_sql(f'SELECT * FROM "{name}" WHERE id = ?', (row_id,))  # noqa: S608 our own
    first = found.mappings().one_or_none()
    if first is None:
        return
    row = dict(first)
    values = change.values(row)
    _collect(change, row, values, done)
    if change.whole and name in REMOVED and _detach(connection, name, row_id, done):
        connection.exec_driver_sql(f'DELETE FROM "{name}" WHERE id = ?', (row_id,))  # noqa: S608 our own
    elif values:
        _write(connection, change.table, row_id, values)
    done.touched[name].add(row_id)


def _collect(change: _Change, row: Mapping[str, Any], values: Mapping[str, Any], done: Redacted) -> None:
    """Note the kept bytes that this row named and names no more, and what stands in place of its UID."""
    digest = HASHES.get(change.table.name)
    if digest and digest in values and row.get(digest):
        done.files.add(row[digest])
    if change.table.name != "event" or not row.get("uid"):
        return
    uid = values.get("uid", row["uid"])
    if change.whole:
        done.uids.add(uid)
    elif uid != row["uid"]:
        done.alive.add(uid)
    if uid != row["uid"]:
        done.renamed[row["uid"]] = uid


def _feeds(connection: Connection, renamed: Mapping[str, str]) -> None:
    """Let the memory of the files that are reread name these appointments as they are named now."""
    for key, stored in connection.exec_driver_sql("SELECT id, uids FROM calendar_feed").all():
        uids = json.loads(stored)
        new = [renamed.get(one, one) for one in uids]
        if new != uids:
            _write(connection, METADATA.tables["calendar_feed"], key, {"uids": dump_json(new)})


def _write(connection: Connection, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
    names = ", ".join(f'"{name}" = ?' for name in values)
    # A desk that still holds the old row must not write it back.
    counted = ", version = version + 1" if "version" in table.c else ""
    connection.exec_driver_sql(
        f'UPDATE "{table.name}" SET {names}{counted} WHERE id = ?',  # noqa: S608 our own names
        (*values.values(), row_id),
    )


def _detach(connection: Connection, name: str, row_id: int, done: Redacted) -> bool:
    """Let nothing lead to a row any more; whether it can go, as no row must have it."""
    leading = [
        (other, key.parent) for other in METADATA.sorted_tables for key in other.foreign_keys
        if key.column.table.name == name
    ]  # fmt: skip
    for other, column in leading:
        if not column.nullable and _pointing(connection, other.name, column.name, row_id):
            return False
    for other, column in leading:
        for key in _pointing(connection, other.name, column.name, row_id):
            _write(connection, other, key, {column.name: None})
            done.touched[other.name].add(key)
    return True


def _pointing(connection: Connection, table: str, column: str, row_id: int) -> Collection[int]:
    query = f'SELECT id FROM "{table}" WHERE "{column}" = ?'  # noqa: S608 our own names
    return connection.exec_driver_sql(query, (row_id,)).scalars().all()


def _journal(connection: Connection, change: _Change, row_id: int, done: Redacted) -> None:
    """Clear what the journal holds of a row, before and after alike."""
    if change.table.name not in JOURNALED:
        return
    rows = connection.exec_driver_sql(
        "SELECT id, before, after FROM change WHERE table_name = ? AND row_id = ?",
        (change.table.name, row_id),
    ).all()
    for key, *sides in rows:
        new = []
        for side in sides:
            stored = json.loads(side) if side else None
            values = change.values(stored) if stored else {}
            if stored and values:
                _collect(change, stored, values, done)
            new.append(dump_json({**stored, **values}) if stored is not None else None)
        connection.exec_driver_sql("UPDATE change SET before = ?, after = ? WHERE id = ?", (*new, key))
