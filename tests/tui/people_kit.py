"""What the tests of the Personen screen share: three people and a club, and the way there."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from app_kit import Desk

from ob_buero_tui.services.people.editing import create_contact
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Membership, Organization
from ob_buero_tui.tui.screens.people import PeopleScreen


def add(place: Workplace, family: str, given: str = "", **values: str) -> int:
    """A person."""
    return create_contact(place, "person", {"family_name": family, "given_name": given} | values).ids[0]


def three_people(place: Workplace) -> SimpleNamespace:
    """Three people, two of them doubles, and a club to which the first belongs."""
    anna = add(
        place,
        "Ährenfeld",
        "Anna",
        form_of_address="Frau",
        job_title="Vorsitzende",
        tel="0555 4711",
        street_address="Marktplatz 1",
        postal_code="59990",
        locality="Lindenau",
    )
    first = add(place, "Beispiel", "Karl", email="karl@example.org")
    second = add(place, "Beispiel", "Karl", email="karl@example.org", tel="0555 99")
    with transaction(place, "note") as work:
        club = Organization(name="Turnverein Süd", classification="Verein", source="Büro")
        work.session.add(club)
        work.session.flush()
        work.session.add(
            Membership(person_id=anna, organization_id=club.id, role="Vorsitz", start_date=date(2020, 1, 1))
        )
    return SimpleNamespace(anna=anna, first=first, second=second, club=club.id)


async def at_people(desk: Desk) -> PeopleScreen:
    """Go to the Personen."""
    await desk.press("f6")
    return await desk.opened(PeopleScreen)


def ids(screen: PeopleScreen) -> list[int]:
    """The listed keys."""
    return list(screen.list.ids)


async def run(desk: Desk, name: str) -> None:
    """Run a command from the palette."""
    await desk.press("ctrl+p")
    await desk.type(name)
    await desk.press("enter")
