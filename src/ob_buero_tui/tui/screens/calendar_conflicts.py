"""Conflicts in the Kalender: walking through them, letting one stand, and looking for free times."""

from __future__ import annotations

from datetime import timedelta

from ob_buero_tui.rules.german import long_date
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing
from ob_buero_tui.tui.widgets.title_line import Piece


class CalendarConflicts(CalendarEditing):
    """The commands about conflicts; `CalendarScreen` has them."""

    _walked: tuple[str, str] = ("", "")
    """The date that `<` or `>` has led to, and what the title says while the cursor stays there."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A reason is given for a conflict, on an appointment that is shown in full."""
        current = self.grid.current
        if action == "waive_conflict" and (current is None or not (current.conflicts or current.waived)):
            return False
        return super().check_action(action, parameters)

    def action_next_conflict(self) -> None:
        """To the next conflict of the coming 90 days; far from today, of those around the day shown."""
        self.read(lambda: self._walk(1))

    def action_previous_conflict(self) -> None:
        """To the conflict before, from today on; far from today, of the 90 days before."""
        self.read(lambda: self._walk(-1))

    @asking()
    async def action_waive_conflict(self) -> None:
        """Let the conflicts of the appointment stand with a reason, or take the reason back."""
        from ob_buero_tui.tui.screens.flows import conflicts

        current = self.grid.current
        if current is None:
            return
        done = await conflicts.waive_or_not(self, current)
        if done is not None:
            self.after(done, current.event_id)

    @asking()
    async def action_free_times(self) -> None:
        """Look for free times, and begin an appointment at one of them."""
        from ob_buero_tui.tui.screens.flows import free_times

        await free_times.look(self)

    def title_middle(self) -> list[Piece]:
        """Where one is among the conflicts, as long as the cursor stays on the one walked to."""
        pieces = super().title_middle()
        key, told = self._walked
        current = self.grid.current
        if not told or current is None or current.id != key or not current.conflicts:
            return pieces
        return [Piece(text=told, tone="error", keep=2), *(one for one in pieces if one.tone != "error")]

    def _walk(self, way: int) -> None:
        from ob_buero_tui.services.calendar.walking import DAYS, stops

        today, shown = self.place.today, self.date or self.place.today
        window = timedelta(days=DAYS)
        near = today <= shown <= today + window
        first, last = (today, today + window) if near else (shown - window, shown + window)
        places = [(stop.start, stop.key) for stop in stops(self.place, first, (last - first).days)]
        current = self.grid.current
        here = (current.start, current.id) if current is not None else (self.grid.moment, "")
        ahead = [one for one in places if (one > here if way > 0 else one < here)]
        if not ahead:
            none = f"Kein weiterer Konflikt bis {long_date(last)}."
            before = f"Kein früherer Konflikt seit {long_date(first)}."
            self.notify(none if way > 0 else before)
            return
        chosen = ahead[0] if way > 0 else ahead[-1]
        self._walked = (chosen[1], f"! Konflikt {places.index(chosen) + 1} von {len(places)}")
        self.show_date_of(*chosen)
