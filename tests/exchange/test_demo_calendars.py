"""The demo's calendars: the mayor's whole quarter, and those of the three who stand in for her."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from ob_buero_tui.catalog.load import load_catalog
from ob_buero_tui.catalog.representation import calendar_named
from ob_buero_tui.exchange.ics import read_calendar
from ob_buero_tui.exchange.ics_records import EventRecord

DEMO = Path(__file__).parents[2] / "data" / "demo"
DEPUTIES = ("bm1", "bm2", "stadtdirektor")
ABSENT = "Abwesenheit"


@cache
def events(name: str) -> tuple[EventRecord, ...]:
    return read_calendar((DEMO / "calendar" / f"{name}.ics").read_bytes(), "Europe/Berlin").events


def absences(name: str) -> list[EventRecord]:
    return [event for event in events(name) if ABSENT in event.categories and not event.transparent]


def days(event: EventRecord) -> set[date]:
    length = (event.dtend - event.dtstart).days
    return {(event.dtstart + timedelta(days=n)).date() for n in range(length)}


@pytest.mark.parametrize("name", ["ob", *DEPUTIES])
def test_each_file_is_read_whole_and_known_by_its_name(name: str) -> None:
    path = DEMO / "calendar" / f"{name}.ics"
    read = read_calendar(path.read_bytes(), "Europe/Berlin")
    assert not read.skipped
    assert [event.notes for event in read.events if event.notes] == []
    (line,) = (
        one for one in path.read_text(encoding="utf-8").splitlines() if one.startswith("X-WR-CALNAME:")
    )
    catalog = load_catalog()
    assert calendar_named(catalog.calendars, line.partition(":")[2], "anderer-name.ics") == name
    data = path.read_bytes()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(one) for one in data.split(b"\r\n")) <= 75


@pytest.mark.parametrize("name", DEPUTIES)
def test_a_deputy_has_a_life_and_is_away_once(name: str) -> None:
    assert 15 <= len(events(name)) <= 30
    assert len(absences(name)) == 1
    assert absences(name)[0].all_day
    assert any(event.rrule for event in events(name))
    assert any(event.class_ in ("PRIVATE", "CONFIDENTIAL") for event in events(name))


def test_no_event_is_in_two_calendars_at_once() -> None:
    uids = [(name, event.uid) for name in ("ob", *DEPUTIES) for event in events(name)]
    assert len({uid for _, uid in uids}) == len(set(uids))


def test_the_mayor_is_away_before_christmas_and_one_deputy_is_not() -> None:
    away = set().union(*(days(event) for event in absences("ob")))
    before = {date(2026, 12, day) for day in (21, 22, 23)}
    assert before <= away
    assert before <= days(absences("bm1")[0])
    assert not before & days(absences("bm2")[0])
    assert not before & days(absences("stadtdirektor")[0])


def test_nothing_blocks_the_mayor_on_a_day_off() -> None:
    away = set().union(*(days(event) for event in absences("ob")))
    single = [
        event for event in events("ob") if not event.all_day and not event.rrule and not event.transparent
    ]
    assert [
        event.summary for event in single if event.dtstart.date() in away and event.recurrence_id is None
    ] == []


def test_the_quarter_is_lived_in() -> None:
    own = events("ob")
    for month in ("2026-11", "2026-12", "2027-01"):
        assert sum(f"{event.dtstart:%Y-%m}" == month for event in own) >= 45, month
    series = {event.uid for event in own if event.rrule}
    assert len(series) >= 18
    changed = [event for event in own if event.recurrence_id is not None]
    assert {event.uid for event in changed} <= series
    assert any(event.status == "CANCELLED" for event in changed)
    longest = max(
        (event for event in own if not event.all_day), key=lambda event: event.dtend - event.dtstart
    )
    assert longest.dtend.date() > longest.dtstart.date(), "one over night"
    assert sum("Fahrt" in event.categories for event in own) >= 6
    assert sum(event.status == "TENTATIVE" for event in own) >= 20


@cache
def sessions() -> list[tuple[datetime, datetime, dict[str, Any]]]:
    """Beginning, end (three hours where the RIS says none) and object of every session that takes place."""
    found = []
    for path in (DEMO / "council").glob("meeting*.json"):
        told = json.loads(path.read_text(encoding="utf-8"))
        for meeting in told.get("data", [told]):
            start = datetime.fromisoformat(meeting["start"])
            end = datetime.fromisoformat(meeting["end"]) if "end" in meeting else start + timedelta(hours=3)
            if not meeting.get("cancelled"):
                found.append((start, end, meeting))
    return found


def test_sessions_of_the_council_come_from_the_ris_and_not_from_the_mayors_calendar() -> None:
    chaired = [
        start.replace(tzinfo=None)
        for start, _, meeting in sessions()
        if any(body.endswith(("/organization/1", "/organization/2")) for body in meeting["organization"])
    ]
    assert len(chaired) == 7
    assert [event.summary for event in events("ob") if event.dtstart in chaired] == []


def test_the_mayors_sessions_collide_with_one_appointment_on_purpose() -> None:
    own = recurring_ical_events.of(icalendar.Calendar.from_ical((DEMO / "calendar" / "ob.ics").read_bytes()))
    # Integrationsrat and Bezirksvertretung sit without her.
    attended = [one for one in sessions() if not one[2]["organization"][0].endswith(("/9", "/10"))]
    found = [
        (f"{start:%d.%m.}", str(event["SUMMARY"]))
        for start, end, _ in attended
        for event in own.between(start, end)
        if isinstance(event["DTSTART"].dt, datetime)
        and event["TRANSP"] == "OPAQUE"
        and event["DTSTART"].dt < end
        and event["DTEND"].dt > start
    ]
    assert found == [("01.12.", "Jahresabschluss Seniorenbeirat")]
