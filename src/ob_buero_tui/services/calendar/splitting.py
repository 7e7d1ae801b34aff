"""A series cut in two: it ends before one of its dates, and a new one goes on from there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import inspect, select

from ob_buero_tui.rules.recurrence_rule import Unsupported
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.series_split import Cut, split_rule
from ob_buero_tui.services.calendar.belongings import share
from ob_buero_tui.services.calendar.beside import beside, go_with
from ob_buero_tui.services.calendar.new_rows import NAMED_EMPTY, new_event
from ob_buero_tui.services.calendar.one_date import OneDate
from ob_buero_tui.services.calendar.renaming import hand_over
from ob_buero_tui.services.calendar.scopes import dates_from
from ob_buero_tui.services.calendar.series_rows import day_or_moment
from ob_buero_tui.services.calendar.writing import set_instants
from ob_buero_tui.services.calendars.pending import touched
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event, EventOverride, EventSource

NOT_COPIED = frozenset(("id", "version", "uid", "related_uid", "sequence", *NAMED_EMPTY))


def split(work: Work, found: OneDate) -> Event:
    """End a series before one of its dates; returns the new one, which goes on as the old one did.

    What hangs on the dates from then on moves to the new series: changed dates with their texts, exceptions,
    excused conflicts. People, documents, the linked request and the text it came as belong to both.

    Raises:
        Refusal: the rule is not one that can be cut.
    """
    old, at = found.event, found.original
    assert at is not None  # noqa: S101 only dates of a series come here
    cut = _cut(old, at)
    new = _copy(old)
    others = beside(work.session, work.place.zone, old)
    _share_dates(old, new, at, cut)
    touched(work, old, old)
    work.session.add(new)
    work.session.flush()
    hand_over(work, old.id, new.id, at)
    go_with(others, _move_overrides(work, found.overrides, new, at), new)
    _copy_belongings(work, old, new, at)
    work.refer("event", old.id)
    return new


def is_first(found: OneDate) -> bool:
    """Whether no date of the series was meant to take place before this one; then all of it is meant."""
    original = found.original
    if original is None or any(one.recurrence_id < original for one in found.overrides):
        return original is None
    if original == found.event.dtstart:
        return True
    return not dates_from(found, until=original)


def _cut(event: Event, at: datetime) -> Cut:
    if not event.rrule:
        return Cut(head="", tail="", tail_start=None)
    try:
        return split_rule(event.rrule, event.dtstart, at, all_day=event.all_day, tzid=event.tzid)
    except (Unsupported, OverflowError):
        raise Refusal(
            "Die Serie wurde nicht geteilt.",
            "Ihre Regel wird nicht unterstützt.",
            "Ändern Sie nur diesen Termin oder die ganze Serie.",
        ) from None


def _copy(old: Event) -> Event:
    columns = (item.key for item in inspect(Event).column_attrs if item.key not in NOT_COPIED)
    return new_event(related_uid=old.uid, **{name: getattr(old, name) for name in columns})


def _share_dates(old: Event, new: Event, at: datetime, cut: Cut) -> None:
    """Give each part its rule, its further dates and its exceptions."""
    more = [datetime.fromisoformat(item) for item in old.rdates]
    later = sorted(moment for moment in more if moment >= at)
    first = cut.tail_start or at
    length = old.dtend - old.dtstart
    fold = old.fold if first == old.dtstart else 0
    new.dtstart, new.dtend, new.fold = first, first + length, fold
    set_instants(new)
    new.rrule = cut.tail
    new.rdates = [moment.isoformat() for moment in later if moment != first]
    new.exdates = [item for item in old.exdates if _from(item, at)]
    old.rrule = cut.head
    old.rdates = [moment.isoformat() for moment in more if moment < at]
    old.exdates = [item for item in old.exdates if not _from(item, at)]


def _from(text: str, at: datetime) -> bool:
    """Whether an exception lies at or after a date."""
    moment: date | datetime = day_or_moment(text)
    return moment >= at if isinstance(moment, datetime) else moment >= at.date()


def _move_overrides(
    work: Work, overrides: Iterable[EventOverride], new: Event, at: datetime
) -> list[EventOverride]:
    """The changed dates from the cut on belong to the new series, with the texts they came as."""
    moved = [one for one in overrides if one.recurrence_id >= at]
    for override in moved:
        override.event_id = new.id
    keys = [one.id for one in moved]
    for source in work.session.scalars(select(EventSource).where(EventSource.override_id.in_(keys))):
        source.event_id = new.id
    work.session.flush()
    return moved


def _copy_belongings(work: Work, old: Event, new: Event, at: datetime) -> None:
    from ob_buero_tui.store.appointments import EventWaiver

    session = work.session
    source = select(EventSource).where(EventSource.event_id == old.id, EventSource.override_id.is_(None))
    for text in session.scalars(source.order_by(EventSource.id)).all():
        session.add(EventSource(event_id=new.id, override_id=None, raw=text.raw))
    share(work, old.id, new.id)
    for waiver in session.scalars(select(EventWaiver).where(EventWaiver.event_id == old.id)).all():
        if waiver.recurrence_id and datetime.fromisoformat(waiver.recurrence_id) >= at:
            waiver.event_id = new.id
    facing = select(EventWaiver).where(EventWaiver.other_id == old.id)
    for waiver in session.scalars(facing).all():
        if waiver.other_recurrence_id and datetime.fromisoformat(waiver.other_recurrence_id) >= at:
            waiver.other_id = new.id
    session.flush()
