"""Makes the JSON of single objects: columns by the table of types, references by the table of places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ob_buero_tui.exchange.oparl_out import OutgoingObject, written
from ob_buero_tui.services.export.oparl_leaving import LeavingCouncil
from ob_buero_tui.services.export.oparl_people import people_values
from ob_buero_tui.services.export.oparl_tables import TYPE_OF, Tables, kept_of_people
from ob_buero_tui.services.intake.oparl_own import own_address
from ob_buero_tui.services.intake.oparl_refs import PLACES, Address, Back, Key, Place
from ob_buero_tui.services.intake.oparl_rows import OF_OWNER, PEOPLE, PLACE, Row

SINGLE = frozenset(("invitation", "resultsProtocol", "verbatimProtocol", "resolutionFile", "mainFile"))
INLINE = {
    "body": ("location", "legislativeTerm"),
    "organization": ("location",),
    "person": ("membership",),
    "meeting": (
        "location",
        "agendaItem",
        "invitation",
        "resultsProtocol",
        "verbatimProtocol",
        "auxiliaryFile",
    ),
    "agenda_item": ("resolutionFile", "auxiliaryFile"),
    "paper": ("mainFile", "auxiliaryFile", "consultation"),
}
"""Which properties hold whole objects and not their ids (OParl 1.1, chapter 3)."""

KEPT_OBJECTS = {"person": ("image", "file"), "paper": ("location", "location")}
"""Properties that hold whole objects and of which only the ids are kept: the property and the table."""

LISTED = frozenset(
    (
        *(("system", "body"), ("body", "organization"), ("body", "paper"), ("body", "system")),
        *(("location", "bodies"), ("location", "meetings")),
        *(("organization", "meeting"), ("organization", "consultation")),
    )
)
"""Properties that hold the address of a list, or say again what the other side says."""

FILES_OF = frozenset((("file", "meeting"), ("file", "agendaItem"), ("file", "paper")))


class Objects:
    """The JSON of all objects that leave.

    Args:
        base: The address below which the office's own objects lie, without a slash at the end.
        mark: Of the office.
        tzid: IANA name of the office's zone.
        body: The id of the municipality that an object without one belongs to.
    """

    def __init__(
        self, tables: Tables, leaving: LeavingCouncil, base: str, mark: str, tzid: str, body: str
    ) -> None:
        self._tables = tables
        self._leaving = leaving
        self._base = base
        self._mark = mark
        self._tzid = tzid
        self._body = body
        self._known = {
            table: {
                row["oparl_id"]: key for key, row in tables.rows[table].items() if leaving.has(table, key)
            }
            for table in ("location", "file")
        }

    def id_of(self, table: str, row_id: int) -> str:
        """The address of an object: the one it came with, else one below ours."""
        row = self._tables.rows[table][row_id]
        return row["oparl_id"] or own_address(self._base, self._mark, table, row_id)

    def json(self, table: str, row_id: int, *, inside: bool = False) -> dict[str, Any]:
        """One object.

        Args:
            inside: Whether it stands inside another one.
        """
        row = self._tables.rows[table][row_id]
        values, extra = self._values(table, row)
        if table in KEPT_OBJECTS:
            extra = self._with_objects(extra, *KEPT_OBJECTS[table])
        named = table == "agenda_item" and row_id in self._leaving.terms
        one = OutgoingObject(
            type=TYPE_OF[table],
            id=self.id_of(table, row_id),
            values=values,
            references=self._references(table, row, inside=inside, terms_only=named),
            extra=extra,
            created=None if named else _instant(table, row, "created"),
            modified=None if named else _instant(table, row, "modified"),
        )
        return written(one, self._tzid)

    def _values(self, table: str, row: Row) -> tuple[dict[str, Any], dict[str, Any]]:
        outside = self._leaving.outside
        if table in PEOPLE:
            return people_values(table, row, outside=outside)
        if table == "agenda_item" and row["id"] in self._leaving.terms:
            return {name: row[name] for name in ("number", "position", "public")} | {
                "name": self._leaving.terms[row["id"]]
            }, {}
        values = dict(row)
        if table == "meeting" and not row["cancelled"]:
            values.pop("cancelled")
        if table == "agenda_item" and row["withdrawn"] and not row["result"]:
            values["result"] = "abgesetzt"
        if table == "file":
            # OParl asks for an address to read it at; where none is known, its own is the nearest.
            values["access_url"] = row["access_url"] or row["download_url"] or self.id_of(table, row["id"])
            values["text"] = "" if outside else row["text"]
        return values, {} if outside else {k: v for k, v in row["extra"].items() if k != OF_OWNER}

    def _with_objects(self, extra: Mapping[str, Any], name: str, table: str) -> dict[str, Any]:
        """With the objects in place of their ids; one that is not there cannot stand there."""
        if name not in extra:
            return dict(extra)
        kept = extra[name]
        named = kept if isinstance(kept, list) else [kept]
        known = [self._known[table].get(one) for one in named if isinstance(one, str)]
        told = [self.json(table, key, inside=True) for key in known if key is not None]
        whole: Any = told if isinstance(kept, list) else next(iter(told), None)
        rest = {other: value for other, value in extra.items() if other != name}
        return {**rest, name: whole} if whole else rest

    def _references(self, table: str, row: Row, *, inside: bool, terms_only: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for (owner, name), place in PLACES.items():
            if owner != table or (owner, name) in LISTED:
                continue
            if (inside and (owner, name) in FILES_OF) or (terms_only and name != "meeting"):
                continue
            if (told := self._reference(table, row, name, place)) not in (None, "", []):
                found[name] = told
        if table in ("organization", "paper", "legislative_term", "person"):
            found.setdefault("body", kept_of_people(table, row).get("body") or self._body)
        return found

    def _reference(self, table: str, row: Row, name: str, place: Place) -> Any:
        inline = name in INLINE.get(table, ())
        if isinstance(place, Address):
            return self._address(table, row, name, inline=inline)
        if isinstance(place, Key):
            key = row[place.column]
            if key is not None:
                return next(iter(self._told(place.target, [key], inline=inline)), None)
            return next(iter(self._waiting(table, row, name)), None)
        keys = (
            self._tables.children(place, row["id"])
            if isinstance(place, Back)
            else self._tables.linked(table, name, row["id"])
        )
        told = self._told(place.target, dict.fromkeys(keys), inline=inline)
        for position, target in self._tables.open.get((table, row["id"], name), ()):
            if not self._leaving.outside:
                told.insert(position, target)
        alone = name in SINGLE or (table, name) == ("agenda_item", "consultation")
        return (told[0] if told else None) if alone else told

    def _told(self, table: str, keys: Iterable[int], *, inline: bool) -> list[Any]:
        """The objects or ids of those that leave."""
        ours = [key for key in keys if self._leaving.has(table, key)]
        return [self.json(table, key, inside=True) if inline else self.id_of(table, key) for key in ours]

    def _waiting(self, table: str, row: Row, name: str) -> list[str]:
        """The ids of what has not come yet; outside only that of the municipality."""
        if self._leaving.outside and name != "body":
            return []
        return [target for _position, target in self._tables.open.get((table, row["id"], name), ())]

    def _address(self, table: str, row: Row, name: str, *, inline: bool) -> Any:
        """The place whose address a body or a person has; only OParl gives it an id."""
        if self._leaving.outside:
            return None
        place = kept_of_people(table, row).get(PLACE)
        known = self._known["location"].get(place) if isinstance(place, str) else None
        if known is not None:
            whole = inline or name == "locationObject"
            return self.json("location", known, inside=True) if whole else place
        if place is not None and name == "location":
            return place
        return None


def _instant(table: str, row: Row, name: str) -> datetime | None:
    """When an object came to be or was changed; what it only has from its owner it does not say."""
    kept = kept_of_people(table, row) if table in PEOPLE else row["extra"]
    if name == "modified" and kept.get(OF_OWNER):
        return None
    if table not in PEOPLE:
        found: datetime | None = row[name]
        return found
    text = kept.get(name)
    return datetime.fromisoformat(text) if isinstance(text, str) else None
