"""Calendars beside the office's own: which are shown, what was read, what is not in Outlook yet."""

from __future__ import annotations

from ob_buero_tui.rules import german
from ob_buero_tui.services.calendars.choosing import choices, choose, shown_text
from ob_buero_tui.services.calendars.pending import pending_count
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.calendar_view import CalendarView
from ob_buero_tui.tui.widgets.title_line import Piece


class CalendarFeeds(CalendarView):
    """The commands about calendars; `CalendarScreen` has them."""

    def __init__(self) -> None:
        super().__init__()
        self._pending = 0
        self._without = ""

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read the days anew, and what the title says of calendars."""
        super().reload(focus)
        self._pending, self._without = pending_count(self.place), shown_text(self.place)

    def title_middle(self) -> list[Piece]:
        """What Outlook does not show yet, and which calendars are hidden."""
        pieces = super().title_middle()
        if self._pending:
            text = f"{german.number(self._pending)} noch nicht in Outlook"
            pieces.append(Piece(text=text, tone="warning", keep=2))
        if self._without:
            pieces.append(Piece(text=self._without, keep=4))
        return pieces

    @asking()
    async def action_choose_calendars(self) -> None:
        """Choose which calendars are shown."""
        from ob_buero_tui.tui.screens.dialogs.calendar_choice import CalendarChoice

        wanted = await self.app.push_screen_wait(CalendarChoice(choices(self.place)))
        if wanted is None:
            return
        kept = choose(self.place, wanted)
        self.desk.data_changed()
        if not kept:
            self.notify("Die Auswahl gilt nur bis zum Beenden: ein anderer Platz schreibt gerade.")

    @asking("verb")
    async def action_send_to_outlook(self) -> None:
        """Write the draft of a change that Outlook does not show yet."""
        from ob_buero_tui.tui.screens.flows import outlook

        await outlook.send(self)

    @asking("verb")
    async def action_show_outstanding(self) -> None:
        """Everything that Outlook does not show yet."""
        from ob_buero_tui.tui.screens.flows import outlook

        await outlook.choose(self)

    @asking("verb")
    async def action_take_theirs(self) -> None:
        """Take what Outlook shows instead of our change."""
        from ob_buero_tui.tui.screens.flows import outlook

        await outlook.give_way(self)

    def action_read_calendars(self) -> None:
        """Read the calendars that others lead now."""
        from ob_buero_tui.tui import calendar_watch

        if self.desk.calendars is None:
            self.notify("Kein Kalender wird von Outlook geführt oder veröffentlicht.")
        elif not calendar_watch.look(self.desk, at_once=True):
            self.notify("Die Kalender werden gerade gelesen.")
