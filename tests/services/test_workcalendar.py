"""The cached holidays: days off and school holidays, each in its own category."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import delete, func, select

from ob_buero_tui.services.workcalendar import (
    PUBLIC,
    SCHOOL,
    fill_holidays,
    holidays_missing,
    office_calendar,
)
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.desk import Holiday
from office_fixtures import Clock


def forget_school(place: Workplace) -> None:
    with place.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(delete(Holiday).where(Holiday.category == SCHOOL))
    place.calendars.clear()


def test_school_holidays_are_known_and_close_nothing(place: Workplace) -> None:
    calendar = office_calendar(place)
    assert calendar.school[date(2026, 10, 19)] == "Herbstferien"
    assert date(2026, 10, 19) not in calendar.holidays
    assert calendar.is_open(date(2026, 10, 19))
    assert calendar.knows_school(date(2029, 7, 1))


def test_after_the_last_known_holidays_nothing_is_said(place: Workplace) -> None:
    calendar = office_calendar(place)
    assert calendar.covers(date(2029, 12, 1))
    assert not calendar.knows_school(date(2029, 12, 1))


def test_a_cache_without_school_holidays_is_filled_once(place: Workplace, clock: Clock) -> None:
    assert not holidays_missing(place)
    forget_school(place)
    assert holidays_missing(place)
    fill_holidays(place)
    assert not holidays_missing(place)
    fill_holidays(place)
    with place.reading() as session:
        counts = dict(
            session.execute(select(Holiday.category, func.count()).group_by(Holiday.category)).all()
        )
    assert set(counts) == {PUBLIC, SCHOOL}
    assert counts[SCHOOL] > counts[PUBLIC]


def test_years_of_which_no_school_holidays_are_known_are_not_looked_for_again(
    place: Workplace, clock: Clock
) -> None:
    clock.now = datetime(2033, 5, 2, 8, tzinfo=UTC)
    fill_holidays(place)
    calendar = office_calendar(place)
    assert not calendar.school
    assert calendar.covers(place.today)
    assert not calendar.knows_school(place.today)
    assert not holidays_missing(place)
