"""Kalender: the day as a proportional grid, and the appointment under the cursor beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from ob_buero_tui.rules import german
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.day import day
from ob_buero_tui.services.calendar.event import event_record
from ob_buero_tui.services.calendar.slots import next_date_of
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.views import DayEvent
from ob_buero_tui.tui.commands import KALENDER, bindings_for
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.flows import events
from ob_buero_tui.tui.screens.flows.dates import ask_day
from ob_buero_tui.tui.widgets.day_grid import DayGrid
from ob_buero_tui.tui.widgets.event_panel import EventPanel
from ob_buero_tui.tui.widgets.title_line import Piece
from ob_buero_tui.tui.widgets.too_small import TooSmall

Flow = Callable[["CalendarScreen", DayEvent], Awaitable[Done | None]]


class CalendarScreen(DeskScreen):
    """One day of the mayor's calendar."""

    screen_key = KALENDER
    title_text = "Kalender"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(KALENDER)]
    CSS = """
    CalendarScreen {
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
        self.grid.show(view, now=self.place.now, cursor=cursor)
        named = [german.weekday(shown), german.long_date(shown)[3:]]
        more = "".join(
            f" · {part}" for part in (_AWAY.get((shown - self.place.today).days, ""), *view.notes) if part
        )
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
        view = self.grid.view
        if view is None or not any(event.conflicts for event in view.events):
            return []
        pairs = {frozenset((event.id, other)) for event in view.events for other in event.conflicts}
        return [Piece(text=f"! {german.plural(len(pairs), 'Konflikt', 'Konflikte')}", tone="error", keep=3)]

    def show_day(self, wanted: date) -> None:
        """Show a day."""
        self.date = wanted
        self.remove_class("-reading")
        self.data_changed()

    def show_event(self, event_id: int) -> None:
        """Show an appointment on its day: the next date of a series, the only one otherwise.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        found = next_date_of(self.place, event_id)
        if found is None:
            raise Refusal("Diesen Termin gibt es nicht mehr.")
        self.date = found
        self.data_changed((("event", event_id),))

    def show_event_record(self) -> None:
        """Draw the appointment under the cursor."""
        current = self.grid.current
        self.panel.show_record(event_record(self.place, current) if current is not None else None)
        self.refresh_bindings()

    @on(DayGrid.Selected, "#grid")
    def _cursor_moved(self) -> None:
        self.read(self.show_event_record)

    @on(DayGrid.Opened, "#grid")
    async def _opened(self) -> None:
        await self.action_open()

    # Moving

    def action_move_down(self) -> None:
        """To the next appointment; from the panel, a line down."""
        if self.panel.has_focus:
            self.panel.scroll_down(animate=False)
        else:
            self.grid.move(1)

    def action_move_up(self) -> None:
        """To the appointment before."""
        if self.panel.has_focus:
            self.panel.scroll_up(animate=False)
        else:
            self.grid.move(-1)

    def action_move_left(self) -> None:
        """To the appointment beside it, or a day back."""
        if not self.grid.sideways(-1):
            self._shift(-1)

    def action_move_right(self) -> None:
        """To the appointment beside it, or a day on."""
        if not self.grid.sideways(1):
            self._shift(1)

    def action_first(self) -> None:
        """To the first appointment."""
        self.grid.first()

    def action_last(self) -> None:
        """To the last appointment."""
        self.grid.last()

    def action_page_down(self) -> None:
        """Scroll on."""
        self.grid.page(1)

    def action_page_up(self) -> None:
        """Scroll back."""
        self.grid.page(-1)

    def action_today(self) -> None:
        """To today."""
        self.show_day(self.place.today)

    def action_previous_week(self) -> None:
        """A week back."""
        self._shift(-7)

    def action_next_week(self) -> None:
        """A week on."""
        self._shift(7)

    def _shift(self, days: int) -> None:
        shown = self.date or self.place.today
        try:
            self.show_day(shown + timedelta(days=days))
        except OverflowError:
            self.notify("Weiter reicht der Kalender nicht.")

    @work(exclusive=True, group="dialog")
    async def action_go_date(self) -> None:
        """To a day in words."""
        wanted = await ask_day(self, "Zu welchem Tag?")
        if wanted is not None:
            self.show_day(wanted)

    async def action_open(self) -> None:
        """To the request behind the appointment, or to its panel."""
        current = self.grid.current
        if current is None:
            return
        if self.panel.has_focus and current.request_id is not None:
            await self.desk.open_record("request", current.request_id)
            return
        self.add_class("-reading")
        self.panel.focus()

    def action_back(self) -> None:
        """Back to the grid, and from there to the Eingang."""
        if self.panel.has_focus or self.has_class("-reading"):
            self.remove_class("-reading")
            self.grid.focus()
        else:
            self.desk.action_show_inbox()

    def action_next_pane(self) -> None:
        """Grid and panel take turns."""
        if self.panel.has_focus:
            self.action_back()
        else:
            self.add_class("-reading")
            self.panel.focus()

    action_previous_pane = action_next_pane

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need an appointment that is shown in full."""
        current = self.grid.current
        if action in _VERBS and (current is None or current.view != "full"):
            return False
        return super().check_action(action, parameters)

    @work(exclusive=True, group="verb")
    async def run_flow(self, flow: Flow) -> None:
        """Ask what a verb needs, do it, and say so."""
        current = self.grid.current
        if current is None:
            return
        try:
            done = await flow(self, current)
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return
        if done is None:
            return
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.desk.data_changed((("event", current.event_id),))

    def action_accept(self) -> None:
        """Confirm the appointment."""
        self.run_flow(events.confirm)

    def action_decline(self) -> None:
        """Call it off, with a reason."""
        self.run_flow(events.cancel)

    def action_note(self) -> None:
        """Add a remark."""
        self.run_flow(events.note)

    def action_important(self) -> None:
        """Mark as important, or not."""
        self.run_flow(events.important)

    def action_trash(self) -> None:
        """Into the trash."""
        self.run_flow(events.trash)


_AWAY = {0: "heute", 1: "morgen", -1: "gestern"}
_VERBS = frozenset(("accept", "decline", "note", "important", "trash"))
