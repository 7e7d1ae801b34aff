"""The keys that the objects of a file name, as far as they are stored: whichever side says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from ob_buero_tui.services.intake.oparl_lookup import rows_with
from ob_buero_tui.services.intake.oparl_plan_items import Item
from ob_buero_tui.services.intake.oparl_refs import KEYS, PLACES, Back


class Owners:
    """Finds keys of stored rows; an object of the file that is new has none.

    Args:
        items: All records of the file; one that is joined to a stored row later is found from then on.
    """

    def __init__(self, session: Session, items: Sequence[Item]) -> None:
        self._session = session
        self._items = {(item.table, item.record.id): item for item in items}
        self._keys: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._named_by: dict[tuple[str, str, str], tuple[str, str]] = {}
        for item in items:
            for name, ids in item.record.references.items():
                place = PLACES.get((item.table, name))
                if isinstance(place, Back):
                    for one in ids:
                        known = (place.target, one, place.column)
                        self._named_by.setdefault(known, (item.table, item.record.id))

    def load(self, table: str, ids: Iterable[str]) -> None:
        """Look these objects up at once, as far as the file does not have them."""
        found = self._keys[table]
        missing = {one for one in ids if (table, one) not in self._items} - found.keys()
        rows = rows_with(self._session, table, "oparl_id", sorted(missing), "oparl_id", "id")
        found |= {row["oparl_id"]: row["id"] for row in rows}

    def key(self, table: str, oparl_id: str) -> int | None:
        """The key of an object, None where nothing is stored under its id; others were loaded before."""
        item = self._items.get((table, oparl_id))
        if item is not None:
            return item.stored["id"] if item.stored is not None else None
        return self._keys[table].get(oparl_id)

    def named(self, item: Item, name: str) -> tuple[str, str] | None:
        """The object that an item belongs to by one of its own keys, or that says so itself.

        Args:
            name: OParl's property on the side of the item.
        """
        place = KEYS[item.table][name]
        ids = item.record.references.get(name, ())
        return (
            (place.target, ids[0]) if ids else self._named_by.get((item.table, item.record.id, place.column))
        )

    def column(self, items: Sequence[Item], name: str) -> dict[str, int]:
        """The keys that stand behind a property of several items of one table, by their OParl id."""
        named = {item.record.id: found for item in items if (found := self.named(item, name)) is not None}
        for table in {table for table, _one in named.values()}:
            self.load(table, (one for other, one in named.values() if other == table))
        keys = {own: self.key(*found) for own, found in named.items()}
        return {own: key for own, key in keys.items() if key is not None}
