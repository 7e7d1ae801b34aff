"""Everything about an appointment in one form; what is typed is never lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.calendar.form_merge import merge_event
from ob_buero_tui.services.calendar.form_specs import COMPANIONS, LINKED, MET, SERIES, sections
from ob_buero_tui.services.calendar.form_text import ReadEvent, event_text, linked_people, read_event
from ob_buero_tui.services.calendar.forms import EventForm
from ob_buero_tui.services.calendar.scopes import Scope
from ob_buero_tui.services.calendar.series_reading import SeriesReader
from ob_buero_tui.services.calendar.writing import WHOLE, changed_fields
from ob_buero_tui.services.conflicts import Merged
from ob_buero_tui.services.drafts import drop_draft, load_draft
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.suggesting import phone_of
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.event_controls import controls_for
from ob_buero_tui.tui.screens.dialogs.form_frame import FormDialog
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.screens.dialogs.series import SeriesDialog
from ob_buero_tui.tui.screens.flows.event_clashes import saved
from ob_buero_tui.tui.screens.flows.event_scopes import ask_scope
from ob_buero_tui.tui.widgets.fields.form import FieldForm, Section
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

BEFORE: Final = "vorher:"
"""Begins the names under which a draft keeps what stood in the form when it was begun."""
VERSION: Final = "version"
NEW: Final = "neu"
ROUNDS: Final = 5
"""How often another desk may come first before one is asked to try again."""


class EventFormDialog(FormDialog[Done | None]):
    """Saves the form and returns what was done, or None; then what was typed stays as a draft.

    Args:
        start: The appointment as it is, or a new one as far as it is known.
        key: As `DayEvent.id`; empty for a new one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "series", "Serie", priority=True)]

    def __init__(self, desk: DeskApp, start: EventForm, *, key: str) -> None:
        name = f"event:{key or NEW}"
        # A new one that says something is not the one that was left unfinished.
        draft = (load_draft(desk.place, name) or {}) if key or not start.summary else {}
        title = f"„{clean(start.summary, limit=60)}“ bearbeiten" if key else "Neuer Termin"
        super().__init__(desk, title, draft_name=name, saved=draft)
        self._keys = "Strg+S speichern · Strg+R Serie · Esc schließt · Strg+D Entwurf verwerfen"
        self._key, self._start = key, start
        self._calendar = office_calendar(desk.place)
        self._reader = SeriesReader(desk.place)
        self._version = int(draft.pop(VERSION, start.version))
        begun = {
            name.removeprefix(BEFORE): draft.pop(name) for name in list(draft) if name.startswith(BEFORE)
        }
        now = self._text_of(start)
        self._before = now | begun
        self._values = now | draft
        self._restored = bool(draft)
        self._place_told = self._values["location"]
        self.day: date | None = None
        """The day it stands on, once it is saved."""
        self.form = FieldForm(
            desk.place,
            self._calendar,
            None,
            [Section(title=title, specs=specs) for title, specs in sections(desk.place.catalog)],
            self._values,
            controls=controls_for(desk.place, self.told_series),
        )

    def body(self) -> list[Widget]:
        """The fields, and how the present one is understood."""
        return [self.form, Static(id="answer")]

    def on_mount(self) -> None:
        """Begin with the title."""
        self.form.query_one("#summary").focus()
        if self._restored:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    def _text_of(self, form: EventForm) -> dict[str, str]:
        sentence = self._reader.sentence(form.rrule, form.start, all_day=form.all_day)
        return event_text(self._desk.place.catalog, form, sentence)

    # What follows from what is typed

    @on(FieldForm.Changed)
    def _follow_place(self) -> None:
        """Travel follows the place, unless somebody has set it by hand."""
        values = self.form.values
        where = values["location"]
        if where == self._place_told or values["all_day"] == "ja" or values["transparent"] == "ja":
            return
        travel = self._desk.place.catalog.travel_min
        old, new = str(travel(self._place_told) or ""), str(travel(where) or "")
        self._place_told = where
        names = ("travel_before_min", "travel_after_min")
        if old != new and all(values[name] == old for name in names):
            for name in names:
                self.form.put(name, new)

    @on(SuggestField.Taken)
    def _taken(self, message: SuggestField.Taken) -> None:
        """Somebody was taken from the address book."""
        name, chosen = message.field.id, message.suggestion
        if name in (COMPANIONS, MET):
            linked = linked_people(self._values) | {chosen.name: chosen.id}
            self._values[LINKED] = json.dumps(linked)
        elif name == "contact_name" and not self.form.values["contact_phone"].strip():
            self.form.put("contact_phone", phone_of(self._desk.place, chosen.id))

    # The series

    def told_series(self, typed: str) -> str:
        """How a sentence about a series is understood for the day that stands in the form.

        Raises:
            Refusal: it is not.
        """
        start, all_day = self._first_date()
        return self._reader.told(self._reader.read(typed, start, all_day=all_day), start, all_day=all_day)

    @after_typing
    @work(exclusive=True, group="series")
    async def action_series(self) -> None:
        """Choose how it repeats."""
        start, all_day = self._first_date()
        try:
            rrule = self._reader.read(self.form.values[SERIES], start, all_day=all_day)
        except Refusal:
            rrule = ""
        chosen = await self.app.push_screen_wait(
            SeriesDialog(self._desk, self._reader, rrule, start, all_day=all_day)
        )
        if chosen is not None:
            self.form.put(SERIES, self._reader.sentence(chosen, start, all_day=all_day))
        self.form.query_one(f"#{SERIES}").focus()

    def _first_date(self) -> tuple[datetime, bool]:
        """What day and time the form says now; what it began with where that is not understood."""
        read = self._read(self.form.values | {SERIES: ""})
        form = read.form if read.form is not None else self._start
        return form.start, form.all_day

    # Saving

    def to_keep(self) -> dict[str, str]:
        """What differs from the appointment, with what stood there, and the version it was begun on."""
        self._collect()
        changed = {name: text for name, text in self._values.items() if text != self._before.get(name, "")}
        if not changed:
            return {}
        begun = {f"{BEFORE}{name}": self._before.get(name, "") for name in changed}
        return changed | begun | {VERSION: str(self._version)}

    def _collect(self) -> None:
        linked = self._values[LINKED]
        self._values |= self.form.values | {LINKED: linked}

    def _read(self, values: Mapping[str, str]) -> ReadEvent:
        place = self._desk.place

        def series(start: datetime, all_day: bool) -> str:
            return self._reader.read(values[SERIES], start, all_day=all_day)

        return read_event(place.catalog, self._start, values, series, place.today, self._calendar, place.zone)

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; what two desks changed is put together, and what both changed is asked."""
        for _ in range(ROUNDS):
            self._collect()
            read = self._read(self._values)
            if not self.passes(read.problems) or read.form is None:
                return
            try:
                done = await self._save(replace(read.form, version=self._version))
            except Conflict:
                if not await self._put_together():
                    return
            except Refusal as refusal:
                self.say(str(refusal), refused=True)
                return
            else:
                self._saved_as(done, read.form)
                return
        self.say("Ein anderer Platz speichert immer wieder. Bitte gleich noch einmal Strg+S.", refused=True)

    def _saved_as(self, done: Done | None, form: EventForm) -> None:
        if done is None:
            return  # somebody left at a question; the form stays
        drop_draft(self._desk.place, self._draft_name)
        self.day = form.start.date()
        self.dismiss(done)

    async def _save(self, form: EventForm) -> Done | None:
        from ob_buero_tui.services.calendar.adding import add_event
        from ob_buero_tui.services.calendar.changing import change_event

        if not self._key:
            return await saved(self._desk, lambda place, reason: add_event(place, form, reason), NEW)
        scope = await self._scope(form)
        if scope is None:
            return None

        def change(place: Workplace, reason: str) -> Done:
            return change_event(place, form, scope, reason)

        return await saved(self._desk, change, self._key)

    async def _scope(self, form: EventForm) -> Scope | None:
        """How far the change reaches; some fields hold for a series only."""
        names = changed_fields(self._start, form)
        whole = [label for name, label in WHOLE.items() if name in names]
        scopes = (Scope.FOLGENDE, Scope.SERIE) if whole else ()
        title, single = "Für welche Termine gilt die Änderung?", "rrule" in names and not form.rrule
        return await ask_scope(self._desk, self._key, title, scopes, single=single)

    async def _put_together(self) -> bool:
        """Take what the other desk changed; ask where both changed a field. False goes back to the form."""
        try:
            form, merged = merge_event(self._desk.place, self._key, self._reader, self._before, self._values)
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return False
        chosen: dict[str, bool] = {}
        if merged.clashes:
            title = f"„{clean(form.summary, limit=50)}“: an zwei Plätzen geändert"
            answer = await self.app.push_screen_wait(BothValuesDialog(title, merged.clashes))
            if answer is None:
                return False
            chosen = answer
        await self._take(form, merged, chosen)
        return True

    async def _take(self, form: EventForm, merged: Merged, chosen: Mapping[str, bool]) -> None:
        theirs = {one.name: one.theirs for one in merged.clashes if not chosen[one.name]}
        self._start, self._version = form, form.version
        self._before = self._text_of(form)
        self._values = dict(merged.values) | theirs
        await self.form.show_values(None, self._values)
