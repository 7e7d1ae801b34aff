"""The office's open days: holidays from a cached table, its own closed days from the catalog."""

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
PUBLIC, SCHOOL = "public", "school"
"""The categories of the cached holidays: days off, and the school holidays of the Land."""

SCHOOL_KNOWN_UNTIL = 2029
"""The year in whose summer the school holidays of the library end; later ones are no reason to look again."""


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
    """Whether the cache lacks a year around today, or the school holidays where there are any."""
    with place.reading() as session:
        calendar = _read(session, place)
    wanted = place.today.year
    covered = calendar.covers(date(wanted - 1, 1, 1)) and calendar.covers(date(wanted + 2, 12, 31))
    return not covered or (not calendar.school and wanted - YEARS_BACK <= SCHOOL_KNOWN_UNTIL)


def fill_holidays(place: Workplace) -> None:
    """Cache the public and the school holidays of the Land for the years around today.

    Slow the first time (the holidays library takes most of a second): a worker's job.
    """
    import holidays

    region, this_year = place.catalog.region, place.today.year
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    rows = [
        {"region": region, "category": category, "day": day, "name": name}
        for category in (PUBLIC, SCHOOL)
        for day, name in sorted(
            holidays.country_holidays(
                "DE", subdiv=region, years=years, language="de", categories=(category,)
            ).items()
        )
    ]
    with translated():
        connection = place.engine.connect().execution_options(writing=True, patience=place.patience_ms)
        with connection, connection.begin():
            connection.execute(delete(Holiday).where(Holiday.region == region))
            connection.execute(insert(Holiday), rows)
    place.calendars.clear()


def _read(session: Session, place: Workplace) -> WorkCalendar:
    from ob_buero_tui.catalog.closed import closed_days

    region = place.catalog.region
    rows = session.execute(
        select(Holiday.category, Holiday.day, Holiday.name).where(Holiday.region == region)
    ).all()
    named = {row.day: row.name for row in rows if row.category == PUBLIC}
    school = {row.day: row.name for row in rows if row.category == SCHOOL}
    if not named:
        nothing = date(1, 1, 1)
        return WorkCalendar(holidays={}, closed={}, first=nothing, last=nothing)
    years = {day.year for day in named}
    closed = {
        day: name for year in years for day, name in closed_days(place.catalog.closed_days, year).items()
    }
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)
    return WorkCalendar(
        holidays=named,
        closed=closed,
        first=first,
        last=last,
        school=school,
        # A year ends within the Christmas holidays, so nothing is left out after the last day there is.
        school_last=max(school, default=date.min),
    )
