"""What is derived from records follows every change of them, whoever they belong to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences, search
from ob_buero_tui.store.calendar import Event, EventOverride
from ob_buero_tui.store.people import Organization, Person
from ob_buero_tui.store.requests import Message, Request
from ob_buero_tui.store.tasks import Note


def found(place: Workplace, word: str) -> list[tuple[str, int]]:
    """The records whose documents contain a word."""
    query = (
        "SELECT type, ref_id FROM search_doc WHERE id IN"
        " (SELECT rowid FROM search_fts WHERE search_fts MATCH ?) ORDER BY type, ref_id"
    )
    with place.reading() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(query, (word,))]  # type: ignore[misc]


def dates(place: Workplace) -> list[str]:
    with place.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT starts_at FROM occurrence ORDER BY starts_at")
        return [row[0] for row in rows]


def writing(place: Workplace, act: Callable[[Connection], Any]) -> Any:
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        return act(connection)


def test_a_request_is_found_by_the_present_name_of_its_requester(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    with transaction(place, "import_mail") as work:
        person = Person(given_name="Erika", family_name="Beispiel")
        body = Organization(name="Turnverein")
        work.session.add_all([person, body])
    key = make_request(requester_id=person.id, organization_id=body.id)
    assert ("request", key) in found(place, "beispiel")
    with transaction(place, "edit_request") as work:
        work.get(Person, person.id).family_name = "Muster"
        work.get(Organization, body.id).name = "Sängerbund"
    assert found(place, "beispiel") == found(place, "turnverein") == []
    assert found(place, "muster") == [("person", person.id), ("request", key)]
    assert found(place, "saengerbund") == [("organization", body.id), ("request", key)]
    undo(place)
    assert found(place, "muster") == found(place, "saengerbund") == []
    assert ("request", key) in found(place, "turnverein")


def test_what_moves_to_another_record_is_found_there_only(
    place: Workplace, make_request: Callable[..., int]
) -> None:
    first, second = make_request(), make_request()
    with transaction(place, "import_mail") as work:
        work.session.add(Message(request_id=first, body="Blaskapelle"))
        work.session.add(Note(request_id=first, text="Feuerwehr", written_by="PS", written_at=work.at))
    with transaction(place, "edit_request") as work:
        work.get(Message, 1).request_id = second
        work.get(Note, 1).request_id = second
    assert found(place, "blaskapelle") == found(place, "feuerwehr") == [("request", second)]
    undo(place)
    assert found(place, "blaskapelle") == found(place, "feuerwehr") == [("request", first)]
    with transaction(place, "edit_request") as work:
        work.session.delete(work.get(Note, 1))
    assert found(place, "feuerwehr") == []


def test_what_lies_in_the_trash_is_not_found(place: Workplace, make_request: Callable[..., int]) -> None:
    key = make_request(subject="Straßenfest")
    assert found(place, "strassenfest") == [("request", key)]
    with transaction(place, "trash") as work:
        work.get(Request, key).trashed_at = work.at
    assert found(place, "strassenfest") == []
    undo(place)
    assert found(place, "strassenfest") == [("request", key)]


def test_a_broken_index_is_noticed_and_rebuilt(place: Workplace, make_request: Callable[..., int]) -> None:
    make_request(subject="Straßenfest")
    assert writing(place, search.sound)
    writing(place, lambda connection: connection.exec_driver_sql("UPDATE search_doc SET folded = 'anderes'"))
    assert not writing(place, search.sound)
    writing(place, search.rebuild)
    assert writing(place, search.sound)
    assert found(place, "strassenfest") == [("request", 1)]


def test_the_dates_of_a_series_follow_its_changed_dates(
    place: Workplace, make_event: Callable[..., int]
) -> None:
    key = make_event(rrule="FREQ=DAILY;COUNT=3")
    assert dates(place) == [f"2026-12-0{day}T09:00:00Z" for day in (1, 2, 3)]
    second = datetime.fromisoformat("2026-12-02T10:00")
    with transaction(place, "test_create_event") as work:
        moved = {"dtstart": second + timedelta(hours=4), "dtend": second + timedelta(hours=5)}
        row = EventOverride(event_id=key, recurrence_id=second, tzid=place.zone, summary="verlegt", **moved)
        work.session.add(row)
    assert dates(place)[1] == "2026-12-02T13:00:00Z"
    with transaction(place, "test_create_event") as work:
        work.get(EventOverride, 1).status = "CANCELLED"
    assert len(dates(place)) == 2
    with transaction(place, "test_create_event") as work:
        work.session.delete(work.get(EventOverride, 1))
    assert dates(place)[1] == "2026-12-02T09:00:00Z"
    for expected in (2, 3, 3):
        undo(place)
        assert len(dates(place)) == expected
    with transaction(place, "trash_event") as work:
        work.get(Event, key).trashed_at = work.at
    assert dates(place) == []


def test_a_rule_that_cannot_be_followed_costs_no_other_event(
    place: Workplace, make_event: Callable[..., int]
) -> None:
    make_event(rrule="FREQ=SECONDLY")
    make_event()
    assert len(dates(place)) == 2
    writing(place, lambda connection: connection.exec_driver_sql("DELETE FROM occurrence_window"))
    writing(place, lambda connection: occurrences.ensure_window(connection, place.today))
    assert len(dates(place)) == 2


@pytest.mark.parametrize(
    ("today", "moves"), [("2026-11-25", False), ("2027-03-01", False), ("2028-11-25", True)]
)
def test_the_window_moves_on_before_it_ends(
    place: Workplace, make_event: Callable[..., int], today: str, moves: bool
) -> None:
    make_event(rrule="FREQ=YEARLY")
    before = dates(place)
    day = date.fromisoformat(today)
    with place.reading() as session:
        assert occurrences.needs_window(session.connection(), day) == moves
    writing(place, lambda connection: occurrences.ensure_window(connection, day))
    assert (dates(place) != before) == moves
    with place.reading() as session:
        assert not occurrences.needs_window(session.connection(), day)
