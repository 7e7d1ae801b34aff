"""The files of an appointment: shown, opened as a copy, saved into a folder, and new ones taken in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ob_buero_tui.config.folders import downloads
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.services import attachments
from ob_buero_tui.tui.screens.dialogs.attachments import Attachments
from ob_buero_tui.tui.screens.dialogs.path_line import PathLine
from ob_buero_tui.tui.screens.flows.attachments import open_one, save_files

if TYPE_CHECKING:
    from ob_buero_tui.services.attachments import AttachmentFile
    from ob_buero_tui.services.views import DayEvent
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing

EMPTY = "Dieser Termin hat noch keine Unterlagen; + nimmt eine Datei auf."


async def show(screen: CalendarEditing, event: DayEvent) -> None:
    """Show the files until somebody leaves them."""
    place, key = screen.desk.patient, event.event_id
    files = await asyncio.to_thread(attachments.documents_of, place, key)

    async def open_it(one: AttachmentFile) -> str:
        return await open_one(screen, one)

    async def save_one(one: AttachmentFile) -> str:
        return await save_files(screen, [one])

    async def save_all(_one: AttachmentFile) -> str:
        return await save_files(screen, dialog.files)

    async def add() -> str:
        said = await _add(screen, key)
        dialog.show_files(await asyncio.to_thread(attachments.documents_of, place, key))
        return said

    dialog = Attachments(
        f"Unterlagen · {clean(event.summary, limit=60)}",
        files,
        open_one=open_it,
        save_one=save_one,
        save_all=save_all,
        add=None if screen.place.read_only else add,
        empty=EMPTY,
    )
    await screen.app.push_screen_wait(dialog)


async def _add(screen: CalendarEditing, event_id: int) -> str:
    """Ask for a file and take a copy of it; returns what to say."""
    from ob_buero_tui.services.calendar.documents import attach_file

    base = downloads()
    asked = PathLine(
        "Unterlage aufnehmen", text="Pfad der Datei; Tab ergänzt Namen.", value=f"{base}/", base=base
    )
    path = await screen.app.push_screen_wait(asked)
    if path is None:
        return ""
    done = await screen.desk.act(lambda place: attach_file(place, event_id, path), long=True)
    if done is None:
        return ""
    screen.desk.data_changed((("event", event_id),))
    return f"„{clean(path.name, limit=80)}“ aufgenommen; nach Esc nimmt u es zurück."
