"""What is known before a file of OParl objects is written: keys, owners, addresses, and who waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ob_buero_tui.services.intake.oparl_changes import Step
from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_plan import stored_keys, stored_rows
from ob_buero_tui.services.intake.oparl_plan_items import CouncilPlan, Item
from ob_buero_tui.services.intake.oparl_refs import PLACES, Address, Back, Place
from ob_buero_tui.services.intake.oparl_rows import Row
from ob_buero_tui.services.intake.oparl_waiting import Open
from ob_buero_tui.services.work import Work

ADDRESS = ("street_address", "postal_code", "locality")


class Known:
    """The keys of all objects that a file has or names, growing while it is written.

    Args:
        work: The use case.
        plan: What is to change.
        open_: The references that wait.
    """

    def __init__(self, work: Work, plan: CouncilPlan, open_: Open) -> None:
        self._work = work
        self._mark = plan.mark
        self.items = plan.of(Step.NEW, Step.NEWER, Step.SAME)
        self.fresh: defaultdict[str, set[int]] = defaultdict(set)
        self.keys: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.meeting_of_item: dict[int, int | None] = {}
        self._find_keys()
        new = {(item.table, item.record.id) for item in plan.items if item.step is Step.NEW or item.joined}
        found = open_.waiting_for(dict.fromkeys(key for _table, key in new))
        self.waiting = [one for one in found if (one.place.target, one.target) in new]
        self.addresses = self._find_addresses()
        self._parents = self._find_parents()

    def references(
        self, *, tables: tuple[str, ...] = ()
    ) -> Iterator[tuple[Item, str, Place, tuple[str, ...]]]:
        """All references of the file that are kept somewhere: whose, the property, the place, the ids."""
        for item in self.items:
            if not tables or item.table in tables:
                for name, ids in item.record.references.items():
                    place = PLACES.get((item.table, name))
                    if place is not None:
                        yield item, name, place, ids

    def key(self, table: str, oparl_id: str) -> int | None:
        """The key of an object; None when it is not there."""
        return self.keys[table].get(oparl_id)

    def parent(self, table: str, oparl_id: str, column: str) -> int | None:
        """The key of the object that asks to be the owner of another one."""
        found = self._parents.get((table, oparl_id, column))
        return self.key(*found) if isinstance(found, tuple) else found

    def affected_sessions(self, plan: CouncilPlan) -> set[int]:
        """The stored sessions whose look may change with this file."""
        ids = {item.known["id"] for item in plan.items if item.table == "meeting" and item.stored}
        for _item, _name, place, named in self.references(tables=("organization", "location")):
            if place.target == "meeting":
                ids.update(key for one in named if (key := self.key("meeting", one)) is not None)
        ids.update(one.row_id for one in self.waiting if one.table == "meeting")
        for table, where, column, wanted in (
            ("organization", "meeting_organization", "organization_id", "meeting_id"),
            ("location", "meeting", "location_id", "id"),
        ):
            keys = [item.known["id"] for item in plan.items if item.table == table and item.changes]
            ids.update(row[wanted] for row in rows_with(self._work.session, where, column, keys, wanted))
        return ids

    def _find_keys(self) -> None:
        targets: defaultdict[str, set[str]] = defaultdict(set)
        for _item, _name, place, ids in self.references():
            targets[place.target].update(ids)
        for item in self.items:
            if item.stored is not None:
                self.keys[item.table][item.record.id] = item.stored["id"]
        for table, wanted in targets.items():
            unknown = wanted - self.keys[table].keys()
            self.keys[table] |= stored_keys(self._work.session, self._mark, table, sorted(unknown))
        items = self.keys["agenda_item"].values()
        rows = rows_with(self._work.session, "agenda_item", "id", items, "id", "meeting_id")
        self.meeting_of_item = {row["id"]: row["meeting_id"] for row in rows}

    def _find_addresses(self) -> dict[str, Row]:
        """The addresses of the places that people and bodies name, by OParl id."""
        named = {
            one
            for _item, _name, place, ids in self.references(tables=("organization", "person"))
            if isinstance(place, Address)
            for one in ids
        }
        rows = stored_rows(self._work.session, "location", sorted(named))
        known = {key: {name: row[name] for name in ADDRESS} for key, row in rows.items()}
        for item in self.items:
            if item.table == "location":
                known[item.record.id] = {name: item.record.values.get(name, "") for name in ADDRESS}
        return {key: address for key, address in known.items() if any(address.values())}

    def _find_parents(self) -> dict[tuple[str, str, str], tuple[str, str] | int]:
        parents: dict[tuple[str, str, str], tuple[str, str] | int] = {}
        for item, _name, place, ids in self.references():
            if isinstance(place, Back):
                for one in ids:
                    parents.setdefault((place.target, one, place.column), (item.table, item.record.id))
        for waiting in self.waiting:
            if isinstance(waiting.place, Back):
                known = (waiting.place.target, waiting.target, waiting.place.column)
                parents.setdefault(known, waiting.row_id)
        return parents
