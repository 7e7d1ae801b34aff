"""Which dates of the calendar an absence hits: the mayor's own, by time, with the council's sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ob_buero_tui.catalog.representation import ABSENCE, COUNCIL, MAYOR
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.calendar.dates import rows_of_days
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.calendar.sessions_alike import OURS, same_session
from ob_buero_tui.services.calendar.slots import Dated, by_start
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride

GOES = ("", "OB")
"""What `attendee` says where the mayor goes."""


def hits_between(session: Session, place: Workplace, start: datetime, end: datetime) -> list[Dated]:
    """The dates that an absence hits and that are not over yet, in the order of time.

    Not hit is what is called off, done by somebody else already, or a note on a whole day. A time that
    Outlook shows as free is hit: whoever is ill does not sign the post either.

    Args:
        start, end: Wall time of the office; the end is exclusive.
    """
    begin = max(to_utc(start, place.zone), place.clock())
    finish = to_utc(end, place.zone)
    if finish <= begin:
        return []
    last = (end - timedelta(minutes=1)).date()
    rows = rows_of_days(session, place.local(begin).date(), last, begin, finish)
    found = [row for row in by_start(rows, begin, finish) if _is_hit(row)]
    return sorted(_each_session_once(found), key=lambda row: (row[0].starts_at, row[1].id))


def goes(event: Event, override: EventOverride | None) -> bool:
    """Whether the mayor is the one who goes."""
    return event.calendar == COUNCIL or (
        event.calendar == MAYOR and own(event, override, "attendee").strip() in GOES
    )


def synthetic_id(event_id: int, recurrence_id: str) -> int:
    """The key of a line that has no item yet: negative, and the same whenever it is asked."""
    digits = "".join(letter for letter in recurrence_id if letter.isdigit())[:12]
    return -(event_id * 10**12 + int(digits or 0))


def _is_hit(row: Dated) -> bool:
    _, event, override = row
    status = override.status if override is not None else event.status
    all_day = override.all_day if override is not None else event.all_day
    stands = status != EventStatus.CANCELLED and not (event.transparent and all_day)
    return stands and event.kind != ABSENCE and goes(event, override)


def _each_session_once(rows: Sequence[Dated]) -> Iterable[Dated]:
    """The same session may have come from the council information system and from a file: ours counts."""
    council = [row for row in rows if row[1].calendar == COUNCIL]
    for row in rows:
        twin = row[1].calendar == COUNCIL and not OURS.match(row[1].uid)
        if twin and any(
            other[0].starts_at == row[0].starts_at and same_session(other[1], row[1]) for other in council
        ):
            continue
        yield row
