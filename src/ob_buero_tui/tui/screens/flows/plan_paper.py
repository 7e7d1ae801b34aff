"""A year's plan as text on the screen, and as a file for the council or for the office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council import plan_outputs
from ob_buero_tui.services.council.plan_paper import plan_paper
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.plan_preview import PlanPreview
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty
from ob_buero_tui.tui.screens.flows.paper import shown

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.base import DeskScreen

NAMES = {".pdf": "PDF", ".xlsx": "Tabelle (Excel)", ".txt": "Text"}
WHOM = {
    Audience.PUBLIC: "für den Rat: nur die Termine, ohne Gründe",
    Audience.INTERN: "für das Büro: mit Kompromissen und Gründen",
}


async def preview(screen: DeskScreen, plan_id: int) -> None:
    """Show what the office would print."""
    paper = plan_paper(screen.place, plan_id, screen.desk.office.settings.office_name)
    await screen.app.push_screen_wait(PlanPreview(paper.title, plan_outputs.plan_text(paper)))


async def to_file(screen: DeskScreen, plan_id: int) -> None:
    """Ask what for whom, and for the folder; write the file and show it where the system has a viewer."""
    choices = [
        Choice(key=f"{ending} {audience.value}", label=f"{NAMES[ending]} {told}")
        for audience, told in WHOM.items()
        for ending in plan_outputs.ENDINGS
    ]
    chosen = await screen.app.push_screen_wait(Choose("Den Plan schreiben", choices, current=choices[0].key))
    if chosen is None:
        return
    ending, audience = chosen.split()
    office = screen.desk.office.settings.office_name
    paper = plan_paper(screen.place, plan_id, office, Audience(audience))
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{paper.title}, {NAMES[ending]}: in welchen Ordner?",
            value=str(plan_outputs.default_folder(screen.place)),
            understand=not_empty("Nennen Sie einen Ordner."),
            text=_told(paper.left_out, inside=paper.inside),
        )
    )
    if typed is None:
        return
    folder = Path(typed.strip()).expanduser()
    path = await screen.desk.patiently(
        lambda place: plan_outputs.write_plan(place, paper, ending, folder), long=True
    )
    screen.notify(f"Geschrieben nach „{path}“.", timeout=12)
    await shown(screen, path)


def _told(left_out: int, *, inside: bool) -> str:
    sentences = ["Die Datei kann zunächst nur dieses Konto lesen."]
    if left_out:
        sentences.append(f"Wegen Vertraulichkeit nicht dabei: {left_out} Gremien.")
    if inside:
        sentences.append("Sie nennt Gründe und ist nur für den Dienstgebrauch.")
    return " ".join(sentences)
