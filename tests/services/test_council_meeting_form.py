"""The form of a session: names of bodies and people, days and times, and what nobody touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from council_kit import add_body, write

from ob_buero_tui.services.council.changing import meeting_values
from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.council.meeting_form import (
    ReadMeeting,
    bodies_like,
    form_text,
    read_form,
    usual_text,
)
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.people import Person

START = datetime.fromisoformat("2026-12-10T17:00:30")


def read(place: Workplace, typed: dict[str, str], **more: Any) -> ReadMeeting:
    """What a form says."""
    return read_form(place, typed, office_calendar(place), **more)


def add_person(place: Workplace, given_name: str, family_name: str) -> int:
    """Somebody in the address book."""

    def fill(work: Any) -> Person:
        row = Person(given_name=given_name, family_name=family_name, extra={})
        work.session.add(row)
        return row

    return int(write(place, fill).id)


def test_bodies_are_named_with_commas_also_where_a_name_has_one(place: Workplace) -> None:
    council = add_body(place, "Stadtrat", short_name="Rat", organization_type="Gremium")
    works = add_body(place, "Ausschuss für Bau, Umwelt und Verkehr", organization_type="Gremium")
    add_body(place, "Ratsfraktion", organization_type="Fraktion")
    typed = form_text(place, None) | {"day": "10.12.2026", "start": "17:00"}
    found = read(place, typed | {"bodies": "Ausschuss für Bau, Umwelt und Verkehr, rat"}).meeting
    assert found is not None
    assert found.organization_ids == (works, council)
    assert [key for key, *_ in bodies_like(place, "bau")] == [works]
    wrong = read(place, typed | {"bodies": "Rat, Kreistag"})
    assert wrong.meeting is None
    assert [(one.name, one.grave) for one in wrong.problems] == [("bodies", True)]
    assert "Kreistag" in wrong.problems[0].text


def test_a_whole_form_is_understood(place: Workplace) -> None:
    body = add_body(place, "Stadtrat", organization_type="Gremium")
    chair = add_person(place, "Erika", "Beispiel")
    typed = form_text(place, None, [body]) | {
        "day": "10.12.2026",
        "start": "17 Uhr",
        "end": "0:30",
        "chair": "Beispiel",
        "room": " Ratssaal ",
        "confidentiality": "intern",
    }
    found = read(place, typed).meeting
    assert found is not None
    assert (found.start.isoformat(), found.end) == ("2026-12-10T17:00:00", datetime(2026, 12, 11, 0, 30))  # noqa: DTZ001 wall time
    assert (found.chair_id, found.clerk_id, found.room) == (chair, None, "Ratssaal")
    assert found.confidentiality == "intern"


def test_all_that_is_wrong_is_said_at_once_and_a_past_day_only_doubted(place: Workplace) -> None:
    add_body(place, "Stadtrat", organization_type="Gremium")
    empty = form_text(place, None)
    found = read(place, empty | {"day": "32.1.", "start": "abends", "chair": "Niemand"})
    assert [one.name for one in found.problems] == ["bodies", "day", "start", "chair"]
    past = read(place, empty | {"bodies": "Stadtrat", "day": "1.10.2026", "start": "17:00"})
    assert past.meeting is not None
    assert [(one.name, one.grave) for one in past.problems] == [("day", False)]


@pytest.mark.parametrize("name", ["room", "chair", "note"])
def test_what_nobody_touched_stays_as_it_is_stored(place: Workplace, name: str) -> None:
    body = add_body(place, "Stadtrat", organization_type="Gremium")
    people = [add_person(place, "Erika", "Beispiel") for _ in range(2)]  # namesakes
    new = NewMeeting(
        organization_ids=(body,), start=START, end=START + timedelta(hours=2), clerk_id=people[1]
    )
    before = meeting_values(place, new_meeting(place, new).ids[0])
    assert before is not None
    began = form_text(place, before)
    typed = began | {name: {"room": "Aula", "chair": "", "note": "neu"}[name]}
    found = read(place, typed, before=before, began=began).meeting
    assert found is not None
    assert (found.start, found.end, found.organization_ids) == (
        before.start,
        before.end,
        before.organization_ids,
    )


def test_a_new_session_begins_as_the_last_one_of_its_body_did(place: Workplace) -> None:
    rat, bau = (add_body(place, name, organization_type="Gremium") for name in ("Stadtrat", "Bauausschuss"))
    for day, hour, room in ((3, 16, "Aula"), (10, 17, "Ratssaal")):
        start = START.replace(day=day, hour=hour, second=0)
        new = NewMeeting(organization_ids=(rat, bau), start=start, end=start + timedelta(hours=2), room=room)
        new_meeting(place, new)
    assert usual_text(place, "Stadtrat, Bau") == {"start": "17:00", "end": "19:00", "room": "Ratssaal"}
    assert usual_text(place, "Bauausschuss") == {}, "it led none"
    assert usual_text(place, "Kreistag") == {}


def test_a_past_session_is_changed_without_a_doubt_about_its_day(place: Workplace) -> None:
    body = add_body(place, "Stadtrat", organization_type="Gremium")
    new = NewMeeting(organization_ids=(body,), start=START.replace(month=10))
    before = meeting_values(place, new_meeting(place, new).ids[0])
    began = form_text(place, before)
    found = read(place, began | {"note": "nachgetragen"}, before=before, began=began)
    assert (found.problems, found.meeting is not None) == ((), True)
