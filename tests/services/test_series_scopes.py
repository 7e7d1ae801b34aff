"""Nur dieser, dieser und folgende, ganze Serie: which dates change, and what becomes of the exceptions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.changing import change_event
from ob_buero_tui.services.calendar.clashing import Clashing, clashes_of, stored_candidate
from ob_buero_tui.services.calendar.date_verbs import cancel_dates, confirm_dates, trash_dates
from ob_buero_tui.services.calendar.day import day as one_day
from ob_buero_tui.services.calendar.day import week
from ob_buero_tui.services.calendar.forms import form_of
from ob_buero_tui.services.calendar.moving import move_event
from ob_buero_tui.services.calendar.scopes import Scope, affected
from ob_buero_tui.services.calendar.waiving import waive
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.undo import undo
from ob_buero_tui.services.work import transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.appointments import EventWaiver
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource, Occurrence
from office_fixtures import contents

Make = Callable[..., int]
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def shown(place: Workplace, weeks: int = 6) -> list[str]:
    """Start and title of every date from 30.11.2026 on, called off ones in brackets."""
    first = date(2026, 11, 30)
    return [
        f"{event.start:%m-%d %H:%M} {event.summary}" + (" (abgesagt)" if event.status == "CANCELLED" else "")
        for n in range(weeks)
        for one in week(place, first + timedelta(weeks=n))
        for event in one.events
        if event.start.date() == one.date
    ]


def rows(place: Workplace) -> list[Event]:
    with place.reading() as session:
        return list(session.scalars(select(Event).order_by(Event.id)))


@pytest.fixture
def weekly(place: Workplace, make_event: Make) -> int:
    """Tuesdays at ten, six times; the third was moved and named, the fifth is left out."""
    key = make_event(
        summary="Lage", rrule="FREQ=WEEKLY;COUNT=6", exdates=["2026-12-29T10:00:00"], location="Rathaus"
    )
    with transaction(place, "test_overrides") as work:
        day = at("2026-12-15T10:00")
        moved = {"dtstart": at("2026-12-16T15:00"), "dtend": at("2026-12-16T16:00")}
        override = EventOverride(
            event_id=key,
            recurrence_id=day,
            tzid=place.zone,
            summary="Große Lage",
            location="Rathaus",
            **moved,
        )
        work.session.add(override)
        work.session.flush()
        work.session.add(EventSource(event_id=key, override_id=override.id, raw="BEGIN:VEVENT"))
        work.session.add(EventSource(event_id=key, override_id=None, raw="BEGIN:VEVENT"))
    return key


BEFORE = [
    "12-01 10:00 Lage",
    "12-08 10:00 Lage",
    "12-16 15:00 Große Lage",
    "12-22 10:00 Lage",
    "01-05 10:00 Lage",
]


def change(place: Workplace, key: str, scope: Scope, **values: Any) -> str:
    return change_event(place, replace(form_of(place, key), **values), scope).text


def test_the_series_as_it_is(place: Workplace, weekly: int) -> None:
    assert shown(place) == BEFORE


def test_only_this_one_is_renamed(place: Workplace, weekly: int) -> None:
    text = change(place, f"{weekly}@2026-12-08T10:00", Scope.DIESER, summary="Kleine Lage", driver="Weber")
    assert text == "„Kleine Lage“: geändert (nur dieser)"
    assert shown(place)[1] == "12-08 10:00 Kleine Lage"
    assert form_of(place, f"{weekly}@2026-12-08T10:00").driver == "Weber"
    assert form_of(place, f"{weekly}@2026-12-22T10:00").driver == ""
    assert rows(place)[0].version == 1, "the series itself is not touched"


def test_only_this_one_is_moved_and_found_by_its_old_name(place: Workplace, weekly: int) -> None:
    key = f"{weekly}@2026-12-08T10:00"
    text = move_event(place, key, at("2026-12-10T09:15"), at("2026-12-10T10:00")).text
    assert text == "„Lage“: verschoben auf Do 10.12.2026 09:15 (nur dieser)"
    assert shown(place)[1] == "12-10 09:15 Lage"
    assert form_of(place, key).start == at("2026-12-10T09:15")


def test_this_and_the_following_become_a_series_of_their_own(place: Workplace, weekly: int) -> None:
    change(place, f"{weekly}@2026-12-08T10:00", Scope.FOLGENDE, summary="Runde", location="Ratssaal")
    assert shown(place) == [
        "12-01 10:00 Lage", "12-08 10:00 Runde", "12-16 15:00 Große Lage", "12-22 10:00 Runde",
        "01-05 10:00 Runde",
    ]  # fmt: skip
    old, new = rows(place)
    assert (old.rrule, new.rrule) == ("FREQ=WEEKLY;COUNT=1", "FREQ=WEEKLY;COUNT=5")
    assert new.related_uid == old.uid != new.uid
    assert (old.exdates, new.exdates) == ([], ["2026-12-29T10:00:00"])
    with place.reading() as session:
        override = session.scalars(select(EventOverride)).one()
        sources = session.execute(select(EventSource.event_id, EventSource.override_id)).all()
    assert override.event_id == new.id
    assert override.location == "Ratssaal", "what was as in the series goes on to be so"
    assert sorted(sources, key=str) == sorted(
        [(new.id, override.id), (old.id, None), (new.id, None)], key=str
    )


def test_from_the_first_date_on_it_is_the_whole_series(place: Workplace, weekly: int) -> None:
    text = change(place, f"{weekly}@2026-12-01T10:00", Scope.FOLGENDE, summary="Runde")
    assert text == "„Runde“: geändert (ganze Serie)"
    assert len(rows(place)) == 1


def test_this_and_the_following_are_moved_to_another_day(place: Workplace, weekly: int) -> None:
    key = f"{weekly}@2026-12-22T10:00"
    move_event(place, key, at("2026-12-23T08:30"), at("2026-12-23T09:30"), Scope.FOLGENDE)
    assert shown(place) == [*BEFORE[:3], "12-23 08:30 Lage", "01-06 08:30 Lage"]
    new = rows(place)[1]
    assert new.exdates == ["2026-12-30T08:30:00"]
    assert new.moved_from == at("2026-12-22T10:00")


def test_the_whole_series_moves_and_its_exceptions_follow(place: Workplace, weekly: int) -> None:
    key = f"{weekly}@2026-12-22T10:00"
    text = move_event(place, key, at("2026-12-24T11:00"), at("2026-12-24T11:30"), Scope.SERIE).text
    assert text.endswith("(ganze Serie), 1 Ausnahme behält ihre eigene Zeit")
    assert shown(place) == [
        "12-03 11:00 Lage", "12-10 11:00 Lage", "12-16 15:00 Große Lage", "12-24 11:00 Lage",
        "01-07 11:00 Lage",
    ]  # fmt: skip
    event = rows(place)[0]
    assert event.exdates == ["2026-12-31T11:00:00"]
    assert event.dtend - event.dtstart == HOUR / 2
    with place.reading() as session:
        assert session.scalars(select(EventOverride)).one().recurrence_id == at("2026-12-17T11:00")


@pytest.mark.parametrize("days", [7, -7])
def test_exceptions_side_by_side_do_not_meet_on_their_way(place: Workplace, weekly: int, days: int) -> None:
    for day in ("2026-12-08", "2026-12-22"):
        change(place, f"{weekly}@{day}T10:00", Scope.DIESER, summary=f"am {day[-2:]}.")
    before = contents(place)
    start = at("2026-12-22T10:00") + timedelta(days=days)
    move_event(place, f"{weekly}@2026-12-22T10:00", start, start + HOUR, Scope.SERIE)
    titles = [line for line in shown(place, 8) if "am" in line]
    assert titles == [
        f"{at('2026-12-08') + timedelta(days=days):%m-%d} 10:00 am 08.",
        f"{start:%m-%d} 10:00 am 22.",
    ]
    undo(place)
    assert contents(place) == before


def test_another_rule_drops_the_exceptions_that_no_longer_fit(place: Workplace, weekly: int) -> None:
    text = change(place, f"{weekly}@2026-12-22T10:00", Scope.SERIE, rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=3")
    assert (
        text
        == "„Lage“: geändert (ganze Serie), 2 Termine fallen weg, 1 Ausnahme passt nicht mehr und fällt weg"
    )
    assert shown(place) == ["12-07 10:00 Lage", "12-14 10:00 Lage", "12-21 10:00 Lage"]
    assert rows(place)[0].exdates == []


def test_a_series_becomes_a_single_appointment(place: Workplace, weekly: int) -> None:
    change(place, f"{weekly}@2026-12-22T10:00", Scope.SERIE, rrule="")
    assert shown(place) == ["12-22 10:00 Lage"]
    assert form_of(place, str(weekly)).recurrence_id == ""


def test_a_rule_never_holds_for_one_date_alone(place: Workplace, weekly: int) -> None:
    with pytest.raises(Refusal) as refused:
        change(place, f"{weekly}@2026-12-22T10:00", Scope.DIESER, rrule="FREQ=DAILY", kind="richtfest")
    assert refused.value.why == "Art und Wiederholung gelten für alle Termine einer Serie."


def test_somebody_else_was_faster(place: Workplace, other_place: Workplace, weekly: int) -> None:
    form = form_of(place, f"{weekly}@2026-12-22T10:00")
    change(other_place, f"{weekly}@2026-12-22T10:00", Scope.DIESER, room="Ratssaal")
    with pytest.raises(Conflict):
        change_event(place, replace(form, summary="zu spät"), Scope.DIESER)


def test_one_date_is_called_off_and_stands_again(place: Workplace, weekly: int) -> None:
    key = f"{weekly}@2026-12-22T10:00"
    assert (
        cancel_dates(place, key, Scope.DIESER, "Urlaub").text
        == "„Lage“ (Di 22.12.2026 10:00): abgesagt: Urlaub"
    )
    assert shown(place)[3] == "12-22 10:00 Lage (abgesagt)"
    confirm_dates(place, key, Scope.DIESER)
    assert shown(place) == BEFORE


def test_a_series_is_called_off_and_stands_again_but_for_its_own_losses(
    place: Workplace, weekly: int
) -> None:
    cancel_dates(place, f"{weekly}@2026-12-22T10:00", Scope.DIESER, "Urlaub")
    cancel_dates(place, f"{weekly}@2026-12-08T10:00", Scope.SERIE, "Sparen")
    assert all(line.endswith("(abgesagt)") for line in shown(place))
    confirm_dates(place, f"{weekly}@2026-12-08T10:00", Scope.SERIE)
    assert [line for line in shown(place) if line.endswith("(abgesagt)")] == ["12-22 10:00 Lage (abgesagt)"]


def test_the_following_are_called_off(place: Workplace, weekly: int) -> None:
    cancel_dates(place, f"{weekly}@2026-12-08T10:00", Scope.FOLGENDE, "Umbau")
    assert [line.endswith("(abgesagt)") for line in shown(place)] == [False, True, True, True, True]


def test_one_date_is_thrown_away(place: Workplace, weekly: int) -> None:
    assert trash_dates(place, f"{weekly}@2026-12-15T10:00", Scope.DIESER).text.endswith(
        "aus der Serie genommen"
    )
    assert shown(place) == [*BEFORE[:2], *BEFORE[3:]]
    assert rows(place)[0].exdates == ["2026-12-29T10:00:00", "2026-12-15T10:00:00"]


def test_the_last_date_left_goes_into_the_trash(place: Workplace, make_event: Make) -> None:
    key = make_event(rrule="FREQ=DAILY;COUNT=1")
    trash_dates(place, f"{key}@2026-12-01T10:00", Scope.DIESER)
    assert rows(place)[0].trashed_at is not None


def test_the_following_are_thrown_away_and_can_come_back(place: Workplace, weekly: int) -> None:
    trash_dates(place, f"{weekly}@2026-12-22T10:00", Scope.FOLGENDE)
    assert shown(place) == BEFORE[:3]
    assert [row.trashed_at is not None for row in rows(place)] == [False, True]


def test_what_a_scope_hits(place: Workplace, weekly: int) -> None:
    key = f"{weekly}@2026-12-22T10:00"
    assert affected(place, key, Scope.DIESER).first == (at("2026-12-22T10:00"),)
    later = affected(place, key, Scope.FOLGENDE)
    assert (later.total, later.text) == (2, "2 Termine, Di 22.12.2026 bis Di 5.01.2027")
    whole = affected(place, key, Scope.SERIE)
    assert whole.total == 5
    assert whole.first[2] == at("2026-12-16T15:00"), "a moved date is listed where it is now"


def test_an_endless_series_has_no_number(place: Workplace, make_event: Make) -> None:
    key = make_event(rrule="FREQ=DAILY", dtstart=at("2026-11-20T10:00"), dtend=at("2026-11-20T11:00"))
    found = affected(place, f"{key}@2026-12-01T10:00", Scope.SERIE)
    assert (len(found.first), found.total) == (10, None)
    assert found.text == "alle Termine ab Fr 20.11.2026, ohne Ende, davon 5 vergangene"


def waivers(place: Workplace) -> list[tuple[int, str, int | None, str]]:
    with place.reading() as session:
        rows = session.scalars(select(EventWaiver).order_by(EventWaiver.recurrence_id, EventWaiver.id))
        return [(row.event_id, row.recurrence_id, row.other_id, row.reason) for row in rows]


@pytest.mark.parametrize("given_for", ["the series", "the other"])
def test_what_was_excused_stays_so_when_a_series_is_cut(
    place: Workplace, make_event: Make, given_for: str
) -> None:
    """Reasons go along with the dates, whichever of the two they were given for."""
    key = make_event(summary="Lage", rrule="FREQ=WEEKLY;COUNT=4")
    other = make_event(
        summary="Presse",
        dtstart=at("2026-12-01T10:30"),
        dtend=at("2026-12-01T11:30"),
        rrule="FREQ=WEEKLY;INTERVAL=2;COUNT=2",
    )
    for day in ("2026-12-01", "2026-12-15"):
        name = f"{key}@{day}T10:00" if given_for == "the series" else f"{other}@{day}T10:30"
        waive(place, name, date.fromisoformat(day), "OB geht früher")
    before = waivers(place)
    change(place, f"{key}@2026-12-08T10:00", Scope.FOLGENDE, summary="Große Lage", description="neu")
    new = rows(place)[-1].id
    assert [row.summary for row in rows(place)] == ["Lage", "Presse", "Große Lage"]
    assert len(waivers(place)) == 2
    with place.reading() as session:
        both = [clashes_of(session, place, stored_candidate(session, place, one)) for one in (key, new)]
    assert both == [(), ()]
    undo(place)
    assert waivers(place) == before


def test_a_cut_asks_only_about_what_nobody_excused(place: Workplace, make_event: Make) -> None:
    key = make_event(summary="Lage", rrule="FREQ=WEEKLY;COUNT=4")
    for name, day in (("Presse", "2026-12-15"), ("Messe", "2026-12-22")):
        make_event(summary=name, dtstart=at(f"{day}T10:30"), dtend=at(f"{day}T11:30"))
    waive(place, f"{key}@2026-12-15T10:00", date(2026, 12, 15), "OB geht früher")
    with pytest.raises(Clashing) as refused:
        change(place, f"{key}@2026-12-08T10:00", Scope.FOLGENDE, summary="Große Lage")
    assert [clash.on for clash in refused.value.clashes] == [date(2026, 12, 22)]


@pytest.mark.parametrize("scope", [Scope.FOLGENDE, Scope.SERIE])
def test_a_date_that_summer_time_skips_moves_the_others_to_what_was_typed(
    place: Workplace, make_event: Make, scope: Scope
) -> None:
    key = make_event(
        dtstart=at("2027-03-14T02:30"), dtend=at("2027-03-14T03:30"), rrule="FREQ=WEEKLY;COUNT=4"
    )
    move_event(
        place, f"{key}@2027-03-28T02:30", at("2027-03-28T02:45"), at("2027-03-28T03:45"), scope, "steht so"
    )
    last = week(place, date(2027, 4, 4))[-1].events
    assert [(event.start, event.end) for event in last] == [(at("2027-04-04T02:45"), at("2027-04-04T03:45"))]


def test_only_the_end_typed_on_a_date_that_summer_time_skips_moves_no_start(
    place: Workplace, make_event: Make
) -> None:
    key = make_event(
        dtstart=at("2027-03-14T02:30"), dtend=at("2027-03-14T03:00"), rrule="FREQ=WEEKLY;COUNT=4"
    )
    form = form_of(place, f"{key}@2027-03-28T02:30")
    assert form.start == at("2027-03-28T03:30")
    change_event(place, replace(form, end=form.end + HOUR / 2), Scope.SERIE, "steht so")
    (stored,) = rows(place)
    assert (stored.dtstart, stored.dtend) == (at("2027-03-14T02:30"), at("2027-03-14T03:30"))


@pytest.mark.parametrize(
    ("rule", "becomes", "told"),
    [
        ("FREQ=WEEKLY;COUNT=6", "", "5 Termine fallen weg"),
        ("FREQ=WEEKLY", "", "alle anderen Termine fallen weg"),
        ("FREQ=WEEKLY;COUNT=6", "FREQ=WEEKLY;COUNT=5", "1 Termin fällt weg"),
        ("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=3", "die Termine nach dem Di 15.12.2026 fallen weg"),
        ("FREQ=WEEKLY;COUNT=6", "FREQ=DAILY;COUNT=6", "(ganze Serie)"),
    ],
)
def test_dates_that_go_with_a_rule_are_told(
    place: Workplace, make_event: Make, rule: str, becomes: str, told: str
) -> None:
    key = make_event(rrule=rule)
    form = form_of(place, f"{key}@2026-12-15T10:00")
    done = change_event(place, replace(form, rrule=becomes), Scope.SERIE, "steht so")
    assert done.text.endswith(told)


def test_taking_the_rule_away_is_asked_with_what_goes(place: Workplace, make_event: Make) -> None:
    key = make_event(rrule="FREQ=WEEKLY;COUNT=6")
    hit = affected(place, f"{key}@2026-12-15T10:00", Scope.SERIE, single=True)
    assert hit.text.startswith("nur Di 15.12.2026 10:00 bleibt, die anderen fallen weg, von: 6 Termine")


def test_a_first_date_beside_the_rule_moves_along(place: Workplace, make_event: Make) -> None:
    key = make_event(rrule="FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3")
    day = "2026-12-15T10:00"
    move_event(place, f"{key}@{day}", at("2026-12-16T10:00"), at("2026-12-16T11:00"), Scope.SERIE, "steht so")
    with place.reading() as session:
        found = session.scalars(select(Occurrence.starts_at).order_by(Occurrence.starts_at))
        assert [f"{one:%m-%d}" for one in found] == ["12-02", "12-16", "01-16", "02-16"]


def test_the_time_typed_for_a_changed_date_holds_for_the_others(place: Workplace, make_event: Make) -> None:
    key = make_event(
        dtstart=datetime.fromisoformat("2026-12-01T08:00"),
        dtend=datetime.fromisoformat("2026-12-01T09:00"),
        rrule="FREQ=WEEKLY;COUNT=4",
    )
    name = f"{key}@2026-12-01T08:00"
    for start, scope in (("07:30", Scope.DIESER), ("09:30", Scope.FOLGENDE)):
        begins = datetime.fromisoformat(f"2026-12-01T{start}")
        move_event(place, name, begins, begins + timedelta(hours=1), scope)
    for number in (1, 8, 15, 22):
        (shown,) = one_day(place, date(2026, 12, number)).events
        assert (shown.start.hour, shown.start.minute) == (9, 30)
