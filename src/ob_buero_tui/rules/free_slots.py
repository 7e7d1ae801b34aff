"""Where an appointment still fits between what is taken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

STEP_MIN = 15
"""Appointments begin on this raster, in minutes from the beginning of a window."""

Span = tuple[datetime, datetime]
"""Begin and end, the end exclusive; all of one call naive or all aware."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where an appointment fits.

    Args:
        start: Its first beginning.
        last_start: Its last one on the raster without a gap between.
        minutes: How long it is.
    """

    start: datetime
    last_start: datetime
    minutes: int

    @property
    def end(self) -> datetime:
        """When it ends with its first beginning."""
        return self.start + timedelta(minutes=self.minutes)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order of time, those that overlap or touch as one; empty ones are left out."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def free_starts(
    windows: Iterable[Span],
    minutes: int,
    busy: Iterable[Span],
    *,
    here: Iterable[Span] = (),
    travel_min: int = 0,
    step_min: int = STEP_MIN,
) -> Iterator[datetime]:
    """Yield every beginning on the raster at which an appointment fits, window by window.

    Args:
        windows: When it may take place; the way there and back may lie outside.
        minutes: How long it is, 1 or more.
        busy: When the people are taken; their way counts too.
        here: When the place itself is taken.
        travel_min: Minutes of the way there, and of the way back.
        step_min: The raster, counted from the beginning of each window.
    """
    length, way, step = (timedelta(minutes=one) for one in (minutes, travel_min, step_min))
    people, places = _Taken(merged(busy)), _Taken(merged(here))
    for begin, end in windows:
        start = begin
        while start + length <= end:
            if people.free(start - way, start + length + way) and places.free(start, start + length):
                yield start
            start += step


def gaps(starts: Iterable[datetime], minutes: int, *, step_min: int = STEP_MIN) -> list[Gap]:
    """Return beginnings that follow one another without a gap as one each.

    Args:
        starts: Beginnings in order of time.
        minutes: How long the appointment is.
        step_min: The raster they are on.
    """
    found: list[Gap] = []
    for start in starts:
        if found and start - found[-1].last_start == timedelta(minutes=step_min):
            found[-1] = Gap(found[-1].start, start, minutes)
        else:
            found.append(Gap(start, start, minutes))
    return found


class _Taken:
    """Merged spans, asked whether a span lies between them."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def free(self, start: datetime, end: datetime) -> bool:
        """Whether nothing overlaps; touching is allowed."""
        return bisect_left(self._starts, end) == bisect_right(self._ends, start)
