"""Handing closed requests to the E-Akte: what may go, where to, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import plural
from ob_buero_tui.services.export.case_folder import default_folder, file_cases, unfit
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty
from ob_buero_tui.tui.screens.dialogs.told import Told

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.verb_list import VerbList

FINAL = "Je Vorgang entsteht ein Ordner. Das verlässt das Büro; u nimmt es nicht zurück."


_MOST = 5


async def file_case(screen: VerbList, batch: Batch) -> bool:
    """Ask for the folder, write, and say what was not written; whether anything was.

    Raises:
        Refusal: none of them may leave, or the folder cannot be written.
    """
    stays = await screen.desk.patiently(lambda place: unfit(place, batch.ids), long=True)
    going = [key for key in batch.ids if key not in stays]
    if not going and not batch.many:
        raise next(iter(stays.values())).refusal
    reasons = _named([f"{one.number} bleibt: {one.refusal.why}" for one in stays.values()])
    if not going:
        await screen.app.push_screen_wait(Told("Nichts davon geht in die E-Akte", reasons))
        return False
    name = batch.name if not stays else plural(len(going), "Eingang", "Eingänge")
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{name} für die E-Akte: in welchen Ordner?",
            value=str(default_folder(screen.place)),
            understand=not_empty("Nennen Sie einen Ordner."),
            text="\n\n".join(part for part in (FINAL, reasons) if part),
        )
    )
    if typed is None:
        return False
    office, folder = screen.desk.office.settings.office_name, Path(typed.strip()).expanduser()
    filed = await screen.desk.patiently(lambda place: file_cases(place, going, office, folder), long=True)
    screen.notify(f"{filed.text}: „{folder}“", timeout=12)
    if told := (*filed.refused, *filed.remarks):
        await screen.app.push_screen_wait(Told("Das ist nicht dabei", _named(told)))
    return True


def _named(sentences: Sequence[str]) -> str:
    """The first of some sentences, and how many more there are: a marked batch may be hundreds."""
    more = len(sentences) - _MOST
    lines = [*sentences[:_MOST], *([f"Und {more} weitere."] if more > 0 else [])]
    return "\n".join(lines)
