"""When the mayor is away or has an appointment: what the year's plan would rather not cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.clashing import PERSON
from ob_buero_tui.rules.german import clock, short_range
from ob_buero_tui.rules.year_plan import Absence
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.taken import taken
from ob_buero_tui.services.council.sittings import Sitting
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import occurrences
from ob_buero_tui.store import taken as stored

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def absences_of(
    session: Session, place: Workplace, first: date, last: date, sittings: Sequence[Sitting] = ()
) -> Iterator[Absence]:
    """The mayor's absences and appointments, each date of a series; what for is never told, only when.

    Args:
        first, last: The days asked about, both counted.
        sittings: Sessions, which often stand in the mayor's calendar once more: those are no appointments.
    """
    begins = {one.start for one in sittings if any(seat.mayor_attends for seat in one.seats)}
    dates = taken(place.catalog, _rows(session.connection(), place, first, last), {})
    own = [one for one in dates if PERSON + MAYOR in one.own and not one.session]
    for one in sorted(own, key=lambda each: (each.starts, each.key)):
        start, end = (place.local(at).replace(tzinfo=None) for at in (one.starts, one.ends))
        if end <= start:
            continue
        if one.away:
            until = max(start.date(), (end - _MINUTE).date())
            yield Absence(label=short_range(start.date(), until), start=start, end=end)
        elif start not in begins:
            label = f"{clock(start)}–{clock(end)}"
            if end.date() != start.date():
                label = short_range(start.date(), end.date())
            yield Absence(label=label, start=start, end=end, away=False)


def _rows(connection: Connection, place: Workplace, first: date, last: date) -> list[stored.TakenRow]:
    """The dates of these days, expanded only where they are not known as such."""
    if occurrences.window_covers(connection, first) and occurrences.window_covers(connection, last + _DAY):
        start, end = (to_utc(datetime.combine(on, time.min), place.zone) for on in (first, last + _DAY))
        return stored.near(connection, [(start, end)])
    return stored.outside(connection, first, last)
