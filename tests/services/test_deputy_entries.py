"""The entry that a deputy gets beside the mayor's own: as confidential, and all that was arranged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ausfall_kit import begun, event_at
from sqlalchemy import select

from calendars_kit import Outlook, vevent
from calendars_kit import outlook as outlook
from ob_buero_tui.catalog.leading import Leader
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.deputizing import deputize_event
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event

Make = Callable[..., int]
WEEKLY = "FREQ=WEEKLY;COUNT=6"


def series(make_event: Make, title: str = "Runde", **values: object) -> int:
    return event_at(make_event, "2026-12-01T10:00", "2026-12-01T11:00", title, rrule=WEEKLY, **values)


def entries(place: Workplace, calendar: str = "bm1") -> list[Event]:
    with place.reading() as session:
        return list(session.scalars(select(Event).where(Event.calendar == calendar).order_by(Event.id)))


def test_it_is_as_confidential_as_the_date(place: Workplace, make_event: Make) -> None:
    key = f"{series(make_event)}@2026-12-08T10:00"
    form = form_of(place, key)
    change_event(place, replace(form, summary="Kündigung", confidentiality=Confidentiality.VERTRAULICH))
    deputize_event(place, key, "bm1")
    assert entries(place)[0].confidentiality == "vertraulich"
    shown = day(place, date(2026, 12, 8), Audience.DEPUTY).events
    assert "Kündigung" not in [one.summary for one in shown]


def test_what_is_personal_keeps_its_owner(place: Workplace, make_event: Make) -> None:
    key = f"{series(make_event)}@2026-12-08T10:00"
    form = form_of(place, key)
    change_event(place, replace(form, confidentiality=Confidentiality.PERSOENLICH))
    deputize_event(place, key, "bm1")
    made = entries(place)[0]
    assert (made.confidentiality, made.owner) == ("persoenlich", place.desk.account)


def test_a_deputys_calendar_that_outlook_leads(place: Workplace, make_event: Make) -> None:
    calendars = dict(place.catalog.calendars)
    calendars["bm1"] = replace(
        calendars["bm1"], leads=Leader.OUTLOOK, source="x.ics", address="a@example.org"
    )
    led = replace(place, catalog=replace(place.catalog, calendars=calendars))
    key = series(make_event)
    deputize_event(led, f"{key}@2026-12-08T10:00", "bm1")
    assert entries(led)[0].pending_since is not None
    undo(led)
    assert entries(led) == []


def test_an_absence_in_a_calendar_that_outlook_leads(outlook: Outlook) -> None:
    outlook.writes(vevent("a", "20261126T100000"))
    outlook.reread(minutes=1)
    begun(outlook.place)
    assert outlook.one("Krank").pending_since is not None
    undo(outlook.place)
    assert [one.summary for one in outlook.events()] == ["Termin a"]
