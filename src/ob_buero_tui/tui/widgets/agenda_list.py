"""The calendar as a running list: days as headings, appointments as rows; read on as one walks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from ob_buero_tui.rules.german import clock, iso_week, long_date
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.rules.visibility import label as level_label
from ob_buero_tui.services.views import DayEvent, DayView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.day_layout import is_bar, touches
from ob_buero_tui.tui.widgets.day_text import edge, ghost_lines, title
from ob_buero_tui.tui.widgets.drawing import Line, Run, fit
from ob_buero_tui.tui.widgets.ghost import Ghost

_TIMES = 12
_NUMBER = 10
_ROOMY = 60
_WIDE = 80
"""Cells from which place, who goes and number have columns of their own."""
_STATES = {EventStatus.TENTATIVE: "vorgemerkt", EventStatus.CANCELLED: "abgesagt"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list: the heading of a day, one of its appointments, or the ghost."""

    day: DayView
    event: DayEvent | None = None
    ghost: bool = False


class AgendaList(CalendarSheet):
    """What was read around a day; at its ends the screen reads on."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._days: tuple[DayView, ...] = ()
        self._rows: list[_Row] = []
        self._at = 0
        self._now: datetime | None = None
        self._ghost: Ghost | None = None

    def show(
        self,
        days: Sequence[DayView],
        *,
        now: datetime | None = None,
        cursor: str | None = None,
        moment: datetime | None = None,
    ) -> None:
        """Show some days; the row under the cursor stays where it is on the screen if it is among them.

        Args:
            days: The days with their events, in order; days between them have none.
            now: Local time, for the mark of today.
            cursor: Id of the event to stand on.
            moment: Otherwise the time to stand on: what runs or comes next on its day.
        """
        before, height = self._row(), self._at - self.scroll_offset.y
        self._days, self._now = tuple(days), now
        self._lay_out()
        wanted = moment or (None if before is not None else now)
        place = self._place_of(cursor, None) if cursor else None
        if place is None and wanted is not None:
            place = self._place_at(wanted)
        if place is None and before is not None:
            place = self._place_of(before.event.id if before.event else None, before.day.date)
        if place is None and before is not None:
            place = self._place_at(datetime.combine(before.day.date, time.min))
        self._at = min(place or 0, max(0, len(self._rows) - 1))
        if before is None or moment is not None:
            height = min(height, 0) or 3
        self.scroll_to(y=max(0, self._at - height), animate=False, force=True)
        self._keep_visible()
        self.refresh()
        now_here = self._row()
        if (before and before.event and before.event.id) != (
            now_here and now_here.event and now_here.event.id
        ):
            self.post_message(self.Selected(self, self.current))

    def tick(self, now: datetime) -> None:
        """Move the mark of today."""
        self._now = now
        self.refresh()

    def preview(self, ghost: Ghost | None) -> None:
        """Draw an appointment under its day, or take it away."""
        here = self._row()
        self._ghost = ghost
        self._lay_out()
        shown = next((n for n, row in enumerate(self._rows) if row.ghost), None)
        if shown is not None:
            self._at = shown
        elif here is not None:
            self._at = self._place_of(here.event.id if here.event else None, here.day.date) or 0
        self._keep_visible()
        self.refresh()

    @property
    def days(self) -> tuple[DayView, ...]:
        """The days with their events, as they were given."""
        return self._days

    @property
    def moment(self) -> datetime:
        """When the appointment under the cursor begins on its day; nine o'clock on the heading of a day."""
        row = self._row()
        if row is None:
            return datetime.combine(date.min, time.min)
        start = row.event.start if row.event is not None and not is_bar(row.event) else None
        if start is None or start.date() != row.day.date:
            return datetime.combine(row.day.date, time(9))
        return start

    @property
    def current(self) -> DayEvent | None:
        """The appointment under the cursor."""
        row = self._row()
        return row.event if row is not None else None

    def select(self, id: str) -> bool:
        """Put the cursor on an appointment, on its first day that is shown."""
        place = self._place_of(id, None)
        return place is not None and self._stand(place)

    def step(self, days: int) -> bool:
        """To another day that has appointments; False where that lies outside what was read."""
        here = self._row()
        if here is None or abs(days) != 1:
            return False
        dates = [day.date for day in self._days]
        target = dates.index(here.day.date) + days
        if not 0 <= target < len(dates):
            return False
        return self._stand(self._first_of(dates[target]))

    def step_event(self, events: int) -> bool:
        """To the next or previous appointment; past the headings, but for those of empty days."""
        places = [n for n, row in enumerate(self._rows) if row.event is not None or not row.day.events]
        ahead = [n for n in places if (n > self._at if events > 0 else n < self._at)]
        return bool(ahead) and self._stand(ahead[0] if events > 0 else ahead[-1])

    def step_minutes(self, minutes: int) -> bool:
        """To the next or previous appointment: a list knows no hours."""
        return self.step_event(1 if minutes > 0 else -1)

    def onward(self, events: int) -> date | None:
        """The day around which to read on."""
        if not self._days:
            return None
        return self._days[-1 if events > 0 else 0].date

    def first(self) -> bool:
        """To the first appointment that was read."""
        return bool(self._rows) and self._stand(min(1, len(self._rows) - 1))

    def last(self) -> bool:
        """To the last appointment that was read."""
        return bool(self._rows) and self._stand(len(self._rows) - 1)

    def page(self, pages: int) -> None:
        """By screenfuls, to the end of what was read."""
        room = max(1, self.scrollable_content_region.height - 1)
        target = min(max(self._at + pages * room, 0), max(0, len(self._rows) - 1))
        row = self._rows[target] if self._rows else None
        if row is not None and row.event is None and row.day.events and target + 1 < len(self._rows):
            target += 1
        if self._rows:
            self._stand(target)

    def at_end(self, events: int) -> bool:
        """Whether the cursor stands at an end of what was read, so that a page more has to be read first."""
        room = max(1, self.scrollable_content_region.height - 1)
        return self._at + room >= len(self._rows) if events > 0 else self._at < room

    # Rows

    def _lay_out(self) -> None:
        self._rows = []
        for day in self._days:
            self._rows.append(_Row(day))
            if self._ghost is not None and touches(self._ghost, day.date):
                self._rows.append(_Row(day, ghost=True))
            self._rows += [_Row(day, event) for event in day.events]
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))

    def _row(self) -> _Row | None:
        return self._rows[self._at] if 0 <= self._at < len(self._rows) else None

    def _place_of(self, id: str | None, on: date | None) -> int | None:
        """The row of an appointment, of a day or of any; without one the heading of the day."""
        for place, row in enumerate(self._rows):
            same = (row.event.id if row.event is not None else None) == id
            if same and (on is None or row.day.date == on) and not row.ghost:
                return place
        return None

    def _first_of(self, on: date) -> int:
        place = next(n for n, row in enumerate(self._rows) if row.day.date == on)
        return place + 1 if self._rows[place].day.events else place

    def _place_at(self, wanted: datetime) -> int | None:
        """What runs or comes next at a time; else the last row before."""
        for place, row in enumerate(self._rows):
            if row.day.date < wanted.date() or row.ghost:
                continue
            if row.day.date > wanted.date():
                return place + 1 if row.day.events else place
            if row.event is None and not row.day.events:
                return place
            if row.event is not None and (row.event.end > wanted and not is_bar(row.event)):
                return place
        same = [n for n, row in enumerate(self._rows) if row.day.date == wanted.date()]
        return same[-1] if same else (len(self._rows) - 1 if self._rows else None)

    def _stand(self, place: int) -> bool:
        changed = place != self._at
        self._at = place
        if changed:
            self._keep_visible()
            self.refresh()
            self.post_message(self.Selected(self, self.current))
        return changed

    def _keep_visible(self) -> None:
        room, scroll = max(1, self.scrollable_content_region.height), self.scroll_offset.y
        row = self._row()
        top = (
            self._at - 1
            if row is not None and self._at and self._rows[self._at - 1].event is None
            else self._at
        )
        if top < scroll:
            self.scroll_to(y=top, animate=False, force=True)
        elif self._at >= scroll + room:
            self.scroll_to(y=self._at - room + 1, animate=False, force=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if place >= len(self._rows):
            return self.strip((), width)
        row = self._rows[place]
        behind = "cursor" if place == self._at else ""
        if row.ghost and self._ghost is not None:
            return self.strip((("  ", ""), *ghost_lines(self._ghost, width - 3, 1)[0]), width, "ghost")
        if row.event is None:
            return self.strip(heading(row.day, width, self._now), width, behind)
        faint = self._ghost is not None and self._ghost.id == row.event.id
        runs = event_row(row.event, width)
        return self.strip(tuple((text, "quiet") for text, _ in runs) if faint else runs, width, behind)

    # Mouse and size

    def on_resize(self) -> None:
        """Lay out anew for another size."""
        self._lay_out()
        self._keep_visible()

    def on_click(self, event: events.Click) -> None:
        """A click selects a row, a double click opens it."""
        offset = event.get_content_offset(self)
        place = None if offset is None else offset.y + self.scroll_offset.y
        if place is None or not 0 <= place < len(self._rows):
            return
        event.stop()
        self._stand(place)
        if event.chain == 2 and self.current is not None:
            self.post_message(self.Opened(self, self.current))


def heading(day: DayView, width: int, now: datetime | None) -> Line:
    """A day over its appointments: „Mi 25.11.2026 · KW 48 · heute ──────“."""
    today = now is not None and day.date == now.date()
    parts = [*(["heute"] if today else []), *(line(note) for note in day.notes)]
    parts += [] if day.events else ["kein Termin"]
    name = f" {long_date(day.date)}"
    more = f" · KW {iso_week(day.date)}" + "".join(f" · {part}" for part in parts) + " "
    rule = "─" * max(0, width - cell_len(name) - cell_len(more))
    return ((name, "accent" if today else "strong"), (more, "quiet"), (rule, "rule"))


def event_row(event: DayEvent, width: int) -> list[Run]:
    """An appointment in one line: time, conflict, title, place, who goes, how it stands, its request."""
    when = "ganztägig" if is_bar(event) else f"{clock(event.start)}–{clock(event.end)}"
    hidden = event.view == "belegt"
    cancelled = event.status is EventStatus.CANCELLED
    runs: list[Run] = [("  ", ""), *edge(event)[:1], (f"{when:{_TIMES}}", "quiet")]
    runs.append(("! " if event.conflicts else "  ", "error"))
    state = _STATES.get(event.status, "")
    if event.confidentiality in (Confidentiality.VERTRAULICH, Confidentiality.PERSOENLICH) and not hidden:
        state = " ".join(part for part in (state, level_label(event.confidentiality)) if part)
    room = max(1, width - sum(cell_len(text) for text, _ in runs))
    tone = "struck" if cancelled else ""
    where, who = ("", "") if hidden else (line(event.location), line(event.attendee))
    if room < _ROOMY:
        more = "".join(f" · {part}" for part in (state, where, "" if who == "OB" else who) if part)
        name = fit(title(event), min(cell_len(title(event)), room))
        return [*runs, (name, tone), (fit(more, room - cell_len(name)), "quiet")]
    # The number of its request is the first to go: the panel beside the list has it too.
    number = _NUMBER if room >= _WIDE else 0
    rest = room - number
    tail, people = 16 if rest >= _WIDE else 12, min(12, rest // 8)
    room = (rest - tail - people) * 2 // 5
    columns = (
        (title(event), rest - tail - people - room, tone),
        (where, room, "quiet"),
        (who, people, "quiet"),
        (state, tail, "quiet"),
    )
    runs += [(fit(text, size - 1) + " ", shade) for text, size, shade in columns]
    return [*runs, (fit(line(event.request_number), number), "quiet")]
