"""The form of an appointment, opened for one date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.calendar.forms import form_of

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.views import DayEvent
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing


async def edit(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Open the form; what is saved there is shown on its day."""
    from ob_buero_tui.tui.screens.dialogs.event_form import EventFormDialog

    dialog = EventFormDialog(screen.desk, form_of(screen.place, event.id), key=event.id)
    done = await screen.app.push_screen_wait(dialog)
    if done is not None and dialog.day is not None:
        screen.date = dialog.day
    return done
