"""An erasure that is killed: where it is taken, and what must be so at the next start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from erasing_kit import FAMILY, TRACES, bytes_left, leave_traces
from sqlalchemy import select

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, create_office, open_office
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.erasing.erasing import erase
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.work import USE_CASES
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.retention import Erasure
from office_fixtures import ACCOUNT, Clock

LATER = datetime.fromisoformat("2035-02-01T08:42:00+00:00")


@cache
def _catalog() -> Catalog:
    return load_catalog()


def database_in(folder: Path) -> Path:
    """Where the office of a folder is."""
    return folder / "büro" / "buero.sqlite"


def opened(folder: Path, clock: Clock | None = None) -> Office:
    """The office of a folder as a start opens it."""
    database = database_in(folder)
    settings = Settings(drop_folder=database.parent / "eingangskorb")
    clock = clock or Clock(LATER)
    return open_office(database, settings, catalog=_catalog(), clock=clock, account=ACCOUNT)


def furnish(folder: Path) -> None:
    """An office in which a person has left traces, and time has passed."""
    create_office(database_in(folder), Settings())
    clock = Clock()
    office = opened(folder, clock)
    place = office.place

    def making(verb: str) -> Callable[..., int]:
        run = USE_CASES[verb].run
        return lambda **values: run(place, values)

    making_request, making_event = making("test_create_request"), making("test_create_event")
    leave_traces(place, clock, making_request, making_event, database_in(folder).parent)
    office.close()


def take(folder: Path) -> None:
    """Erase the person with everything that names it."""
    office = opened(folder)
    with office.place.reading() as session:
        person = session.scalars(select(Person.id)).one()
    found = find_person(office.place, person)
    chosen = [hit.key for hit in found.asked]
    erase(office.place, found, chosen=chosen, files=[one.digest for one in found.files], typed=FAMILY)
    office.close()


def finding(folder: Path) -> str:
    """What the next start leaves that is neither untouched nor erased to the last byte; nothing if sound."""
    office = opened(folder)
    try:
        with office.place.reading() as session:
            erased = bool(session.scalars(select(Erasure.id)).all())
            named = [one for one in session.scalars(select(Person.family_name)) if one]
        report = check_database(database_in(folder), office.place)
    finally:
        office.close()
    wrong = "" if report.sound else " ".join(report.lines)
    left = bytes_left(database_in(folder).parent, TRACES)
    if erased and (named or left):
        return f"{wrong} half erased: {left or named}"
    if not erased and (named != [FAMILY] or len(left) < 4):
        return f"{wrong} neither untouched nor erased: {sorted(left)}, {named}"
    if not erased:
        take(folder)
        return wrong or (f"{left}" if (left := bytes_left(database_in(folder).parent, TRACES)) else "")
    return wrong
