"""What an appointment of the office holds, what follows when it moves, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.event_line import parse_event_line
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.calendar.adding import add_event
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.forms import EventForm, PersonEntry, form_of, new_form
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.requests.accepting import accept, propose
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.tasks import Task
from office_fixtures import Clock

Make = Callable[..., int]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def form(**values: Any) -> EventForm:
    given = {"start": at("2027-01-21T14:00"), "end": at("2027-01-21T15:00"), "summary": "Runde"}
    return EventForm(**(given | values))


def event(place: Workplace, key: int) -> Event:
    with place.reading() as session:
        found = session.get(Event, key)
        assert found is not None
        return found


def typed(place: Workplace, text: str) -> EventForm:
    cursor = at("2026-11-26T14:00")
    return new_form(place, parse_event_line(text, place.now, cursor, office_calendar(place)), cursor)


def test_the_kind_of_a_line_brings_length_level_and_the_place_its_travel(place: Workplace) -> None:
    found = typed(place, "do 14 Uhr Bürgergespräch, Stadthalle")
    assert (found.kind, found.confidentiality) == ("buergergespraech", Confidentiality.VERTRAULICH)
    assert found.end == at("2026-11-26T14:15")
    assert (found.travel_before_min, found.travel_after_min) == (10, 10)
    assert typed(place, "do 14-16 Uhr Bürgergespräch").end == at("2026-11-26T16:00")


def test_all_that_is_said_is_kept(place: Workplace) -> None:
    told = form(
        kind="richtfest", location="Hafenstr. 3", driver="Kurt Weber", car="Wagen 1", room="Ratssaal",
        dress="festlich", gift="Bildband", speech_min=5, press="Lokalzeitung", host="dritte",
        organizer="Bauverein", contact_name="Erika Beispiel", contact_phone="0123 456", important=True,
        people=(PersonEntry(name="Karl Neu", part="begleitung"),),
        confidentiality=Confidentiality.VERTRAULICH,
    )  # fmt: skip
    key = add_event(place, told).ids[0]
    kept = form_of(place, str(key))
    assert replace(kept, event_id=None, version=0) == told
    with place.reading() as session:
        assert session.scalar(select(Task.id).where(Task.event_id == key)) is not None, "preparation is made"


def test_moving_counts_the_preparation_anew_and_remembers_where_it_was(place: Workplace) -> None:
    key = add_event(place, form(kind="richtfest")).ids[0]

    def days() -> list[Any]:
        with place.reading() as session:
            return list(session.scalars(select(Task.due_on).where(Task.event_id == key).order_by(Task.id)))

    before = days()
    text = move_event(place, str(key), at("2027-02-18T23:30"), at("2027-02-19T00:30")).text
    assert "Aufgaben neu gerechnet" in text
    assert all(new > old for old, new in zip(before, days(), strict=True))
    found = event(place, key)
    assert (found.moved_from, found.sequence) == (at("2027-01-21T14:00"), 1)
    assert "verschoben von Do 21.01. 14:00 auf Do 18.02. 23:30" in recent_actions(place)[0].text


def test_the_request_follows_its_appointment(place: Workplace, make_request: Make) -> None:
    start = at("2027-01-21T14:00")
    key = make_request(kind="schirmherrschaft", subject="Lauf", event_start=start)
    accept(place, [propose(place, key).plan])
    with place.reading() as session:
        linked = session.scalars(select(Event)).one()
    move_event(place, str(linked.id), at("2027-01-22T10:00"), at("2027-01-22T11:00"))
    with place.reading() as session:
        request = session.get_one(Request, key)
    assert (request.event_start, request.event_end) == (at("2027-01-22T10:00"), at("2027-01-22T11:00"))
    assert request.state == "zugesagt"


def test_half_past_two_that_does_not_exist_is_told(place: Workplace, clock: Clock) -> None:
    done = add_event(place, form(start=at("2027-03-28T02:30"), end=at("2027-03-28T03:30")))
    assert done.text.endswith("02:30 Uhr gibt es am So 28.03.2027 nicht (Sommerzeit), es gilt 03:30 Uhr")
    found = event(place, done.ids[0])
    assert (found.dtstart, found.dtend) == (at("2027-03-28T03:30"), at("2027-03-28T04:30"))
    moved = move_event(place, str(done.ids[0]), at("2027-03-28T02:15"), at("2027-03-28T03:15"))
    assert "verschoben auf So 28.03.2027 03:15, 02:15 Uhr gibt es am So 28.03.2027 nicht" in moved.text
    assert "auf So 28.03. 03:15" in recent_actions(place)[0].text
    again = move_event(place, str(done.ids[0]), at("2027-03-28T02:15"), at("2027-03-28T03:15"))
    assert ": unverändert, 02:15 Uhr gibt es" in again.text


@pytest.mark.parametrize(
    ("fold", "utc"), [(0, "2027-10-31T00:30:00+00:00"), (1, "2027-10-31T01:30:00+00:00")]
)
def test_the_doubled_hour_is_told_apart(place: Workplace, fold: int, utc: str) -> None:
    start = at("2027-10-31T02:30").replace(fold=fold)
    key = add_event(place, form(start=start, end=at("2027-10-31T03:30"))).ids[0]
    assert event(place, key).starts_at == at(utc)
    assert form_of(place, str(key)).start.fold == fold


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"summary": " "}, "Es fehlt, worum es geht."),
        ({"end": at("2027-01-21T13:00")}, "Das Ende liegt nicht nach dem Beginn."),
        ({"calendar": "mond"}, "Den Kalender „mond“ gibt es nicht."),
        ({"rrule": "FREQ=DAILY;UNTIL=20200101T000000Z"}, "Sie ergibt keinen einzigen Termin."),
        ({"travel_before_min": 721}, "Die Fahrzeit liegt nicht zwischen 0 und 720 Minuten."),
    ],
)
def test_what_is_no_appointment_is_refused(place: Workplace, values: dict[str, Any], why: str) -> None:
    with pytest.raises(Refusal) as refused:
        add_event(place, form(**values))
    assert refused.value.why == why


def test_what_is_personal_elsewhere_is_neither_read_nor_moved(
    place: Workplace, other_place: Workplace
) -> None:
    key = add_event(place, form(confidentiality=Confidentiality.PERSOENLICH)).ids[0]
    for step in (
        lambda: form_of(other_place, str(key)),
        lambda: move_event(other_place, str(key), at("2027-01-22T14:00"), at("2027-01-22T15:00")),
    ):
        with pytest.raises(Refusal, match="persönlich"):
            step()


def test_a_session_is_changed_where_it_is_led(place: Workplace, make_event: Make, make_meeting: Make) -> None:
    key = make_event(calendar="rat")
    make_meeting(event_id=key, body="Stadtrat")
    with pytest.raises(Refusal, match="Ratsinformationssystem"):
        move_event(place, str(key), at("2026-12-02T10:00"), at("2026-12-02T11:00"))


def test_saving_what_is_as_it_was_leaves_no_step(place: Workplace, make_event: Make) -> None:
    key = make_event()
    before = len(recent_actions(place))
    assert change_event(place, form_of(place, str(key)), Scope.DIESER).text.endswith("nichts geändert")
    assert len(recent_actions(place)) == before


def test_confirming_by_the_form_makes_the_preparation(place: Workplace) -> None:
    key = add_event(place, form(kind="richtfest", status=EventStatus.TENTATIVE)).ids[0]
    done = change_event(place, replace(form_of(place, str(key)), status=EventStatus.CONFIRMED))
    assert "Aufgaben" in done.text
