"""Sessions that are changed, postponed, cancelled and take place after all; the calendar follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from council_kit import add_body, add_item, write
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.council.changing import edit_meeting, meeting_values
from ob_buero_tui.services.council.ladungsfrist import shorten_ladungsfrist
from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.services.council.move_reading import MeetingMover
from ob_buero_tui.services.council.postponing import cancel_meeting, postpone_meeting, reinstate_meeting
from ob_buero_tui.services.council.verbs import tick_step
from ob_buero_tui.services.undo import redo, undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.council import Meeting
from office_fixtures import contents

START = datetime.fromisoformat("2026-12-10T17:00")
WEEK = timedelta(days=7)


def make(place: Workplace, *bodies: int, **values: Any) -> int:
    """A session."""
    start = values.pop("start", START)
    new = NewMeeting(organization_ids=bodies or (add_body(place, "Stadtrat"),), start=start, **values)
    return new_meeting(place, new).ids[0]


def stored_of(place: Workplace, key: int) -> tuple[Meeting, Event]:
    """A session and its appointment as they are stored."""
    with place.reading() as session:
        row = session.scalars(select(Meeting).where(Meeting.id == key)).one()
        return row, session.scalars(select(Event).where(Event.id == row.event_id)).one()


def values_of(place: Workplace, key: int) -> NewMeeting:
    """What the form of a session begins with."""
    found = meeting_values(place, key)
    assert found is not None
    return found


def test_only_what_differs_is_changed_and_the_appointment_follows(place: Workplace) -> None:
    rat, ausschuss = add_body(place, "Stadtrat"), add_body(place, "Hauptausschuss", short_name="HA")
    key = make(place, rat, room="Ratssaal")
    before = values_of(place, key)
    start = contents(place)
    edit_meeting(
        place, key, before, replace(before, organization_ids=(ausschuss, rat), room="Sitzungsraum 2")
    )
    view = meeting(place, key)
    assert view.organizations == ("Hauptausschuss", "Stadtrat")
    assert (view.row.organization, view.row.place) == ("HA", "Sitzungsraum 2")
    _, event = stored_of(place, key)
    assert (event.summary, event.location, event.dtstart) == ("Hauptausschuss", "Sitzungsraum 2", START)
    assert meeting(place, key).history[-1].text == "geändert: Gremien und Raum"
    end = contents(place)
    undo(place)
    assert contents(place) == start
    redo(place)
    assert contents(place) == end


def test_two_desks_on_different_parts_both_count_and_on_the_same_the_second_is_told(
    place: Workplace, other_place: Workplace
) -> None:
    key = make(place, room="Ratssaal")
    before = values_of(place, key)
    edit_meeting(other_place, key, before, replace(before, room="Aula"))
    edit_meeting(place, key, before, replace(before, name="Haushaltsklausur"))
    assert (values_of(place, key).room, values_of(place, key).name) == ("Aula", "Haushaltsklausur")
    with pytest.raises(Refusal) as refused:
        edit_meeting(place, key, before, replace(before, room="Turnhalle"))
    assert "Raum" in refused.value.why
    assert values_of(place, key).room == "Aula"


def test_a_stricter_session_makes_its_appointment_stricter_and_open_again(place: Workplace) -> None:
    key = make(place)
    before = values_of(place, key)
    strict = replace(before, confidentiality=Confidentiality.VERTRAULICH)
    edit_meeting(place, key, before, strict)
    assert stored_of(place, key)[1].confidentiality == "vertraulich"
    edit_meeting(place, key, strict, before)
    assert stored_of(place, key)[1].confidentiality == "oeffentlich"


def test_what_the_office_made_stricter_in_the_calendar_stays_so(place: Workplace) -> None:
    key = make(place)
    event_id = stored_of(place, key)[1].id

    def hide(work: Any) -> None:
        work.get(Event, event_id).confidentiality = "vertraulich"

    write(place, hide)
    before = values_of(place, key)
    edit_meeting(place, key, before, replace(before, confidentiality=Confidentiality.INTERN))
    assert stored_of(place, key)[1].confidentiality == "vertraulich"


def test_a_postponed_session_keeps_its_old_date_and_its_papers(place: Workplace) -> None:
    key = make(place, end=START + timedelta(hours=3))
    add_item(place, key, 0, "Haushalt", public=True, paper={"name": "Haushalt", "reference": "BV 1"})
    tick_step(place, [key], "versand")
    tick_step(place, [key], "antragsschluss")
    start = contents(place)
    done = postpone_meeting(place, key, START + WEEK, "Gutachten fehlt")
    row, event = stored_of(place, key)
    assert (row.moved_from, row.moved_note, row.start) == (START, "Gutachten fehlt", START + WEEK)
    assert row.end == START + WEEK + timedelta(hours=3)
    assert (event.dtstart, event.dtend) == (row.start, row.end)
    assert done.text == (
        "„Stadtrat“ vom Do 10.12. auf Do 17.12.2026, 17:00 Uhr verschoben"
        " · Versand und Bekanntmachung stehen wieder aus"
    )
    view = meeting(place, key)
    assert [one.paper_reference for one in view.agenda] == ["BV 1"]
    assert {one.kind for one in view.row.deadlines if one.done_on} == {"antragsschluss"}
    undo(place)
    assert contents(place) == start


def test_back_to_its_old_date_it_is_postponed_no_more(place: Workplace) -> None:
    key = make(place)
    postpone_meeting(place, key, START + WEEK, "Gutachten fehlt")
    postpone_meeting(place, key, START)
    row, _ = stored_of(place, key)
    assert (row.start, row.moved_from, row.moved_note) == (START, None, "")


def test_a_second_day_remembers_the_first_and_the_way_back(place: Workplace) -> None:
    key = make(place)
    postpone_meeting(place, key, START + WEEK, "Saal gesperrt")
    postpone_meeting(place, key, START + 5 * WEEK)
    row, _ = stored_of(place, key)
    assert (row.moved_from, row.moved_note) == (START, "Saal gesperrt")
    postpone_meeting(place, key, START)
    row, _ = stored_of(place, key)
    assert (row.moved_from, row.moved_note) == (None, "")


def test_a_new_day_ends_a_shortened_ladungsfrist(place: Workplace) -> None:
    """What was urgent for the old day is not so weeks later; the form of the session does the same."""
    body = add_body(place, "Stadtrat", ladungsfrist="th")
    for postponed in (True, False):
        key = make(place, body)
        shorten_ladungsfrist(place, [key], "Dammbruch")
        before = values_of(place, key)
        if postponed:
            chain = MeetingMover(place, meeting(place, key).row, START).chain(START + 10 * WEEK)
            assert not [one for one in chain if "Dammbruch" in one.text]
            done = postpone_meeting(place, key, START + 10 * WEEK)
        else:
            done = edit_meeting(place, key, before, replace(before, start=START + 9 * WEEK))
        assert done.text.endswith(" · die Ladungsfrist gilt wieder ungekürzt")
        assert not [one for one in meeting(place, key).row.deadlines if "Dammbruch" in one.text]


def test_another_day_in_the_form_opens_the_invitation_again(place: Workplace) -> None:
    """Nobody was invited to that day; of a session that is over a wrong entry is only put right."""
    key, past = make(place), make(place, start=START.replace(month=11))
    for one in (key, past):
        write(place, lambda work, one=one: setattr(work.get(Meeting, one), "meeting_state", "eingeladen"))
        before = values_of(place, one)
        done = edit_meeting(place, one, before, replace(before, start=before.start - timedelta(days=2)))
        row, _ = stored_of(place, one)
        expected = (before.start, "terminiert") if one == key else (None, "eingeladen")
        assert (row.moved_from, row.meeting_state) == expected
        assert ("stehen wieder aus" in done.text) is (one == key)
    with pytest.raises(Refusal, match="war schon"):
        cancel_meeting(place, [past])


def test_what_cannot_be_postponed_is_said(place: Workplace) -> None:
    rat = add_body(place, "Stadtrat")
    key, other = make(place, rat), make(place, rat, start=START + WEEK)
    past = make(place, rat, start=START.replace(month=10))
    for wanted, start, what in (
        (key, START, "Die Sitzung bleibt, wo sie ist."),
        (key, START.replace(month=11, day=1), "Dieser Tag ist schon vorbei."),
        (key, START + WEEK, "Diese Sitzung gibt es schon."),
        (past, START + 2 * WEEK, "„Stadtrat“ am Sa 10.10.2026 war schon."),
    ):
        with pytest.raises(Refusal) as refused:
            postpone_meeting(place, wanted, start)
        assert refused.value.what == what
    cancel_meeting(place, [other])
    with pytest.raises(Refusal, match="abgesagt"):
        postpone_meeting(place, other, START + 2 * WEEK)
    postpone_meeting(place, key, START + WEEK)  # the cancelled one stands in nobody's way


def test_a_cancelled_session_tells_the_calendar_and_may_take_place_after_all(place: Workplace) -> None:
    key = make(place)
    start = contents(place)
    done = cancel_meeting(place, [key], "keine Themen")
    row, event = stored_of(place, key)
    assert (row.cancelled, row.cancelled_note, event.status) == (True, "keine Themen", "CANCELLED")
    assert done.text == "„Stadtrat“ am Do 10.12.2026 abgesagt"
    assert meeting(place, key).row.deadlines == ()
    with pytest.raises(Refusal, match="schon abgesagt"):
        cancel_meeting(place, [key])
    reinstate_meeting(place, key)
    row, event = stored_of(place, key)
    assert (row.cancelled, row.cancelled_note, event.status) == (False, "", "CONFIRMED")
    with pytest.raises(Refusal, match="nicht abgesagt"):
        reinstate_meeting(place, key)
    undo(place)
    undo(place)
    assert contents(place) == start


def test_what_a_cancelled_session_was_to_deal_with_waits_again_where_we_lead(place: Workplace) -> None:
    ours, theirs = make(place), make(place, add_body(place, "Rat", oparl_id="https://ris.example.org/1"))
    for key in (ours, theirs):
        add_item(place, key, 0, "Haushalt", public=True, paper={"name": "Haushalt", "reference": "BV 1"})
    done = cancel_meeting(place, [ours, theirs])
    assert done.text == "2 Sitzungen abgesagt · 1 Punkt wieder im Themenspeicher"
