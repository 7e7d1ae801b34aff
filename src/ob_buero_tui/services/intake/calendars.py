"""The use case of one calendar file: its appointments come in, newer versions replace what is stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from ob_buero_tui.exchange.ics_records import CalendarFile
from ob_buero_tui.rules.series_split import ended_before
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality, strictest
from ob_buero_tui.services.calendar.preparing import move_preparation
from ob_buero_tui.services.calendars.pending import note_seen
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.intake.calendar_changes import CalendarPlan, DateChange, Draft, Replaced, Row
from ob_buero_tui.services.intake.calendar_plan import plan_calendar
from ob_buero_tui.services.intake.event_rows import LEVELS, NO_TITLE, EventRows, even_rows
from ob_buero_tui.services.intake.report import Counts, event_counts
from ob_buero_tui.services.intake.request_following import dates_with_requests, follow_requests
from ob_buero_tui.services.intake.source import Source, register_source
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store import occurrences
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource
from ob_buero_tui.store.tables import JOURNALED

_TOLD = ("events", "overrides", "replaced", "cancelled", "answers")


@use_case("import_calendar")
def import_calendar(work: Work, file: CalendarFile, source: Source) -> CalendarPlan:
    """Bring the appointments of a calendar file in; where all is known already, nothing is written.

    Args:
        file: What was read before the transaction.
        source: The file it comes from.

    Returns:
        What was changed, and what was left out.
    """
    rows = EventRows.of(work.catalog, work.desk.account, file, source.name)
    plan = plan_calendar(work.place, work.session, file, rows)
    if plan.empty:
        return plan
    register_source(work, source)
    carry_out(work, plan, rows)
    return plan


def carry_out(work: Work, plan: CalendarPlan, rows: EventRows) -> None:
    """Write what a plan found, and tell the history of it."""
    connection = work.session.connection()
    if occurrences.needs_window(connection, work.today):
        occurrences.ensure_window(connection, work.today)
    work.fresh_rows = plan.only_new
    work.taken_over = True
    before = dates_with_requests(work, plan)
    _keep_absorbed(work, plan)
    ids = _insert_new(work, plan)
    for item in plan.replaced:
        _replace(work, item, rows)
    _drop_dates(work, plan.dropped)
    for change in plan.dates:
        _change_date(work, change)
    for event_id in plan.absorbed:
        work.get(Event, event_id).trashed_at = work.at
    write_answers(work, plan)
    _settle(work, plan)
    plan.followed += follow_requests(work, before)
    touched = [*ids, *plan.touched]
    changed = [*(item.event_id for item in plan.replaced), *(item.event_id for item in plan.dates)]
    plan.written = [*ids, *changed]
    counts = plan.counts
    work.tell(
        table="event",
        # One is named, many are only counted: a name for each of thousands helps nobody.
        ids=touched if len(touched) == 1 else [],
        counts={name: getattr(counts, name) for name in _TOLD},
    )


def _keep_absorbed(work: Work, plan: CalendarPlan) -> None:
    """A date that stood alone stays as confidential as it was when it becomes part of its series."""
    series = {item.event.row["uid"]: item for item in plan.new}
    for event in (work.get(Event, key) for key in plan.absorbed):
        if event.confidentiality not in LEVELS.values():
            continue
        for draft in series[event.uid].dates:
            if draft.row["dtstart"] == event.dtstart:
                level, owner = _kept_strict(event, draft.row)
                draft.row.update(confidentiality=level, owner=owner)


def _insert_new(work: Work, plan: CalendarPlan) -> list[int]:
    """Insert the new appointments, their changed dates, and the texts of both; returns the new keys."""
    ids = work.insert_rows(JOURNALED["event"], even_rows([item.event.row for item in plan.new]))
    sources = [
        {"event_id": key, "override_id": None, "raw": item.event.raw}
        for key, item in zip(ids, plan.new, strict=True)
    ]
    dates = [(key, draft) for key, item in zip(ids, plan.new, strict=True) for draft in item.dates]
    date_ids = work.insert_rows(
        JOURNALED["event_override"], [{**draft.row, "event_id": key} for key, draft in dates]
    )
    for date_id, (key, draft) in zip(date_ids, dates, strict=True):
        sources.append({"event_id": key, "override_id": date_id, "raw": draft.raw})
    work.insert_rows(JOURNALED["event_source"], sources)
    noted = [(key, item.event) for key, item in zip(ids, plan.new, strict=True)] + dates
    work.insert_rows(JOURNALED["note"], [row for key, draft in noted if (row := _note(work, key, draft))])
    return ids


def _note(work: Work, event_id: int, draft: Draft) -> dict[str, Any] | None:
    """What was repaired or guessed while reading, as a remark on the appointment."""
    if not draft.notes:
        return None
    return {
        "request_id": None,
        "event_id": event_id,
        "text": "Beim Import: " + " ".join(draft.notes),
        "written_by": work.desk.initials,
        "written_at": work.at,
    }


def _replace(work: Work, item: Replaced, rows: EventRows) -> None:
    """Take a newer version over; what the office itself decided (kind, importance, attendee) stays."""
    event = work.get(Event, item.event_id)
    if item.only_cancel or item.ends_before is not None:
        if item.ends_before is None:
            event.status = EventStatus.CANCELLED.value
        else:
            _end(event, item.ends_before)
        event.sequence, event.dtstamp = item.record.sequence, item.record.dtstamp
        return
    moved, start = (event.location, event.all_day, event.transparent), event.starts_at
    for name, value in rows.content(item.record).items():
        setattr(event, name, value)
    event.exdates = [*event.exdates, *item.left_out]
    event.rrule = event.rrule if item.rrule is None else item.rrule
    if event.kind is None:
        event.kind = rows.kind(event.summary, item.record.categories)
    if moved != (event.location, event.all_day, event.transparent):
        event.travel_before_min = event.travel_after_min = rows.travel(item.record)
    if event.starts_at != start:
        move_preparation(work, event)
    _protect(work, event, rows.level(item.record, event.kind))
    _keep_source(work, event.id, None, item.record.raw)
    note = _note(work, event.id, Draft(row={}, raw="", notes=item.record.notes))
    work.insert_rows(JOURNALED["note"], [note] if note else [])


def _end(event: Event, first: datetime) -> None:
    """End a series before one of its dates."""
    event.rrule = ended_before(event.rrule, first, all_day=event.all_day, tzid=event.tzid)
    event.rdates = [text for text in event.rdates if datetime.fromisoformat(text) < first]


def write_answers(work: Work, plan: CalendarPlan) -> None:
    """Enter what attendees answered beside their names, and as remarks; the appointments stay as they are."""
    from ob_buero_tui.store.appointments import EventPerson

    for answer in plan.answers:
        if answer.person_id is not None:
            work.get(EventPerson, answer.person_id).partstat = answer.partstat
    notes = [
        {
            "request_id": None,
            "event_id": answer.event_id,
            "text": answer.note,
            "written_by": work.desk.initials,
            "written_at": work.at,
        }
        for answer in plan.answers
        if answer.note
    ]
    work.insert_rows(JOURNALED["note"], notes)


def _settle(work: Work, plan: CalendarPlan) -> None:
    """Whoever leads the calendar has our changes, or has overruled them: nothing is pending any more.

    From then on versions are counted as the other side counts them.
    """
    for seen in plan.seen:
        event = work.get(Event, seen.event_id)
        note_seen(work, event)
        if seen.record.recurrence_id is None:
            event.sequence, event.dtstamp = seen.record.sequence, seen.record.dtstamp
            _keep_source(work, event.id, None, seen.record.raw)
    for item in plan.replaced:
        event = work.get(Event, item.event_id)
        if event.pending_since is not None and not item.left_out:
            note_seen(work, event)


def _protect(work: Work, event: Event, wanted: Confidentiality) -> None:
    """A newer version may make an appointment more confidential, never less."""
    if wanted not in LEVELS.values():
        return
    level = strictest([Confidentiality(event.confidentiality), wanted])
    event.confidentiality = level.value
    if level is Confidentiality.PERSOENLICH and not event.owner:
        event.owner = work.desk.account


def _drop_dates(work: Work, ids: list[int]) -> None:
    """Remove changed dates whose series runs differently now, their texts first."""
    if not ids:
        return
    for source in work.session.scalars(select(EventSource).where(EventSource.override_id.in_(ids))):
        work.session.delete(source)
    work.session.flush()
    for key in ids:
        work.session.delete(work.get(EventOverride, key))
    work.session.flush()


def _change_date(work: Work, change: DateChange) -> None:
    """Add a changed date to a stored series, or take a newer version of it over."""
    if change.override_id is None:
        row = {**change.draft.row, "event_id": change.event_id}
        if change.only_cancel:
            row |= _as_the_series(work.get(Event, change.event_id), row)
        override_id = work.insert_rows(JOURNALED["event_override"], [row])[0]
    else:
        override_id = change.override_id
        override = work.get(EventOverride, override_id)
        if change.only_cancel:
            override.status = EventStatus.CANCELLED.value
            override.sequence, override.dtstamp = change.draft.row["sequence"], change.draft.row["dtstamp"]
            return
        level, owner = _kept_strict(override, change.draft.row)
        details = {**override.details, **change.draft.row["details"]}
        kept = {"confidentiality": level, "owner": owner, "details": details}
        for name, value in (change.draft.row | kept).items():
            setattr(override, name, value)
    _keep_source(work, change.event_id, override_id, change.draft.raw)


def _as_the_series(event: Event, row: Row) -> Row:
    """What a cancellation does not say of the date that it calls off."""
    start = row["recurrence_id"]
    told = {} if row["summary"] != NO_TITLE else {"summary": event.summary, "location": event.location}
    times = {
        "dtstart": start,
        "dtend": start + (event.dtend - event.dtstart),
        "tzid": event.tzid,
        "all_day": event.all_day,
        "fold": 0,
    }
    return {**told, **times}


def _kept_strict(stored: Event | EventOverride, row: Row) -> tuple[str, str]:
    """The level and owner of a changed date after a newer version: never less confidential than before."""
    levels = (stored.confidentiality, row["confidentiality"])
    return strictest(map(Confidentiality, levels)).value, stored.owner or row["owner"]


def _keep_source(work: Work, event_id: int, override_id: int | None, raw: str) -> None:
    """Keep the exact text of the newest version."""
    source = work.session.scalars(
        select(EventSource)
        .where(EventSource.event_id == event_id, EventSource.override_id.is_not_distinct_from(override_id))
        .order_by(EventSource.id.desc())
        .limit(1)
    ).one_or_none()
    if source is not None:
        source.raw = raw
    else:
        values = {"event_id": event_id, "override_id": override_id, "raw": raw}
        work.insert_rows(JOURNALED["event_source"], [values])


@sentence("import_calendar")
def _imported(params: Params) -> str:
    told = event_counts(Counts(**params.get("counts", {})))
    return f"aus einer Kalenderdatei übernommen: {told}" if told else "aus einer Kalenderdatei übernommen"
