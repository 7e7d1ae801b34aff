"""An open office on a copy of one template database, a clock that stands still, and rows to work with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Table

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, create_office, open_office
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.requests.numbers import next_serial, number_text, register
from ob_buero_tui.services.work import USE_CASES, Work, use_case
from ob_buero_tui.services.workcalendar import fill_holidays
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting, MeetingOrganization, MeetingStep
from ob_buero_tui.store.people import Organization
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tables import JOURNALED

START = datetime(2026, 11, 25, 8, 42, tzinfo=UTC)
ACCOUNT = "petra.sander"


class Clock:
    """A clock that a test sets; as the office sees it, Wednesday 25.11.2026, 09:42 at first."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Move on, by the arguments of a `timedelta`."""
        self.now += timedelta(**by)


if "test_create_request" not in USE_CASES:

    @use_case("test_create_request")
    def create_request(work: Work, values: dict[str, Any]) -> int:
        """Create a request with a number, as an import does, one at a time."""
        serial = next_serial(work, work.today.year)
        given = {"subject": "Grußwort zum Jubiläum", "received_at": work.at, "fields": {}, "intake_notes": []}
        request = Request(number=number_text(work.today.year, serial), **(given | values))
        work.session.add(request)
        work.session.flush()
        register(work, work.today.year, {serial: request.id})
        work.tell(table="request", ids=[request.id])
        return request.id

    @use_case("test_create_event")
    def create_event(work: Work, values: dict[str, Any]) -> int:
        """Create an appointment."""
        given: dict[str, Any] = {
            "uid": f"{work.action_id}@buero.example.org",
            "summary": "Empfang im Rathaus",
            "dtstart": datetime.fromisoformat("2026-12-01T10:00"),
            "dtend": datetime.fromisoformat("2026-12-01T11:00"),
            "tzid": work.place.zone,
        } | values
        starts, ends = (to_utc(given[key], given["tzid"], 0) for key in ("dtstart", "dtend"))
        event = Event(starts_at=starts, ends_at=ends, **given)
        work.session.add(event)
        work.session.flush()
        work.tell(table="event", ids=[event.id])
        return event.id

    @use_case("test_create_meeting")
    def create_meeting(work: Work, values: dict[str, Any]) -> int:
        """Create a session: `body` names the leading one, `seats` are keys of others, `steps` are ticked."""
        body, seats, steps = (values.pop(key, None) for key in ("body", "seats", "steps"))
        given = {"name": "Stadtrat", "start": datetime.fromisoformat("2026-12-10T17:00"), "extra": {}}
        meeting = Meeting(**(given | values))
        work.session.add(meeting)
        leading = Organization(name=body, extra={}, categories=[]) if isinstance(body, str) else None
        work.session.add_all([leading] if leading else [])
        work.session.flush()
        sitting = [leading.id if leading else body, *(seats or ())]
        for position, key in enumerate(key for key in sitting if key is not None):
            row = MeetingOrganization(meeting_id=meeting.id, organization_id=key, position=position)
            work.session.add(row)
        for step in steps or ():
            row_of_step = MeetingStep(meeting_id=meeting.id, kind=step, done_on=work.today, done_by="PS")
            work.session.add(row_of_step)
        work.session.flush()
        work.tell(table="meeting", ids=[meeting.id])
        return meeting.id


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The catalog that comes with the product."""
    return load_catalog()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """A database with one desk, the public holidays and a filled window of occurrences."""
    path = tmp_path_factory.mktemp("vorlage") / "buero.sqlite"
    create_office(path, Settings())
    office = open_office(path, Settings(), catalog=catalog, clock=Clock(), account=ACCOUNT)
    fill_holidays(office.place)
    with office.place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        occurrences.ensure_window(connection, office.place.today)
    office.close()
    return path


@pytest.fixture
def clock() -> Clock:
    """The clock of the test's office."""
    return Clock()


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """A fresh copy of the template, not opened."""
    folder = tmp_path / "büro"
    folder.mkdir(mode=0o700)
    return Path(shutil.copy2(template, folder / "buero.sqlite"))


@pytest.fixture
def open_desk(database: Path, catalog: Catalog, clock: Clock) -> Iterator[Callable[[str], Office]]:
    """Opens the test's database for another account; all are closed afterwards."""
    opened: list[Office] = []

    def open_for(account: str) -> Office:
        opened.append(open_office(database, Settings(), catalog=catalog, clock=clock, account=account))
        return opened[-1]

    yield open_for
    for office in opened:
        office.close()


@pytest.fixture
def office(open_desk: Callable[[str], Office]) -> Office:
    """An open office with the desk of Petra Sander (PS)."""
    return open_desk(ACCOUNT)


@pytest.fixture
def place(office: Office) -> Workplace:
    """The desk that acts in a test."""
    return office.place


@pytest.fixture
def other_place(open_desk: Callable[[str], Office], place: Workplace) -> Workplace:
    """A second desk at the same office, Karl Lorenz (KL)."""
    return open_desk("karl.lorenz").place


@pytest.fixture
def make_request(place: Workplace) -> Callable[..., int]:
    """Creates a request with these column values and returns its key."""
    return lambda **values: USE_CASES["test_create_request"].run(place, values)


@pytest.fixture
def make_event(place: Workplace) -> Callable[..., int]:
    """Creates an appointment with these column values and returns its key."""
    return lambda **values: USE_CASES["test_create_event"].run(place, values)


@pytest.fixture
def make_meeting(place: Workplace) -> Callable[..., int]:
    """Creates a session with these column values, its bodies and ticked steps, and returns its key."""
    return lambda **values: USE_CASES["test_create_meeting"].run(place, values)


def contents(place: Workplace) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the journaled tables as the database stores them, without their versions."""
    with place.reading() as session:
        # Past SQLAlchemy: some tests read all of it hundreds of times.
        cursor = session.connection().connection.cursor()
        return {name: cursor.execute(query).fetchall() for name, query in _EVERYTHING.items()}


def _all_of(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns if column.name != "version")
    return f'SELECT {columns} FROM "{table.name}" ORDER BY id'  # noqa: S608 our own tables


_EVERYTHING: Final = {name: _all_of(table) for name, table in JOURNALED.items()}


@pytest.fixture
def dump() -> Callable[[Workplace], dict[str, list[tuple[Any, ...]]]]:
    """What `contents` does, for tests that compare two states."""
    return contents
