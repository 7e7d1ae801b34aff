"""Appointments out of the trash again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import clock, long_date, short_date
from ob_buero_tui.services.calendar.trash import TrashedEvent, trashed_events
from ob_buero_tui.services.calendar.verbs import restore_event
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing


async def restore(screen: CalendarEditing) -> None:
    """Show what lies in the trash; the one that is chosen comes back and is shown on its day."""
    found = trashed_events(screen.place)
    if not found:
        screen.notify("Im Papierkorb liegt kein Termin.")
        return
    asked = Choose(
        "Papierkorb der Termine", [_choice(one) for one in found], text="Enter holt den Termin zurück."
    )
    key = await screen.app.push_screen_wait(asked)
    one = next((one for one in found if str(one.id) == key), None)
    if one is None:
        return
    done = await screen.desk.act(lambda place: restore_event(place, [one.id]))
    if done is not None:
        screen.after(done, one.id, on=one.start.date())


def _choice(one: TrashedEvent) -> Choice:
    day = long_date(one.start.date())
    when = day if one.all_day else f"{day}, {clock(one.start)}"
    return Choice(
        key=str(one.id),
        label=one.summary,
        help=f"{when}{' · Serie' if one.series else ''}",
        hint=f"seit {short_date(one.trashed_on)}",
    )
