"""What an appointment clashes with, each a sentence, and the reason that lets one stand."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.clashing import ClashKind
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.candidates import candidate_of
from ob_buero_tui.services.calendar.clashing import Clash, Clashing, check, clashes_of, stored_candidate
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.slots import Proposed
from ob_buero_tui.services.calendar.slots import clashes as slot_clashes
from ob_buero_tui.services.calendar.waiving import unwaive, waive
from ob_buero_tui.services.calendar.walking import stops
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import USE_CASES, Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventPerson, EventWaiver
from ob_buero_tui.store.calendar import Event, EventOverride

Make = Callable[..., int]
DAY = date(2026, 12, 1)

if "test_change_event" not in USE_CASES:

    @use_case("test_change_event")
    def change(work: Work, event_id: int, values: dict[str, Any], reason: str = "") -> None:
        """Change columns of an appointment, and see whether it clashes then."""
        event = work.get(Event, event_id)
        for name, value in values.items():
            setattr(event, name, value)
        event.starts_at, event.ends_at = (to_utc(when, event.tzid) for when in (event.dtstart, event.dtend))
        check(work, event, reason=reason)

    @use_case("test_change_date")
    def change_date(
        work: Work, event_id: int, start: datetime, values: dict[str, Any], reason: str = ""
    ) -> None:
        """Give one date of a series values of its own."""
        event = work.get(Event, event_id)
        given: dict[str, Any] = {
            "dtstart": start, "dtend": start + (event.dtend - event.dtstart), "tzid": event.tzid,
            "summary": event.summary, "location": event.location,
        } | values  # fmt: skip
        override = EventOverride(event_id=event_id, recurrence_id=start, **given)
        work.session.add(override)
        check(work, event, override, reason)

    @use_case("test_add_people")
    def add_people(work: Work, event_id: int, rows: list[dict[str, Any]]) -> None:
        """Enter who comes along."""
        for row in rows:
            work.session.add(EventPerson(event_id=event_id, **{"part": "begleitung", **row}))


def run(verb: str, place: Workplace, *given: Any, **named: Any) -> None:
    USE_CASES[verb].run(place, *given, **named)


def at(hour: int, minute: int = 0, on: date = DAY) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute)


def found(place: Workplace, event_id: int, **named: Any) -> list[tuple[ClashKind, str]]:
    return [(clash.kind, clash.text) for clash in clashes(place, event_id, **named)]


def clashes(place: Workplace, event_id: int, **named: Any) -> tuple[Clash, ...]:
    with place.reading() as session:
        return clashes_of(session, place, stored_candidate(session, place, event_id), **named)


def test_the_same_person_at_the_same_time(place: Workplace, make_event: Make) -> None:
    make_event(summary="Empfang", dtstart=at(9), dtend=at(10))
    make_event(summary="Messe", calendar="bm1", dtstart=at(9), dtend=at(10))
    key = make_event(summary="Richtfest", dtstart=at(9, 30), dtend=at(11))
    assert found(place, key) == [(ClashKind.TERMIN, "Überschneidung mit „Empfang“ 09:00–10:00")]


def test_only_the_way_overlaps(place: Workplace, make_event: Make) -> None:
    make_event(summary="Empfang", dtstart=at(9), dtend=at(10), travel_after_min=20)
    key = make_event(summary="Richtfest", dtstart=at(10, 10), dtend=at(11))
    assert found(place, key) == [
        (ClashKind.FAHRT, "Die Fahrt überschneidet sich mit „Empfang“ 09:00–10:00 (mit 20 Min. Fahrt)")
    ]


def test_absences_and_sessions_of_the_same_person(place: Workplace, make_event: Make) -> None:
    make_event(summary="Urlaub", kind="abwesenheit", dtstart=at(0), dtend=at(0) + timedelta(days=3),
               all_day=True)  # fmt: skip
    make_event(summary="Sitzung", calendar="rat", organizer="Stadtrat", dtstart=at(17), dtend=at(20))
    make_event(summary="Andere Sitzung", calendar="rat", dtstart=at(17), dtend=at(20), transparent=True)
    key = make_event(summary="Empfang", dtstart=at(18), dtend=at(19))
    assert found(place, key) == [
        (ClashKind.ABWESENHEIT, "Abwesenheit OB: Urlaub 1.–3.12."),
        (ClashKind.SITZUNG, "Überschneidung mit Sitzung Stadtrat 17:00–20:00"),
    ]


def test_driver_car_and_room_twice_in_whatever_calendar(place: Workplace, make_event: Make) -> None:
    things = {"driver": "Jan Weber", "car": "Wagen 1", "room": "Ratssaal"}
    make_event(summary="Messe", calendar="bm1", dtstart=at(9), dtend=at(10), **things)
    key = make_event(summary="Empfang", dtstart=at(9), dtend=at(11), driver="jan weber ", car="Wagen 1",
                     room="Ratssaal")  # fmt: skip
    told = "„Messe“ 09:00–10:00"
    assert found(place, key) == [
        (ClashKind.FAHRER, f"Fahrer jan weber ist schon eingeteilt: {told}"),
        (ClashKind.WAGEN, f"Wagen „Wagen 1“ ist schon eingeteilt: {told}"),
        (ClashKind.RAUM, f"Raum „Ratssaal“ ist schon vergeben: {told}"),
    ]


def test_a_driver_is_taken_on_the_way_and_a_room_is_not(place: Workplace, make_event: Make) -> None:
    things = {"driver": "Weber", "room": "Ratssaal"}
    make_event(summary="Messe", calendar="bm1", dtstart=at(9), dtend=at(10), travel_after_min=30, **things)
    key = make_event(summary="Empfang", dtstart=at(10), dtend=at(11), **things)
    assert [kind for kind, _ in found(place, key)] == [ClashKind.FAHRER]


def test_a_room_that_only_the_place_names(place: Workplace, make_event: Make) -> None:
    make_event(summary="Sitzung", calendar="rat", dtstart=at(9), dtend=at(10), transparent=True,
               location="Rathaus, Ratssaal")  # fmt: skip
    make_event(summary="Messe", calendar="bm1", dtstart=at(9), dtend=at(10), location="Ratssaal")
    key = make_event(summary="Empfang", calendar="bm2", dtstart=at(9), dtend=at(11), room="Ratssaal")
    assert [kind for kind, _ in found(place, key)] == [ClashKind.RAUM, ClashKind.RAUM]
    no_room = make_event(summary="Treffen", calendar="stadtdirektor", dtstart=at(9), dtend=at(11),
                         location="Rathaus")  # fmt: skip
    assert found(place, no_room) == []


def test_one_person_twice(place: Workplace, make_event: Make) -> None:
    fair = make_event(summary="Messe", calendar="bm1", dtstart=at(9), dtend=at(10))
    key = make_event(summary="Empfang", dtstart=at(9), dtend=at(11))
    run("test_add_people", place, fair, [{"name": "Eva Beispiel"}])
    run("test_add_people", place, key, [{"name": " eva beispiel"}, {"name": "1. BM"}])
    assert found(place, key) == [
        (ClashKind.PERSON, "1. BM und eva beispiel sind schon eingeplant: „Messe“ 09:00–10:00")
    ]
    only = make_event(summary="Lesung", calendar="bm2", dtstart=at(9), dtend=at(11))
    run("test_add_people", place, only, [{"name": "Eva Beispiel"}])
    assert found(place, only) == [
        (ClashKind.PERSON, "Eva Beispiel ist schon eingeplant: „Messe“ 09:00–10:00"),
        (ClashKind.PERSON, "Eva Beispiel ist schon eingeplant: „Empfang“ 09:00–11:00"),
    ]


def test_a_deputy_who_goes_takes_their_own_time_and_none_of_the_mayor(
    place: Workplace, make_event: Make
) -> None:
    make_event(summary="Messe", calendar="bm1", dtstart=at(9), dtend=at(10))
    key = make_event(summary="Empfang", attendee="1. BM", dtstart=at(9), dtend=at(11))
    mayors = make_event(summary="Lage", dtstart=at(9), dtend=at(11))
    assert found(place, key) == [(ClashKind.TERMIN, "1. BM: Überschneidung mit „Messe“ 09:00–10:00")]
    assert found(place, mayors) == []
    both = make_event(summary="Festakt", attendee="OB und 1. BM", dtstart=at(9), dtend=at(10))
    assert len(found(place, both)) == 3


@pytest.mark.parametrize(
    "nothing",
    [{"status": "CANCELLED"}, {"transparent": True}, {"trashed_at": to_utc(at(8), "Europe/Berlin")}],
)
def test_what_takes_up_no_time_never_clashes(
    place: Workplace, make_event: Make, nothing: dict[str, Any]
) -> None:
    one = make_event(dtstart=at(9), dtend=at(10), driver="Weber", **nothing)
    other = make_event(dtstart=at(9), dtend=at(10), driver="Weber")
    assert found(place, one) == found(place, other) == []


def test_what_a_desk_may_not_read_is_only_taken(place: Workplace, make_event: Make) -> None:
    make_event(summary="Kur", confidentiality="persoenlich", owner="karl.lorenz", dtstart=at(9), dtend=at(10))
    key = make_event(dtstart=at(9), dtend=at(10))
    assert found(place, key) == [(ClashKind.TERMIN, "Überschneidung mit belegt 09:00–10:00")]


def test_every_date_of_a_series_is_looked_at(place: Workplace, make_event: Make) -> None:
    for number in (8, 15):
        make_event(
            summary="Messe", dtstart=at(9, 0, date(2026, 12, number)), dtend=at(10, 0, date(2026, 12, number))
        )
    key = make_event(summary="Jour fixe", dtstart=at(9), dtend=at(10), rrule="FREQ=WEEKLY")
    assert [clash.on for clash in clashes(place, key)] == [date(2026, 12, 8), date(2026, 12, 15)]
    assert found(place, key)[0][1] == "Überschneidung mit „Messe“ Di 8.12. 09:00–10:00"


def test_outside_the_window_it_is_looked_up_on_demand(place: Workplace, make_event: Make) -> None:
    far = date(2035, 6, 5)
    make_event(summary="Lage", dtstart=at(9), dtend=at(10), rrule="FREQ=WEEKLY")
    key = make_event(summary="Einmal", dtstart=at(9, 30, far), dtend=at(10, 30, far))
    assert [kind for kind, _ in found(place, key)] == [ClashKind.TERMIN]


def test_saving_a_conflict_needs_a_reason_and_keeps_it(place: Workplace, make_event: Make) -> None:
    other = make_event(summary="Empfang", dtstart=at(9), dtend=at(10))
    key = make_event(summary="Richtfest", dtstart=at(12), dtend=at(13))
    moved = {"dtstart": at(9, 30), "dtend": at(10, 30)}
    with pytest.raises(Clashing, match="Überschneidung mit „Empfang“ 09:00–10:00") as refused:
        run("test_change_event", place, key, moved)
    assert [clash.other_id for clash in refused.value.clashes] == [other]
    run("test_change_event", place, key, moved, reason="OB geht früher")
    assert found(place, key) == found(place, other) == []
    with place.reading() as session:
        waiver = session.scalars(select(EventWaiver)).one()
    assert (waiver.reason, waiver.given_by, waiver.kind) == ("OB geht früher", "PS", "termin")
    assert [clash.excuse.reason for clash in clashes(place, other, excused=True) if clash.excuse] == [
        "OB geht früher"
    ]


def test_a_reason_no_longer_holds_once_either_has_moved(place: Workplace, make_event: Make) -> None:
    other = make_event(summary="Empfang", dtstart=at(9), dtend=at(10))
    key = make_event(summary="Richtfest", dtstart=at(12), dtend=at(13))
    moved = {"dtstart": at(9, 30), "dtend": at(10, 30)}
    run("test_change_event", place, key, moved, reason="OB geht früher")
    with pytest.raises(Clashing):
        run("test_change_event", place, other, {"dtend": at(10, 15)})
    run("test_change_event", place, other, {"dtend": at(10, 15)}, reason="doch")
    assert found(place, key) == []
    run("test_change_event", place, other, {"dtstart": at(8), "dtend": at(9)})
    run("test_change_event", place, other, {"dtstart": at(9), "dtend": at(10)})
    assert found(place, key) == [], "where both were when the reason was given, it holds again"


def test_what_conflicts_do_not_depend_on_asks_nothing(place: Workplace, make_event: Make) -> None:
    make_event(summary="Empfang", dtstart=at(9), dtend=at(10))
    key = make_event(summary="Richtfest", dtstart=at(9), dtend=at(10))
    run("test_change_event", place, key, {"summary": "Richtfest Kita", "gift": "Blumen"})
    with pytest.raises(Clashing):
        run("test_change_event", place, key, {"driver": "Weber"})


def test_one_date_of_a_series_is_checked_alone(place: Workplace, make_event: Make) -> None:
    series = make_event(summary="Jour fixe", dtstart=at(9), dtend=at(10), rrule="FREQ=DAILY;COUNT=5")
    make_event(summary="Messe", dtstart=at(9), dtend=at(10))
    second = at(9, 0, date(2026, 12, 2))
    run("test_change_date", place, series, second, {"summary": "Große Lage"})
    third = at(9, 0, date(2026, 12, 3))
    with pytest.raises(Clashing, match="Jour fixe"):
        run("test_change_date", place, series, third, {"dtstart": at(9, 30), "dtend": at(9, 45)})


def test_a_conflict_that_stands_already_is_excused_and_open_again(place: Workplace, make_event: Make) -> None:
    other = make_event(summary="Empfang", dtstart=at(9), dtend=at(10), rrule="FREQ=WEEKLY;COUNT=2")
    key = make_event(summary="Richtfest", dtstart=at(9), dtend=at(10))
    with pytest.raises(Refusal, match="Es fehlt der Grund"):
        waive(place, str(key), DAY, " ")
    assert waive(place, str(key), DAY, "OB geht früher").text == (
        "„Richtfest“: 1 Konflikt begründet: OB geht früher"
    )
    here, there = day(place, DAY).events
    assert (here.conflicts, there.conflicts) == ((), ())
    assert here.waived == there.waived == ("OB geht früher",)
    panel = event_record(place, here)
    assert panel.conflicts == ()
    assert panel.details is not None
    assert panel.details.waived == (
        "Überschneidung mit „Richtfest“ 09:00–10:00, begründet: OB geht früher (PS, Mi 25.11.)",
    )
    with pytest.raises(Refusal, match="keinen offenen Konflikt"):
        waive(place, str(key), DAY, "noch einmal")
    unwaive(place, f"{other}@2026-12-01T09:00", DAY)
    assert len(found(place, key)) == 1
    with pytest.raises(Refusal, match="kein Konflikt begründet"):
        unwaive(place, str(key), DAY)
    undo(place)
    assert found(place, key) == []


def test_the_conflicts_of_the_coming_weeks(place: Workplace, make_event: Make) -> None:
    later = DAY + timedelta(days=7)
    one = make_event(dtstart=at(9), dtend=at(10))
    two = make_event(dtstart=at(9, 30), dtend=at(10))
    lonely = make_event(dtstart=at(14), dtend=at(15), confidentiality="persoenlich", owner="karl.lorenz")
    seen = make_event(dtstart=at(14, 30), dtend=at(15))
    series = make_event(
        dtstart=at(9), dtend=at(9, 15), rrule="FREQ=WEEKLY;COUNT=3", calendar="bm1", driver="W"
    )
    other = make_event(dtstart=at(9, 0, later), dtend=at(10, 0, later), driver="w")
    make_event(dtstart=at(9, 0, later + timedelta(days=100)), dtend=at(10, 0, later + timedelta(days=100)))
    make_event(dtstart=at(9, 0, later + timedelta(days=100)), dtend=at(10, 0, later + timedelta(days=100)))
    found = stops(place, place.today)
    assert [(stop.key, stop.others) for stop in found] == [
        (str(one), (str(two),)),
        (str(seen), (str(lonely),)),
        (f"{series}@2026-12-08T09:00", (str(other),)),
    ]
    assert [stop.start for stop in found] == [at(9), at(14, 30), at(9, 0, later)]
    assert stops(place, DAY + timedelta(days=1)) == found[2:]
    waive(place, str(two), DAY, "geht")
    assert stops(place, place.today) == found[1:]


def test_an_import_names_the_conflicts_it_brings(place: Workplace, make_event: Make, tmp_path: Path) -> None:
    make_event(summary="Empfang", dtstart=at(9), dtend=at(10))
    entries = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@example.org\r\nDTSTAMP:20261101T080000Z\r\nSUMMARY:Termin {n}\r\n"
        "DTSTART;TZID=Europe/Berlin:20261201T093000\r\nDTEND;TZID=Europe/Berlin:20261201T094500\r\n"
        "END:VEVENT\r\n"
        for n in range(4)
    )
    file = tmp_path / "OB.ics"
    file.write_text(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\n{entries}END:VCALENDAR\r\n")
    (line,) = import_files(place, [file]).lines
    assert "4 Termine neu" in line.text
    assert "Di 1.12. 09:30 „Termin 0“: Überschneidung mit „Empfang“ 09:00–10:00" in line.text
    assert line.text.endswith("und 5 weitere Konflikte")


def test_where_a_deputy_goes_the_mayor_has_time(place: Workplace, make_event: Make) -> None:
    make_event(summary="Empfang", attendee="1. BM", dtstart=at(9), dtend=at(10))
    span = Proposed(busy_from=to_utc(at(9), place.zone), busy_to=to_utc(at(10), place.zone))
    with place.reading() as session:
        assert slot_clashes(session, place, span) == ()
        assert slot_clashes(session, place, span, person="bm1") == (
            "Überschneidung mit „Empfang“ 09:00–10:00",
        )


@pytest.mark.parametrize(
    ("zone", "start", "left_out", "days"),
    [
        ("Europe/Berlin", "2027-03-02T10:00", "2027-03-09", [2, 16, 23]),
        ("Europe/Berlin", "2027-03-02T10:00", "2027-03-16T10:00:00", [2, 9, 23]),
        # New York's summer time begins two weeks before ours: 15 Uhr is 14 Uhr here in between.
        ("America/New_York", "2027-03-02T09:00", "2027-03-16T09:00:00", [2, 9, 23]),
        ("America/New_York", "2027-03-02T09:00", "2027-03-16", [2, 9, 23]),
    ],
)
def test_dates_left_out_of_a_series_are_no_candidates(
    place: Workplace, make_event: Make, zone: str, start: str, left_out: str, days: list[int]
) -> None:
    begin = datetime.fromisoformat(start)
    key = make_event(
        dtstart=begin,
        dtend=begin + timedelta(hours=1),
        tzid=zone,
        rrule="FREQ=WEEKLY;COUNT=4",
        exdates=[left_out],
    )
    form = replace(form_of(place, f"{key}@{start}"), recurrence_id="")
    with place.reading() as session:
        dates = candidate_of(place, form, session).dates
    assert [one.starts.day for one in dates] == days
    assert [one.recurrence_id for one in dates] == [f"2027-03-{day:02}T{start[11:]}:00" for day in days]
