"""A change of a whole series: its time, its rule and its words, with the exceptions that follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from ob_buero_tui.rules.series_dates import day_or_moment, has_start, leaves_out
from ob_buero_tui.rules.series_shift import Shift, shifted
from ob_buero_tui.rules.zones import to_local, to_utc
from ob_buero_tui.services.calendar.forms import EventForm
from ob_buero_tui.services.calendar.lost_dates import dates_now, lost_text
from ob_buero_tui.services.calendar.renaming import become_single, follow_names
from ob_buero_tui.services.calendar.series_rows import overrides_of, series_of_event
from ob_buero_tui.services.calendar.series_rules import start_series
from ob_buero_tui.services.calendar.writing import TIME, fill_event, fill_override, set_instants, set_span
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource

FOLLOWING = ("summary", "location", "description")
"""What a changed date has as its series, unless somebody gave it words of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What became of the exceptions: how many fell away, how many keep a time of their own.

    Args:
        lost: How many dates a changed rule no longer has, in German; "" where none went.
    """

    dropped: int = 0
    kept: int = 0
    lost: str = ""


def change_series(
    work: Work,
    event: Event,
    original: datetime,
    before: EventForm,
    after: EventForm,
    names: Collection[str],
) -> Left:
    """Apply what differs between two forms of one date to the whole series.

    Args:
        original: The original start of that date, in the zone of the series.
        names: The fields that differ.

    Raises:
        Refusal: the rule cannot follow, or yields nothing.
    """
    overrides = overrides_of(work.session, event.id)
    edited = next((one for one in overrides if one.recurrence_id == original), None)
    _follow_words(event, overrides, after, names)
    fill_event(work, event, after, set(names) - TIME)
    left = Left()
    if TIME & set(names):
        left = _move(work, event, overrides, original, before, after, keep=edited, ruled="rrule" in names)
    if "rrule" in names:
        there = dates_now(event, overrides_of(work.session, event.id))
        dropped = left.dropped + _change_rule(work, event, after)
        lost = lost_text(there, dates_now(event, overrides_of(work.session, event.id)))
        left = Left(dropped=dropped, kept=left.kept, lost=lost)
    if edited is not None and edited in work.session:
        if TIME & set(names):
            _set_own_time(edited, after, event.tzid, work.place.zone)
        fill_override(work, event, edited, after)
    return left


def _set_own_time(override: EventOverride, after: EventForm, tzid: str, zone: str) -> None:
    set_span(override, after.start, after.end, all_day=after.all_day, tzid=tzid, zone=zone)


def _follow_words(
    event: Event, overrides: Iterable[EventOverride], after: EventForm, names: Collection[str]
) -> None:
    """A date that was called as its series was goes on to be called as it."""
    for override in overrides:
        for name in set(FOLLOWING) & set(names):
            if getattr(override, name) == getattr(event, name):
                setattr(override, name, getattr(after, name))
        if "status" in names and override.status == event.status:
            override.status = after.status.value


def _wall(moment: datetime, all_day: bool, zone: str, tzid: str) -> datetime:
    """A wall time of the office in the zone of a series."""
    if all_day or tzid == zone:
        return moment.replace(fold=0)
    return to_local(to_utc(moment, zone, moment.fold), tzid)[0]


def _stored_start(
    event: Event, original: datetime, before: EventForm, edited: EventOverride | None, zone: str
) -> datetime:
    """The wall time at which a date is stored: what is shown is later where summer time skips it."""
    if edited is None:
        return original
    if (edited.tzid, edited.all_day) == (event.tzid, event.all_day):
        return edited.dtstart
    return _wall(before.start, before.all_day, zone, event.tzid)


def _length(form: EventForm) -> timedelta:
    return form.end.replace(fold=0) - form.start.replace(fold=0)


def _move(
    work: Work,
    event: Event,
    overrides: Sequence[EventOverride],
    original: datetime,
    before: EventForm,
    after: EventForm,
    *,
    keep: EventOverride | None,
    ruled: bool,
) -> Left:
    """Move and lengthen a series as one of its dates was."""
    zone = work.place.zone
    old_start = _stored_start(event, original, before, keep, zone)
    moved_there = (after.start, after.start.fold) != (before.start, before.start.fold)
    new_start = _wall(after.start, after.all_day, zone, event.tzid) if moved_there else old_start
    if after.all_day and not before.all_day:
        new_start = after.start
    # What was typed holds for all: a date with a time of its own does not drag the others by a difference.
    moved = original + (new_start - (original if moved_there else old_start))
    length = event.dtend - event.dtstart
    resized = _length(after) != _length(before) or before.all_day != after.all_day
    new_length = _length(after) if resized else length
    rrule = "" if ruled else event.rrule
    shift = shifted(rrule, event.dtstart, original, moved, all_day=after.all_day, tzid=event.tzid)
    if moved != original:
        event.moved_from = event.dtstart
    was_all_day = event.all_day
    plain = [datetime.fromisoformat(item) for item in event.rdates]
    _move_event(event, shift, new_length, after, ruled=ruled)
    event.rdates = [(moment + shift.by).isoformat() for moment in plain]
    event.exdates = [
        text for item in event.exdates if (text := _exdate(item, shift, set(plain), was_all_day)) is not None
    ]
    left = _move_overrides(work, overrides, shift, set(plain), length, new_length, keep)
    dates = set(plain)
    follow_names(work, event, lambda old: old + shift.by if old in dates else shift.of(old))
    return left


def _move_event(event: Event, shift: Shift, length: timedelta, after: EventForm, *, ruled: bool) -> None:
    event.dtstart, event.dtend = shift.dtstart, shift.dtstart + length
    event.all_day = after.all_day
    event.fold = after.start.fold if shift.by and not after.all_day else (0 if after.all_day else event.fold)
    if not ruled:
        event.rrule = shift.rrule
    set_instants(event)


def _exdate(text: str, shift: Shift, plain: set[datetime], was_all_day: bool) -> str | None:
    """An exception after the move; None where the moved rule has no such date."""
    moment = day_or_moment(text)
    if not isinstance(moment, datetime):
        start = datetime.combine(moment, (shift.dtstart - shift.by).time())
        moved = shift.of(start)
        return None if moved is None else moved.date().isoformat()
    moved = moment + shift.by if moment in plain else shift.of(moment)
    if moved is None:
        return None
    return moved.date().isoformat() if shift.all_day and not was_all_day else moved.isoformat()


def _move_overrides(
    work: Work,
    overrides: Sequence[EventOverride],
    shift: Shift,
    plain: set[datetime],
    length: timedelta,
    new_length: timedelta,
    keep: EventOverride | None,
) -> Left:
    """Let the changed dates follow, the last first where all move on, so that none meets another."""
    gone: list[EventOverride] = []
    taken: set[datetime] = set()
    kept = 0
    for override in sorted(overrides, key=lambda one: one.recurrence_id, reverse=shift.by > timedelta(0)):
        old = override.recurrence_id
        moved = old + shift.by if old in plain else shift.of(old)
        if moved is None or moved in taken:
            gone.append(override)
            continue
        taken.add(moved)
        usual = override.dtstart == old and override.all_day != shift.all_day
        if override.dtstart == old and (override.all_day == shift.all_day or usual):
            own = override.dtend - override.dtstart
            override.dtstart = moved
            override.dtend = moved + (new_length if own == length or usual else own)
            override.all_day = shift.all_day
        elif override is not keep:
            kept += 1
        override.recurrence_id = moved
        work.session.flush()
    drop_overrides(work, gone)
    return Left(dropped=len(gone), kept=kept)


def _change_rule(work: Work, event: Event, after: EventForm) -> int:
    """Give a series another rule, or none; returns how many changed dates no longer fit and fell away."""
    overrides = overrides_of(work.session, event.id)
    if not after.rrule:
        length = event.dtend - event.dtstart
        zone = work.place.zone
        start = _wall(after.start, after.all_day, zone, event.tzid)
        event.rrule, event.rdates, event.exdates, event.series_note = "", [], [], ""
        event.dtstart, event.dtend, event.fold = start, start + length, after.start.fold
        set_instants(event)
        become_single(work, event)
        return drop_overrides(work, overrides)
    start_series(event, after.rrule)
    series = series_of_event(event, ())
    event.exdates = [item for item in event.exdates if leaves_out(series, day_or_moment(item))]
    return drop_overrides(work, [one for one in overrides if not has_start(series, one.recurrence_id)])


def drop_overrides(work: Work, overrides: Iterable[EventOverride]) -> int:
    """Remove changed dates, the texts they came as and their excused conflicts first; returns how many."""
    from ob_buero_tui.rules.recurrence import recurrence_id_text
    from ob_buero_tui.store.appointments import EventWaiver

    rows = list(overrides)
    for row in rows:
        sources = select(EventSource).where(EventSource.override_id == row.id)
        for source in work.session.scalars(sources).all():
            work.session.delete(source)
        named = recurrence_id_text(row.recurrence_id, work.get(Event, row.event_id).all_day)
        waivers = select(EventWaiver).where(
            EventWaiver.event_id == row.event_id, EventWaiver.recurrence_id == named
        )
        for waiver in work.session.scalars(waivers).all():
            work.session.delete(waiver)
    work.session.flush()
    for row in rows:
        work.session.delete(row)
    work.session.flush()
    return len(rows)
