"""The day on paper, asked for from the Kalender: preview, PDF, and what tomorrow's folder lacks."""

from __future__ import annotations

from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.calendar_view import CalendarView
from ob_buero_tui.tui.screens.flows import paper


class CalendarPaper(CalendarView):
    """The commands about paper; `CalendarScreen` has them."""

    @asking()
    async def action_paper_preview(self) -> None:
        """Show the sheet of the shown day or week as text."""
        await paper.preview(self, self.date or self.place.today)

    @asking()
    async def action_paper_print(self) -> None:
        """Write a sheet as a PDF file."""
        await paper.to_pdf(self, self.date or self.place.today)

    @asking()
    async def action_look_ahead(self) -> None:
        """What the folder of the next day with appointments still lacks."""
        await paper.look_ahead(self)
