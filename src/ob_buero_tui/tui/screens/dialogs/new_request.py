"""Takes in what did not come by e-mail, with all fields of its kind; typed text is never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from ob_buero_tui.catalog.model import FieldSpec, FieldType, RequestKind
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft, load_draft
from ob_buero_tui.services.requests.creating import Captured, create_request
from ob_buero_tui.services.requests.forms import OCCASION, PREFIX, ReadForm, read_form
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.form_frame import FormDialog
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.widgets.fields.form import FieldForm, Section
from ob_buero_tui.tui.widgets.fields.suggest import SuggestField
from ob_buero_tui.tui.widgets.kind_picker import KindPicker

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

MATTER: Final[Mapping[str, FieldSpec]] = {
    "name": FieldSpec(key="name", label="Wer", type=FieldType.PERSON, help="Vor- und Nachname"),
    "subject": FieldSpec(key="subject", label="Worum geht es", type=FieldType.TEXT, limit=300, required=True),
    "text": FieldSpec(key="text", label="Text oder Notiz", type=FieldType.LANGTEXT),
}
"""With these a letter is taken in; all else may follow."""
SENDER: Final[Mapping[str, FieldSpec]] = {
    "organization": FieldSpec(key="organization", label="Organisation", type=FieldType.ORGANISATION),
    "tel": FieldSpec(key="tel", label="Telefon", type=FieldType.TEXT, limit=60),
    "email": FieldSpec(key="email", label="E-Mail", type=FieldType.TEXT, limit=200),
}
SECTIONS: Final = (
    Section(title="Vorgang", specs=MATTER),
    Section(title="Absender", specs=SENDER),
    Section(title="Anlass", specs=OCCASION),
)


class NewRequestDialog(FormDialog[Done | None]):
    """Saves a new request and returns what was done, or None; then what was typed stays as a draft.

    Args:
        channel: How it came in.
    """

    def __init__(self, desk: DeskApp, title: str, *, channel: str) -> None:
        name = f"new:{channel}"
        draft = load_draft(desk.place, name) or {}
        super().__init__(desk, title, draft_name=name, saved=draft)
        self._channel = channel
        self._values = {"kind": "", **draft}
        self._restored = bool(draft)
        self._person: tuple[int, str] | None = None
        """The known person whom somebody chose, and the name it was chosen by."""
        self._calendar = office_calendar(desk.place)
        kind = self._kind_of(self._values["kind"])
        self.form = FieldForm(desk.place, self._calendar, kind, SECTIONS, self._values)

    def body(self) -> list[Widget]:
        """Kind, fields, and how the present one is understood."""
        picker = KindPicker(self._desk.place.catalog.active_kinds, self._values["kind"], id="kind")
        return [
            Horizontal(Static("Art", classes="kind"), picker, classes="kind-row"),
            self.form,
            Static(id="answer"),
        ]

    def on_mount(self) -> None:
        """Begin with the kind."""
        self.query_one(KindPicker).focus()
        if self._restored:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    def _kind_of(self, key: str) -> RequestKind | None:
        return self._desk.place.catalog.kinds.get(key)

    @on(KindPicker.Picked)
    async def _kind_picked(self, message: KindPicker.Picked) -> None:
        self._values["kind"] = message.key
        await self.form.show_kind(self._kind_of(message.key))

    @on(KindPicker.Chosen)
    def _kind_chosen(self) -> None:
        """After the letter of the kind comes who it is."""
        self.set_focus(self.query_one("#name"))

    @on(SuggestField.Taken)
    def _taken(self, message: SuggestField.Taken) -> None:
        if message.field.id == "name":
            self._person = (message.suggestion.id, message.suggestion.name)

    # Saving

    def to_keep(self) -> dict[str, str]:
        """Everything that is typed."""
        self._values |= self.form.values | {"kind": self._values["kind"]}
        return {name: text for name, text in self._values.items() if text}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; all that is wrong is said at once, and everything typed stays."""
        self.to_keep()
        read = read_form(
            self._kind_of(self._values["kind"]),
            self._values,
            self._desk.place.today,
            self._calendar,
            around={**MATTER, **SENDER},
            needed=() if self._values.get("text", "").strip() else ("subject",),
        )
        if not self.passes(read.problems):
            return
        try:
            done = await self._desk.patiently(self._saving(self._captured(read)))
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)

    def _saving(self, captured: Captured) -> Callable[[Workplace], Done]:
        return lambda place: create_request(place, captured)

    def _captured(self, read: ReadForm) -> Captured:
        values = {name: self._values.get(name, "") for name in (*SENDER, *MATTER, "event_place")}
        kind = self._kind_of(self._values["kind"])
        chosen = self._person if self._person and self._person[1] == values["name"].strip() else None
        return Captured(
            kind=self._values["kind"] or None,
            channel=self._channel,
            subject=values["subject"],
            text=values["text"],
            name=values["name"],
            organization=values["organization"],
            tel=values["tel"],
            email=values["email"],
            person_id=chosen[0] if chosen is not None else None,
            event_start=read.start,
            event_end=read.end,
            event_place=values["event_place"],
            # What is hidden by another answer was not asked for.
            fields={
                spec.key: self._values.get(f"{PREFIX}{spec.key}", "")
                for spec in (kind.fields if kind is not None else ())
                if f"{PREFIX}{spec.key}" not in read.unread
            },
        )
