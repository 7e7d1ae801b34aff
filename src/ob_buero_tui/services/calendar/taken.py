"""Whose time an appointment takes up, and which driver, car and room: what conflicts are counted with."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.representation import ABSENCE, COUNCIL, MAYOR, CalendarRole
from ob_buero_tui.rules.clashing import CAR, DRIVER, PERSON, ROOM, Taken
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.calendar.persons import NOBODY, person_of
from ob_buero_tui.services.calendar.slots import occurrence_key
from ob_buero_tui.store.taken import TakenRow
from ob_buero_tui.store.types import read_utc

PersonRow = tuple[int | None, str, str]
"""Who comes along or is met: key of the card, name, part."""

COMES_ALONG = "begleitung"
MAYOR_GOES = "OB"
_AND = re.compile(r"\s*(?:[,;/+&]|\bund\b)\s*")
_NOWHERE = ((), frozenset[str](), frozenset[str]())
Claims = tuple[tuple[str, ...], frozenset[str], frozenset[str]]
"""What an appointment takes up, the owners' part of it, and the rooms that only its place names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What of an appointment says whom and what it takes up."""

    calendar: str
    kind: str | None
    cancelled: bool = False
    transparent: bool = False
    attendee: str = MAYOR_GOES
    driver: str = ""
    car: str = ""
    room: str = ""
    location: str = ""
    people: tuple[PersonRow, ...] = ()


class Claiming:
    """Says what appointments take up; people are known by their card, and without one by their name.

    Args:
        people: Who comes along or is met at all appointments in question.
        rooms: The rooms of all of them; a place may name one of these.
    """

    def __init__(self, catalog: Catalog, people: Iterable[Sequence[PersonRow]], rooms: Iterable[str]) -> None:
        self._catalog = catalog
        self.rooms = frozenset(name for room in set(rooms) for name in _named(room))
        self._persons = persons(catalog)
        self._cards: defaultdict[str, set[int]] = defaultdict(set)
        for row in (row for rows in people for row in rows):
            if row[0] is not None:
                self._cards[fold(row[1].strip())].add(row[0])

    def claims(self, facts: Facts) -> Claims:
        """What an appointment takes up; nothing where it is called off or takes up no time."""
        if facts.cancelled:
            return _NOWHERE
        rooms = {ROOM + name for name in _named(facts.room)}
        loose = {ROOM + name for name in self._rooms_in(facts.location)} - rooms
        if facts.transparent and facts.kind != ABSENCE:
            # The session that the mayor does not attend takes up its room nevertheless.
            places = tuple(sorted(rooms | loose)) if facts.calendar == COUNCIL else ()
            return places, frozenset(), frozenset(loose)
        own = {PERSON + key for key in self.attending(facts.calendar, facts.attendee)}
        others = {claim for row in facts.people for claim in self._person(row)} - own
        things = {DRIVER + name for name in _named(facts.driver)} | {CAR + name for name in _named(facts.car)}
        everything = (*sorted(own), *sorted(others), *sorted(things), *sorted(rooms), *sorted(loose))
        return everything, frozenset(own), frozenset(loose)

    def _rooms_in(self, location: str) -> set[str]:
        """The known rooms that a place names: „Rathaus, Ratssaal“."""
        if not self.rooms or not location:
            return set()
        return {name for part in location.split(",") for name in _named(part)} & self.rooms

    def attending(self, calendar: str, attendee: str) -> tuple[str, ...]:
        """Whose own time an appointment takes up: keys of calendars, or the folded name of somebody else.

        Args:
            calendar: The key of its calendar.
            attendee: Who goes, as entered with the mayor's appointments: „OB“, „1. BM“, „OB, 2. BM“.
        """
        if attendee == MAYOR_GOES and calendar == MAYOR:
            return (MAYOR,)
        if calendar != MAYOR:
            person = person_of(self._catalog, calendar)
            return (person,) if person != NOBODY else ()
        whole = fold(attendee.strip())
        if whole in self._persons:
            return (self._persons[whole],)
        names = [fold(name) for name in _AND.split(attendee.strip()) if name]
        return tuple(dict.fromkeys(self._persons.get(name, name) for name in names)) or (MAYOR,)

    def _person(self, row: PersonRow) -> set[str]:
        card, name, part = row
        if card is not None:
            return {f"{PERSON}#{card}"}
        if part != COMES_ALONG:
            return set()
        folded = fold(name.strip())
        known = self._persons.get(folded)
        cards = {f"{PERSON}#{key}" for key in self._cards.get(folded, ())}
        return {PERSON + (known or folded), *cards} if folded else set()


def taken(
    catalog: Catalog,
    rows: Sequence[TakenRow],
    people: Mapping[int, Sequence[PersonRow]],
    claiming: Claiming | None = None,
) -> list[Taken]:
    """What some dates take up.

    Args:
        rows: The dates.
        people: Who comes along or is met, by appointment.
        claiming: Where more people are known than these.
    """
    claiming = claiming or Claiming(catalog, people.values(), rooms_of(rows))
    alike: dict[tuple[object, ...], Claims] = {}
    found = []
    for row in rows:
        # Most appointments take up the same, the mayor's time, and that is worked out once.
        present = people.get(row.event_id, ())
        same = (row[7:15], row.details, row.location if claiming.rooms else None, *present)
        claims = alike.get(same)
        if claims is None:
            claims = alike[same] = claiming.claims(facts_of(row, present))
        found.append(taken_of(row, claims))
    return found


def taken_of(row: TakenRow, claims: Claims) -> Taken:
    """One date with what it takes up."""
    starts, ends = read_utc(row.starts_at), read_utc(row.ends_at)
    same_start, same_end = row.busy_from == row.starts_at, row.busy_to == row.ends_at
    return Taken(
        key=occurrence_key(row.event_id, row.recurrence_id),
        event_id=row.event_id,
        recurrence_id=row.recurrence_id,
        starts=starts,
        ends=ends,
        busy_from=starts if same_start else read_utc(row.busy_from),
        busy_to=ends if same_end else read_utc(row.busy_to),
        claims=claims[0],
        own=claims[1],
        loose=claims[2],
        away=row.kind == ABSENCE,
        session=row.calendar == COUNCIL,
    )


def rooms_of(rows: Iterable[TakenRow]) -> Iterator[str]:
    """The rooms that some dates have, changed dates included."""
    for row in rows:
        if row.room:
            yield row.room
        if row.details and "room" in row.details:
            yield str(json.loads(row.details).get("room", ""))


def facts_of(row: TakenRow, people: Sequence[PersonRow]) -> Facts:
    """What says whom and what a date takes up; the changed date's own details win."""
    own = json.loads(row.details) if row.details and row.details != "{}" else {}
    return Facts(
        calendar=row.calendar,
        kind=row.kind,
        cancelled=row.status == EventStatus.CANCELLED,
        transparent=bool(row.transparent),
        attendee=own.get("attendee", row.attendee),
        driver=own.get("driver", row.driver),
        car=own.get("car", row.car),
        room=own.get("room", row.room),
        location=row.location,
        people=tuple(people),
    )


def persons(catalog: Catalog) -> dict[str, str]:
    """The keys of the calendars of persons by every folded name: key, label, a few letters."""
    found: dict[str, str] = {}
    for spec in catalog.calendars.values():
        if spec.role is CalendarRole.STELLVERTRETUNG or spec.key == MAYOR:
            found |= dict.fromkeys(map(fold, (spec.key, spec.label, spec.short)), spec.key)
    return found | {fold(MAYOR): MAYOR}


def _named(text: str) -> tuple[str, ...]:
    name = fold(text.strip())
    return (name,) if name else ()
