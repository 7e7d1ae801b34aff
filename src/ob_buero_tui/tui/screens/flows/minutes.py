"""The minutes of a session: results item by item, the free text, a look, and files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.visibility import Audience
from ob_buero_tui.services.council import minutes
from ob_buero_tui.services.council.meeting import meeting
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, not_empty
from ob_buero_tui.tui.screens.dialogs.told import Told
from ob_buero_tui.tui.screens.flows.long_text import StoredText, change_text
from ob_buero_tui.tui.screens.flows.paper import shown
from ob_buero_tui.tui.screens.flows.results import enter_result

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ob_buero_tui.services.council.views import AgendaRow
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.base import DeskScreen

RESULTS, TEXT, LOOK, PDF, PUBLIC_PDF, PLAIN = "ergebnisse", "text", "vorschau", "pdf", "oeffentlich", "txt"
_CHOICES = (
    Choice(key=RESULTS, letter="e", label="Ergebnisse der Punkte …"),
    Choice(key=TEXT, letter="b", label="Verlauf schreiben …"),
    Choice(key=LOOK, letter="p", label="Vorschau"),
    Choice(key=PDF, letter="d", label="als PDF …", hint="mit nichtöffentlichem Teil"),
    Choice(key=PUBLIC_PDF, letter="o", label="öffentlicher Teil als PDF …", hint="ohne Namen"),
    Choice(key=PLAIN, letter="t", label="als Text …", hint="mit nichtöffentlichem Teil"),
)


async def minutes_of(screen: DeskScreen, meeting_id: int) -> Done | None:
    """Ask what shall be with the minutes of a session, and do it.

    Raises:
        Refusal: there is no such session, or it has no day yet.
    """
    view = meeting(screen.place, meeting_id)
    open_items = sum(not one.result and not one.withdrawn for one in view.agenda)
    told = (
        f"{len(view.agenda)} Punkte, {open_items} ohne Ergebnis"
        if view.agenda
        else "Noch keine Tagesordnung."
    )
    name = shorten(view.row.organization or view.row.name, 40)
    chosen = await screen.app.push_screen_wait(Choose(f"Niederschrift: {name}", list(_CHOICES), text=told))
    if chosen is None:
        return None
    if chosen == RESULTS:
        return await results_of(screen, meeting_id)
    if chosen == TEXT:
        return await _write(screen, meeting_id)
    audience = Audience.PUBLIC if chosen == PUBLIC_PDF else Audience.INTERN
    data = minutes.minutes(screen.place, meeting_id, screen.desk.office.settings.office_name, audience)
    if chosen == LOOK:
        text = minutes.minutes_as_text(data)
        await screen.app.push_screen_wait(Told("Vorschau der Niederschrift", text))
        return None
    await _to_file(screen, data, pdf=chosen != PLAIN)
    return None


async def results_of(screen: DeskScreen, meeting_id: int) -> Done | None:
    """One item after the other, the first without a result first, until Esc; returns the last step."""
    last: Done | None = None
    after = 0
    while True:
        items = meeting(screen.place, meeting_id).agenda
        if not items:
            screen.notify("Diese Sitzung hat noch keine Tagesordnung.")
            return last
        current = _next(items, after)
        chosen = await screen.app.push_screen_wait(
            Choose("Ergebnis: welcher Punkt?", [_choice(one) for one in items], current=current)
        )
        if chosen is None:
            return last
        done = await enter_result(screen, int(chosen))
        if done is not None:
            last, after = done, int(chosen)


def _next(items: tuple[AgendaRow, ...], after: int) -> str | None:
    """The first item without a result behind the last one, else the first of all."""
    place = next((number for number, one in enumerate(items) if one.id == after), -1)
    ordered = (*items[place + 1 :], *items[: place + 1])
    return next((str(one.id) for one in ordered if not one.result and not one.withdrawn), None)


def _choice(one: AgendaRow) -> Choice:
    hint = "abgesetzt" if one.withdrawn else one.result or "offen"
    return Choice(
        key=str(one.id),
        label=f"{clean(one.number)} {shorten(one.name, 70)}".strip(),
        hint=clean(hint, limit=40),
    )


async def _write(screen: DeskScreen, meeting_id: int) -> Done | None:
    stored = StoredText(
        form=f"minutes:meeting:{meeting_id}",
        title="Verlauf der Sitzung",
        label="Verlauf der Sitzung",
        table="meeting",
        row_id=meeting_id,
        column="minutes_text",
        read=lambda: minutes.minutes_text(screen.place, meeting_id),
        store=lambda place, text, shown: minutes.write_minutes(place, meeting_id, text, shown),
    )
    return await change_text(screen, stored)


async def _to_file(screen: DeskScreen, data: Mapping[str, Any], *, pdf: bool) -> None:
    """Ask for the folder, write the file, and show it where the system has a viewer."""
    caution = data["caution"]
    typed = await screen.app.push_screen_wait(
        PromptLine(
            "Niederschrift: in welchen Ordner?",
            value=str(minutes.default_folder(screen.place)),
            understand=not_empty("Nennen Sie einen Ordner."),
            text=f"{caution}; die Datei kann nur dieses Konto lesen." if caution else "",
        )
    )
    if typed is None:
        return
    folder = Path(typed.strip()).expanduser()
    path = await screen.desk.patiently(
        lambda place: minutes.save_minutes(place, data, folder, pdf=pdf), long=True
    )
    screen.notify(f"Geschrieben nach „{path}“.", timeout=12)
    await shown(screen, path)
