"""A new appointment at a free time that was looked for: what is known of it already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ob_buero_tui.catalog.representation import MAYOR
from ob_buero_tui.rules.german import duration, join
from ob_buero_tui.rules.span_text import span_text
from ob_buero_tui.services.calendar.forms import USUAL_MINUTES, EventForm, PersonEntry
from ob_buero_tui.services.calendar.free import FreePerson, FreeTime, FreeTimes
from ob_buero_tui.services.calendar.line_reading import LineReader, ReadLine
from ob_buero_tui.services.workplace import Workplace


class FreeReader(LineReader):
    """Reads the line of a new appointment; length, people, room and way are those that were looked for.

    Args:
        found: What was looked for.
        slot: The time that was chosen.
    """

    def __init__(self, place: Workplace, found: FreeTimes, slot: FreeTime) -> None:
        super().__init__(place, slot.start)
        self._office, self._found, self._slot = place, found, slot

    def read(self, typed: str) -> ReadLine:
        """How a line is understood, together with what is known already."""
        read = super().read(typed)
        if read.form is None:
            return read
        form = self._filled(read.form)
        when = span_text(form.start, form.end, all_day=form.all_day)
        known = [
            f"mit {join([one.name for one in form.people])}" if form.people else "",
            f"Raum {form.room}" if form.room else "",
            f"Fahrt hin und zurück je {duration(form.travel_before_min)}" if form.travel_before_min else "",
        ]
        told = [" · ".join(part for part in (when, form.summary, form.location) if part)]
        return replace(
            read, told="\n".join([f"→ {told[0]}", " · ".join(part for part in known if part)]), form=form
        )

    def _filled(self, form: EventForm) -> EventForm:
        wish = self._found.wish
        if form.start == self._slot.start and self._usual(form):
            form = replace(form, end=form.start + timedelta(minutes=wish.minutes))
        if wish.travel_min:
            form = replace(form, travel_before_min=wish.travel_min, travel_after_min=wish.travel_min)
        calendars = [person for person in self._found.people if person.calendar]
        others = list(self._found.people)
        if not wish.mayor and len(calendars) == 1:
            form = replace(form, calendar=calendars[0].calendar, attendee=calendars[0].name)
            others.remove(calendars[0])
        return replace(form, room=form.room or wish.room, people=(*form.people, *map(_entry, others)))

    def _usual(self, form: EventForm) -> bool:
        """Whether the line says no end: the length is that of its kind, or an hour."""
        kind = self._office.catalog.event_kinds.get(form.kind)
        usual = timedelta(minutes=kind.minutes if kind is not None else USUAL_MINUTES)
        return form.end - form.start == usual and form.calendar == MAYOR


def _entry(person: FreePerson) -> PersonEntry:
    """A deputy comes along, everybody else is met."""
    card = person.person_ids[0] if len(person.person_ids) == 1 else None
    return PersonEntry(
        person_id=card, name=person.name, part="begleitung" if person.calendar else "gespraech"
    )
