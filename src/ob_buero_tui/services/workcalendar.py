"""The office's open days: public holidays from a cached table, its own closed days from the catalog."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.workdays import WorkCalendar
from ob_buero_tui.services.faults import translated
from ob_buero_tui.store.desk import Holiday

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

YEARS_BACK, YEARS_AHEAD = 2, 3


def work_calendar(session: Session, place: Workplace) -> WorkCalendar:
    """The open days that are known; a range without cached holidays is not covered and says so."""
    known = place.calendars.get(place.catalog.region)
    if known is None or not known.covers(place.today):  # another desk may have filled the cache meanwhile
        known = place.calendars[place.catalog.region] = _read(session, place)
    return known


def office_calendar(place: Workplace) -> WorkCalendar:
    """The open days, for a screen that counts with them."""
    with place.reading() as session:
        return work_calendar(session, place)


def holidays_missing(place: Workplace) -> bool:
    """Whether the cache lacks a year around today."""
    with place.reading() as session:
        calendar = _read(session, place)
    wanted = place.today.year
    return not (calendar.covers(date(wanted - 1, 1, 1)) and calendar.covers(date(wanted + 2, 12, 31)))


def fill_holidays(place: Workplace) -> None:
    """Cache the public holidays of the Land for the years around today.

    Slow the first time (the holidays library takes most of a second): a worker's job.
    """
    import holidays

    region, this_year = place.catalog.region, place.today.year
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    found = holidays.country_holidays("DE", subdiv=region, years=years, language="de")
    rows = [{"region": region, "day": day, "name": name} for day, name in sorted(found.items())]
    with translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        with connection, connection.begin():
            connection.execute(delete(Holiday).where(Holiday.region == region))
            connection.execute(insert(Holiday), rows)
    place.calendars.clear()


def _read(session: Session, place: Workplace) -> WorkCalendar:
    from ob_buero_tui.catalog.closed import closed_days

    region = place.catalog.region
    rows = session.execute(select(Holiday.day, Holiday.name).where(Holiday.region == region)).all()
    if not rows:
        nothing = date(1, 1, 1)
        return WorkCalendar(holidays={}, closed={}, first=nothing, last=nothing)
    named = {row.day: row.name for row in rows}
    years = {day.year for day in named}
    closed = {
        day: name for year in years for day, name in closed_days(place.catalog.closed_days, year).items()
    }
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)
    return WorkCalendar(holidays=named, closed=closed, first=first, last=last)
