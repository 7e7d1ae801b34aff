"""The rows between two objects of OParl: those a file asks for are added, those a newer version drops go."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_refs import ANCHORS, Link
from ob_buero_tui.services.intake.oparl_rows import Row
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.tables import JOURNALED

Identity = tuple[Any, ...]

NOTED = ("attendance", "voting", "substitute_for_id", "came_at", "left_at")
"""What the office writes down of who was there; no file says it, and no file takes it away."""


class Links:
    """Collects the links that a file asks for, and writes those that are not there yet.

    Args:
        fresh: Keys of the rows just inserted, by table: they cannot have links yet.
    """

    def __init__(self, work: Work, fresh: defaultdict[str, set[int]]) -> None:
        self._work = work
        self._fresh = fresh
        self._wanted: defaultdict[str, dict[Identity, tuple[Row, bool]]] = defaultdict(dict)
        self._replaced: defaultdict[Link, set[int]] = defaultdict(set)
        self.removed: defaultdict[str, set[int]] = defaultdict(set)
        self.moved: dict[tuple[str, int], Row] = {}
        self.added: defaultdict[str, list[Row]] = defaultdict(list)

    def want(self, link: Link, own: int, other: int, position: int) -> None:
        """Ask for one link."""
        names = _columns(link.table)
        row = dict.fromkeys(names) | {link.own: own, link.other: other}
        if "role" in names:
            row["role"] = link.role
        if "position" in names:
            row["position"] = position
        wanted = self._wanted[link.table]
        identity = _identity(row)
        known = wanted.get(identity)
        if known is None or (known[1] and not link.weak):
            wanted[identity] = (row, link.weak)

    def replace(self, link: Link, own: int) -> None:
        """Let all links of a property go that a newer version of their owner does not ask for."""
        self._replaced[link].add(own)

    def write(self) -> bool:
        """Add what is missing; says whether anything is written or to be removed."""
        for table in ANCHORS:
            self._write(table)
        return bool(self.added or self.removed or self.moved)

    def _write(self, table: str) -> None:
        wanted = self._wanted.get(table, {})
        stored = self._stored(table, wanted)
        known = {_identity(row): row for row in stored}
        self._drop(table, wanted)
        pairs = {_pair(row) for row in stored} | {_pair(row) for row, weak in wanted.values() if not weak}
        rows = []
        for identity, (row, weak) in wanted.items():
            there = known.get(identity)
            if there is None:
                if not weak or _pair(row) not in pairs:
                    rows.append(row)
            elif not weak and there.get("position") != row.get("position"):
                self.moved[table, there["id"]] = {"position": row["position"]}
        if rows:
            self._work.insert_rows(JOURNALED[table], rows)
            self.added[table] = rows

    def _stored(self, table: str, wanted: dict[Identity, tuple[Row, bool]]) -> list[Row]:
        """The stored links that those wanted may repeat."""
        anchor = ANCHORS[table]
        new = self._fresh[anchor.removesuffix("_id")]
        keys = {row[anchor] for row, _weak in wanted.values()} - new
        return self._rows(table, anchor, keys)

    def _drop(self, table: str, wanted: dict[Identity, tuple[Row, bool]]) -> None:
        for link, owners in self._replaced.items():
            if link.table != table:
                continue
            for row in self._rows(table, link.own, owners):
                if row[link.other] is None or row.get("role", "") != link.role:
                    continue
                if any(row.get(name) for name in NOTED):
                    continue  # the office wrote down more than the file knows
                if _identity(row) not in wanted:
                    self.removed[table].add(row["id"])

    def _rows(self, table: str, column: str, keys: set[int]) -> list[Row]:
        return [dict(row) for row in rows_with(self._work.session, table, column, keys)]


def _columns(table: str) -> list[str]:
    own = ("id", "version", *NOTED)
    return [column.name for column in JOURNALED[table].columns if column.name not in own]


def _identity(row: Row) -> Identity:
    """What makes a link the same: its ends and its role."""
    apart = ("id", "version", "position", *NOTED)
    return tuple(value for name, value in sorted(row.items()) if name not in apart)


def _pair(row: Row) -> Identity:
    return tuple(value for name, value in sorted(row.items()) if name.endswith("_id") and name not in NOTED)
