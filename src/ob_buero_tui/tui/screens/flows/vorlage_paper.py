"""The mayor's list as text on the screen, and as a PDF file to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.services.vorlage import paper
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows.paper import shown

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen


async def preview(screen: DeskScreen, item_id: int) -> None:
    """Show what would be printed."""
    data = paper.paper(screen.place, item_id, screen.desk.office.settings.office_name)
    await screen.app.push_screen_wait(Told("Vorschau der OB-Vorlage", paper.preview(data)))


async def to_pdf(screen: DeskScreen, item_id: int) -> None:
    """Ask for the folder, write the file, and show it where the system has a viewer."""
    data = paper.paper(screen.place, item_id, screen.desk.office.settings.office_name)
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{data['title']} drucken: in welchen Ordner?",
            value=str(paper.default_folder(screen.place)),
            understand=not_empty("Nennen Sie einen Ordner."),
            text="Die Datei ist vertraulich und nur für dieses Konto lesbar.",
        )
    )
    if typed is None:
        return
    folder = Path(typed.strip()).expanduser()
    path = await screen.desk.patiently(lambda place: paper.write_pdf(place, data, folder), long=True)
    screen.notify(f"Gedruckt nach „{path}“.", timeout=12)
    await shown(screen, path)
