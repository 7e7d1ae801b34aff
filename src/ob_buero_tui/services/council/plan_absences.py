"""When the mayor is away or has an appointment: what the year's plan would rather not cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.clashing import PERSON
from ob_buero_tui.rules.german import clock, short_range
from ob_buero_tui.rules.year_plan import Absence
from ob_buero_tui.services.calendar.taken import taken
from ob_buero_tui.services.council.sittings import Sitting
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import taken as stored

_MINUTE = timedelta(minutes=1)


def absences_of(
    session: Session, place: Workplace, first: date, last: date, sittings: Sequence[Sitting] = ()
) -> Iterator[Absence]:
    """The mayor's absences and appointments, each date of a series; what for is never told, only when.

    Args:
        first, last: The days asked about, both counted.
        sittings: Sessions, which often stand in the mayor's calendar once more: those are no appointments.
    """
    begins = {one.start for one in sittings if any(seat.mayor_attends for seat in one.seats)}
    rows = stored.outside(session.connection(), first, last)
    for one in sorted(taken(place.catalog, rows, {}), key=lambda each: (each.starts, each.key)):
        start, end = (place.local(at).replace(tzinfo=None) for at in (one.starts, one.ends))
        if PERSON + MAYOR not in one.own or one.session or end <= start:
            continue
        if one.away:
            until = max(start.date(), (end - _MINUTE).date())
            yield Absence(label=short_range(start.date(), until), start=start, end=end)
        elif start not in begins:
            label = f"{clock(start)}–{clock(end)}"
            if end.date() != start.date():
                label = short_range(start.date(), end.date())
            yield Absence(label=label, start=start, end=end, away=False)
