"""Where the timed events of a day stand in a grid of rows: rows, lanes and the travel around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ob_buero_tui.rules.lanes import lanes
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.ghost import Ghost

DAY_MINUTES = 24 * 60
_USUAL_HOURS = (7, 20)
_FINE = DAY_MINUTES + 1
_FRIDAY = 4
_READABLE = 5
"""Cells that a lane needs to say anything."""
_MORE = 3
"""Cells for „+2“ where not every lane has room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One timed event in the grid; rows count from 0, ends are exclusive.

    From `top` to `start` and from `end` to `bottom` runs the travel that belongs to the event. Blocks with
    the same `group` overlap, directly or by others, and share their number of lanes. A block takes `span`
    lanes: its own and those to its right that are free as long as it lasts.
    """

    event: DayEvent
    top: int
    start: int
    end: int
    bottom: int
    lane: int
    lanes: int
    span: int = 1
    group: int = 0


def is_bar(event: DayEvent | Ghost) -> bool:
    """Whether it stands above the hours: without a time, or longer than a day."""
    return event.all_day or event.end - event.start >= timedelta(days=1)


def minute_of(moment: datetime, day: date) -> int:
    """Minutes on the clock from the start of `day`, kept between 0 and 1440."""
    minutes = int((moment - datetime.combine(day, time())).total_seconds() // 60)
    return min(max(minutes, 0), DAY_MINUTES)


def last_minute(event: DayEvent | Ghost, day: date) -> int:
    """Minute at which an event ends on a day.

    What ends in the second of two equal hours has seen all of the first, whatever the clock says.
    """
    ends = minute_of(event.end, day)
    if event.end.fold and not event.start.fold and event.end.date() == day:
        return max(ends, (event.end.hour + 1) * 60)
    return ends


def hours_of(events: Sequence[DayEvent | Ghost], day: date) -> tuple[int, int]:
    """The hours to show: the office's usual ones, and more where an event or its travel needs them."""
    first, last = _USUAL_HOURS
    for event in events:
        if is_bar(event) or not touches(event, day):
            continue
        first = min(first, max(0, minute_of(event.start, day) - event.travel_before_min) // 60)
        last = max(last, -(-min(DAY_MINUTES, last_minute(event, day) + event.travel_after_min) // 60))
    return first, last


def touches(event: DayEvent | Ghost, day: date) -> bool:
    """Whether an event lies on a day; what ends at its first midnight does not, what has no length does."""
    start = datetime.combine(day, time())
    ends = event.end > start or event.end == event.start >= start
    return ends and event.start < start + timedelta(days=1)


def blocks(events: Sequence[DayEvent], day: date, *, first_hour: int, slot: int, rows: int) -> list[Block]:
    """Place the timed events of a day.

    Lanes are worked out again from the rows, because two short meetings may share one row.

    Args:
        events: Events of the day; those that stand above the hours are left out.
        day: The day.
        first_hour: The hour of the first row.
        slot: Minutes that a row stands for.
        rows: Number of rows.
    """
    timed = [event for event in events if not is_bar(event)]
    spans = [rows_of(event, day, first_hour, slot, rows) for event in timed]
    # Rows decide what overlaps; within a row the earlier start stands further left.
    places = lanes(
        [
            (top * _FINE + minute_of(event.start, day), bottom * _FINE)
            for event, (top, _, _, bottom) in zip(timed, spans, strict=True)
        ]
    )
    placed = [
        Block(event=event, top=top, start=start, end=end, bottom=bottom, lane=place.index, lanes=place.count)
        for event, (top, start, end, bottom), place in zip(timed, spans, places, strict=True)
    ]
    return _grouped(placed)


def _grouped(placed: list[Block]) -> list[Block]:
    """The blocks with the number of their group and the lanes they take, in the order given."""
    groups: dict[int, int] = {}
    group, reached = 0, 0
    for place in sorted(range(len(placed)), key=lambda place: placed[place].top):
        block = placed[place]
        if block.top >= reached:
            group += 1
        reached = max(reached, block.bottom)
        groups[place] = group
    return [
        replace(block, group=groups[place], span=_span(block, placed)) for place, block in enumerate(placed)
    ]


def _span(block: Block, placed: Sequence[Block]) -> int:
    """The lanes up to the next block at the right that overlaps, or to the edge."""
    beside = [
        other.lane
        for other in placed
        if other.lane > block.lane and other.top < block.bottom and block.top < other.bottom
    ]
    return min(beside, default=block.lanes) - block.lane


def rows_of(
    event: DayEvent | Ghost, day: date, first_hour: int, slot: int, rows: int
) -> tuple[int, int, int, int]:
    """Rows of travel start, event start, event end, travel end: each part has at least one row."""
    base = first_hour * 60
    starts, ends = minute_of(event.start, day), last_minute(event, day)
    start = min(max(0, (starts - base) // slot), rows - 1)
    end = min(max(start + 1, -(-(ends - base) // slot)), rows)
    top, bottom = start, end
    if event.travel_before_min:
        top = max(0, min(start - 1, (starts - event.travel_before_min - base) // slot))
    if event.travel_after_min:
        bottom = min(rows, max(end + 1, -(-(ends + event.travel_after_min - base) // slot)))
    return top, start, end, bottom


def paper_of(day: DayView) -> str:
    """The ground of a day's paper: free for everybody or without the mayor, school holidays, or plain."""
    away = any(event.away and is_bar(event) for event in day.events)
    if day.free or away or day.date.weekday() > _FRIDAY:
        return "free"
    return "school" if day.school else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The lanes of a group that have room: from `first` on, `shown` of them, each between two cells."""

    first: int
    shown: int
    width: int

    def cells(self, lane: int, span: int = 1) -> tuple[int, int] | None:
        """Left and right cell of a lane and those it spans to the right, None for one without room."""
        place = lane - self.first
        if not 0 <= place < self.shown:
            return None
        return place * self.width // self.shown, min(place + span, self.shown) * self.width // self.shown


def lanes_shown(count: int, width: int, wanted: int = 0) -> Lanes:
    """Which lanes of a group are drawn in a column; where not all have room, `_MORE` cells stay free.

    Args:
        count: Lanes of the group.
        width: Cells of the column.
        wanted: The lane that must be among them.
    """
    if count <= max(1, width // _READABLE):
        return Lanes(first=0, shown=count, width=width)
    room = max(1, width - _MORE)
    shown = max(1, room // _READABLE)
    return Lanes(first=min(max(0, wanted - shown + 1), count - shown), shown=shown, width=room)
