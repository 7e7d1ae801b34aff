"""References to objects that have not come yet: kept as rows, and found again when their object comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_own import is_own
from ob_buero_tui.services.intake.oparl_plan_items import Item
from ob_buero_tui.services.intake.oparl_refs import PLACES, Place
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.council import UnresolvedReference
from ob_buero_tui.store.tables import JOURNALED

TABLE = UnresolvedReference.__tablename__


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A stored reference whose object has now come."""

    id: int
    table: str
    row_id: int
    position: int
    target: str
    place: Place


class Open:
    """Collects the references of a file that stay open, and those that are closed.

    Args:
        mark: Of the office; nothing of its own is waited for.
    """

    def __init__(self, work: Work, mark: str) -> None:
        self._work = work
        self._mark = mark
        self._stored: defaultdict[tuple[str, int, str], dict[str, int]] = defaultdict(dict)
        self._opened: dict[tuple[str, int, str, str], int] = {}
        self.closed: set[int] = set()

    @property
    def opened(self) -> int:
        """How many references stay open."""
        return len(self._opened)

    def waiting_for(self, ids: Iterable[str]) -> list[Waiting]:
        """The stored references to objects with these OParl ids, of the type they ask for or not."""
        return [
            Waiting(
                id=row["id"],
                table=row["table_name"],
                row_id=row["row_id"],
                position=row["position"],
                target=row["target"],
                place=place,
            )
            for row in rows_with(self._work.session, TABLE, "target", list(ids))
            if (place := PLACES.get((row["table_name"], row["property"]))) is not None
        ]

    def load(self, items: Iterable[Item]) -> None:
        """Read what is open of these stored objects."""
        keys: defaultdict[str, set[int]] = defaultdict(set)
        for item in items:
            keys[item.table].add(item.known["id"])
        for table, ids in keys.items():
            for row in rows_with(self._work.session, TABLE, "row_id", ids, of=table):
                self._stored[table, row["row_id"], row["property"]][row["target"]] = row["id"]

    def keep(self, table: str, row_id: int, name: str, position: int, target: str) -> None:
        """A reference whose object is not there stays open."""
        if not is_own(self._mark, target) and target not in self._stored.get((table, row_id, name), {}):
            self._opened.setdefault((table, row_id, name, target), position)

    def close(self, table: str, row_id: int, name: str, targets: Iterable[str] | None = None) -> None:
        """These references of a property are open no more; without targets all of them."""
        stored = self._stored.get((table, row_id, name), {})
        self.closed.update(key for target, key in stored.items() if targets is None or target in targets)

    def write(self) -> None:
        """Add what stays open; what is closed is taken out by the caller."""
        rows = [
            {"table_name": table, "row_id": row_id, "property": name, "position": position, "target": target}
            for (table, row_id, name, target), position in self._opened.items()
        ]
        self._work.insert_rows(JOURNALED[TABLE], rows)
