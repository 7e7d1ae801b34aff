"""People and memberships for tests of bodies."""

from __future__ import annotations

from typing import Any

from council_kit import write

from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Person


def person(place: Workplace, family: str, **values: Any) -> int:
    """A person called Kim."""
    given = {"given_name": "Kim", "locks": [], "categories": [], "extra": {}} | values

    def fill(work: Any) -> Person:
        row = Person(family_name=family, **given)
        work.session.add(row)
        return row

    return int(write(place, fill).id)


def member(place: Workplace, body: int, who: int, role: str = "Mitglied", **values: Any) -> int:
    """A place in a body, as an import writes it."""

    def fill(work: Any) -> Membership:
        row = Membership(organization_id=body, person_id=who, role=role, extra={}, **values)
        work.session.add(row)
        return row

    return int(write(place, fill).id)
