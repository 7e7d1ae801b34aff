"""Writes the new objects of a file, each with the keys of what is there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ob_buero_tui.catalog.council import mayor_attends
from ob_buero_tui.services.intake.oparl_changes import Step
from ob_buero_tui.services.intake.oparl_known import ADDRESS, Known
from ob_buero_tui.services.intake.oparl_plan_items import Item
from ob_buero_tui.services.intake.oparl_refs import KEYS, PLACES, TABLES, Address
from ob_buero_tui.services.intake.oparl_rows import SAID, Row, new_row
from ob_buero_tui.services.intake.oparl_sessions import Look, Sessions
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.tables import JOURNALED


class NewRows:
    """Inserts table by table, in an order in which a row's keys are there before it.

    Args:
        work: The use case.
        known: The keys, which grow with every table.
        sessions: How sessions look in the calendar.
    """

    def __init__(self, work: Work, known: Known, sessions: Sessions) -> None:
        self._work = work
        self._known = known
        self._sessions = sessions
        self.looks: dict[int, Look] = {}
        """How the new sessions look in the calendar, by key."""

    def write(self) -> None:
        """Insert all new objects."""
        for table in TABLES.values():
            items = [item for item in self._known.items if item.step is Step.NEW and item.table == table]
            batches = _generations(items) if table == "organization" else [items] if items else []
            for batch in batches:
                self._write(table, batch)

    def _write(self, table: str, items: Sequence[Item]) -> None:
        rows = [self._row(item) for item in items]
        looks = self._add_events(items, rows) if table == "meeting" else []
        ids = self._work.insert_rows(JOURNALED[table], rows)
        self._known.fresh[table].update(ids)
        self._known.keys[table] |= {item.record.id: key for item, key in zip(items, ids, strict=True)}
        if table == "agenda_item":
            self._known.meeting_of_item |= {k: row["meeting_id"] for k, row in zip(ids, rows, strict=True)}
        for key, item, row, look in zip(ids, items, rows, looks, strict=False):
            self.looks[key] = Look(event_id=row["event_id"], oparl_id=item.record.id, columns=look)

    def _row(self, item: Item) -> Row:
        record, table = item.record, item.table
        row = new_row(table, record)
        for name, place in KEYS[table].items():
            named = record.references.get(name, ())
            key = self._known.key(place.target, named[0]) if named else None
            row[place.column] = key or self._known.parent(table, record.id, place.column)
        if table == "consultation" and row["meeting_id"] is None and "meeting" not in record.references:
            row["meeting_id"] = self._known.meeting_of_item.get(row["agenda_item_id"] or 0)
        if table == "organization":
            row["mayor_attends"] = mayor_attends(self._work.catalog, row["name"], row["classification"])
        if table in ("organization", "person"):
            address = self._address(item)
            kept = row["extra"]["oparl"]
            kept[SAID] = kept[SAID] | {name: value for name, value in address.items() if value}
            row |= address
        return row

    def _address(self, item: Item) -> Row:
        for name, ids in item.record.references.items():
            if isinstance(PLACES.get((item.table, name)), Address):
                for one in ids:
                    if one in self._known.addresses:
                        return self._known.addresses[one]
        return dict.fromkeys(ADDRESS, "")

    def _add_events(self, items: Sequence[Item], rows: Sequence[Row]) -> list[Row | None]:
        """Appointments come before their sessions, so that no session is written twice."""
        bodies = [
            [
                key
                for one in item.record.references.get("organization", ())
                if (key := self._known.key("organization", one)) is not None
            ]
            for item in items
        ]
        self._sessions.load({row["location_id"] for row in rows}, {key for keys in bodies for key in keys})
        looks = [self._sessions.look(row, keys) for row, keys in zip(rows, bodies, strict=True)]
        shown = [(item.record.id, look) for item, look in zip(items, looks, strict=True) if look is not None]
        keys = iter(self._sessions.create(shown))
        for row, look in zip(rows, looks, strict=True):
            row["event_id"] = next(keys) if look is not None else None
        return looks


def _generations(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Bodies cut so that each comes after the one it is part of; a circle comes in one piece."""
    left = {item.record.id: item for item in items}
    while left:
        ready = [
            item
            for item in left.values()
            if not left.keys() & set(item.record.references.get("subOrganizationOf", ()))
        ]
        batch = ready or list(left.values())
        for item in batch:
            del left[item.record.id]
        yield batch
