"""New sessions with their appointments, and who leads the agenda of one."""

from __future__ import annotations

from datetime import datetime

import pytest
from council_kit import add_body, write

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.council.leading import ensure_ours, set_led_by
from ob_buero_tui.services.council.making import NewMeeting, create_meetings, new_meeting
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.rooms import room_choices
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Location, Meeting
from office_fixtures import contents

START = datetime.fromisoformat("2026-12-10T17:00")


def event_of(place: Workplace, key: int) -> Event:
    """The appointment of a session."""
    with place.reading() as session:
        row = session.get(Meeting, key)
        assert row is not None
        found = session.get(Event, row.event_id)
        assert found is not None
        return found


def test_a_new_session_stands_in_the_calendar_with_its_room_and_goes_with_undo(place: Workplace) -> None:
    body = add_body(place, "Stadtrat", short_name="Rat")
    other = add_body(place, "Hauptausschuss")
    start = contents(place)
    new = NewMeeting(
        organization_ids=(body, other),
        start=START,
        name="Haushaltsklausur",
        room="Ratssaal",
        confidentiality=Confidentiality.INTERN,
    )
    done = new_meeting(place, new)
    view = meeting(place, done.ids[0])
    assert done.text == "„Rat“ am Do 10.12.2026 angelegt"
    assert (view.row.organization, view.row.name, view.row.state) == ("Rat", "Haushaltsklausur", "terminiert")
    assert view.organizations == ("Stadtrat", "Hauptausschuss")
    assert view.row.place == "Ratssaal"
    assert len(view.row.deadlines) == 6
    event = event_of(place, done.ids[0])
    assert (event.summary, event.location) == ("Rat: Haushaltsklausur", "Ratssaal")
    assert (event.dtstart, event.calendar, event.kind) == (START, "rat", "sitzung")
    assert event.confidentiality == "intern"
    end = contents(place)
    undo(place)
    assert contents(place) == start
    redo(place)
    assert contents(place) == end
    assert recent_actions(place)[0].text.endswith("angelegt")


def test_a_known_room_is_found_again(place: Workplace) -> None:
    def fill(work: object) -> None:
        work.session.add(Location(room="Ratssaal", description="Rathaus", extra={}))  # type: ignore[attr-defined]

    write(place, fill)
    body = add_body(place, "Stadtrat")
    for day, typed in enumerate(("Ratssaal", "ratssaal, rathaus", "RATSSAAL"), start=1):
        new_meeting(place, NewMeeting(organization_ids=(body,), start=START.replace(day=day), room=typed))
    with place.reading() as session:
        assert session.query(Location).count() == 1
    assert room_choices(place) == ("Ratssaal, Rathaus",)


def test_many_sessions_are_made_at_once_each_with_an_appointment_of_its_own(place: Workplace) -> None:
    body = add_body(place, "Stadtrat")
    new = [NewMeeting(organization_ids=(body,), start=START.replace(day=day)) for day in range(1, 8)]
    made = write(place, lambda work: create_meetings(work, new))
    events = {event_of(place, row.id).uid for row in made}
    assert len(events) == 7
    assert [row.start.day for row in made] == list(range(1, 8))


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"organization_ids": ()}, "Die Sitzung braucht ein Gremium."),
        ({"end": START}, "Das Ende liegt nicht nach dem Beginn."),
        ({"confidentiality": Confidentiality.PERSOENLICH}, "Eine Sitzung kann nicht persönlich sein."),
        ({}, "Diese Sitzung gibt es schon."),
        ({"organization_ids": (4711,)}, "Das ist nicht mehr möglich."),
    ],
)
def test_what_cannot_be_a_session_is_refused(place: Workplace, values: dict[str, object], what: str) -> None:
    body = add_body(place, "Stadtrat")
    new_meeting(place, NewMeeting(organization_ids=(body,), start=START))
    with pytest.raises(Refusal) as refused:
        new_meeting(place, NewMeeting(**{"organization_ids": (body,), "start": START} | values))  # type: ignore[arg-type]
    assert refused.value.what == what


def test_who_leads_the_agenda_is_laid_down_per_body(place: Workplace) -> None:
    ours, theirs = (
        add_body(place, "Beirat"),
        add_body(place, "Stadtrat", oparl_id="https://ris.example.org/1"),
    )

    def ours_to_edit(body: int) -> bool:
        with place.reading() as session:
            key = session.query(Meeting.id).filter(Meeting.name == str(body)).scalar()
        try:
            write(place, lambda work: ensure_ours(work, work.get(Meeting, key)))
        except Refusal as refusal:
            return "Ratsinformationssystem" not in refusal.what
        return True

    for body in (ours, theirs):
        new_meeting(place, NewMeeting(organization_ids=(body,), start=START, name=str(body)))
    assert (ours_to_edit(ours), ours_to_edit(theirs)) == (True, False)
    set_led_by(place, ours, "ris")
    done = set_led_by(place, theirs, "wir")
    assert done.text == "Stadtrat: Tagesordnungen und Vorlagen führt das Büro"
    assert (ours_to_edit(ours), ours_to_edit(theirs)) == (False, True)
    undo(place)
    assert ours_to_edit(theirs) is False
    assert recent_actions(place)
