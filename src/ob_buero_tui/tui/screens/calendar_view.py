"""Kalender as it is read: the day as a proportional grid, and the appointment under the cursor beside it."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from ob_buero_tui.rules import german
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.slots import next_date_of
from ob_buero_tui.services.views import EventView
from ob_buero_tui.tui.commands import KALENDER
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.widgets.day_grid import DayGrid
from ob_buero_tui.tui.widgets.event_panel import EventPanel
from ob_buero_tui.tui.widgets.title_line import Piece
from ob_buero_tui.tui.widgets.too_small import TooSmall

_AWAY = {0: "heute", 1: "morgen", -1: "gestern"}


class CalendarView(DeskScreen):
    """The frame of the Kalender and what it shows; moving and verbs are added by `CalendarScreen`."""

    screen_key = KALENDER
    title_text = "Kalender"
    DEFAULT_CSS = """
    CalendarView {
        & #work { height: 1fr; }
        & #grid { width: 1fr; }
        & #event { width: 38%; }
        &.-narrow #event { display: none; }
        &.-narrow.-reading #grid { display: none; }
        &.-narrow.-reading #event { display: block; width: 100%; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.grid = DayGrid(id="grid", classes="pane")
        self.panel = EventPanel(id="event", classes="pane")
        self.date: date | None = None
        self._today: date | None = None
        self.record: EventView | None = None

    def compose(self) -> ComposeResult:
        """The frame of the design."""
        yield self.title_line
        with Horizontal(id="work"):
            yield self.grid
            yield self.panel
        yield self.footer
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin with today."""
        self.date = self._today = self.place.today
        self.data_changed()
        self.grid.focus()

    def on_resize(self) -> None:
        """On a narrow terminal day and appointment take turns."""
        self.set_class(self.app.size.width < 90, "-narrow")

    # Reading

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read the day anew."""
        shown = self.date or self.place.today
        view = day(self.place, shown)
        wanted = {key for table, key in focus if table == "event"}
        cursor = next((event.id for event in view.events if event.event_id in wanted), None)
        self.grid.show((view,), now=self.place.now, cursor=cursor)
        named = [german.weekday(shown), german.long_date(shown)[3:]]
        away = _AWAY.get((shown - self.place.today).days, "")
        parts = (away, *view.notes, "" if view.events else "kein Termin")
        more = "".join(f" · {part}" for part in parts if part)
        self.grid.border_title = label(f"{', '.join(named)}{more}")
        self.show_event_record()

    def tick(self) -> None:
        """The line for now moves; at midnight the day rolls over where today was shown."""
        super().tick()
        today = self.place.today
        if today != self._today:
            follow, self._today = self.date == self._today, today
            if follow:
                self.date = today
            self.read(self.reload)
        else:
            self.grid.tick(self.place.now)

    def title_middle(self) -> list[Piece]:
        """How many conflicts the day has."""
        events = [event for day in self.grid.days for event in day.events]
        if not any(event.conflicts for event in events):
            return []
        pairs = {frozenset((event.id, other)) for event in events for other in event.conflicts}
        return [Piece(text=f"! {german.plural(len(pairs), 'Konflikt', 'Konflikte')}", tone="error", keep=3)]

    def show_day(self, wanted: date) -> None:
        """Show a day, and go into its grid: the next key moves among its appointments."""
        self.date = wanted
        self.arrive()
        self.data_changed()

    def arrive(self) -> None:
        """From the appointment's panel back to the day."""
        self.remove_class("-reading")
        self.grid.focus()

    def show_by_id(self, table: str, row_id: int) -> None:
        """Show an appointment on its day: the next date of a series, the only one otherwise.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        found = next_date_of(self.place, row_id)
        if found is None:
            raise Refusal("Diesen Termin gibt es nicht mehr.")
        self.date = found
        self.data_changed(((table, row_id),))

    def show_event_record(self) -> None:
        """Draw the appointment under the cursor."""
        current = self.grid.current
        self.record = event_record(self.place, current) if current is not None else None
        self.panel.show_record(self.record)
        self.refresh_bindings()

    def behind(self) -> tuple[str, int] | None:
        """The request or session behind the appointment under the cursor, as table and key."""
        if self.record is None:
            return None
        if self.record.day.request_id is not None:
            return "request", self.record.day.request_id
        return ("meeting", self.record.meeting_id) if self.record.meeting_id is not None else None

    @on(DayGrid.Selected, "#grid")
    def _cursor_moved(self) -> None:
        self.read(self.show_event_record)
