"""Who was at a session: the list of its people, and one step that stores it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.council.attendance import attendance, record_attendance
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.attendance import FORM, AttendanceDialog

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.base import DeskScreen


async def enter_attendance(screen: DeskScreen, meeting_id: int) -> Done | None:
    """Ask who was there and store it; the caller says `Done.text` and reads anew.

    Raises:
        Refusal: there is no such session, or it has no day yet.
    """
    view = attendance(screen.place, meeting_id)
    dialog = AttendanceDialog(screen.place, view)
    marks = await screen.app.push_screen_wait(dialog)
    if marks is None:
        return None
    done = await screen.desk.act(lambda place: record_attendance(place, meeting_id, marks, dialog.stored))
    if done is not None:
        drop_draft(screen.desk.patient, FORM.format(meeting_id))
    return done
