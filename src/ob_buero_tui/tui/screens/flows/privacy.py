"""The report to a person and the erasure of a person, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.erasing.erasing import erase, refuse_kept
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.erasing.report import (
    PersonReport,
    counted,
    person_report,
    report_file,
    report_text,
)
from ob_buero_tui.services.new_file import write_new
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.erasure_preview import ErasurePreview
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.widgets.asked_line import Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.verb_list import VerbList

FOLDER: Final = "auskunft"
WAYS: Final = (
    Choice(key="show", label="ansehen", letter="1"),
    Choice(key=".pdf", label="als PDF ablegen", letter="2"),
    Choice(key=".txt", label="als Text ablegen", letter="3"),
    Choice(key=".json", label="für Programme ablegen (JSON)", letter="4"),
)


async def report(screen: VerbList, person_id: int) -> None:
    """Put the report together, and show it or write it as a file."""
    office = screen.desk.office.settings.office_name
    made = await screen.desk.act(
        lambda place: person_report(place, find_person(place, person_id), office), long=True
    )
    if made is None:
        return
    screen.list.select(person_id)  # the bar may have moved on meanwhile
    way = await screen.app.push_screen_wait(Choose(made.title, WAYS, text=f"{counted(made)}."))
    if way == "show":
        await screen.app.push_screen_wait(Told(made.title, report_text(made)))
    elif way is not None:
        await _write(screen, made, way)


async def _write(screen: VerbList, made: PersonReport, ending: str) -> None:
    place = screen.place
    folder = place.out_folder / FOLDER
    data = await screen.desk.act(lambda place: report_file(place, made, ending), long=True)
    if data is None:
        return
    try:
        path = write_new(
            folder, f"auskunft-{place.today.isoformat()}", ending, data, place.attachments.file_mode
        )
    except OSError as error:
        screen.desk.refuse(
            Refusal("Die Auskunft wurde nicht abgelegt.", f"Der Ordner: {system_reason(error)}.")
        )
        return
    if path is not None:
        screen.notify(f"Abgelegt: {path}. Nach der Herausgabe dort löschen.")


async def erase_after_preview(screen: VerbList, person_id: int) -> Done | None:
    """Show every place, ask about those that may mean somebody else, confirm by the name."""
    found = await screen.desk.act(lambda place: find_person(place, person_id), long=True)
    if found is None:
        return None
    screen.list.select(person_id)
    try:
        refuse_kept(found)
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return None
    chosen = await screen.app.push_screen_wait(ErasurePreview(found))
    if chosen is None:
        return None
    wanted = found.confirm
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{found.name} endgültig löschen?",
            understand=lambda text: (
                Understood("Enter löscht endgültig.")
                if fold(text.strip()) == fold(wanted)
                else Understood(f"Zum Bestätigen „{wanted}“ tippen; Esc lässt alles, wie es ist.", ok=False)
            ),
            text="Das lässt sich nicht zurücknehmen. Ältere Sicherungen halten die Daten noch, bis sie"
            " ablaufen; nach einer Rückkehr zu ihnen wird wieder gelöscht.",
        )
    )
    if typed is None:
        return None
    return await screen.desk.act(
        lambda place: erase(place, found, chosen=chosen.places, files=chosen.files, typed=typed), long=True
    )
