"""Attachments of the request under the cursor and its answers as they left, by Enter in their sections."""

from __future__ import annotations

from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.inbox_view import InboxView
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.record_sections import Section


class AttachmentVerbs(InboxView):
    """What the Eingang does with attachments."""

    @asking()
    async def action_attachments(self) -> None:
        """List the attachments: open what is harmless, save the others."""
        from ob_buero_tui.tui.screens.flows.attachments import show

        view = self.current_record()
        if view is not None and view.attachments:
            await show(self, view)
        else:
            self.notify("Dieser Eingang hat keine Anhänge.")

    def action_open(self) -> None:
        """Enter in the section of the attachments shows them, in that of the answers what left."""
        if not isinstance(self.app.focused, LinesView):
            return
        if self.panel.section is Section.ANHAENGE:
            self.action_attachments()
        elif self.panel.section is Section.ANTWORT:
            self._show_sent()

    @asking()
    async def _show_sent(self) -> None:
        """Open an answer as it left the house."""
        from ob_buero_tui.tui.screens.flows.sent_answers import show_sent

        view = self.current_record()
        if view is not None:
            await show_sent(self, view)
