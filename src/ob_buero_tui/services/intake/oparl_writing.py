"""Writes what a file of OParl objects changes: new rows, newer versions, references in both directions."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ob_buero_tui.services.intake.oparl_changes import Step, said_before
from ob_buero_tui.services.intake.oparl_known import Known
from ob_buero_tui.services.intake.oparl_links import Links
from ob_buero_tui.services.intake.oparl_lookup import records, rows_with
from ob_buero_tui.services.intake.oparl_new import NewRows
from ob_buero_tui.services.intake.oparl_plan_items import CouncilPlan, Item
from ob_buero_tui.services.intake.oparl_refs import PLACES, Back, Key, Link
from ob_buero_tui.services.intake.oparl_rows import PEOPLE, Row
from ob_buero_tui.services.intake.oparl_sessions import Sessions
from ob_buero_tui.services.intake.oparl_waiting import TABLE, Open, Waiting
from ob_buero_tui.services.work import Work

ON_OTHERS = frozenset(("agenda_item", "membership"))
"""New rows of these tables change what a stored record of another table is found by."""

SITTING = ("meeting", "organization")
"""Who sits in a session that the office leads, it says itself."""


class Writing:
    """Writes one file's plan.

    Args:
        work: The use case.
        plan: What is to change.
    """

    def __init__(self, work: Work, plan: CouncilPlan) -> None:
        self._work = work
        self._plan = plan
        self.open = Open(work, plan.mark)
        self._known = Known(work, plan, self.open)
        self._links = Links(work, self._known.fresh)
        self._updates: defaultdict[tuple[str, int], Row] = defaultdict(dict)
        self._if_empty: dict[tuple[str, int, str], int] = {}
        self._removed: defaultdict[str, set[int]] = defaultdict(set)

    def run(self) -> None:
        """Write everything and flush."""
        sessions = Sessions(self._work)
        before = sessions.stored(self._known.affected_sessions(self._plan))
        new = NewRows(self._work, self._known, sessions)
        new.write()
        self.open.load(item for item in self._known.items if item.step is not Step.NEW)
        for item in self._known.items:
            self._refer(item)
        for waiting in self._known.waiting:
            self._settle(waiting)
        self._drop_from_agendas()
        self._links.write()
        self._fill_empty()
        self._take_over()
        self.open.write()
        self._apply()
        late = self._late_sessions()
        sessions.follow(before | {key: look for key, look in new.looks.items() if key in late})
        self._work.session.flush()

    @property
    def changed(self) -> set[tuple[str, int]]:
        """Stored rows that were changed, by table and key."""
        return set(self._updates)

    def key_of(self, item: Item) -> int | None:
        """The key of an object of the file, new or stored."""
        return item.stored["id"] if item.stored is not None else self._known.key(item.table, item.record.id)

    def _refer(self, item: Item) -> None:
        """Keep each reference of an object at its place, or as an open one."""
        row_id = self._known.keys[item.table][item.record.id]
        for name, ids in item.record.references.items():
            place = PLACES.get((item.table, name))
            if place is None or (item.led and (item.table, name) == SITTING):
                continue
            there = {one: key for one in ids if (key := self._known.key(place.target, one)) is not None}
            if isinstance(place, Key):
                self._refer_key(item, row_id, place, name, ids[:1], there)
            else:
                for position, one in enumerate(ids):
                    if one in there:
                        self._settle_at(place, item.table, row_id, there[one], one, position)
                    else:
                        self.open.keep(item.table, row_id, name, position, one)
            if item.step is Step.NEWER:
                stale = None if isinstance(place, Key) and there else there
                self.open.close(item.table, row_id, name, stale)
            elif item.step is Step.SAME:
                self.open.close(item.table, row_id, name, there)
        if item.step is Step.NEWER and not (item.joined or item.led):
            self._replace_links(item, row_id)

    def _refer_key(
        self, item: Item, row_id: int, place: Key, name: str, ids: tuple[str, ...], there: dict[str, int]
    ) -> None:
        now = there.get(ids[0]) if ids else None
        if item.step is Step.NEW:
            missing = now is None and self._known.parent(item.table, item.record.id, place.column) is None
        else:
            before = item.known[place.column]
            newer = item.step is Step.NEWER and bool(ids) and not item.led
            if now != before and (before is None or newer):
                self._updates[item.table, row_id][place.column] = now
            missing = now is None and (before is None or newer)
        if missing and ids:
            self.open.keep(item.table, row_id, name, 0, ids[0])

    def _settle_at(self, place: Any, table: str, own: int, other: int, target: str, position: int) -> None:
        """Link two objects that are both there."""
        if isinstance(place, Key):
            self._if_empty.setdefault((table, own, place.column), other)
        elif isinstance(place, Back):
            if other not in self._known.fresh[place.target]:
                self._if_empty.setdefault((place.target, other, place.column), own)
        elif isinstance(place, Link):
            self._links.want(place, own, other, position)
        elif own not in self._known.fresh[table]:
            for column, value in self._known.addresses.get(target, {}).items():
                self._if_empty.setdefault((table, own, column), value)

    def _settle(self, waiting: Waiting) -> None:
        """Turn a stored reference into a key, as its object has come."""
        key = self._known.keys[waiting.place.target][waiting.target]
        self._settle_at(waiting.place, waiting.table, waiting.row_id, key, waiting.target, waiting.position)
        self.open.closed.add(waiting.id)

    def _replace_links(self, item: Item, row_id: int) -> None:
        for (table, name), place in PLACES.items():
            said = name in item.record.references
            if table != item.table or not isinstance(place, Link) or place.weak:
                continue
            cleared = place.cleared and item.whole
            if said or cleared:
                self._links.replace(place, row_id)
            if not said and cleared:
                self.open.close(table, row_id, name)

    def _drop_from_agendas(self) -> None:
        """What a newer version of a session no longer has on its agenda is taken off it."""
        listed = {
            item.known["id"]: set(item.record.references["agendaItem"])
            for item in self._known.items
            if item.table == "meeting"
            and item.step is Step.NEWER
            and not item.led
            and "agendaItem" in item.record.references
        }
        for row in rows_with(self._work.session, "agenda_item", "meeting_id", listed):
            if row["oparl_id"] and not row["deleted"] and row["oparl_id"] not in listed[row["meeting_id"]]:
                self._updates["agenda_item", row["id"]]["deleted"] = True

    def _fill_empty(self) -> None:
        """Set keys and addresses of stored rows where nothing stands yet."""
        wanted: defaultdict[str, defaultdict[int, Row]] = defaultdict(lambda: defaultdict(dict))
        for (table, key, column), value in self._if_empty.items():
            wanted[table][key][column] = value
        for table, columns in wanted.items():
            for row in rows_with(self._work.session, table, "id", columns):
                # An address that OParl had given and the office has emptied stays empty.
                given = said_before(table, dict(row)) if table in PEOPLE else {}
                for column, value in columns[row["id"]].items():
                    if row[column] in (None, "") and column not in given:
                        self._updates[table, row["id"]].setdefault(column, value)

    def _take_over(self) -> None:
        """Newer versions; a membership that is gone leaves, anything else that is gone is marked."""
        for item in self._plan.items:
            if item.stored is None:
                continue
            if item.table == "membership" and item.step is Step.GONE:
                self._removed["membership"].add(item.stored["id"])
            elif item.changes:
                columns = self._updates[item.table, item.stored["id"]]
                self._updates[item.table, item.stored["id"]] = {**item.changes, **columns}

    def _apply(self) -> None:
        """Write changes and removals through the session, which journals them."""
        self._work.fresh_rows = not self._touches_stored()
        for name, ids in self._links.removed.items():
            self._removed[name] |= ids
        self._removed[TABLE] |= self.open.closed
        by_table: defaultdict[str, dict[int, Row]] = defaultdict(dict)
        for (table, key), columns in [*self._updates.items(), *self._links.moved.items()]:
            by_table[table][key] = columns
        for table, changes in by_table.items():
            for row in records(self._work.session, table, changes):
                for column, value in changes[row.id].items():
                    setattr(row, column, value)
        self._work.session.flush()
        for table, ids in self._removed.items():
            for row in records(self._work.session, table, ids):
                self._work.session.delete(row)
        self._work.session.flush()

    def _touches_stored(self) -> bool:
        """Whether anything stored is found by other words now; otherwise the index is only added to."""
        stored = self._updates or self._links.moved or self._links.removed or self._removed
        fresh = self._known.fresh
        joined = any(
            row["meeting_id"] not in fresh["meeting"] for row in self._links.added["meeting_organization"]
        )
        return bool(stored) or joined or any(fresh[table] for table in ON_OTHERS)

    def _late_sessions(self) -> set[int]:
        """New sessions whose body or place came to them by another object."""
        late = {row["meeting_id"] for row in self._links.added["meeting_organization"]}
        return late & self._known.fresh["meeting"] if self._has_late else set()

    @property
    def _has_late(self) -> bool:
        lists = (("organization", "meeting"), ("location", "meetings"))
        said = any(name in item.record.references for item in self._known.items for _t, name in lists)
        return said or any(one.place.target == "meeting" for one in self._known.waiting)
