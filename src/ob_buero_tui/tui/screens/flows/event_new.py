"""A new appointment: one line where the cursor stands, or the form with what the line says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ob_buero_tui.rules.german import clock, long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.forms import form_of, new_form
from ob_buero_tui.services.calendar.line_reading import LineReader
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.tui.screens.dialogs.event_line import DRAFT, EventLineDialog
from ob_buero_tui.tui.screens.flows.event_clashes import saved

if TYPE_CHECKING:
    from datetime import date, datetime

    from ob_buero_tui.services.calendar.forms import EventForm
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing

QUARTER: Final = 15


async def add(screen: CalendarEditing, at: datetime | None = None, reader: LineReader | None = None) -> None:
    """Ask for the line until it is saved or given up; a refusal leads back to it, nothing typed is lost.

    Args:
        at: When it begins where the line does not say; otherwise where the cursor stands.
        reader: Reads the line, where more is known of the appointment than the time.
    """
    at = at or _quarter(screen.grid.moment)
    reader = reader or LineReader(screen.place, at)
    done: Done | None = None
    form: EventForm | None = None
    while done is None:
        dialog = EventLineDialog(
            screen.place, _title(at), reader, f"{at.isoformat()} {type(reader).__name__}"
        )
        typed = await screen.app.push_screen_wait(dialog)
        if typed is None:
            return
        form = reader.read(typed).form
        if dialog.more:
            done = await _in_form(screen, form, typed, at)
            if done is None:
                return
        elif form is not None:
            done = await _saved(screen, form)
    drop_draft(screen.desk.patient, DRAFT)
    screen.after(done, 0, on=_first_day(screen, done))


def _first_day(screen: CalendarEditing, done: Done) -> date | None:
    """The day of what was made; a series may begin later than the day that was typed."""
    return form_of(screen.place, str(done.ids[0])).start.date() if done.ids else None


async def _saved(screen: CalendarEditing, form: EventForm) -> Done | None:
    from ob_buero_tui.services.calendar.adding import add_event

    try:
        return await saved(screen.desk, lambda place, reason: add_event(place, form, reason), "neu")
    except Refusal as refusal:
        screen.desk.refuse(refusal)
        return None


async def _in_form(screen: CalendarEditing, form: EventForm | None, typed: str, at: datetime) -> Done | None:
    """The form, filled as far as the line is understood; what is not becomes the title."""
    from dataclasses import replace

    from ob_buero_tui.tui.screens.dialogs.event_form import EventFormDialog

    start = form or replace(new_form(screen.place, None, at), summary=" ".join(typed.split()))
    return await screen.app.push_screen_wait(EventFormDialog(screen.desk, start, key=""))


def _quarter(at: datetime) -> datetime:
    """The next quarter of an hour: nothing begins at 9:42."""
    past = at.minute % QUARTER
    return at.replace(second=0, microsecond=0) + timedelta(minutes=(QUARTER - past) % QUARTER)


def _title(at: datetime) -> str:
    day = long_date(at.date())
    return f"Neuer Termin · {day}" + (f", {clock(at)}" if (at.hour, at.minute) != (0, 0) else "")
