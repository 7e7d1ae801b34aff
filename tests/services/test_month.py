"""Month, list and year: the same as the days one by one, everything in reach, and nobody else's secrets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ob_buero_tui.services.calendar.agenda import agenda
from ob_buero_tui.services.calendar.day import days_from
from ob_buero_tui.services.calendar.month import month, run_of_days
from ob_buero_tui.services.calendar.year import year
from ob_buero_tui.services.calendars.choosing import choose
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.requests import RequestEvent

Make = Callable[..., int]
AT = datetime.fromisoformat


def span(start: str, end: str) -> dict[str, datetime]:
    return {"dtstart": AT(start), "dtend": AT(end)}


def plain(day: DayView) -> DayView:
    """Conflicts in any order."""

    def sorted_(event: DayEvent) -> DayEvent:
        return replace(event, conflicts=tuple(sorted(event.conflicts)))

    return replace(day, events=tuple(map(sorted_, day.events)))


def titles(days: tuple[DayView, ...]) -> list[tuple[date, str]]:
    return [(day.date, event.summary) for day in days for event in day.events]


def test_a_month_has_the_weeks_it_touches(place: Workplace) -> None:
    found = month(place, date(2026, 12, 24))
    assert (found[0].date, found[-1].date, len(found)) == (date(2026, 11, 30), date(2027, 1, 3), 35)
    assert len(month(place, date(2027, 2, 1))) == 28, "a February that begins on a Monday"
    assert len(month(place, date(2026, 8, 1))) == 42
    assert found[25].notes == ("Erster Weihnachtstag", "Weihnachtsferien")
    assert found[25].free
    assert found[25].school


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    spans=st.lists(
        st.tuples(st.integers(0, 34 * 24), st.sampled_from((0, 1, 2, 5, 24, 60)), st.integers(0, 90)),
        max_size=8,
    )
)
def test_days_at_once_are_the_days_one_by_one(
    place: Workplace, make_event: Make, spans: list[tuple[int, int, int]]
) -> None:
    """Overlaps, midnight, travel and long ones: each day lists and marks the same as when read alone."""
    for hour, length, travel in spans:
        start = datetime.fromtimestamp(AT("2026-11-30T00:00").timestamp() + hour * 3600)  # noqa: DTZ006
        end = datetime.fromtimestamp(start.timestamp() + length * 3600)  # noqa: DTZ006
        make_event(summary=f"{hour}", dtstart=start, dtend=end, travel_before_min=travel)
    first = date(2026, 11, 30)
    at_once, apart = run_of_days(place, first, 35), days_from(place, first, 35)
    for one, other in zip(at_once, apart, strict=True):
        assert [event.id for event in one.events] == [event.id for event in other.events]
        for event, alone in zip(one.events, other.events, strict=True):
            assert set(alone.conflicts) <= set(event.conflicts)


def test_what_is_personal_or_hidden_stays_so(
    place: Workplace, other_place: Workplace, make_event: Make, make_meeting: Make
) -> None:
    day = span("2026-12-02T09:00", "2026-12-02T10:00")
    make_event(summary="Arzt", confidentiality="persoenlich", owner=place.desk.account, **day)
    make_event(summary="Rat", calendar="rat", **day)
    for read in (month, lambda who, on: agenda(who, on).days):
        assert (date(2026, 12, 2), "Arzt") in titles(read(place, date(2026, 12, 2)))
        seen = titles(read(other_place, date(2026, 12, 2)))
        assert (date(2026, 12, 2), "belegt") in seen
        assert (date(2026, 12, 2), "Arzt") not in seen
    choose(place, ["rat"])
    assert titles(month(place, date(2026, 12, 2))) == [(date(2026, 12, 2), "Arzt")]
    assert titles(agenda(place, date(2026, 12, 2)).days) == [(date(2026, 12, 2), "Arzt")]


def test_the_list_reads_a_stretch_and_knows_its_ends(
    place: Workplace, make_event: Make, make_request: Make
) -> None:
    """Of many appointments only those around the day are read; the ends of all are known."""
    key = make_event(summary="Richtfest", **span("2026-12-01T10:00", "2026-12-01T11:00"))
    make_event(summary="Früher", **span("2021-05-03T10:00", "2021-05-03T11:00"))
    make_event(summary="Jour fixe", rrule="FREQ=DAILY", **span("2026-06-01T08:00", "2026-06-01T08:30"))
    request = make_request()
    with transaction(place, "note") as work:
        work.session.add(RequestEvent(request_id=request, event_id=key))
    found = agenda(place, date(2026, 12, 1))
    assert found.begins == date(2021, 5, 3)
    assert found.ends > date(2027, 12, 1)
    assert date(2026, 10, 15) < found.first < date(2026, 11, 1)
    assert date(2027, 2, 1) < found.last < date(2027, 3, 1)
    rich = next(event for day in found.days for event in day.events if event.summary == "Richtfest")
    assert rich.request_number == "2026-0001"
    old = agenda(place, date(2021, 5, 3))
    assert titles(old.days) == [(date(2021, 5, 3), "Früher")]
    nothing = agenda(place, date(2019, 1, 1))
    assert [(day.date, day.events) for day in nothing.days] == [(date(2019, 1, 1), ())]


def test_the_year_has_sessions_absences_and_elections(
    place: Workplace, make_event: Make, make_meeting: Make
) -> None:
    entry = make_event(summary="Stadtrat", calendar="rat", **span("2026-12-10T17:00", "2026-12-10T20:00"))
    meeting = make_meeting(body="Stadtrat", event_id=entry)
    make_event(
        summary="Urlaub", kind="abwesenheit", all_day=True, **span("2026-08-03T00:00", "2026-08-15T00:00")
    )
    make_event(summary="Richtfest", **span("2026-12-10T09:00", "2026-12-10T10:00"))
    days = {day.date: day for day in year(place, date(2026, 3, 1))}
    assert len(days) == 365
    (session,) = days[date(2026, 12, 10)].events
    assert (session.summary, session.meeting_id, session.event_id) == ("Stadtrat", meeting, entry)
    away = [on for on, day in days.items() if any(event.away for event in day.events)]
    assert (away[0], away[-1], len(away)) == (date(2026, 8, 3), date(2026, 8, 14), 12)
    assert days[date(2026, 12, 25)].free
    elections = place.catalog.elections
    assert all(days[on].election for on in elections if on.year == 2026)
    choose(place, ["rat"])
    assert {day.date: day for day in year(place, date(2026, 3, 1))}[date(2026, 12, 10)].events == ()
