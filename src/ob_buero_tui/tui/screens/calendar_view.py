"""Kalender as it is read: one of its views, and the appointment under the cursor beside it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import TypeAlias

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from ob_buero_tui.rules import german
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.slots import next_date_of
from ob_buero_tui.services.views import DayView, EventView
from ob_buero_tui.tui.commands import KALENDER
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.spoilt import told_empty, told_heading
from ob_buero_tui.tui.widgets.calendar_heads import conflict_count, tentative_count
from ob_buero_tui.tui.widgets.calendar_sheet import CalendarSheet
from ob_buero_tui.tui.widgets.calendar_views import VIEWS, Page
from ob_buero_tui.tui.widgets.day_list import day_line, day_lines
from ob_buero_tui.tui.widgets.event_panel import EventPanel
from ob_buero_tui.tui.widgets.title_line import Piece
from ob_buero_tui.tui.widgets.too_small import TooSmall
from ob_buero_tui.tui.widgets.view_bar import ViewBar

Day: TypeAlias = date
"""The type, where the screen's own `date` stands before it."""
FIRST_VIEW = "1"
FRIDAY = 4
FIRST_DAY, LAST_DAY = date(1, 2, 1), date(9999, 11, 30)
"""Nearer to the ends of all dates, the weeks and nights around a day would reach beyond them."""


class CalendarView(DeskScreen):
    """The frame of the Kalender and what it shows; moving and verbs are added by `CalendarScreen`."""

    screen_key = KALENDER
    title_text = "Kalender"
    DEFAULT_CSS = """
    CalendarView {
        & #work { height: 1fr; }
        & .sheet { width: 1fr; }
        & .sheet.-off { display: none; }
        & #event { width: 38%; }
        &.-woche #event { width: 30%; min-width: 34; }
        &.-monat #event { width: 28%; min-width: 30; }
        &.-liste #event { width: 30%; min-width: 34; }
        &.-jahr #event { width: 30%; min-width: 30; }
        &.-narrow #event { display: none; }
        &.-narrow.-reading .sheet { display: none; }
        &.-narrow.-reading #event { display: block; width: 100%; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.digit = FIRST_VIEW
        """The view that is shown, by its digit."""
        self._sheets: dict[str, CalendarSheet] = {}
        self._wide: set[str] = set()
        self._wanted: datetime | None = None
        self._exact = False
        """Whether the very time is wanted, not only its day."""
        self._kept = ""
        self._today: Day | None = None
        self.page: Page | None = None
        """What the view shows."""
        self.bar = ViewBar([(digit, spec.label) for digit, spec in VIEWS.items()], FIRST_VIEW, id="views")
        self.panel = EventPanel(id="event", classes="pane")
        self.record: EventView | None = None

    def compose(self) -> ComposeResult:
        """The frame of the design."""
        yield self.title_line
        yield self.bar
        with Horizontal(id="work"):
            yield self.grid
            yield self.panel
        yield self.footer
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin with today."""
        self._today, self._wanted = self.place.today, self.place.now
        self.add_class(f"-{VIEWS[self.digit].key}")
        self.data_changed()
        self.grid.focus()

    def on_resize(self) -> None:
        """On a narrow terminal day and appointment take turns."""
        self.set_class(self.app.size.width < 90, "-narrow")

    # Views

    @property
    def grid(self) -> CalendarSheet:
        """The view that is shown."""
        if self.digit not in self._sheets:
            spec = VIEWS[self.digit]
            sheet = self._sheets[self.digit] = spec.make()
            sheet.id = f"sheet-{spec.key}"
            sheet.add_class("pane", "sheet")
        return self._sheets[self.digit]

    @property
    def date(self) -> Day | None:
        """The day under the cursor; set, it is shown when the screen reads anew."""
        if self._wanted is not None:
            return self._wanted.date()
        return self.grid.moment.date() if self.grid.days else None

    @date.setter
    def date(self, wanted: Day) -> None:
        hour = self.grid.moment.time() if self.grid.days and self.grid.hours else time(9)
        self._wanted = datetime.combine(min(max(wanted, FIRST_DAY), LAST_DAY), hour)

    def show_view(self, digit: str) -> None:
        """Show another view at the same time and appointment; the same one again changes its width."""
        before, current = self.grid, self.grid.current
        self.date = self.date or self.place.today
        if digit == self.digit:
            self._widen(digit)
        else:
            self.remove_class(f"-{VIEWS[self.digit].key}")
            self.digit = digit
            self.bar.show(digit)
            self.add_class(f"-{VIEWS[digit].key}")
            before.add_class("-off")
            self.grid.remove_class("-off")
            if not self.grid.is_attached:
                self.query_one("#work").mount(self.grid, before=self.panel)
            self._kept = current.id if current is not None else ""
        self.arrive()
        self.data_changed()

    def _widen(self, digit: str) -> None:
        """A week with its weekend, or without."""
        if not VIEWS[digit].widens:
            return
        self._wide ^= {digit}
        shown = self.date
        if digit not in self._wide and shown is not None and shown.weekday() > FRIDAY:
            self.date = shown.fromordinal(shown.toordinal() - shown.weekday() + FRIDAY)

    # Reading

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read the days anew; the cursor stays, or goes to what is wanted."""
        shown = self.date or self.place.today
        page = VIEWS[self.digit].read(self.place, shown, self.digit in self._wide)
        events = [one for day in sorted(page.days, key=lambda day: day.date != shown) for one in day.events]
        wanted = {key for table, key in focus if table == "event"}
        cursor = next((event.id for event in events if event.event_id in wanted), self._kept or None)
        self.grid.show(page.days, now=self.place.now, cursor=cursor, moment=self._wanted)
        if self._exact and cursor is None:
            # On days that stand already the time counts, not the first appointment of the day.
            self.grid.show(page.days, now=self.place.now, moment=self._wanted)
        self._wanted, self._kept, self._exact = None, "", False
        self.page = page
        self.grid.border_title = label(told_heading(self.place, page.heading))
        self.show_event_record()

    def tick(self) -> None:
        """The line for now moves; at midnight the page turns where today was shown."""
        super().tick()
        today, before = self.place.today, self._today
        if today == before:
            self.grid.tick(self.place.now)
            return
        self._today = today
        shown = [day.date for day in self.grid.days]
        if self.date == before or (before in shown and today not in shown):
            self._wanted = self.place.now
        self.read(self._reload_all)

    def show_title(self) -> None:
        """The week, month or year that is shown belongs to the name of the screen."""
        shown = self.date
        if shown is not None:
            self.title_line.rename(f"{self.title_text} · {VIEWS[self.digit].name(shown)}")
        super().show_title()

    def title_middle(self) -> list[Piece]:
        """How many conflicts there are on the days shown, and how much is only held."""
        if self.page is not None and self.page.ends is not None:
            return []  # of a list that goes on nobody knows what the numbers count
        clashing, held = conflict_count(self.grid.days), tentative_count(self.grid.days)
        pieces = []
        if clashing:
            text = f"! {german.plural(clashing, 'Konflikt', 'Konflikte')}"
            pieces.append(Piece(text=text, tone="error", keep=2, press="greater_than_sign"))
        if held:
            pieces.append(Piece(text=f"{german.number(held)} vorgemerkt", keep=3))
        return pieces

    def show_day(self, wanted: Day) -> None:
        """Show a day, and go into its grid: the next key moves among its appointments."""
        self.date = wanted
        self.arrive()
        self.data_changed()

    def show_moment(self, wanted: datetime) -> None:
        """Show a time of a day with the cursor on it, or on the appointment there."""
        self._wanted, self._exact = wanted, True
        self.arrive()
        self.data_changed()

    def show_date_of(self, moment: datetime, key: str) -> None:
        """Show one date of an appointment with the cursor on it.

        Args:
            moment: When it begins, wall time.
            key: Its name, as `DayEvent.id` has it.
        """
        self._kept = key
        self.show_moment(moment)

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

    def _subtitle(self, day: DayView | None) -> str:
        """Below the grid: what its signs mean; without a panel beside it the day too, as far as both fit."""
        if day is None:
            return self.grid.legend
        told = day_line(day)
        both = f"{told} · {self.grid.legend}" if self.grid.legend else told
        return both if cell_len(both) <= self.size.width - 6 else told

    def show_event_record(self) -> None:
        """Draw the appointment under the cursor, or say that nothing is there."""
        current, day = self.grid.current, self._day_here()
        self.record = event_record(self.place, current) if current is not None else None
        beside = self.has_class("-narrow") and day is not None and not self.grid.hours
        self.grid.border_subtitle = label(self._subtitle(day if beside else None))
        if current is None and day is not None and not self.grid.hours:
            nothing = told_empty(self.place, self.grid.nothing)
            self.panel.show_list(long_date(day.date), partial(day_lines, day, nothing))
        else:
            self.panel.show_record(self.record, empty=told_empty(self.place, self._empty_text(day)))
        self.refresh_bindings()

    def _day_here(self) -> DayView | None:
        moment = self.grid.moment if self.grid.days else None
        return next((day for day in self.grid.days if moment and day.date == moment.date()), None)

    def _empty_text(self, day: DayView | None) -> str:
        moment = self.grid.moment if self.grid.days else None
        if moment is None or day is None or not day.events:
            return "Kein Termin an diesem Tag."
        return f"Kein Termin um {german.clock(moment)}."

    def behind(self) -> tuple[str, int] | None:
        """The request or session behind the appointment under the cursor, as table and key."""
        if self.record is None:
            return None
        if self.record.day.request_id is not None:
            return "request", self.record.day.request_id
        return ("meeting", self.record.meeting_id) if self.record.meeting_id is not None else None

    @on(ViewBar.Chosen)
    def _view_clicked(self, message: ViewBar.Chosen) -> None:
        self.read(lambda: self.show_view(message.digit))

    @on(CalendarSheet.Selected, ".sheet")
    def _cursor_moved(self, message: CalendarSheet.Selected) -> None:
        if message.sheet is self.grid:
            self.read(self.show_event_record)
            if not self.grid.hours or self.grid.onward(1) is not None:
                self.read(self.show_title)
