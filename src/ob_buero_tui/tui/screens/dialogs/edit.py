"""The form of a request: kind, date, place and the fields of its kind; typed text is never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.catalog.model import RequestKind
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.conflicts import Merged
from ob_buero_tui.services.drafts import drop_draft, load_draft
from ob_buero_tui.services.requests.both import VERSION, form_values, merge_form
from ob_buero_tui.services.requests.editing import Edited, Form, StaleForm, edit_request
from ob_buero_tui.services.requests.forms import (
    FILING,
    HEAD,
    OCCASION,
    PREFIX,
    ReadForm,
    asked,
    form_specs,
    read_form,
    understood,
)
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.form_frame import FormDialog
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.widgets.fields.form import FieldForm, Section
from ob_buero_tui.tui.widgets.kind_picker import KindPicker

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

BEFORE = "vorher:"
"""Begins the names under which a draft keeps what stood in the form when it was begun."""
HEAD_SECTIONS = (Section(title="Vorgang", specs=HEAD), Section(title="Anlass", specs=OCCASION))
FOOT_SECTIONS = (Section(title="Ablage", specs=FILING),)
ROUNDS = 5
"""How often another desk may come first before one is asked to try again."""


class EditDialog(FormDialog[Done | None]):
    """Saves the form and returns what was done, or None; then what was typed stays as a draft.

    Args:
        start: The request's values when the form was opened.
    """

    def __init__(self, desk: DeskApp, start: Form) -> None:
        name = f"request:{start.request_id}"
        draft = load_draft(desk.place, name) or {}
        super().__init__(desk, f"{start.number} bearbeiten", draft_name=name, saved=draft)
        self._request_id = start.request_id
        # A draft began on this version: if the record changed since, saving puts both together.
        self._version = int(draft.pop(VERSION, start.version))
        now = form_values(start)
        begun = {key.removeprefix(BEFORE): draft.pop(key) for key in list(draft) if key.startswith(BEFORE)}
        self._before = now | begun
        self._values = now | draft
        self._restored = bool(draft)
        self._calendar = office_calendar(desk.place)
        self._known = self._asked_before(now)
        kind = self._kind_of(self._values["kind"])
        self.form = FieldForm(
            desk.place, self._calendar, kind, HEAD_SECTIONS, self._values, foot=FOOT_SECTIONS
        )

    def body(self) -> list[Widget]:
        """Kind, fields, and how the present one is understood."""
        picker = KindPicker(self._desk.place.catalog.active_kinds, self._values["kind"], id="kind")
        return [
            Horizontal(Static("Art", classes="kind"), picker, classes="kind-row"),
            self.form,
            Static(id="answer"),
        ]

    def on_mount(self) -> None:
        """Begin with the subject."""
        self.form.query_one("#subject").focus()
        if self._restored:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    def _kind_of(self, key: str) -> RequestKind | None:
        return self._desk.place.catalog.kinds.get(key)

    def _asked_before(self, now: Mapping[str, str]) -> dict[str, str]:
        """What the record holds in the fields it is asked for: what is missing there is no news."""
        kind = self._kind_of(now["kind"])
        values, _ = understood(form_specs(kind), now, self._desk.place.today, self._calendar)
        shown = asked(kind, values)
        return {name: text for name, text in now.items() if name in shown}

    @on(KindPicker.Picked)
    async def _kind_picked(self, message: KindPicker.Picked) -> None:
        self._values["kind"] = message.key
        await self.form.show_kind(self._kind_of(message.key))

    # Saving

    def _collect(self) -> None:
        self._values |= self.form.values | {"kind": self._values["kind"]}

    def to_keep(self) -> dict[str, str]:
        """What differs from the record, with what stood there, and the version it was begun on."""
        self._collect()
        changed = {name: text for name, text in self._values.items() if text != self._before.get(name, "")}
        if not changed:
            return {}
        begun = {f"{BEFORE}{name}": self._before.get(name, "") for name in changed}
        return changed | begun | {VERSION: str(self._version)}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; what two desks changed is put together, and what both changed is asked."""
        for _ in range(ROUNDS):
            self._collect()
            read = read_form(
                self._kind_of(self._values["kind"]),
                self._values,
                self._desk.place.today,
                self._calendar,
                known=self._known,
                needed=("subject",),
            )
            if not self.passes(read.problems):
                return
            try:
                done = await self._desk.patiently(self._saving(self._edited(read)))
            except StaleForm:
                if not await self._put_together():
                    return
            except Refusal as refusal:
                self.say(str(refusal), refused=True)
                return
            else:
                drop_draft(self._desk.place, self._draft_name)
                self.dismiss(done)
                return
        self.say("Ein anderer Platz speichert immer wieder. Bitte gleich noch einmal Strg+S.", refused=True)

    def _saving(self, edited: Edited) -> Callable[[Workplace], Done]:
        """The use case with what stands in the form now: one may go on typing while it waits."""
        key, version = self._request_id, self._version
        return lambda place: edit_request(place, key, version, edited)

    async def _put_together(self) -> bool:
        """Take what the other desk changed; ask where both changed a field. False goes back to the form."""
        try:
            form, merged = merge_form(self._desk.place, self._request_id, self._before, self._values)
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return False
        chosen: dict[str, bool] = {}
        if merged.clashes:
            asked_for = BothValuesDialog(f"{form.number}: an zwei Plätzen geändert", merged.clashes)
            answer = await self.app.push_screen_wait(asked_for)
            if answer is None:
                return False
            chosen = answer
        await self._take(form, merged, chosen)
        return True

    async def _take(self, form: Form, merged: Merged, chosen: Mapping[str, bool]) -> None:
        theirs = {one.name: one.theirs for one in merged.clashes if not chosen[one.name]}
        self._before, self._version = form_values(form), form.version
        self._known = self._asked_before(self._before)
        self._values = dict(merged.values) | theirs
        picker = self.query_one(KindPicker)
        picker.current = self._values["kind"]
        await self.form.show_values(self._kind_of(self._values["kind"]), self._values)

    def _edited(self, read: ReadForm) -> Edited:
        values = self._values
        kind = self._kind_of(values["kind"])
        return Edited(
            kind=values["kind"] or None,
            subject=values["subject"],
            event_start=read.start,
            event_end=read.end,
            event_place=values["event_place"],
            file_reference=values["file_reference"],
            # What is not shown and not understood either stays as it is stored.
            fields={
                spec.key: values.get(f"{PREFIX}{spec.key}", "")
                for spec in (kind.fields if kind is not None else ())
                if f"{PREFIX}{spec.key}" not in read.unread
            },
        )
