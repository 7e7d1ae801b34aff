"""The verbs on the appointment under the cursor of the Kalender, and making a new one there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING

from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.calendar_view import CalendarView
from ob_buero_tui.tui.screens.flows import events
from ob_buero_tui.tui.widgets.ghost import Ghost

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.views import DayEvent

    Flow = Callable[["CalendarEditing", DayEvent], Awaitable[Done | None]]
    """What a verb asks and does with an appointment."""

VERBS = frozenset(
    (
        *("accept", "decline", "note", "important", "trash", "finish"),
        *("move_event", "copy_event", "edit", "attachments", "copy"),
    )
)
"""Commands that need an appointment that is shown in full."""


class CalendarEditing(CalendarView):
    """What changes appointments; `CalendarScreen` has it."""

    held = False
    """Whether the panel keeps what it shows, while its appointment is moved over other days."""

    def show_event_record(self) -> None:
        """Draw the appointment under the cursor, unless another one is being moved."""
        if not self.held:
            super().show_event_record()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need an appointment that is shown in full; ticking needs a task."""
        current = self.grid.current
        if action in VERBS and (current is None or current.view != "full"):
            return False
        if action == "finish" and (self.record is None or not self.record.tasks):
            return False
        return super().check_action(action, parameters)

    @asking("verb")
    async def run_flow(self, flow: Flow) -> None:
        """Ask what a verb needs, do it, and say so."""
        current = self.grid.current
        if current is None:
            return
        done = await flow(self, current)
        if done is not None:
            self.after(done, current.event_id)

    def after(self, done: Done, event_id: int, on: date | None = None) -> None:
        """Say what was done, and stand on the appointment.

        Args:
            event_id: Where nothing else was touched.
            on: The day it stands on now, if that may be another one.
        """
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        if on is not None and on != self.date:
            self.date = on
        self.desk.data_changed((("event", done.ids[-1] if done.ids else event_id),))

    def draw_ghost(self, ghost: Ghost | None) -> None:
        """Draw an appointment where it would stand; the page turns where that lies on another one."""
        if ghost is not None and all(one.date != ghost.start.date() for one in self.grid.days):
            self.date = ghost.start.date()
            self.read(self.reload)
        self.grid.preview(ghost)

    # On the appointment

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

    def action_finish(self) -> None:
        """Tick a task of the preparation, or open it again."""
        self.run_flow(events.tick)

    def action_edit(self) -> None:
        """The form with everything about it."""
        from ob_buero_tui.tui.screens.flows.event_edit import edit

        self.run_flow(edit)

    def action_move_event(self) -> None:
        """Move it by arrows or by typing."""
        from ob_buero_tui.tui.screens.flows.event_move import move

        self.run_flow(move)

    def action_copy_event(self) -> None:
        """Enter it once more at another time."""
        from ob_buero_tui.tui.screens.flows.event_move import copy

        self.run_flow(copy)

    @asking()
    async def action_attachments(self) -> None:
        """Its files: open what is harmless, add one, save a copy."""
        from ob_buero_tui.tui.screens.flows.event_documents import show

        current = self.grid.current
        if current is not None:
            await show(self, current)

    @asking()
    async def action_copy(self) -> None:
        """Copy time and place, a phone number, or everything."""
        from ob_buero_tui.tui.screens.flows.event_text import copy_text

        if self.record is not None:
            await copy_text(self, self.record)

    # Without one

    @asking("verb")
    async def action_add_event(self) -> None:
        """Make one where the cursor stands, from one line or in the form."""
        from ob_buero_tui.tui.screens.flows.event_new import add

        await add(self)

    @asking("verb")
    async def action_show_event_trash(self) -> None:
        """The appointments in the trash; one of them may come back."""
        from ob_buero_tui.tui.screens.flows.event_trash import restore

        await restore(self)
