"""What names a date of a series by its original start follows when that start becomes another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from ob_buero_tui.rules.recurrence import recurrence_id_text
from ob_buero_tui.services.work import Work
from ob_buero_tui.store.calendar import Event

Follow = Callable[[datetime], datetime | None]
"""Where a date of a series goes; None where it has no such date any more."""


def follow_names(work: Work, event: Event, follow: Follow) -> None:
    """Let what was decided in an Ausfall name the dates as they are called now.

    Args:
        event: The series, moved already.
        follow: From an original start to the new one, in the zone of the series.
    """

    def called(name: str) -> str:
        moved = follow(datetime.fromisoformat(name)) if name else None
        return name if moved is None else recurrence_id_text(moved, event.all_day)

    _rename_items(work, event.id, called)


def become_series(work: Work, event: Event) -> None:
    """A single appointment repeats from now on: what was decided about it belongs to its first date."""
    first = recurrence_id_text(event.dtstart, event.all_day)
    _rename_items(work, event.id, lambda name: name or first)


def become_single(work: Work, event: Event) -> None:
    """A series is just one appointment now: what was decided about this date belongs to it."""
    first = recurrence_id_text(event.dtstart, event.all_day)
    _rename_items(work, event.id, lambda name: "" if name == first else name)


def hand_over(work: Work, old: int, new: int, at: datetime) -> None:
    """What was decided in an Ausfall about the dates from a cut on belongs to the new series."""
    from ob_buero_tui.store.ausfall import AusfallItem

    for item in work.session.scalars(select(AusfallItem).where(AusfallItem.event_id == old)).all():
        if item.recurrence_id and datetime.fromisoformat(item.recurrence_id) >= at:
            item.event_id = new
    work.session.flush()


def _rename_items(work: Work, event_id: int, called: Callable[[str], str]) -> None:
    """In two steps, as a date may take the name that another one gives up."""
    from ob_buero_tui.store.ausfall import AusfallItem

    items = work.session.scalars(select(AusfallItem).where(AusfallItem.event_id == event_id)).all()
    names = {item.id: (item.recurrence_id, called(item.recurrence_id)) for item in items}
    changing = [item for item in items if names[item.id][0] != names[item.id][1]]
    taken = {(item.ausfall_id, item.recurrence_id) for item in items if item not in changing}
    for item in changing:
        item.recurrence_id = f"~{item.id}"
    work.session.flush()
    for item in changing:
        wanted = next(
            (name for name in reversed(names[item.id]) if (item.ausfall_id, name) not in taken), None
        )
        item.recurrence_id = wanted if wanted is not None else item.recurrence_id
        taken.add((item.ausfall_id, item.recurrence_id))
    work.session.flush()
