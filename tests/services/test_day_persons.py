"""Several calendars on one day: whose appointment it is, what clashes with whom, the week, who is away."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ob_buero_tui.catalog.representation import CalendarRole, CalendarSpec
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.day import day, week
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.slots import Proposed, clashes
from ob_buero_tui.services.calendars.choosing import choose
from ob_buero_tui.services.requests.accepting import propose
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.workplace import Workplace

Make = Callable[..., int]
DAY = date(2026, 12, 1)


def at(hour: int, minute: int = 0, on: date = DAY) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute)


def marked(place: Workplace, on: date = DAY) -> dict[str, bool]:
    return {event.summary: bool(event.conflicts) for event in day(place, on).events}


def against(place: Workplace, start: datetime, end: datetime, person: str = "ob") -> tuple[str, ...]:
    span = Proposed(busy_from=to_utc(start, place.zone), busy_to=to_utc(end, place.zone))
    with place.reading() as session:
        return clashes(session, place, span, person=person)


@pytest.fixture
def evening(make_event: Make) -> dict[str, int]:
    """A reception of the mayor, a fair of the deputy and a session of the council, all at six."""
    return {
        name: make_event(summary=name, calendar=calendar, dtstart=at(18), dtend=at(20), **more)
        for name, calendar, more in (
            ("Empfang", "ob", {}),
            ("Messe", "bm1", {}),
            ("Ratssitzung", "rat", {"kind": "sitzung", "organizer": "Stadtrat", "transparent": True}),
        )
    }


def test_each_appointment_says_whose_it_is(place: Workplace, evening: dict[str, int]) -> None:
    found = {event.summary: event.attendee for event in day(place, DAY).events}
    assert found == {"Empfang": "OB", "Messe": "1. BM", "Ratssitzung": "Rat"}


def test_a_deputys_appointment_is_no_conflict_of_the_mayor(
    place: Workplace, evening: dict[str, int], make_event: Make
) -> None:
    assert marked(place) == {"Empfang": False, "Messe": False, "Ratssitzung": False}
    make_event(summary="Probe", calendar="bm1", dtstart=at(19), dtend=at(21))
    assert marked(place) == {"Empfang": False, "Messe": True, "Ratssitzung": False, "Probe": True}
    assert against(place, at(19), at(21)) == ("Überschneidung mit „Empfang“ 18:00–20:00",)
    (shown,) = (event for event in day(place, DAY).events if event.summary == "Messe")
    assert event_record(place, shown).conflicts == ("Überschneidung mit „Probe“ 19:00–21:00",)


def test_a_session_that_takes_time_is_a_conflict_and_named_as_one(place: Workplace, make_event: Make) -> None:
    make_event(
        summary="12. Sitzung", calendar="rat", kind="sitzung", organizer="Stadtrat",
        dtstart=at(17), dtend=at(20),
    )  # fmt: skip
    make_event(summary="Bauausschuss", calendar="rat", kind="sitzung", dtstart=at(17), dtend=at(18))
    make_event(summary="Empfang", dtstart=at(19), dtend=at(21))
    assert marked(place) == {"12. Sitzung": True, "Bauausschuss": True, "Empfang": True}
    assert against(place, at(17, 30), at(18)) == (
        "Überschneidung mit Sitzung Stadtrat 17:00–20:00",
        "Überschneidung mit Sitzung „Bauausschuss“ 17:00–18:00",
    )


def test_an_absence_is_named_as_one_and_stands_on_top(place: Workplace, make_event: Make) -> None:
    make_event(summary="Messe", dtstart=at(0), dtend=at(0) + timedelta(days=1), all_day=True)
    make_event(
        summary="Urlaub", kind="abwesenheit", dtstart=at(0), dtend=at(0) + timedelta(days=3), all_day=True
    )
    assert [event.summary for event in day(place, DAY).events] == ["Urlaub", "Messe"]
    assert "Abwesenheit OB: Urlaub 1.–3.12." in against(place, at(10), at(11))
    make_event(
        summary="Abwesend", kind="abwesenheit", calendar="bm1", dtstart=at(9), dtend=at(12), all_day=False
    )
    assert against(place, at(10), at(11), "bm1") == ("Abwesenheit 1. BM 09:00–12:00",)


def test_what_a_desk_may_not_read_is_only_taken(place: Workplace, make_event: Make) -> None:
    make_event(
        summary="Kur", kind="abwesenheit", confidentiality="persoenlich", owner="karl.lorenz",
        dtstart=at(0), dtend=at(0) + timedelta(days=1), all_day=True,
    )  # fmt: skip
    assert against(place, at(10), at(11)) == ("Überschneidung mit belegt, ganztägig 1.12.2026",)


def test_a_week_is_its_seven_days(place: Workplace, evening: dict[str, int], make_event: Make) -> None:
    sunday = date(2026, 12, 6)
    make_event(summary="Ball", dtstart=at(20, 0, sunday), dtend=at(2) + timedelta(days=6))
    make_event(summary="Frühschicht", dtstart=at(1) + timedelta(days=6), dtend=at(3) + timedelta(days=6))
    make_event(summary="Lage", dtstart=at(8), dtend=at(9), rrule="FREQ=DAILY", calendar="bm2")
    make_event(summary="Vorabend", dtstart=at(23, 0, date(2026, 11, 29)), dtend=at(1, 0, date(2026, 11, 30)))
    make_event(
        summary="Urlaub", kind="abwesenheit", dtstart=at(0), dtend=at(0) + timedelta(days=9), all_day=True
    )
    days = [date(2026, 11, 30) + timedelta(days=n) for n in range(7)]
    for any_day in (days[0], DAY, sunday):
        assert week(place, any_day) == tuple(day(place, one) for one in days)
    assert [view.date for view in week(place, sunday)] == days
    far = date(2040, 2, 29)
    assert week(place, far) == tuple(day(place, far - timedelta(days=2 - n)) for n in range(7))


def findings(place: Workplace, key: int) -> dict[str, str]:
    return {one.rule: one.text for one in record(place, key).findings}


def test_the_check_names_which_deputy_is_free_travel_included(
    place: Workplace, make_event: Make, make_request: Make
) -> None:
    values: dict[str, Any] = {"kind": "einladung", "event_start": at(18), "event_end": at(19)}
    key = make_request(event_place="Kloster am Ende der Welt", **values)
    label = "1. stellvertretende Bürgermeisterin"
    assert findings(place, key)["vertretung"].startswith(
        f"{label}: frei (kein Kalender eingelesen), an der Reihe; 2. stellvertretender"
    )
    make_event(summary="Messe", calendar="bm1", dtstart=at(16), dtend=at(17, 45))
    found = findings(place, key)
    assert found["vertretung"].startswith(f"{label}: nicht frei, „Messe“ 16:00–17:45; 2. stellvertretender")
    assert "Überschneidung" not in found["konflikt"].replace("keine Überschneidung", "")
    make_event(
        summary="Urlaub", calendar="bm2", kind="abwesenheit", dtstart=at(0),
        dtend=at(0) + timedelta(days=2), all_day=True,
    )  # fmt: skip
    assert findings(place, key)["vertretung"] == (
        f"niemand frei: {label}: nicht frei, „Messe“ 16:00–17:45; "
        "2. stellvertretender Bürgermeister: nicht frei, Abwesenheit 2. BM: Urlaub 1.–2.12."
    )
    assert propose(place, key).conflicts == ()


def test_who_is_away_is_away_though_the_file_calls_the_day_free(place: Workplace, make_event: Make) -> None:
    day_off = {"dtstart": at(0), "dtend": at(0) + timedelta(days=1), "all_day": True}
    make_event(summary="Urlaub", kind="abwesenheit", calendar="bm1", transparent=True, **day_off)
    make_event(summary="Geburtstag", calendar="bm1", transparent=True, **day_off)
    assert len(against(place, at(10), at(11), "bm1")) == 1


@pytest.mark.parametrize("blocks", [False, True])
def test_an_external_calendar_takes_nobodys_time_unless_it_says_so(
    place: Workplace, make_event: Make, blocks: bool
) -> None:
    fair = CalendarSpec(
        key="messe", label="Messegelände", short="Messe", role=CalendarRole.EXTERN, blocks=blocks
    )
    catalog = replace(place.catalog, calendars={**place.catalog.calendars, "messe": fair})
    beside = replace(place, catalog=catalog)
    for name, calendar in (("Empfang", "ob"), ("Gartenschau", "messe"), ("Bootsschau", "messe")):
        make_event(summary=name, calendar=calendar, dtstart=at(18), dtend=at(20))
    assert marked(beside) == dict.fromkeys(("Empfang", "Gartenschau", "Bootsschau"), blocks)
    assert len(against(beside, at(18), at(19))) == (3 if blocks else 1)
    assert {event.attendee for event in day(beside, DAY).events} == {"OB", "Messe"}


def test_a_hidden_calendar_is_not_listed_and_counts_all_the_same(
    place: Workplace, evening: dict[str, int], make_event: Make
) -> None:
    make_event(summary="Presse", dtstart=at(18, 30), dtend=at(19))
    choose(place, ["ob", "schulferien"])
    assert set(marked(place)) == {"Messe", "Ratssitzung"}
    assert [event.summary for event in week(place, DAY)[1].events] == ["Messe", "Ratssitzung"]
    assert len(against(place, at(18), at(19))) == 2
    assert "Empfang" in {event.summary for event in day(place, DAY, whole=True).events}
