"""v on an appointment: whom to ask, and what the deputy said; a request behind it is decided with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.services.calendar.deputizing import (
    deciding_request,
    deputize_event,
    event_deputy_said,
    propose_for_date,
)
from ob_buero_tui.services.requests.deputizing import deputize as deputize_requests
from ob_buero_tui.services.requests.proposing_deputies import propose_deputies
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.deputy import DeputyDialog
from ob_buero_tui.tui.screens.flows.deputy import plan_of

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.views import DayEvent
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing

YES, NO, OTHER = "ja", "nein", "andere"


async def deputy(screen: CalendarEditing, event: DayEvent) -> Done | None:
    """Ask a deputy; where one is asked already, first what the answer was."""
    proposal, standing = propose_for_date(screen.place, event.id)
    if standing is not None:
        says = "kann doch nicht" if standing.promised else "hat abgelehnt"
        choices = [
            Choice(key=NO, label=f"{standing.short} {says}"),
            Choice(key=OTHER, label="jemand anderes fragen …"),
        ]
        if not standing.promised:
            choices.insert(0, Choice(key=YES, label=f"{standing.short} hat zugesagt"))
        asked = await screen.app.push_screen_wait(Choose(f"{proposal.number}: Vertretung", choices))
        if asked is None:
            return None
        if asked != OTHER:
            return await screen.desk.act(lambda place: event_deputy_said(place, event.event_id, asked == YES))
    request = deciding_request(screen.place, event.event_id) if "@" not in event.id else None
    if request is not None:
        found = propose_deputies(screen.place, request)
        dialog = DeputyDialog(screen.place, found)
        chosen = await screen.app.push_screen_wait(dialog)
        if chosen is None:
            return None
        plan, decision = plan_of(found, *chosen), dialog.decision
        return await screen.desk.act(lambda place: deputize_requests(place, [plan], decision))
    chosen = await screen.app.push_screen_wait(DeputyDialog(screen.place, proposal, decided=False))
    if chosen is None:
        return None
    calendar = chosen[1]
    return await screen.desk.act(lambda place: deputize_event(place, event.id, calendar))
