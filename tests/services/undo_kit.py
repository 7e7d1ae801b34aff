"""A furnished office for the undo tests, what is drawn from it, and what must be so after each step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import open_office
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.undo import NothingToUndo
from ob_buero_tui.services.work import USE_CASES, transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import erasure_list, occurrences, search
from ob_buero_tui.store.calendar import EventOverride
from ob_buero_tui.store.documents import Document
from ob_buero_tui.store.journal import REDO, UNDO, Action
from ob_buero_tui.store.people import Membership, Organization, Person
from ob_buero_tui.store.requests import Request, RequestEvent
from ob_buero_tui.store.tasks import Note, Task
from office_fixtures import ACCOUNT, Clock

WORDS = st.sampled_from(["", "Terminkollision", "Äpfel & Straße", "Grußwort\nin zwei Zeilen", "x" * 400])
OTHER = "karl.lorenz"


Arguments = tuple[Any, ...]


class World:
    """What a drawing function may look at: the desk, and one choice after the other.

    Args:
        wild: Whether rows are named that are not there, and texts stay empty.
    """

    def __init__(self, place: Workplace, draw: Callable[[Any], Any], *, wild: bool = True) -> None:
        self.place = place
        self.draw = draw
        self.wild = wild

    def keys(self, table: type) -> list[int]:
        """The keys of the rows there are, and one that is not."""
        with self.place.reading() as session:
            found = list(session.scalars(select(table.id).order_by(table.id)))  # type: ignore[attr-defined]
        return found if found and not self.wild else [*found, 4711]

    def one(self, table: type) -> int:
        """The key of a row."""
        return int(self.draw(st.sampled_from(self.keys(table))))

    def some(self, table: type) -> list[int]:
        """The keys of a marked batch."""
        return list(self.draw(st.lists(st.sampled_from(self.keys(table)), min_size=1, max_size=3)))

    def text(self) -> str:
        """What somebody types."""
        return str(self.draw(WORDS if self.wild else WORDS.filter(bool)))

    def pick(self, *values: Any) -> Any:
        """One of some values."""
        return self.draw(st.sampled_from(values))

    def number(self, highest: int) -> int:
        """A number from 0."""
        return int(self.draw(st.integers(0, highest)))


@pytest.fixture(scope="module")
def furnished(template: Path, tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """An office with a little of everything, furnished by another desk."""
    path = Path(shutil.copy2(template, tmp_path_factory.mktemp("büro") / "buero.sqlite"))
    office = open_office(path, Settings(), catalog=catalog, clock=Clock(), account=OTHER)
    place = office.place
    kinds = sorted(place.catalog.kinds)
    keys = [
        USE_CASES["test_create_request"].run(place, {"subject": f"Nr. {n}", "kind": kinds[n % len(kinds)]})
        for n in range(3)
    ]
    sitting = USE_CASES["test_create_event"].run(place, {"summary": "Stadtrat"})
    USE_CASES["test_create_meeting"].run(
        place, {"body": "Stadtrat", "event_id": sitting, "steps": ["versand"]}
    )
    series = USE_CASES["test_create_event"].run(place, {"rrule": "FREQ=DAILY;COUNT=3"})
    USE_CASES["note"].run(place, keys[:2], "Vermerk")
    with transaction(place, "note") as work:
        add = work.session.add_all
        add([Person(given_name="Erika", family_name="Beispiel"), Organization(name="Turnverein")])
        work.session.flush()
        work.get(Request, keys[0]).requester_id = 1
        work.get(Request, keys[0]).organization_id = 1
        day = work.now.replace(year=2026, month=12, day=2, hour=10, minute=0)
        moved = {"recurrence_id": day, "dtstart": day, "dtend": day + timedelta(hours=2), "tzid": place.zone}
        add([EventOverride(event_id=series, summary="verlegt", **moved)])
        add([RequestEvent(request_id=keys[0], event_id=series)])
        add([Document(request_id=keys[0], kind="antwort", title="Antwort")])
        add([Task(label=f"Aufgabe {n}", request_id=keys[n], due_on=work.today) for n in range(2)])
        add([Membership(person_id=1, organization_id=1, role="Vorsitz")])
    with transaction(place, "note") as work:
        work.session.add(Note(request_id=keys[1], text="gesendet", written_by="KL", written_at=work.at))
        work.get(Request, keys[1]).outcome = "zusage"
        work.left_house("Die Antwort an den Turnverein")
    office.close()
    return path


Opened = Callable[[], AbstractContextManager[Workplace]]


@pytest.fixture(scope="module")
def opened(furnished: Path, catalog: Catalog) -> Iterator[Opened]:
    """Puts a fresh copy of the furnished office in place, and checks it in the end.

    The office stays open between copies: what SQLAlchemy compiled for it is most of the work.
    """
    path = furnished.with_name("probe") / "buero.sqlite"
    path.parent.mkdir()
    shutil.copyfile(furnished, path)
    office = open_office(path, Settings(), catalog=catalog, clock=Clock(), account=ACCOUNT)

    @contextmanager
    def fresh() -> Iterator[Workplace]:
        office.place.engine.dispose()
        erasure_list.list_path(path).unlink(missing_ok=True)
        shutil.copyfile(furnished, path)
        yield office.place
        report = check_database(path, office.place)
        assert report.sound, report.lines

    yield fresh
    office.close()


def derived(connection: Connection) -> tuple[set[Any], set[Any]]:
    """What is derived from the records, without its own keys."""
    documents = "SELECT type, ref_id, title, folded FROM search_doc"
    dates = "SELECT event_id, recurrence_id, override_id, starts_at, ends_at, busy_from, busy_to, long"
    return (
        {tuple(row) for row in connection.exec_driver_sql(documents)},
        {tuple(row) for row in connection.exec_driver_sql(f"{dates} FROM occurrence")},
    )


def refuse_stale_derivations(place: Workplace) -> None:
    """What was kept in step is what a rebuild gives."""
    connection = place.engine.connect().execution_options(writing=True)
    with connection, connection.begin() as begun:
        kept = derived(connection)
        assert search.sound(connection)
        search.rebuild(connection)
        connection.exec_driver_sql("DELETE FROM occurrence_window")
        occurrences.ensure_window(connection, place.today)
        rebuilt = derived(connection)
        begun.rollback()
    for old, new in zip(kept, rebuilt, strict=True):
        assert old == new


def actions(place: Workplace) -> int:
    """How many steps this desk did, undo and redo apart."""
    with place.reading() as session:
        mine = select(Action.id).where(Action.desk_id == place.desk.id, Action.verb.not_in((UNDO, REDO)))
        return len(session.scalars(mine).all())


def repeat(step: Callable[[Workplace], Any], place: Workplace) -> int:
    """Undo or redo until there is nothing left; returns how often."""
    for count in range(1000):
        try:
            step(place)
        except NothingToUndo:
            return count
    raise AssertionError("there is no end to it")
