"""What printing the calendar asks: which sheet, into which folder."""

from __future__ import annotations

from asyncio import to_thread
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty
from ob_buero_tui.tui.screens.dialogs.told import Told

if TYPE_CHECKING:
    from ob_buero_tui.services.paper.views import Sheet
    from ob_buero_tui.tui.screens.base import DeskScreen

DAY, WEEK, DRIVES, DRIVER, DEPUTY = "tag", "woche", "fahrten", "fahrer:", "vertretung:"


async def preview(screen: DeskScreen, on: date) -> None:
    """Show a sheet as it would be printed."""
    sheet = await _chosen(screen, on, "Vorschau")
    if sheet is None:
        return
    from ob_buero_tui.services.paper.sheets import sheet_text

    await screen.app.push_screen_wait(Told(f"Vorschau: {sheet.title}", sheet_text(sheet)))


async def to_pdf(screen: DeskScreen, on: date) -> None:
    """Ask for sheet and folder, write the file, and show it where the system has a viewer."""
    sheet = await _chosen(screen, on, "Drucken")
    if sheet is None:
        return
    from ob_buero_tui.services.paper.printing import default_folder, write_sheet

    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{sheet.title} drucken: in welchen Ordner?",
            value=str(default_folder(screen.place)),
            understand=not_empty("Nennen Sie einen Ordner."),
            text=f"Das Blatt ist „{sheet.caution}“; die Datei kann nur dieses Konto lesen.",
        )
    )
    if typed is None:
        return
    office, folder = screen.desk.office.settings.office_name, Path(typed.strip()).expanduser()
    path = await screen.desk.patiently(lambda place: write_sheet(place, sheet, office, folder), long=True)
    screen.notify(f"Gedruckt nach „{path}“.", timeout=12)
    await shown(screen, path)


async def look_ahead(screen: DeskScreen) -> None:
    """Say what the folder of tomorrow still lacks; on Friday also that of the weekend and of Monday."""
    from ob_buero_tui.services.paper import sheets
    from ob_buero_tui.services.paper.rows import lack_words

    today = screen.place.today
    ahead = 3 if today.weekday() == 4 else 1
    lines = []
    for on in (today + timedelta(days=n) for n in range(1, ahead + 1)):
        rows = sheets.look_ahead(screen.place, on)
        lines += [f"{long_date(on)}: {'es fehlt noch' if rows else 'alles da.'}"]
        lines += [f"  {row.time}  {row.title}: {lack_words(row.lacks)}" for row in rows]
    await screen.app.push_screen_wait(Told("Tagesmappe: was noch fehlt", "\n".join(lines)))


async def _chosen(screen: DeskScreen, on: date, what: str) -> Sheet | None:
    """Which sheet of a day: the mayor's is the one Enter takes."""
    from ob_buero_tui.services.paper import sheets
    from ob_buero_tui.services.paper.dates import deputies_of

    place = screen.place
    deputies = [(key, place.catalog.calendars[key].label) for key in deputies_of(place)]
    choices = [
        Choice(key=DAY, label="Tagesblatt für die Tagesmappe"),
        Choice(key=WEEK, label="Wochenübersicht"),
        Choice(key=DRIVES, label="Alle Fahrten für den Fahrdienst"),
        *(
            Choice(key=f"{DRIVER}{name}", label=f"Fahrten von {name}")
            for name in sheets.drivers_on(place, on)
        ),
        *(Choice(key=f"{DEPUTY}{key}", label=f"Blatt für {label}") for key, label in deputies),
    ]
    key = await screen.app.push_screen_wait(Choose(f"{what} für {long_date(on)}", choices, current=DAY))
    if key is None:
        return None
    if key.startswith(DRIVER):
        return sheets.driver_sheet(place, on, key.removeprefix(DRIVER))
    if key.startswith(DEPUTY):
        return sheets.deputy_sheet(place, on, key.removeprefix(DEPUTY))
    return {DAY: sheets.day_sheet, WEEK: sheets.week_sheet, DRIVES: sheets.driver_sheet}[key](place, on)


async def shown(screen: DeskScreen, path: Path) -> None:
    """Open the file; where there is no viewer, its path was said already."""
    from ob_buero_tui.tui.outside import open_outside

    try:
        await to_thread(open_outside, path)
    except Refusal:
        screen.log(f"no viewer for {path.suffix}")
