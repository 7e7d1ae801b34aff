"""Begins an Ausfall, lets it go on longer or shorter, and closes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import select

from ob_buero_tui.catalog.representation import ABSENCE, MAYOR
from ob_buero_tui.rules.ausfall_line import Absence, span_text
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import join, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality, View, strictest
from ob_buero_tui.rules.zones import to_utc
from ob_buero_tui.services.ausfall.reading import GONE, Found, found_lines, span_of
from ob_buero_tui.services.calendar.forms import hidden
from ob_buero_tui.services.calendar.new_rows import new_event
from ob_buero_tui.services.calendar.writing import set_span
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.history import Params, moment_text, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.ausfall import Ausfall, AusfallItem, AusfallOutcome, AusfallState
from ob_buero_tui.store.calendar import Event

OVER = "Der Ausfall wurde nicht begonnen."


@use_case("begin_ausfall")
def begin_ausfall(work: Work, absence: Absence) -> Done:
    """Enter an absence of the mayor and an item for each appointment that it hits.

    The same absence, there already and overlapping, is made longer instead of entered twice.

    Raises:
        Refusal: it is over.
    """
    if to_utc(absence.end, work.place.zone) <= work.at:
        raise Refusal(OVER, "Die Abwesenheit ist schon vorbei.", "Prüfen Sie das Datum.")
    event = _absence_event(work, absence)
    row = work.session.scalars(
        select(Ausfall)
        .where(Ausfall.event_id == event.id, Ausfall.state == AusfallState.OFFEN.value)
        .limit(1)
    ).first()
    if row is None:
        row = Ausfall(event_id=event.id, reason=clean(absence.title, limit=80), begun_at=work.at)
        work.session.add(row)
    work.session.flush()
    count = add_items(work, row)
    start, end = span_of(work.session, work.place, row)
    work.tell(table="event", ids=[event.id], count=count, start=start.isoformat(), end=end.isoformat())
    hit = f"{plural(count, 'Termin', 'Termine')} betroffen" if count else "kein Termin betroffen"
    return Done(ids=(row.id,), text=f"Ausfall {span_text(start, end)}: {hit}")


@use_case("change_ausfall")
def change_ausfall(work: Work, ausfall_id: int, absence: Absence) -> Done:
    """Let an absence last longer or shorter; what was decided for dates it no longer hits is named.

    Raises:
        Refusal: nothing would be left of it, or it is gone.
    """
    row = load_ausfall(work, ausfall_id)
    event = work.get(Event, row.event_id)
    if work.place.sees(event.confidentiality, event.owner) is not View.FULL:
        raise hidden()
    if absence.end <= absence.start:
        raise Refusal("Von der Abwesenheit bliebe nichts übrig.", "", "Nehmen Sie sie mit u zurück.")
    _set(work, event, absence.start, absence.end)
    title = clean(absence.title, limit=80)
    if absence.reason and title.casefold() != row.reason.casefold():
        row.reason = event.summary = title
        _raise_level(work, event)
    work.session.flush()
    kept, dropped = _drop_outside(work, row)
    count = add_items(work, row)
    work.tell(table="event", ids=[event.id], start=absence.start.isoformat(), end=absence.end.isoformat())
    parts = [f"Abwesenheit {span_text(absence.start, absence.end)}"]
    parts += [f"{plural(count, 'Termin', 'Termine')} dazu"] if count else []
    parts += [f"{plural(dropped, 'Termin', 'Termine')} nicht mehr betroffen"] if dropped else []
    parts += [f"schon entschieden: {join([_named(one) for one in kept])}"] if kept else []
    return Done(ids=(row.id,), text=", ".join(parts))


@use_case("close_ausfall")
def close_ausfall(work: Work, ausfall_id: int) -> Done:
    """Put an Ausfall away; what is still open in it stays as it is in the calendar."""
    row = load_ausfall(work, ausfall_id)
    if row.state == AusfallState.ABGESCHLOSSEN:
        raise Refusal("Dieser Ausfall ist schon abgeschlossen.")
    row.state, row.closed_at = AusfallState.ABGESCHLOSSEN.value, work.at
    work.tell(table="event", ids=[row.event_id])
    work.refer("event", row.event_id)
    return Done(ids=(row.id,), text="Ausfall abgeschlossen")


def load_ausfall(work: Work, ausfall_id: int) -> Ausfall:
    """The Ausfall with this key.

    Raises:
        Refusal: it is gone.
    """
    row = work.session.get(Ausfall, ausfall_id)
    if row is None:
        raise GONE
    return row


def add_items(work: Work, row: Ausfall) -> int:
    """An item for each date that is hit and has none yet; what is personal to others gets none."""
    return len(
        items_for(work, row, [one for one in found_lines(work.session, work.place, row) if one.item is None])
    )


def items_for(work: Work, row: Ausfall, found: Sequence[Found]) -> list[AusfallItem]:
    """The items of some lines, made for those that have none."""
    items = []
    for one in found:
        if one.item is not None:
            items.append(one.item)
        elif not one.line.hidden:
            item = AusfallItem(
                ausfall_id=row.id, event_id=one.line.event_id, recurrence_id=one.line.recurrence_id
            )
            work.session.add(item)
            items.append(item)
    work.session.flush()
    return items


def _absence_event(work: Work, absence: Absence) -> Event:
    """The absence in the mayor's calendar: the same one made longer, else a new one."""
    present = _present(work, absence)
    if present is not None:
        start = min(absence.start, work.place.local(present.starts_at))
        end = max(absence.end, work.place.local(present.ends_at))
        if _set(work, present, start, end):
            _raise_level(work, present)
        return present
    event = new_event(
        calendar=MAYOR,
        summary=clean(absence.title, limit=80),
        kind=ABSENCE,
        confidentiality=_level(work).value,
    )
    zone = work.place.zone
    set_span(event, absence.start, absence.end, all_day=absence.all_day, tzid=zone, zone=zone)
    event.dtstamp = work.at
    work.session.add(event)
    work.session.flush()
    touched(work, event, event)
    return event


def _present(work: Work, absence: Absence) -> Event | None:
    """The entry of the same absence: it overlaps, and is called the same or was made by an Ausfall.

    What another desk keeps to itself is never touched, nor what is another absence, such as a visit to a
    doctor during a holiday.
    """
    begin, finish = to_utc(absence.start, work.place.zone), to_utc(absence.end, work.place.zone)
    rows = work.session.scalars(
        select(Event)
        .where(Event.calendar == MAYOR, Event.kind == ABSENCE, Event.trashed_at.is_(None))
        .where(Event.status != EventStatus.CANCELLED.value, Event.rrule == "", Event.rdates == [])
        .where(Event.starts_at < finish, Event.ends_at > begin)
        .order_by(Event.id)
    ).all()
    keys = [row.id for row in rows]
    made = set(work.session.scalars(select(Ausfall.event_id).where(Ausfall.event_id.in_(keys))))
    title = clean(absence.title, limit=80).casefold()
    for row in rows:
        same = row.id in made or row.summary.strip().casefold() == title
        if same and work.place.sees(row.confidentiality, row.owner) is View.FULL:
            return row
    return None


def _level(work: Work) -> Confidentiality:
    kind = work.catalog.event_kinds.get(ABSENCE)
    return Confidentiality(kind.confidentiality) if kind is not None else Confidentiality.VERTRAULICH


def _raise_level(work: Work, event: Event) -> None:
    """Why and how long somebody is away is told no more openly than a new absence would be."""
    event.confidentiality = strictest((Confidentiality(event.confidentiality), _level(work))).value


def _set(work: Work, event: Event, start: datetime, end: datetime) -> bool:
    """Give the absence its time; tells whether it is another one."""
    zone = work.place.zone
    local = work.place.local(event.starts_at), work.place.local(event.ends_at)
    if local == (start, end):
        return False
    whole = start.time() == time.min and end.time() == time.min
    set_span(event, start, end, all_day=whole, tzid=zone if not whole else event.tzid, zone=zone)
    touched(work, event, event)
    return True


def _drop_outside(work: Work, row: Ausfall) -> tuple[list[Found], int]:
    """Items that are hit no longer: the open ones go, the decided ones stay and are returned."""
    kept, dropped = [], 0
    for one in found_lines(work.session, work.place, row):
        if one.item is None or not one.line.outside:
            continue
        if one.item.outcome == AusfallOutcome.OFFEN and one.item.deputation_id is None:
            work.session.delete(one.item)
            dropped += 1
        elif one.line.outcome is not AusfallOutcome.BLEIBT:
            kept.append(one)
    work.session.flush()
    return kept, dropped


def _named(found: Found) -> str:
    return f"{found.line.name} ({found.line.said})"


@sentence("begin_ausfall")
def _begun(params: Params) -> str:
    hit = f", {plural(params['count'], 'Termin', 'Termine')} betroffen" if params.get("count") else ""
    return f"Ausfall begonnen ab {moment_text(params.get('start'))}{hit}"


@sentence("change_ausfall")
def _changed(params: Params) -> str:
    return f"Abwesenheit geändert: bis {moment_text(params.get('end'))}"


@sentence("close_ausfall")
def _closed(_params: Params) -> str:
    return "Ausfall abgeschlossen"
