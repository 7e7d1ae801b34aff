"""What takes up time in the calendar, and what it clashes with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, literal_column, select
from sqlalchemy.orm import Session, load_only

from ob_buero_tui.catalog.representation import ABSENCE, MAYOR
from ob_buero_tui.rules.conflicts import Slot
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Audience, Confidentiality, View, strictest
from ob_buero_tui.services.calendar.dated_names import clash_sentence, clash_text
from ob_buero_tui.services.calendar.own_details import own
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.calendar import Event, EventOverride, Occurrence

Dated = tuple[Occurrence, Event, EventOverride | None]
"""One date in the calendar: the occurrence, its event, and the override that changed it."""

SHOWN = (
    *(Event.uid, Event.calendar, Event.summary, Event.kind, Event.location, Event.all_day, Event.status),
    *(Event.transparent, Event.confidentiality, Event.owner, Event.attendee, Event.organizer),
    *(Event.travel_before_min, Event.travel_after_min, Event.driver, Event.car, Event.room),
)
"""What days and conflicts need of an event; a week has a hundred of them, and dates are slow to read."""

LONGEST_TRAVEL = timedelta(hours=12)
"""How far outside its own time an occurrence may be busy; bounds the search by start time."""


def _between() -> Any:
    end: Any = bindparam("end")
    touching = and_(Occurrence.busy_from < end, Occurrence.busy_to >= bindparam("start"))
    near = and_(Occurrence.starts_at >= bindparam("early"), Occurrence.starts_at < bindparam("late"))
    # What lasts more than a day is rare and has an index of its own, so a day never scans all the past;
    # SQLite takes that index only for the literal that it was made with.
    lasting = Occurrence.long == literal_column("1")
    ids = (
        select(Occurrence.id)
        .where(near, touching)
        .union(select(Occurrence.id).where(lasting, Occurrence.starts_at < end, touching))
    )
    return (
        select(Occurrence, Event, EventOverride)
        .join(Event, Event.id == Occurrence.event_id)
        .outerjoin(EventOverride, EventOverride.id == Occurrence.override_id)
        .where(Occurrence.id.in_(ids))
        .order_by(Occurrence.starts_at, Occurrence.id)
        .options(load_only(*SHOWN))
    )


_BETWEEN = _between()
"""Made once: to put this statement together takes as long as to run it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The time an appointment not yet made would take up: aware UTC, travel included in `busy`."""

    busy_from: datetime
    busy_to: datetime


def occurrence_key(event_id: int, recurrence_id: str) -> str:
    """The name of one date: `17`, or `17@2026-11-25T09:00` for one of a series."""
    if not recurrence_id:
        return str(event_id)
    shown = recurrence_id[:16] if "T" in recurrence_id else recurrence_id
    return f"{event_id}@{shown}"


def rows_between(session: Session, start: datetime, end: datetime) -> Sequence[Dated]:
    """Occurrences whose time or travel touches a span, with what the views need of event and override.

    Args:
        start, end: Aware instants; the end is exclusive.
    """
    early, late = start - timedelta(days=1) - LONGEST_TRAVEL, end + LONGEST_TRAVEL
    found = session.execute(_BETWEEN, {"start": start, "end": end, "early": early, "late": late})
    return [(row[0], row[1], row[2]) for row in found]


def slot_of(occurrence: Occurrence, event: Event, override: EventOverride | None) -> Slot:
    """The slot of one occurrence; what is cancelled or transparent takes up no time.

    Who is away is away: calendar clients mark all-day entries as free by themselves.
    """
    status = override.status if override is not None else event.status
    return Slot(
        key=occurrence_key(event.id, occurrence.recurrence_id),
        starts=occurrence.starts_at,
        ends=occurrence.ends_at,
        busy_from=occurrence.busy_from,
        busy_to=occurrence.busy_to,
        blocking=status != EventStatus.CANCELLED and (not event.transparent or event.kind == ABSENCE),
    )


def clashes(
    session: Session,
    place: Workplace,
    proposed: Proposed,
    *,
    without: Sequence[int] = (),
    person: str = MAYOR,
) -> tuple[str, ...]:
    """German sentences on what an appointment at this time would overlap, travel included.

    Args:
        without: Events that do not count, such as the appointment itself.
        person: Whose time it would take up: the mayor's, or the key of a deputy's calendar.
    """
    rows = rows_between(session, proposed.busy_from, proposed.busy_to)
    return tuple(map(clash_sentence, overlaps(place, rows, proposed, person, without)))


def overlaps(
    place: Workplace, rows: Sequence[Dated], proposed: Proposed, person: str, without: Sequence[int] = ()
) -> list[str]:
    """What of these dates takes up a person's time in a span, each named with its time."""
    from ob_buero_tui.services.calendar.taken import Claiming

    claiming = Claiming(place.catalog, (), ())
    found = []
    for occurrence, event, override in rows:
        slot = slot_of(occurrence, event, override)
        overlap = slot.busy_from < proposed.busy_to and slot.busy_to > proposed.busy_from
        # Where a deputy goes to an appointment of the mayor's, it is the deputy who has no time.
        theirs = person in claiming.attending(event.calendar, own(event, override, "attendee"))
        if slot.blocking and overlap and theirs and event.id not in without:
            full = seen_of(place, event, override) is View.FULL
            text = clash_text(place, slot, event, override, place.local(proposed.busy_from).date(), full=full)
            found.append(text)
    return found


def seen_of(
    place: Workplace,
    event: Event,
    override: EventOverride | None,
    audience: Audience = Audience.INTERN,
    beside: Iterable[str] = (),
) -> View:
    """How much of one date an audience sees: what both the series and the changed date allow.

    Args:
        beside: The levels of what it belongs to, see `levels_beside`; they count too.
    """
    seen = [place.sees(row.confidentiality, row.owner, audience) for row in (event, override) if row]
    seen += [place.sees(level, "", audience) for level in beside]
    return max(seen, key=tuple(View).index)


def level_of(event: Event, override: EventOverride | None) -> Confidentiality:
    """The level of one date, the stricter one of its series and itself."""
    return strictest(Confidentiality(row.confidentiality) for row in (event, override) if row)


def by_start(rows: Sequence[Dated], start: datetime, end: datetime) -> list[Dated]:
    """Only the dates whose own time touches a span; travel alone does not put one on a day."""
    return [
        row
        for row in rows
        if row[0].starts_at < end and (row[0].ends_at > start or row[0].starts_at == row[0].ends_at >= start)
    ]


def next_date_of(place: Workplace, event_id: int) -> date | None:
    """The day on which an event is next, or was last; None for one that is gone."""
    with place.reading() as session:
        now = place.clock()
        coming = session.scalar(
            select(Occurrence.starts_at)
            .where(Occurrence.event_id == event_id, Occurrence.ends_at >= now)
            .order_by(Occurrence.starts_at)
            .limit(1)
        )
        event = session.get(Event, event_id)
        instant = coming or (event.starts_at if event is not None else None)
        return place.local(instant).date() if instant is not None else None
