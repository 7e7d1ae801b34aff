"""What of an appointment goes into the clipboard: one line of it, a phone number, or everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.span_text import span_text
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.widgets.event_panel import event_lines

if TYPE_CHECKING:
    from ob_buero_tui.services.views import EventView
    from ob_buero_tui.tui.screens.calendar_editing import CalendarEditing

WIDTH = 200
"""Cells of a line in the clipboard, so that nothing is broken there."""


def texts_of(view: EventView) -> dict[str, str]:
    """What may be copied of an appointment, by its name."""
    event, more = view.day, view.details
    when = span_text(event.start, event.end, all_day=event.all_day)
    found = {"Zeit, Titel und Ort": ", ".join(part for part in (when, event.summary, event.location) if part)}
    if more is not None and more.contact_phone:
        found["Telefon am Tag"] = more.contact_phone
    if event.location:
        found["Ort"] = event.location
    lines = ("".join(text for text, _ in line).rstrip() for line in event_lines(view, WIDTH))
    found["alles"] = "\n".join(lines).strip()
    return found


async def copy_text(screen: CalendarEditing, view: EventView) -> None:
    """Choose which text to copy."""
    values = texts_of(view)
    choices = [Choice(key=name, label=name, hint=clean(value, limit=40)) for name, value in values.items()]
    chosen = await screen.app.push_screen_wait(Choose("Was soll kopiert werden?", choices))
    if chosen is not None:
        screen.app.copy_to_clipboard(clean(values[chosen], multiline=True, limit=100_000))
        screen.notify(f"{chosen} kopiert.")
