"""What stands above the hours: names of days, then what lasts whole days, as bars across them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ob_buero_tui.rules.lanes import lanes
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.widgets.day_layout import is_bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar from the column `first` to the one before `end`; `note` names the days where it is no event."""

    first: int
    end: int
    row: int = 0
    event: DayEvent | None = None
    note: str = ""


def bars(days: Sequence[DayView]) -> list[list[Bar]]:
    """The bars over some days, row by row; none of a row overlap, and names of days come first."""
    notes = _in_rows(_notes(days))
    return notes + _in_rows(_events(days))


def _notes(days: Sequence[DayView]) -> list[Bar]:
    """Each name over the days side by side that have it."""
    found: list[Bar] = []
    for column, day in enumerate(days):
        for note in day.notes:
            running = next((bar for bar in found if bar.note == note and bar.end == column), None)
            if running is None:
                found.append(Bar(first=column, end=column + 1, note=note))
            else:
                found[found.index(running)] = replace(running, end=column + 1)
    return found


def _events(days: Sequence[DayView]) -> list[Bar]:
    found: dict[str, Bar] = {}
    for column, day in enumerate(days):
        for event in day.events:
            if is_bar(event):
                first = found[event.id].first if event.id in found else column
                found[event.id] = Bar(first=first, end=column + 1, event=event)
    return list(found.values())


def _in_rows(found: Sequence[Bar]) -> list[list[Bar]]:
    places = lanes([(bar.first, bar.end) for bar in found])
    rows: list[list[Bar]] = [[] for _ in range(max((place.index + 1 for place in places), default=0))]
    for bar, place in zip(found, places, strict=True):
        rows[place.index].append(replace(bar, row=place.index))
    return [sorted(row, key=lambda bar: bar.first) for row in rows]
