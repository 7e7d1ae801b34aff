"""All objects of the council as they are stored, read once, with what links them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.attendance import THERE
from ob_buero_tui.services.intake.oparl_refs import ANCHORS, PLACES, TABLES, Back, Link
from ob_buero_tui.services.intake.oparl_rows import PEOPLE, Row, is_deleted
from ob_buero_tui.store.council import UnresolvedReference
from ob_buero_tui.store.tables import JOURNALED

TYPE_OF = {table: type_ for type_, table in TABLES.items()}
"""The type of OParl that each table holds."""

ORDERED = ("agenda_item", "consultation")


class Tables:
    """Rows and links of the council.

    Args:
        session: One consistent state of the office.
    """

    def __init__(self, session: Session) -> None:
        connection = session.connection()
        self.rows: dict[str, dict[int, Row]] = {}
        self.seats: set[int] = set()
        """Places that some session has, a deleted one too: what is said of it may say what stays."""
        for table in TABLES.values():
            found = connection.execute(select(JOURNALED[table]).order_by(JOURNALED[table].c.id)).mappings()
            rows = [dict(row) for row in found]
            if table == "meeting":
                self.seats = {row["location_id"] for row in rows if row["location_id"] is not None}
            self.rows[table] = {row["id"]: row for row in rows if not is_deleted(table, row)}
        self.links: dict[str, list[Row]] = {
            table: [
                dict(row)
                for row in connection.execute(
                    select(JOURNALED[table]).order_by(JOURNALED[table].c.id)
                ).mappings()
            ]
            for table in ANCHORS
        }
        # OParl names who took part; who was excused or stayed away is not told by it.
        took_part = [row for row in self.links["meeting_participant"] if row["attendance"] in THERE]
        self.links["meeting_participant"] = took_part
        self.open: defaultdict[tuple[str, int, str], list[tuple[int, str]]] = defaultdict(list)
        waiting = select(UnresolvedReference).order_by(UnresolvedReference.position, UnresolvedReference.id)
        for one in session.scalars(waiting):
            self.open[one.table_name, one.row_id, one.property].append((one.position, one.target))
        self._children: dict[tuple[str, str], dict[int, list[int]]] = {}
        self._linked: dict[tuple[str, str], dict[int, list[int]]] = {}
        self._index()

    def children(self, place: Back, row_id: int) -> list[int]:
        """The rows that hold the key of this one, in their order."""
        return self._children[place.target, place.column].get(row_id, [])

    def linked(self, table: str, name: str, row_id: int) -> list[int]:
        """The rows that a property of this one is linked to, in their order."""
        return self._linked[table, name].get(row_id, [])

    def ends(self, table: str, own: str, other: str, ids: Iterable[int] | None = None) -> set[int]:
        """One side of the links whose other side is among these; of all without any."""
        wanted = None if ids is None else set(ids)
        return {
            row[other]
            for row in self.links[table]
            if row[other] is not None and (wanted is None or row[own] in wanted)
        }

    def _index(self) -> None:
        for (table, name), place in PLACES.items():
            found: defaultdict[int, list[int]] = defaultdict(list)
            if isinstance(place, Back):
                for row in self._in_order(place.target):
                    if row[place.column] is not None:
                        found[row[place.column]].append(row["id"])
                self._children[place.target, place.column] = found
            elif isinstance(place, Link):
                for row in self._links_of(place):
                    if row[place.own] is not None and row[place.other] is not None:
                        found[row[place.own]].append(row[place.other])
                self._linked[table, name] = found

    def _in_order(self, table: str) -> list[Row]:
        rows = list(self.rows[table].values())
        return sorted(rows, key=lambda row: (row["position"], row["id"])) if table in ORDERED else rows

    def _links_of(self, place: Link) -> list[Row]:
        """What says that a file belongs somewhere says no role."""
        rows = self.links[place.table]
        if place.role and not place.weak:
            rows = [row for row in rows if row["role"] == place.role]
        return sorted(rows, key=lambda row: (row.get("position", 0), row["id"]))


def kept_of_people(table: str, row: Row) -> dict[str, Any]:
    """What OParl said of a person or body beside its columns."""
    found = row["extra"].get("oparl") if table in PEOPLE else None
    return dict(found) if isinstance(found, dict) else {}
