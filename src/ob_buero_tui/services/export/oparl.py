"""The council as a static OParl 1.1 interface: files for any web server, which come back in whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ob_buero_tui.exchange.oparl_out import VERSION, encoded, page
from ob_buero_tui.services.export.oparl_leaving import LeavingCouncil, leaving_council
from ob_buero_tui.services.export.oparl_objects import Objects
from ob_buero_tui.services.export.oparl_tables import Tables
from ob_buero_tui.services.export.wanted import Wanted
from ob_buero_tui.services.intake.oparl_own import OFFICE, OWN_FILE, UNKNOWN, office_mark, own_address
from ob_buero_tui.services.workplace import Workplace

NOWHERE = "https://ob-buero.invalid/oparl"
"""Where the files lie when nobody says it: an address that never exists (RFC 2606)."""

PAGE = 200
"""How many objects a page of a list holds."""

LISTS: Mapping[str, tuple[str, str]] = {
    "organization": ("organization", "organizations"),
    "person": ("person", "people"),
    "meeting": ("meeting", "meetings"),
    "paper": ("paper", "papers"),
    "legislativeTermList": ("legislative_term", "terms"),
    "membership": ("membership", "memberships"),
    "agendaItem": ("agenda_item", "agenda-items"),
    "consultation": ("consultation", "consultations"),
    "file": ("file", "files"),
    "locationList": ("location", "locations"),
}
"""The lists of a Body (OParl 1.1, 3.3): the property, the table, and the name of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilOut:
    """The files of the interface.

    Args:
        files: Paths and contents, made one by one.
        counts: How many objects leave, by table.
        left_out: How many sessions and papers stay because of their level.
    """

    files: Iterator[tuple[str, bytes]]
    counts: dict[str, int]
    left_out: int


def council_out(place: Workplace, wanted: Wanted, base: str = "") -> CouncilOut:
    """All that an audience may have of the council.

    Args:
        base: The address below which the files will lie, empty where nobody knows; ids that objects came with
            stay as they are.
    """
    with place.reading() as session:
        tables = Tables(session)
        leaving = leaving_council(place, session, tables, wanted)
        mark = office_mark(session)
    base = base.rstrip("/") or NOWHERE
    writing = _Interface(tables, leaving, base, mark, place.zone, place.catalog.letterhead.city)
    counts = {table: len(ids) for table, ids in leaving.ids.items()}
    return CouncilOut(files=writing.files(), counts=counts, left_out=leaving.left_out)


@dataclass(slots=True)
class _Interface:
    """Makes the files."""

    tables: Tables
    leaving: LeavingCouncil
    base: str
    mark: str
    tzid: str
    town: str
    objects: Objects = field(init=False)
    bodies: list[str] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.tables.rows["body"]
        bare = Objects(self.tables, self.leaving, self.base, self.mark, self.tzid, "")
        self.bodies = [bare.id_of("body", key) for key in rows] or [self._unknown_body()]
        self.objects = Objects(self.tables, self.leaving, self.base, self.mark, self.tzid, self.bodies[0])

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The system, its municipalities, their lists, and each object of ours by itself."""
        yield "system.json", encoded(self._system())
        folders = [
            f"body-{number}/" if len(self.bodies) > 1 else "" for number in range(1, len(self.bodies) + 1)
        ]
        lists = [self._lists(index) for index in range(len(self.bodies))]
        told = [
            self._body(index, {name: len(keys) for name, keys in lists[index].items()}, folder)
            for index, folder in enumerate(folders)
        ]
        yield from self._pages("bodies", told)
        for folder, keys_by_list in zip(folders, lists, strict=True):
            for name, keys in keys_by_list.items():
                table, file = LISTS[name]
                yield from self._list(f"{folder}{file}", table, keys)
        yield from self._alone()

    def _system(self) -> dict[str, Any]:
        return {
            "id": f"{self.base}/system.json",
            "type": f"{VERSION}System",
            "oparlVersion": VERSION,
            "body": f"{self.base}/bodies-1.json",
            "name": f"{self.town}: Sitzungen und Vorlagen",
            OFFICE: self.mark,
        }

    def _unknown_body(self) -> str:
        """The id of the municipality where none is stored: what all objects name, else one of ours."""
        named = {
            target
            for (_table, _row, name), targets in self.tables.open.items()
            for _position, target in targets
            if name == "body"
        }
        return named.pop() if len(named) == 1 else own_address(self.base, self.mark, "body", UNKNOWN)

    def _body(self, index: int, sizes: Mapping[str, int], folder: str) -> dict[str, Any]:
        keys = list(self.tables.rows["body"])
        told: dict[str, Any] = (
            self.objects.json("body", keys[index])
            if keys
            else {"id": self.bodies[0], "type": f"{VERSION}Body", "name": self.town}
        )
        told.setdefault("legislativeTerm", [])
        lists = {name: f"{self.base}/{folder}{LISTS[name][1]}-1.json" for name in sizes}
        ours = lists | {"system": f"{self.base}/system.json"}
        return {name: value for name, value in told.items() if name not in ours} | ours

    def _lists(self, index: int) -> dict[str, list[int]]:
        """The rows of each list of a municipality; what names none belongs to the first."""
        found = {}
        keys = list(self.tables.rows["body"])
        for name, (table, _file) in LISTS.items():
            rows = self.tables.rows[table]
            ids = [key for key in rows if self.leaving.has(table, key)]
            if len(keys) > 1:
                ids = [key for key in ids if self._body_of(table, rows[key], keys) == keys[index]]
            # By their address: the order stays the same wherever the objects are stored.
            found[name] = sorted(ids, key=partial(self.objects.id_of, table))
        return found

    def _body_of(self, table: str, row: Mapping[str, Any], keys: Sequence[int]) -> int:
        """The municipality of a row: its own, that of the body it belongs to, else the first."""
        own: int | None = row.get("body_id")
        if own is None and table == "meeting":
            for one in self.tables.linked("meeting", "organization", row["id"]):
                own = own or self.tables.rows["organization"].get(one, {}).get("body_id")
        for column, owner in (
            ("organization_id", "organization"),
            ("paper_id", "paper"),
            ("meeting_id", "meeting"),
        ):
            if own is None and row.get(column) in self.tables.rows[owner]:
                return self._body_of(owner, self.tables.rows[owner][row[column]], keys)
        return own if own is not None and own in keys else keys[0]

    def _list(self, name: str, table: str, keys: Sequence[int]) -> Iterator[tuple[str, bytes]]:
        pages = max(1, -(-len(keys) // PAGE))
        address = [f"{self.base}/{name}-{number}.json" for number in range(1, pages + 1)]
        for number in range(1, pages + 1):
            part = keys[(number - 1) * PAGE : number * PAGE]
            data = [self.objects.json(table, key) for key in part]
            made = page(data, number, pages, len(keys), PAGE, address)
            yield f"{name}-{number}.json", encoded(made)

    def _pages(self, name: str, data: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
        pages = max(1, -(-len(data) // PAGE))
        address = [f"{self.base}/{name}-{number}.json" for number in range(1, pages + 1)]
        for number in range(1, pages + 1):
            part = data[(number - 1) * PAGE : number * PAGE]
            yield f"{name}-{number}.json", encoded(page(part, number, pages, len(data), PAGE, address))

    def _alone(self) -> Iterator[tuple[str, bytes]]:
        """Objects that have their address from us, each by itself at that address."""
        prefix = f"{self.base}/"
        for table in ("body", *(table for table, _file in LISTS.values())):
            for key in sorted(self.leaving.ids.get(table, ())):
                address = self.objects.id_of(table, key)
                path = address.removeprefix(prefix)
                # What came from elsewhere may call itself anything: only addresses as we make them are files.
                if path != address and OWN_FILE.fullmatch(path):
                    yield path, encoded(self.objects.json(table, key))
