"""Free times: one line asks, a list answers, and an appointment begins at the one that is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.free_line import EXAMPLE
from ob_buero_tui.rules.german import clock, plural, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.free import FreeTime, FreeTimes, free_times, read_wish
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine
from ob_buero_tui.tui.widgets.asked_line import Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing

DRAFT = "free:line"


async def look(screen: CalendarEditing) -> None:
    """Ask until one is picked or given up; Esc in the list leads back to the line."""
    typed: str | None = ""
    while True:
        line = PromptLine(
            "Freie Zeiten suchen",
            value=typed or "",
            understand=lambda text: _understood(screen.place, text),
            text=EXAMPLE,
            draft=(screen.place, DRAFT),
        )
        typed = await screen.app.push_screen_wait(line)
        if typed is None:
            return
        found = free_times(screen.place, read_wish(screen.place, typed))
        slot = await _picked(screen, found)
        if slot is not None:
            drop_draft(screen.desk.patient, DRAFT)
            await _begin(screen, found, slot)
            return


def _understood(place: Workplace, text: str) -> Understood:
    try:
        return Understood(f"→ {read_wish(place, text).text}")
    except Refusal as refusal:
        return Understood(str(refusal), ok=False)


async def _picked(screen: CalendarEditing, found: FreeTimes) -> FreeTime | None:
    choices = [
        Choice(key=str(number), label=told(slot), help=room_to_move(slot))
        for number, slot in enumerate(found.times)
    ]
    count = plural(len(found.times) + found.more, "freie Zeit", "freie Zeiten")
    title = f"{count} · Enter trägt ein" if found.times else "Nichts frei"
    more = (f"Gezeigt werden die ersten {len(found.times)}.",) if found.more else ()
    none = (
        ()
        if found.times
        else ("Esc führt zur Zeile zurück: mehr Tage, andere Tageszeit oder kürzer suchen.",)
    )
    text = "\n".join((found.wish.text, *found.notes, *more, *none))
    picked = await screen.app.push_screen_wait(Choose(title, choices, text=text))
    return found.times[int(picked)] if picked is not None else None


async def _begin(screen: CalendarEditing, found: FreeTimes, slot: FreeTime) -> None:
    from ob_buero_tui.services.calendar.free_start import FreeReader
    from ob_buero_tui.tui.screens.flows.event_new import add

    screen.show_moment(slot.start)
    await add(screen, slot.start, FreeReader(screen.place, found, slot))


def told(slot: FreeTime) -> str:
    """A free time in a list: „Do 26.11. 09:00–10:00“."""
    return f"{short_date(slot.start.date(), aligned=True)} {clock(slot.start)}–{clock(slot.end)}"


def room_to_move(slot: FreeTime) -> str:
    """Up to when it may begin, where that is more than one time."""
    return f"Beginn bis {clock(slot.last_start)}" if slot.last_start > slot.start else ""
