"""The attachments of a request: shown, opened by the system, saved into a folder."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ob_buero_tui.config.folders import downloads
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services import attachments
from ob_buero_tui.services.attachments import AttachmentFile
from ob_buero_tui.tui import outside
from ob_buero_tui.tui.screens.dialogs.attachments import Attachments
from ob_buero_tui.tui.screens.dialogs.path_line import PathLine

if TYPE_CHECKING:
    from ob_buero_tui.services.views import RecordView
    from ob_buero_tui.tui.screens.base import DeskScreen


async def show(screen: DeskScreen, view: RecordView) -> None:
    """Show the attachments of a request until somebody leaves them."""
    files = await asyncio.to_thread(attachments.attachments_of, screen.desk.patient, view.id)

    async def open_it(one: AttachmentFile) -> str:
        return await open_one(screen, one)

    async def save_one(one: AttachmentFile) -> str:
        return await save_files(screen, [one])

    async def save_all(_one: AttachmentFile) -> str:
        return await save_files(screen, files)

    title = f"Anhänge · {view.number}"
    dialog = Attachments(title, files, open_one=open_it, save_one=save_one, save_all=save_all)
    await screen.app.push_screen_wait(dialog)


async def open_one(screen: DeskScreen, one: AttachmentFile) -> str:
    """Open a private copy; returns what to say."""
    place = screen.desk.patient
    try:
        path = await asyncio.to_thread(lambda: attachments.open_copy(place, one.id, outside.COPIES.folder))
        await asyncio.to_thread(outside.open_outside, path)
    except Refusal as refusal:
        return f"! {refusal}"
    return f"„{clean(path.name, limit=80)}“ wird geöffnet, als Kopie nur zum Lesen."


async def save_files(screen: DeskScreen, files: tuple[AttachmentFile, ...] | list[AttachmentFile]) -> str:
    """Ask for a folder and save there, never over another file; returns what to say."""
    if not files:
        return ""
    base = downloads()
    name = f"„{files[0].name}“" if len(files) == 1 else plural(len(files), "Anhang", "Anhänge")
    asked = PathLine(
        f"{name} ablegen", text="In welchen Ordner?", value=f"{base}/", base=base, folders_only=True
    )
    folder = await screen.app.push_screen_wait(asked)
    if folder is None:
        return ""
    ids = [one.id for one in files]
    try:
        written = await screen.desk.patiently(lambda place: attachments.export(place, ids, folder), long=True)
    except Refusal as refusal:
        return f"! {refusal}"
    told = f"„{written[0].name}“" if len(written) == 1 else plural(len(written), "Anhang", "Anhänge")
    return f"{clean(told, limit=200)} abgelegt in {clean(str(folder), limit=200)}."
