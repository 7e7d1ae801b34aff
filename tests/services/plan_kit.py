"""A small council for the tests of the year planner: four bodies with people, rooms and habits."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from council_kit import add_body, write

from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.services.council.planning_views import PatternForm
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Person

RAT, HAUPT, BAU, KULTUR = "Rat", "Hauptausschuss", "Bau", "Kultur"
HABITS: dict[str, dict[str, Any]] = {
    RAT: {"weekdays": (3,), "step": 3, "gap_days": 7, "room": "Ratssaal"},
    HAUPT: {"weekdays": (1,), "step": 2, "gap_days": 5, "room": "Ratssaal"},
    BAU: {"weekdays": (1, 2), "step": 1, "room": "Ratssaal"},
    KULTUR: {"weekdays": (1,), "step": 1, "room": "Kleiner Saal"},
}
PEOPLE = {
    "Anna Berg": (RAT, HAUPT, BAU),
    "Cem Demir": (RAT, KULTUR, BAU),
    "Eva Fink": (RAT,),
}


def council(place: Workplace) -> dict[str, int]:
    """The four bodies with members, a Schriftführung they share, and habits; returns keys by name."""
    keys = {
        name: add_body(place, name, short_name=name, mayor_attends=name in (RAT, HAUPT)) for name in HABITS
    }
    write(place, lambda work: _people(work, keys))
    for name, habit in HABITS.items():
        edit_pattern(place, keys[name], PatternForm(start=time(17), duration_min=120, **habit))
    return keys


def _people(work: Work, keys: dict[str, int]) -> None:
    for name, bodies in PEOPLE.items():
        sit(work, name, [keys[body] for body in bodies], "Mitglied")
    sit(work, "Gerd Holz", [keys[BAU], keys[KULTUR]], "Schriftführer")


def sit(
    work: Work,
    name: str,
    bodies: list[int],
    role: str,
    first: date | None = None,
    last: date | None = None,
) -> None:
    """A new person in some bodies."""
    given, family = name.split()
    person = Person(given_name=given, family_name=family, locks=[], categories=[], extra={})
    work.session.add(person)
    work.session.flush()
    for body in bodies:
        row = Membership(person_id=person.id, organization_id=body, role=role, voting_right=True, extra={})
        row.start_date, row.end_date = first, last
        work.session.add(row)
