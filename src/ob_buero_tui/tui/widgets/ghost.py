"""An appointment that is being moved or made: drawn over the calendar until it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """Where an appointment would stand.

    Args:
        id: The `DayEvent.id` it stands for, drawn faint meanwhile; empty for a new one.
        summary: Its title.
        start: Naive local time.
        end: Naive local time, exclusive; midnight of the day after for a whole day.
        all_day: Whether it has no time.
        travel_before_min: Minutes of travel before it.
        travel_after_min: Minutes of travel after it.
        conflicts: Sentences on what it would overlap.
    """

    id: str
    summary: str
    start: datetime
    end: datetime
    all_day: bool = False
    travel_before_min: int = 0
    travel_after_min: int = 0
    conflicts: tuple[str, ...] = ()
