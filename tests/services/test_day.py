"""A day of the calendar: what lies on it, side by side, with travel and conflicts, for every audience."""

# ruff: noqa: DTZ001 wall times are naive by design

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Audience, Confidentiality
from ob_buero_tui.services.calendar.day import day, ensure_occurrences
from ob_buero_tui.services.calendar.slots import Proposed, clashes
from ob_buero_tui.services.views import DayEvent
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences
from ob_buero_tui.store.calendar import Event, EventOverride, OccurrenceWindow
from ob_buero_tui.store.requests import RequestEvent

Make = Callable[..., int]
DAY = date(2026, 12, 1)


def at(hour: int, minute: int = 0, on: date = DAY) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute)


def shown(place: Workplace, on: date = DAY) -> list[str]:
    return [event.summary for event in day(place, on).events]


def one(place: Workplace, on: date = DAY) -> DayEvent:
    (event,) = day(place, on).events
    return event


def test_an_empty_day_is_empty(place: Workplace) -> None:
    view = day(place, DAY)
    assert (view.date, view.events, view.notes) == (DAY, (), ())


def test_holidays_and_closed_days_are_named(place: Workplace) -> None:
    assert day(place, date(2026, 12, 25)).notes == ("Erster Weihnachtstag", "Weihnachtsferien")
    assert day(place, date(2026, 12, 24)).notes == ("Heiligabend", "Weihnachtsferien")
    assert (day(place, date(2026, 10, 19)).notes, day(place, DAY).notes) == (("Herbstferien",), ())


def test_an_appointment_is_shown_with_all_its_columns(
    place: Workplace, make_event: Make, make_request: Make
) -> None:
    key = make_event(
        uid="u1@example.org", summary="Richtfest", dtstart=at(10), dtend=at(11, 30), location="Kita Nord",
        status="TENTATIVE", travel_before_min=15, travel_after_min=20, kind="richtfest",
        confidentiality="oeffentlich",
    )  # fmt: skip
    request = make_request()
    with transaction(place, "test_rows") as work:
        work.session.add(RequestEvent(request_id=request, event_id=key))
    event = one(place)
    assert (event.id, event.event_id, event.uid) == (str(key), key, "u1@example.org")
    assert (event.start, event.end, event.all_day) == (at(10), at(11, 30), False)
    assert (event.location, event.status, event.attendee) == ("Kita Nord", EventStatus.TENTATIVE, "OB")
    assert (event.travel_before_min, event.travel_after_min) == (15, 20)
    assert (event.kind_sign, event.request_id, event.view) == ("Ri", request, "full")
    assert event.confidentiality is Confidentiality.OEFFENTLICH


def test_appointments_stand_in_order_and_all_day_ones_first(place: Workplace, make_event: Make) -> None:
    make_event(summary="spät", dtstart=at(18), dtend=at(19))
    make_event(summary="früh", dtstart=at(8), dtend=at(9))
    make_event(summary="Urlaub", dtstart=at(0), dtend=at(0) + timedelta(days=1), all_day=True)
    assert shown(place) == ["Urlaub", "früh", "spät"]


def test_what_touches_midnight_only_does_not_lie_on_the_day(place: Workplace, make_event: Make) -> None:
    make_event(summary="bis Mitternacht", dtstart=at(22), dtend=at(0) + timedelta(days=1))
    make_event(summary="ohne Dauer", dtstart=at(0), dtend=at(0))
    assert shown(place, DAY - timedelta(days=1)) == []
    assert shown(place) == ["ohne Dauer", "bis Mitternacht"]
    assert shown(place, DAY + timedelta(days=1)) == []


def test_what_crosses_midnight_lies_on_both_days(place: Workplace, make_event: Make) -> None:
    make_event(summary="Ball", dtstart=at(20), dtend=at(2) + timedelta(days=1))
    for on in (DAY, DAY + timedelta(days=1)):
        assert (one(place, on).start, one(place, on).end) == (at(20), at(2) + timedelta(days=1))


def test_travel_alone_does_not_put_it_on_the_day_but_counts_as_conflict(
    place: Workplace, make_event: Make
) -> None:
    late = make_event(
        summary="Gala", dtstart=at(22), dtend=at(23, 50), travel_before_min=60, travel_after_min=60
    )
    tomorrow = DAY + timedelta(days=1)
    night = make_event(summary="Nachtflug", dtstart=at(0, 30, tomorrow), dtend=at(5, 0, tomorrow))
    assert shown(place) == ["Gala"]
    assert one(place).conflicts == (str(night),)
    assert shown(place, tomorrow) == ["Nachtflug"]
    assert one(place, tomorrow).conflicts == (str(late),)


def test_what_reaches_over_midnight_clashes_there_on_both_days(place: Workplace, make_event: Make) -> None:
    tomorrow = DAY + timedelta(days=1)
    ball = make_event(summary="Ball", dtstart=at(20), dtend=at(2, 0, tomorrow))
    ruf = make_event(summary="Anruf", dtstart=at(1, 0, tomorrow), dtend=at(1, 30, tomorrow))
    assert one(place).conflicts == (str(ruf),)
    assert [event.conflicts for event in day(place, tomorrow).events] == [(str(ruf),), (str(ball),)]


def test_an_all_day_one_of_several_days_lies_on_each_and_ends_exclusively(
    place: Workplace, make_event: Make
) -> None:
    make_event(summary="Messe", dtstart=at(0), dtend=at(0) + timedelta(days=3), all_day=True)
    days = [DAY + timedelta(days=n) for n in range(-1, 4)]
    assert [shown(place, on) for on in days] == [[], ["Messe"], ["Messe"], ["Messe"], []]
    event = one(place, DAY + timedelta(days=2))
    assert (event.start, event.end, event.all_day) == (at(0), at(0) + timedelta(days=3), True)


def test_what_lasts_for_months_lies_on_a_day_in_its_middle(place: Workplace, make_event: Make) -> None:
    make_event(summary="Sperrung", dtstart=datetime(2026, 8, 1, 7), dtend=datetime(2027, 3, 1, 17))
    assert shown(place) == ["Sperrung"]


@pytest.mark.parametrize(
    ("night", "length"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 25), 24)]
)
def test_a_day_is_as_long_as_the_clock_makes_it(
    place: Workplace, make_event: Make, night: date, length: int
) -> None:
    midnight, next_midnight = at(0, 0, night), at(0, 0, night + timedelta(days=1))
    make_event(summary="davor", dtstart=midnight - timedelta(minutes=30), dtend=midnight)
    make_event(summary="erste", dtstart=midnight, dtend=midnight + timedelta(minutes=30))
    make_event(summary="letzte", dtstart=next_midnight - timedelta(minutes=30), dtend=next_midnight)
    make_event(summary="danach", dtstart=next_midnight, dtend=next_midnight + timedelta(minutes=30))
    events = day(place, night).events
    assert [event.summary for event in events] == ["erste", "letzte"]
    with place.reading() as session:
        first, last = (session.get(Event, event.event_id) for event in events)
        assert first is not None
        assert last is not None
        assert last.ends_at - first.starts_at == timedelta(hours=length)


def test_the_hour_that_is_skipped_moves_on(place: Workplace, make_event: Make) -> None:
    night = date(2026, 3, 29)
    make_event(summary="in der Lücke", dtstart=at(2, 30, night), dtend=at(2, 45, night))
    assert (one(place, night).start, one(place, night).end) == (at(3, 30, night), at(3, 45, night))


def test_the_hour_that_comes_twice_is_told_apart(place: Workplace, make_event: Make) -> None:
    night = date(2026, 10, 25)
    first = make_event(summary="Sommerzeit", dtstart=at(2, 30, night), dtend=at(2, 45, night))
    with transaction(place, "test_second") as work:
        work.session.add(
            Event(
                uid="2", summary="Winterzeit", dtstart=at(2, 30, night), dtend=at(2, 45, night), fold=1,
                tzid=place.zone, starts_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
                ends_at=datetime(2026, 10, 25, 1, 45, tzinfo=UTC),
            )
        )  # fmt: skip
    summer, winter = day(place, night).events
    assert (summer.event_id, winter.summary) == (first, "Winterzeit")
    assert (summer.start, summer.start.fold) == (at(2, 30, night), 0)
    assert (winter.start, winter.start.fold) == (at(2, 30, night), 1)
    assert summer.conflicts == winter.conflicts == ()


def test_an_appointment_from_another_zone_lies_where_the_offices_clock_has_it(
    place: Workplace, make_event: Make
) -> None:
    make_event(
        summary="Anruf", dtstart=datetime(2026, 11, 30, 19), dtend=datetime(2026, 11, 30, 20),
        tzid="America/New_York",
    )  # fmt: skip
    assert (one(place).start, one(place).end) == (at(1), at(2))


# Conflicts


def test_overlap_is_a_conflict_and_touching_is_none(place: Workplace, make_event: Make) -> None:
    a = make_event(summary="a", dtstart=at(9), dtend=at(10))
    b = make_event(summary="b", dtstart=at(9, 30), dtend=at(10, 30))
    make_event(summary="c", dtstart=at(10, 30), dtend=at(11))
    found = {event.summary: event.conflicts for event in day(place, DAY).events}
    assert found == {"a": (str(b),), "b": (str(a),), "c": ()}


def test_travel_makes_neighbours_clash(place: Workplace, make_event: Make) -> None:
    make_event(summary="a", dtstart=at(9), dtend=at(10))
    make_event(summary="b", dtstart=at(10, 10), dtend=at(11), travel_before_min=11)
    assert all(event.conflicts for event in day(place, DAY).events)


@pytest.mark.parametrize("harmless", [{"status": "CANCELLED"}, {"transparent": True}])
def test_what_takes_up_no_time_never_clashes(
    place: Workplace, make_event: Make, harmless: dict[str, Any]
) -> None:
    make_event(summary="a", dtstart=at(9), dtend=at(10))
    make_event(summary="b", dtstart=at(9), dtend=at(10), **harmless)
    assert [event.conflicts for event in day(place, DAY).events] == [(), ()]


def test_what_is_in_the_trash_is_gone(place: Workplace, make_event: Make) -> None:
    make_event(trashed_at=datetime(2026, 11, 2, tzinfo=UTC))
    assert shown(place) == []


# Series


@pytest.fixture
def series(place: Workplace, make_event: Make) -> int:
    """Every day at nine, with one date moved, one renamed, one cancelled and one left out."""
    key = make_event(
        summary="Morgenlage", dtstart=at(9), dtend=at(9, 30), rrule="FREQ=DAILY;COUNT=10",
        exdates=["2026-12-05T09:00:00"], travel_before_min=5,
    )  # fmt: skip
    changes: list[tuple[int, dict[str, Any]]] = [
        (2, {"dtstart": at(14, 0, date(2026, 12, 6)), "dtend": at(15, 0, date(2026, 12, 6))}),
        (3, {"summary": "Große Lage", "location": "Ratssaal"}),
        (4, {"status": "CANCELLED"}),
    ]
    with transaction(place, "test_overrides") as work:
        for number, changed in changes:
            start = at(9, 0, date(2026, 12, number))
            given: dict[str, Any] = {
                "recurrence_id": start, "dtstart": start, "dtend": start + timedelta(minutes=30),
                "tzid": place.zone, "summary": "Morgenlage",
            } | changed  # fmt: skip
            work.session.add(EventOverride(event_id=key, **given))
    return key


def test_a_series_is_shown_with_its_exceptions(place: Workplace, series: int) -> None:
    days = {
        n: [(e.summary, e.start.hour) for e in day(place, date(2026, 12, n)).events] for n in range(1, 12)
    }
    usual = [("Morgenlage", 9)]
    assert days == {
        1: usual,
        2: [],
        3: [("Große Lage", 9)],
        4: [],
        5: [],
        6: [("Morgenlage", 9), ("Morgenlage", 14)],
        **dict.fromkeys(range(7, 11), usual),
        11: [],
    }


def test_every_date_of_a_series_has_a_name_of_its_own(place: Workplace, series: int) -> None:
    usual, moved = day(place, date(2026, 12, 6)).events
    assert usual.id == f"{series}@2026-12-06T09:00"
    assert moved.id == f"{series}@2026-12-02T09:00", "a moved date keeps the name of its first place"
    assert usual.event_id == moved.event_id == series
    assert one(place, date(2026, 12, 3)).location == "Ratssaal"


def test_a_series_follows_the_clock_on_the_wall(place: Workplace, make_event: Make) -> None:
    make_event(summary="Lage", dtstart=at(9, 0, date(2026, 3, 27)), dtend=at(10, 0, date(2026, 3, 27)),
               rrule="FREQ=DAILY")  # fmt: skip
    for on in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)):
        assert (one(place, on).start, one(place, on).end) == (at(9, 0, on), at(10, 0, on))


def test_outside_the_window_days_are_expanded_on_demand(place: Workplace, make_event: Make) -> None:
    far = date(2035, 6, 5)
    make_event(summary="Lage", dtstart=at(9), dtend=at(10), rrule="FREQ=WEEKLY")
    make_event(summary="Einmal", dtstart=at(9, 30, far), dtend=at(10, 30, far), travel_before_min=45)
    with place.reading() as session:
        assert not occurrences.window_covers(session.connection(), far)
    lage, einmal = day(place, far).events
    assert (lage.summary, einmal.summary) == ("Lage", "Einmal")
    assert lage.conflicts == (einmal.id,)
    assert day(place, date(1995, 6, 5)).events == ()


@pytest.mark.parametrize("offset", [-3, -2, -1, 0, 1, 2, 3])
@pytest.mark.parametrize("edge", ["first_day", "last_day"])
def test_inside_and_outside_the_window_a_day_reads_the_same(
    place: Workplace, make_event: Make, edge: str, offset: int
) -> None:
    with place.reading() as session:
        row = session.scalars(select(OccurrenceWindow)).one()
        on = getattr(row, edge) + timedelta(days=offset)
    start = on - timedelta(days=30)
    make_event(summary="Serie", dtstart=at(23, 0, start), dtend=at(1, 0, start) + timedelta(days=1),
               rrule="FREQ=DAILY", travel_after_min=90)  # fmt: skip
    make_event(
        summary="Messe", dtstart=at(0, 0, start), dtend=at(0, 0, start) + timedelta(days=60), all_day=True
    )
    make_event(summary="Früh", dtstart=at(1, 30, on), dtend=at(2, 30, on))
    inside = day(place, on)
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM occurrence_window")
    assert day(place, on) == inside
    assert [event.summary for event in inside.events] == ["Messe", "Serie", "Früh", "Serie"]
    assert [bool(event.conflicts) for event in inside.events] == [True, True, True, True]


def test_the_window_moves_with_time(place: Workplace, make_event: Make, clock: Any) -> None:
    make_event(summary="Lage", dtstart=at(9), dtend=at(10), rrule="FREQ=YEARLY")
    assert not ensure_occurrences(place)
    clock.advance(days=500)
    assert ensure_occurrences(place)
    assert not ensure_occurrences(place)
    assert shown(place, date(2027, 12, 1)) == ["Lage"]


def test_a_change_moves_its_dates(place: Workplace, make_event: Make) -> None:
    key = make_event(summary="Lage", dtstart=at(9), dtend=at(10))
    with transaction(place, "test_move") as work:
        row = work.get(Event, key)
        row.dtstart, row.dtend = at(9, 0, DAY + timedelta(days=1)), at(10, 0, DAY + timedelta(days=1))
        row.starts_at, row.ends_at = row.starts_at + timedelta(days=1), row.ends_at + timedelta(days=1)
    assert (shown(place), shown(place, DAY + timedelta(days=1))) == ([], ["Lage"])


# Who sees what

FULL, BUSY, NOTHING = "Essen", "belegt", None
SEEN = {
    Audience.INTERN: (FULL, FULL, FULL, BUSY),
    Audience.DEPUTY: (FULL, FULL, BUSY, BUSY),
    Audience.PRESS: (FULL, NOTHING, NOTHING, NOTHING),
    Audience.PUBLIC: (FULL, NOTHING, NOTHING, NOTHING),
}


@pytest.mark.parametrize("audience", Audience)
def test_a_day_shows_each_audience_what_it_may_see(
    place: Workplace, other_place: Workplace, make_event: Make, audience: Audience
) -> None:
    keys = [
        make_event(
            uid="geheim", summary="Essen", location="Zuhause", confidentiality=level.value,
            owner=place.desk.account, kind="empfang",
        )
        for level in Confidentiality
    ]  # fmt: skip
    found = {event.event_id: event for event in day(other_place, DAY, audience).events}
    told = tuple(found[key].summary if key in found else None for key in keys)
    assert told == SEEN[audience]
    for event in found.values():
        if event.summary == BUSY:
            assert "Zuhause" not in repr(event)
            assert "geheim" not in repr(event)
            assert (event.kind_sign, event.attendee, event.request_id) == ("", "", None)
        # Others learn nothing of what they clash with.
        assert bool(event.conflicts) is (audience is Audience.INTERN and event.summary != BUSY)


def test_a_personal_one_is_full_at_its_own_desk_for_the_office_alone(
    place: Workplace, make_event: Make
) -> None:
    make_event(summary="Essen", confidentiality="persoenlich", owner=place.desk.account)
    assert one(place).summary == "Essen"
    assert day(place, DAY, Audience.DEPUTY).events[0].summary == "belegt"
    assert day(place, DAY, Audience.PRESS).events == ()


def test_a_clash_names_a_personal_one_only_at_its_own_desk(
    place: Workplace, other_place: Workplace, make_event: Make
) -> None:
    make_event(summary="Essen", dtstart=at(12), dtend=at(13), confidentiality="persoenlich",
               owner=place.desk.account, travel_before_min=10)  # fmt: skip
    span = Proposed(
        busy_from=datetime(2026, 12, 1, 10, 50, tzinfo=UTC), busy_to=datetime(2026, 12, 1, 11, 30, tzinfo=UTC)
    )
    told_at = ((place, "„Essen“ 12:00–13:00 (mit 10 Min. Fahrt)"), (other_place, "belegt 12:00–13:00"))
    for desk, told in told_at:
        with desk.reading() as session:
            assert clashes(session, desk, span) == (f"Überschneidung mit {told}",)


def test_a_clash_with_a_whole_day_names_its_days(place: Workplace, make_event: Make) -> None:
    key = make_event(summary="Messe", dtstart=at(0), dtend=at(0) + timedelta(days=2), all_day=True)
    nine = datetime(2026, 12, 1, 9, tzinfo=UTC)
    span = Proposed(busy_from=nine, busy_to=nine + timedelta(hours=1))
    with place.reading() as session:
        (told,) = clashes(session, place, span)
        assert told.startswith("Überschneidung mit „Messe“, ganztägig ")
        assert clashes(session, place, span, without=[key]) == ()
