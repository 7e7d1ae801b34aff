"""What the verbs of the Aussonderung ask before they do it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_day
from ob_buero_tui.services.disposing.deciding import (
    archive_answered,
    destroy,
    keep_record,
    offer_to_archive,
    refuse_undue,
)
from ob_buero_tui.services.disposing.taking_over import take_over
from ob_buero_tui.services.disposing.views import key_of, several
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.asked_line import Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.store.retention import DisposalState
    from ob_buero_tui.tui.screens.disposal import DisposalScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch

CONFIRM = "vernichten"


async def keep(screen: DisposalScreen, batch: Batch) -> Done | None:
    """Keep longer: until when, and why."""
    place = screen.place
    calendar = office_calendar(place)

    def day_of(text: str) -> date:
        return parse_day(text, place.today, calendar).day

    def understand(text: str) -> Understood:
        try:
            return Understood(f"behalten bis {long_date(day_of(text))}")
        except Refusal as refusal:
            return Understood(refusal.why or refusal.what, ok=False)

    said = await screen.app.push_screen_wait(
        PromptLine(
            f"{batch.name}: behalten bis",
            value=f"31.12.{place.today.year + 1}",
            understand=understand,
            text="Bis zu diesem Tag bleibt es; am Tag danach wird es wieder vorgeschlagen.",
        )
    )
    if said is None:
        return None
    return await screen.carry_out(lambda place, ids: keep_record(place, ids, day_of(said)), batch)


async def offer(screen: DisposalScreen, batch: Batch) -> Done | None:
    """Offer to the archive: that happens outside; here it is noted."""
    return await screen.carry_out(offer_to_archive, batch)


async def answer(said: DisposalState, screen: DisposalScreen, batch: Batch) -> Done | None:
    """Note the archive's answer."""
    return await screen.carry_out(lambda place, ids: archive_answered(place, ids, said), batch)


async def taken_over(said: DisposalState, screen: DisposalScreen, batch: Batch) -> Done | None:
    """Note whether the E-Akte has what was given out."""
    taken = said == "uebernommen"

    def note(place: Workplace, ids: Sequence[int]) -> Done:
        return take_over(place, [key_of(id)[1] for id in ids], taken=taken)

    return await screen.carry_out(note, batch)


async def destroy_after_question(screen: DisposalScreen, batch: Batch) -> Done | None:
    """Destroy for good, when the word is typed: no undo brings it back."""
    if await screen.desk.act(lambda place: refuse_undue(place, batch.ids)) is None:
        return None
    count = several(batch.ids)
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{count} vernichten?" if len(batch.ids) > 1 else f"{batch.name} vernichten?",
            understand=lambda text: (
                Understood("Enter vernichtet endgültig.")
                if text.strip().casefold() == CONFIRM
                else Understood(f"Zum Bestätigen „{CONFIRM}“ tippen; Esc lässt alles, wie es ist.", ok=False)
            ),
            text="Schreiben, Anlagen, Notizen und Verlauf werden gelöscht; Nummer, Art und Tage bleiben. "
            "Das lässt sich nicht zurücknehmen.",
        )
    )
    if typed is None:
        return None
    return await screen.desk.act(lambda place: destroy(place, batch.ids), long=True)
