"""The event under the cursor in full: when, where, who, travel, conflicts, tasks and what was done to it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import clock, date_range, duration, join, long_date, short_date
from ob_buero_tui.rules.states import label as state_label
from ob_buero_tui.rules.visibility import label as level_label
from ob_buero_tui.services.views import DayEvent, EventView
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.day_text import title
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import block, pair, task_line


def event_lines(view: EventView, width: int) -> list[Line]:
    """An event as lines for a width in cells; its texts are cleaned here."""
    event = view.day
    full = event.view != "belegt"
    lines: list[Line] = [((text, "strong"),) for text in wrap(title(event), width)]
    state = state_label(event.status)
    if full:
        state += f" · {level_label(event.confidentiality)}"
    lines += [((state, "quiet"),), ()]
    for name, value in _facts(view, full=full):
        lines += pair(name, value, width)
    return lines + _more(view, width) if full else lines


def _more(view: EventView, width: int) -> list[Line]:
    lines: list[Line] = []
    lines += block("! Konflikte", "error", view.conflicts, width)
    if view.meeting_id is not None:
        lines += [(), (("Enter öffnet die Sitzung", "quiet"),)]
    lines += block("Vorgang (Enter öffnet ihn)", "strong", [text for _, text in view.requests], width)
    lines += block("Vorbereitung", "strong", [task_line(task) for task in view.tasks], width)
    lines += block("Notizen", "strong", view.notes, width)
    if view.description:
        lines += [(), (("Beschreibung", "strong"),)]
        lines += [
            ((text, ""),) for text in wrap(clean(view.description, multiline=True, limit=20_000), width)
        ]
    history = [f"{short_date(at.at.date())} {clock(at.at)} {at.desk}  {at.text}" for at in view.history]
    lines += block("Verlauf", "strong", history, width)
    return lines


def _facts(view: EventView, *, full: bool) -> list[tuple[str, str]]:
    event = view.day
    rows = [("Wann", _when(event))]
    if full:
        rows += [("Wo", line(event.location)), ("Wer", line(event.attendee)), ("Fahrt", _travel(event))]
        rows += [("Art", line(view.kind_label)), ("Veranstalter", line(view.organizer))]
        rows += [("Serie", line(view.series)), ("Abgesagt", line(view.cancel_reason))]
    return rows


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

    def show_record(self, view: EventView | None, *, empty: str = "Kein Termin an diesem Tag.") -> None:
        """Show an event, or a calm sentence when there is none."""
        if view is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        event = view.day
        when = "ganztägig" if event.all_day else f"{clock(event.start)}–{clock(event.end)}"
        self.border_title = label(when)
        self.show(partial(event_lines, view))
