"""The event under the cursor in full: when, where, who, travel, conflicts and the request behind it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from ob_buero_tui.rules.german import clock, date_range, duration, join, long_date
from ob_buero_tui.rules.states import label as state_label
from ob_buero_tui.rules.visibility import label as level_label
from ob_buero_tui.services.views import DayEvent
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.day_text import title
from ob_buero_tui.tui.widgets.drawing import Line, fit, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView

_COLUMN = 16


def event_lines(event: DayEvent, width: int) -> list[Line]:
    """An event as lines for a width in cells; its texts are cleaned here."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(title(event), width)]
    state = state_label(event.status)
    if event.view != "belegt":
        state += f" · {level_label(event.confidentiality)}"
    lines.append(((state, "quiet"),))
    lines.append(())
    rows = [("Wann", _when(event))]
    if event.view != "belegt":
        rows += [("Wo", line(event.location)), ("Wer", line(event.attendee))]
        rows += [("Fahrt", _travel(event)), ("Art", line(event.kind_sign, limit=8))]
    if event.request_id is not None:
        rows.append(("Vorgang", "gehört zu einem Vorgang, Enter öffnet ihn"))
    for name, value in rows:
        lines += _pair(name, value, width)
    if event.conflicts:
        lines += [(), (("! Konflikte", "error"),)]
        for conflict in event.conflicts:
            first, *rest = wrap(line(conflict), max(1, width - 2)) or [""]
            lines += [(("  " + first, ""),), *((("  " + part, ""),) for part in rest)]
    return lines


def _pair(name: str, value: str, width: int) -> list[Line]:
    if not value:
        return []
    column = min(_COLUMN, width // 3)
    first, *rest = wrap(value, max(1, width - column))
    return [((fit(name, column), "quiet"), (first, "")), *((((" " * column + part), ""),) for part in rest)]


def _when(event: DayEvent) -> str:
    first, last = event.start.date(), event.end.date()
    if event.all_day:
        final = max(first, last - timedelta(days=1))
        days = long_date(first) if final == first else date_range(first, final)
        return f"{days}, ganztägig"
    length = duration(int((event.end - event.start).total_seconds() // 60))
    if first == last:
        return f"{long_date(first)}, {clock(event.start)}–{clock(event.end)} ({length})"
    return f"{long_date(first)} {clock(event.start)} bis {long_date(last)} {clock(event.end)}"


def _travel(event: DayEvent) -> str:
    parts = []
    if event.travel_before_min:
        parts.append(f"hin {duration(event.travel_before_min)}")
    if event.travel_after_min:
        parts.append(f"zurück {duration(event.travel_after_min)}")
    return join(parts)


class EventPanel(LinesView):
    """The panel beside the day grid."""

    DEFAULT_CSS = """
    EventPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    def show_event(self, event: DayEvent | None, *, empty: str = "Kein Termin an diesem Tag.") -> None:
        """Show an event, or a calm sentence when there is none."""
        if event is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        when = "ganztägig" if event.all_day else f"{clock(event.start)}–{clock(event.end)}"
        self.border_title = label(when)
        self.show(partial(event_lines, event))
