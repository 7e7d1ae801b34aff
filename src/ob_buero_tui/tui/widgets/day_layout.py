"""Where the events of a day stand in a grid of rows: rows, lanes and the travel around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from ob_buero_tui.rules.lanes import lanes
from ob_buero_tui.services.views import DayEvent

DAY_MINUTES = 24 * 60
_USUAL_HOURS = (7, 20)
_FINE = DAY_MINUTES + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One timed event in the grid; rows count from 0, ends are exclusive.

    From `top` to `start` and from `end` to `bottom` runs the travel that belongs to the event.
    """

    event: DayEvent
    top: int
    start: int
    end: int
    bottom: int
    lane: int
    lanes: int


def minute_of(moment: datetime, day: date) -> int:
    """Minutes from the start of `day`, kept between 0 and 1440."""
    minutes = int((moment - datetime.combine(day, time())).total_seconds() // 60)
    return min(max(minutes, 0), DAY_MINUTES)


def hours_of(events: Sequence[DayEvent], day: date) -> tuple[int, int]:
    """The hours to show: the office's usual ones, and more where an event or its travel needs them."""
    first, last = _USUAL_HOURS
    for event in events:
        if event.all_day:
            continue
        first = min(first, max(0, minute_of(event.start, day) - event.travel_before_min) // 60)
        last = max(last, -(-min(DAY_MINUTES, minute_of(event.end, day) + event.travel_after_min) // 60))
    return first, last


def blocks(events: Sequence[DayEvent], day: date, *, first_hour: int, slot: int, rows: int) -> list[Block]:
    """Place the timed events of a day.

    Lanes are worked out again from the rows, because two short meetings may share one row.

    Args:
        events: Events of the day; all-day ones are left out.
        day: The day.
        first_hour: The hour of the first row.
        slot: Minutes that a row stands for.
        rows: Number of rows.
    """
    spans = [_rows(event, day, first_hour, slot, rows) for event in events if not event.all_day]
    timed = [event for event in events if not event.all_day]
    # Rows decide what overlaps; within a row the earlier start stands further left.
    places = lanes(
        [
            (top * _FINE + minute_of(event.start, day), bottom * _FINE)
            for event, (top, _, _, bottom) in zip(timed, spans, strict=True)
        ]
    )
    return [
        Block(event=event, top=top, start=start, end=end, bottom=bottom, lane=place.index, lanes=place.count)
        for event, (top, start, end, bottom), place in zip(timed, spans, places, strict=True)
    ]


def _rows(event: DayEvent, day: date, first_hour: int, slot: int, rows: int) -> tuple[int, int, int, int]:
    """Rows of travel start, event start, event end, travel end: each part has at least one row."""
    base = first_hour * 60
    starts, ends = minute_of(event.start, day), minute_of(event.end, day)
    start = min(max(0, (starts - base) // slot), rows - 1)
    end = min(max(start + 1, -(-(ends - base) // slot)), rows)
    top, bottom = start, end
    if event.travel_before_min:
        top = max(0, min(start - 1, (starts - event.travel_before_min - base) // slot))
    if event.travel_after_min:
        bottom = min(rows, max(end + 1, -(-(ends + event.travel_after_min - base) // slot)))
    return top, start, end, bottom
