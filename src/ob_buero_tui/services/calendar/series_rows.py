"""A stored series as the expander in rules takes it, and the original starts that its columns name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ob_buero_tui.rules.recurrence import Override, Series
from ob_buero_tui.rules.series_dates import day_or_moment as day_or_moment
from ob_buero_tui.rules.series_text import series_sentence
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.store.calendar import Event, EventOverride


def overrides_of(session: Session, event_id: int) -> list[EventOverride]:
    """The dates of a series that differ, in the order of their original starts."""
    found = select(EventOverride).where(EventOverride.event_id == event_id)
    return list(session.scalars(found.order_by(EventOverride.recurrence_id)))


def repeats(event: Event, overrides: Sequence[EventOverride] = ()) -> bool:
    """Whether an appointment is more than a single one."""
    return bool(event.rrule or event.rdates or overrides)


def called_off(override: EventOverride) -> bool:
    """Whether a date does not take place and is not shown: called off by a file, not by the office."""
    return override.status == EventStatus.CANCELLED and "cancel_reason" not in override.details


def series_of_event(event: Event, overrides: Iterable[EventOverride]) -> Series:
    """The value that the expander takes."""
    return Series(
        dtstart=event.dtstart,
        dtend=event.dtend,
        all_day=event.all_day,
        tzid=event.tzid,
        fold=event.fold,
        rrule=event.rrule,
        rdates=tuple(datetime.fromisoformat(item) for item in event.rdates),
        exdates=tuple(day_or_moment(item) for item in event.exdates),
        overrides=tuple(
            Override(
                recurrence_id=one.recurrence_id,
                dtstart=one.dtstart,
                dtend=one.dtend,
                all_day=one.all_day,
                tzid=one.tzid,
                fold=one.fold,
                cancelled=called_off(one),
            )
            for one in overrides
        ),
    )


def series_words(event: Event) -> str:
    """How an appointment repeats, in German; "" when it does not."""
    return series_sentence(
        event.rrule,
        event.dtstart,
        all_day=event.all_day,
        tzid=event.tzid,
        exdates=[day_or_moment(item) for item in event.exdates],
        rdates=[datetime.fromisoformat(item) for item in event.rdates],
    )
