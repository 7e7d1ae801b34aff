"""What is known of the people and bodies that a file of cards may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.names import joined
from ob_buero_tui.services.intake.people_rows import MERGED_UIDS, Row
from ob_buero_tui.store.tables import JOURNALED

AT_ONCE = 500
"""Rows asked for in one statement."""

SAME_PLACE = (("street_address", "postal_code"), ("private_street_address", "private_postal_code"))
NUMBERS = ("tel", "mobile", "private_tel")
TELLING = ("email", *NUMBERS, "street_address", "private_street_address", "locality", "job_title")
"""What tells two people of one name apart; where all of it agrees, the cards say the same."""


@dataclass(slots=True, eq=False)
class Entry:
    """A person or an organization, stored or new, with what a file changes of it.

    Args:
        key: The stored row; None for a new one.
        values: All values as they will be.
        changed: Columns of a stored row that get a new value.
        bodies: Of a person: the organizations it belongs to.
        is_new: It is not stored, or was not before this file.
    """

    key: int | None
    values: Row
    is_new: bool = False
    changed: set[str] = field(default_factory=set)
    bodies: list[Entry] = field(default_factory=list)

    def set(self, name: str, value: Any) -> None:
        """Give a column a new value."""
        self.values[name] = value
        self.changed.add(name)


@dataclass(slots=True)
class Register:
    """The entries of one table by what they may be known by."""

    name_of: Callable[[Row], str]
    by_uid: dict[str, Entry] = field(default_factory=dict)
    by_email: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_name: defaultdict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: Entry) -> None:
        """Let an entry be found; again after its values have changed."""
        uid, email, name = self._marks(entry.values)
        for one in (uid, *((entry.values.get("extra") or {}).get(MERGED_UIDS) or ())):
            if one:
                self.by_uid.setdefault(one, entry)
        if email and entry not in self.by_email[email]:
            self.by_email[email].append(entry)
        if name and entry not in self.by_name[name]:
            self.by_name[name].append(entry)

    def fill(self, session: Session, table: Table, rows: Sequence[Row]) -> dict[int, Entry]:
        """Read the stored rows that these values may mean; returns them by key."""
        marks = {mark for row in rows for mark in self._tagged(row)}
        names = [name for name in ("uid", "email", *NAMES) if name in table.columns]
        light = session.connection().execute(select(table.c.id, *(table.c[name] for name in names)))
        found_ids = [row["id"] for row in light.mappings() if not marks.isdisjoint(self._tagged(dict(row)))]
        # Those into which others were merged are few: all of them are read, as their further uids are inside.
        more = select(table.c.id).where(func.instr(table.c.extra, f'"{MERGED_UIDS}"') > 0)
        wanted = list(dict.fromkeys([*found_ids, *session.connection().execute(more).scalars()]))
        found: dict[int, Entry] = {}
        for some in pieces(wanted):
            for row in session.connection().execute(select(table).where(table.c.id.in_(some))).mappings():
                found[row["id"]] = Entry(key=row["id"], values=dict(row))
        for key in wanted:
            self.add(found[key])
        return found

    def _marks(self, values: Row) -> tuple[str, str, str]:
        return values.get("uid") or "", (values.get("email") or "").lower(), self.name_of(values)

    def _tagged(self, values: Row) -> set[tuple[int, str]]:
        return {(kind, mark) for kind, mark in enumerate(self._marks(values)) if mark}


NAMES = ("name", "given_name", "affix", "family_name")


def person_name(values: Row) -> str:
    """A person's name folded; "" unless both parts of it are there."""
    given, family = values.get("given_name") or "", values.get("family_name") or ""
    return fold(joined(given, values.get("affix") or "", family)) if given and family else ""


def body_name(values: Row) -> str:
    """An organization's name folded."""
    return fold(joined(values.get("name") or ""))


def find_person(register: Register, row: Row, body: Entry | None) -> tuple[Entry | None, bool]:
    """The person that a card means: by uid, else e-mail and name, else name and body or address.

    Returns:
        The person, and whether somebody else of the same name is known, when it is none.
    """
    known = register.by_uid.get(row.get("uid", ""))
    if known is not None:
        return known, False
    for entry in register.by_email.get(row.get("email", ""), ()):
        if _same(entry.values, row, "family_name") and _given_alike(entry.values, row):
            return entry, False
    alike = register.by_name.get(person_name(row), [])
    for entry in alike:
        if body in entry.bodies or _same_place(entry.values, row) or _says_the_same(entry.values, row):
            return entry, False
    return None, bool(alike)


def find_body(register: Register, row: Row) -> Entry | None:
    """The organization that a card means: by uid, else by name unless it sits in another place."""
    known = register.by_uid.get(row.get("uid", ""))
    if known is not None:
        return known
    for entry in register.by_name.get(body_name(row), ()):
        here, there = entry.values.get("locality"), row.get("locality")
        if not here or not there or fold(here) == fold(there):
            return entry
    return None


def pieces(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys in pieces that fit into one statement."""
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _folded(values: Row, name: str) -> str:
    return fold(joined(values.get(name) or ""))


def _same(one: Row, other: Row, name: str) -> bool:
    return _folded(one, name) == _folded(other, name)


def compatible(one: str, other: str) -> bool:
    """Whether two given names may be one: a couple with one address are two people."""
    first, second = sorted((fold(joined(one)).rstrip("."), fold(joined(other)).rstrip(".")))
    return first == second or not first or (len(first) == 1 and second.startswith(first))


def _given_alike(one: Row, other: Row) -> bool:
    return compatible(one.get("given_name") or "", other.get("given_name") or "")


def _same_place(one: Row, other: Row) -> bool:
    places = [
        {tuple(_folded(row, name) for name in names) for names in SAME_PLACE if row.get(names[0])}
        for row in (one, other)
    ]
    numbers = [
        {"".join(filter(str.isdigit, row.get(name) or "")) for name in NUMBERS} - {""} for row in (one, other)
    ]
    return not places[0].isdisjoint(places[1]) or not numbers[0].isdisjoint(numbers[1])


def _says_the_same(one: Row, other: Row) -> bool:
    return all(_same(one, other, name) for name in TELLING)


STORED: tuple[Table, Table] = (JOURNALED["person"], JOURNALED["organization"])
"""The tables that cards are read into."""
