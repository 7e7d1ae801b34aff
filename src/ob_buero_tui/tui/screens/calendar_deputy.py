"""Ausfall and Vertretung on the Kalender: V begins an Ausfall, v asks a deputy for one appointment."""

from __future__ import annotations

from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing


class CalendarDeputy(CalendarEditing):
    """What the Kalender does when the mayor cannot go; `CalendarScreen` has it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A deputy needs an appointment that is shown in full."""
        current = self.grid.current
        if action == "event_deputy" and (current is None or current.view != "full"):
            return False
        return super().check_action(action, parameters)

    async def action_begin_ausfall(self) -> None:
        """The Ausfall of the day under the cursor."""
        from ob_buero_tui.tui.screens.flows.ausfall_day import show_ausfall

        await show_ausfall(self.desk, self.date or self.place.today)

    def action_event_deputy(self) -> None:
        """Ask a deputy, or write down the answer."""
        from ob_buero_tui.tui.screens.flows.event_deputy import deputy

        self.run_flow(deputy)
