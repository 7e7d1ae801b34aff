"""A day as a list for the panel: its names, then each appointment with its time and place."""

from __future__ import annotations

from ob_buero_tui.rules.german import clock, short_date
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.day_layout import is_bar
from ob_buero_tui.tui.widgets.day_text import details, edge, title
from ob_buero_tui.tui.widgets.drawing import Line, wrap

_TIMES = 13


def day_lines(day: DayView, nothing: str, width: int) -> list[Line]:
    """Everything that lies on a day; its texts are cleaned here.

    Args:
        nothing: What an empty day says.
        width: Cells of the panel.
    """
    lines: list[Line] = [((part, "quiet"),) for note in day.notes for part in wrap(line(note), width)]
    if lines and day.events:
        lines.append(())
    for event in day.events:
        lines += _event(event, width)
    if not day.events:
        lines += [*([()] if lines else []), ((nothing, "quiet"),)]
    return [*lines, (), (("Enter öffnet den Tag", "quiet"),)]


def day_line(day: DayView) -> str:
    """A day in one line, for a window without room for its list: „Do 10.12. · Stadtrat · 3. Advent“."""
    named = [title(event) for event in day.events[:3]]
    more = [f"+{len(day.events) - 3}"] if len(day.events) > 3 else []
    return " · ".join([short_date(day.date), *named, *more, *map(line, day.notes)])


def _event(event: DayEvent, width: int) -> list[Line]:
    when = "ganztägig" if is_bar(event) else f"{clock(event.start)}–{clock(event.end)}"
    sign = (("! ", "error"),) if event.conflicts else ()
    cancelled = event.status is EventStatus.CANCELLED
    name = title(event) + (" (abgesagt)" if cancelled else "")
    first, *rest = wrap(name, max(1, width - _TIMES - 2 * len(sign))) or [""]
    tone = "struck" if cancelled else ""
    blank = " " * _TIMES
    lines: list[Line] = [(*edge(event)[:1], (f"{when:{_TIMES - 1}}", "quiet"), *sign, (first, tone))]
    lines += [((blank + part, tone),) for part in rest]
    lines += [((blank + part, "quiet"),) for part in wrap(details(event), max(1, width - _TIMES))]
    return lines
