"""A session in one form: its bodies, its time and room, who leads and writes it; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.changing import edit_meeting
from ob_buero_tui.services.council.making import NewMeeting, new_meeting
from ob_buero_tui.services.council.meeting_form import (
    BODIES,
    SPECS,
    bodies_like,
    form_text,
    read_form,
    usual_text,
)
from ob_buero_tui.services.council.rooms import room_choices
from ob_buero_tui.services.drafts import drop_draft, load_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.suggesting import Suggestion
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.form_frame import FormDialog
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.widgets.fields.form import FieldForm, Section
from ob_buero_tui.tui.widgets.fields.names import NamesField, fitting
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

NEW: Final = "neu"
_MOST: Final = 8


class MeetingFormDialog(FormDialog[Done | None]):
    """Saves the form and returns what was done, or None; then what was typed stays as a draft.

    Args:
        meeting_id: The session; None for a new one.
        before: The session as it is stored; None for a new one and one without a beginning.
        organization_ids: The bodies of a session that has no values.
        name: What the title calls it.
    """

    def __init__(
        self,
        desk: DeskApp,
        meeting_id: int | None,
        before: NewMeeting | None,
        organization_ids: Sequence[int] = (),
        name: str = "",
    ) -> None:
        draft_name = f"meeting:{meeting_id or NEW}"
        draft = load_draft(desk.place, draft_name) or {}
        title = f"{clean(name, limit=60)} bearbeiten" if meeting_id is not None else "Neue Sitzung"
        super().__init__(desk, title, draft_name=draft_name, saved=draft)
        self._meeting_id, self._stored = meeting_id, before
        self._calendar = office_calendar(desk.place)
        self._began = form_text(desk.place, before, organization_ids)
        self._restored = bool(draft)
        self._usual_for = ""
        self.form = FieldForm(
            desk.place,
            self._calendar,
            None,
            [Section(title="Sitzung", specs=SPECS)],
            self._began | draft,
            controls={
                BODIES: partial(_bodies, desk.place),
                "room": partial(_room, room_choices(desk.place)),
            },
        )

    def body(self) -> list[Widget]:
        """The fields, and how the present one is understood."""
        return [self.form, Static(id="answer")]

    def on_mount(self) -> None:
        """Begin with the bodies of a new one, with the day of another."""
        self.form.query_one("#day" if self._began[BODIES] else f"#{BODIES}").focus()
        if self._restored:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    @on(FieldForm.Came)
    def _offer_usual(self, event: FieldForm.Came) -> None:
        """A new session begins as the last one of its body did, as long as nobody says otherwise."""
        typed = self.form.values
        bodies = typed[BODIES]
        if self._meeting_id is not None or event.row.field_name == BODIES or bodies == self._usual_for:
            return
        self._usual_for = bodies
        try:
            usual = usual_text(self._desk.place, bodies)
        except Refusal:
            return
        if not any(typed[name].strip() for name in usual):
            for name, text in usual.items():
                self.form.put(name, text)

    def to_keep(self) -> dict[str, str]:
        """What differs from what the form began with."""
        typed = self.form.values
        return {name: typed[name] for name in SPECS if typed[name] != self._began[name]}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save what is understood; all that is wrong is said at once."""
        typed = self.form.values
        try:
            read = read_form(self._desk.place, typed, self._calendar, self._stored, self._began)
            if not self.passes(read.problems) or read.meeting is None:
                return
            done = await self._desk.patiently(self._saving(read.meeting))
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)

    def _saving(self, new: NewMeeting) -> Callable[[Workplace], Done]:
        key, before = self._meeting_id, self._stored
        if key is None:
            return lambda place: new_meeting(place, new)
        return lambda place: edit_meeting(place, key, before, new)


def _bodies(place: Workplace, name: str, text: str) -> NamesField:
    def suggest(typed: str) -> Sequence[Suggestion]:
        try:
            found = bodies_like(place, typed)
        except Refusal:
            return ()
        return tuple(
            Suggestion(id=key, name=short, detail=full if full != short else "")
            for key, short, full in found[:_MOST]
        )

    return NamesField(name, text, suggest=suggest, new="")


def _room(rooms: Sequence[str], name: str, text: str) -> SuggestField:
    return SuggestField(name, text, suggest=lambda typed: fitting(rooms, typed), new="")
