"""The form of a request: kind, date, place and the fields of its kind; typed text is never lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.catalog.model import FieldSpec, FieldType
from ob_buero_tui.rules import german
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import parse_clock
from ob_buero_tui.services.drafts import drop_draft, load_draft, save_draft
from ob_buero_tui.services.requests.editing import Edited, Form, StaleForm, edit_request, form
from ob_buero_tui.services.requests.record import field_text
from ob_buero_tui.services.requests.values import parse_date, parse_value
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, Dialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.kind_picker import KindPicker

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

DRAFT_SECONDS = 1.0
FIELD_LIMIT = 20_000
PREFIX = "feld-"
VERSION = "version"
TIMES = frozenset(("event_date", "event_from", "event_to"))
SHORT_TYPES = frozenset(FieldType) - {
    FieldType.TEXT,
    FieldType.LANGTEXT,
    FieldType.PERSON,
    FieldType.ORGANISATION,
    FieldType.ORT,
}
COMMON = {
    "subject": "Betreff",
    "event_date": "Tag",
    "event_from": "von",
    "event_to": "bis",
    "event_place": "Ort",
    "file_reference": "Aktenzeichen",
}


class EditDialog(Dialog[Done | None]):
    """Saves the form and returns what was done, or None; then what was typed stays as a draft.

    Args:
        start: The request's values when the form was opened.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        *FIELD_BINDINGS,
        Binding("enter", "app.focus_next", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    EditDialog {
        & > .dialog-box { width: 100; height: 100%; }
        & #fields { height: 1fr; }
        & Horizontal { height: auto; }
        & .name { width: 26; color: $quiet; }
        & .kind { width: 5; color: $quiet; }
        & Input { width: 1fr; }
        & #answer { height: 2; padding: 1 0 0 0; color: $quiet; }
        & #answer.-refused { color: $error; }
    }
    """

    def __init__(self, desk: DeskApp, start: Form) -> None:
        super().__init__(
            f"{start.number} bearbeiten",
            keys="Strg+S speichern · Tab weiter · Esc schließen, Getipptes bleibt als Entwurf",
        )
        self._desk = desk
        self._form = start
        self._draft_name = f"request:{start.request_id}"
        draft = load_draft(desk.place, self._draft_name) or {}
        # A draft began on this version: if the record changed since, saving shows both values.
        self._version = int(draft.pop(VERSION, start.version))
        self._start = _start_values(start)
        self._values = self._start | draft
        self._restored = bool(draft)
        self._saved = draft
        self._kind = self._values.get("kind", "")
        self._rows: dict[str, Horizontal] = {}

    def body(self) -> list[Widget]:
        """Kind, fields, and how the present one is understood."""
        picker = KindPicker(self._desk.place.catalog.active_kinds, self._kind, id="kind")
        return [
            Horizontal(Static("Art", classes="kind"), picker),
            VerticalScroll(id="fields", can_focus=False),
            Static(id="answer"),
        ]

    async def on_mount(self) -> None:
        """Fill in the fields; keep a draft while one types."""
        await self._build()
        self.query_one("#subject", Input).focus()
        self.set_interval(DRAFT_SECONDS, self.save_draft)
        if self._restored:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+S speichert ihn.")

    # Fields

    @property
    def _specs(self) -> dict[str, FieldSpec]:
        kind = self._desk.place.catalog.kinds.get(self._kind)
        return {f"{PREFIX}{spec.key}": spec for spec in (kind.fields if kind is not None else ())}

    async def _build(self) -> None:
        fields = self.query_one("#fields", VerticalScroll)
        await fields.remove_children()
        names = {**COMMON, **{name: _field_name(spec) for name, spec in self._specs.items()}}
        self._rows = {name: self._row(name, shown) for name, shown in names.items()}
        self._show_applicable()
        await fields.mount(*self._rows.values())

    def _row(self, name: str, shown: str) -> Horizontal:
        text, hint = (
            self._values.get(name, ""),
            _hint(self._specs[name], self._desk.place.today) if name in self._specs else "",
        )
        # Typing may replace a day or a number; a whole subject must not go by one letter.
        spec = self._specs.get(name)
        short = name in TIMES if spec is None else spec.type in SHORT_TYPES
        field = OneLine(
            _one_line(text), id=name, placeholder=hint, max_length=FIELD_LIMIT, select_on_focus=short
        )
        return Horizontal(Static(label(shown), classes="name"), field)

    def _show_applicable(self) -> None:
        """Show the fields that the answers so far call for; the others keep what they hold."""
        kind = self._desk.place.catalog.kinds.get(self._kind)
        if kind is None:
            return
        today = self._desk.place.today
        try:
            calendar = office_calendar(self._desk.place)
        except Refusal:  # another desk holds the file: what is shown stays
            return
        known: dict[str, object] = {}
        for name, spec in self._specs.items():
            try:
                known[spec.key] = parse_value(spec, self._values.get(name, ""), today, calendar)
            except Refusal:
                known[spec.key] = None
        asked = {f"{PREFIX}{spec.key}" for spec in kind.fields_for(known)}
        for name in self._specs:
            self._rows[name].display = name in asked

    @on(KindPicker.Picked)
    async def _kind_picked(self, message: KindPicker.Picked) -> None:
        self._collect()
        self._kind = self._values["kind"] = message.key
        await self._build()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the field is understood."""
        event.stop()
        if event.input.has_focus:
            self._explain(event.input)
        spec = self._specs.get(event.input.id or "")
        changed = event.value != _one_line(self._values.get(event.input.id or "", ""))
        if changed and spec is not None and spec.type in (FieldType.AUSWAHL, FieldType.JANEIN):
            self._collect()
            self._show_applicable()

    def on_descendant_focus(self) -> None:
        """Say how the field is understood when one comes to it."""
        focused = self.app.focused
        if isinstance(focused, Input):
            self._explain(focused)

    def _explain(self, field: Input) -> None:
        spec = self._specs.get(field.id or "")
        try:
            if spec is not None:
                value = parse_value(
                    spec, field.value, self._desk.place.today, office_calendar(self._desk.place)
                )
                shown = field_text(spec, value)
                self._say(f"→ {shown}" if shown and shown != field.value.strip() else spec.help)
            elif field.id == "event_date" and field.value.strip():
                day = parse_date(field.value, self._desk.place.today, office_calendar(self._desk.place))
                self._say(f"→ {german.long_date(day)}")
            else:
                self._say("")
        except Refusal as refusal:
            self._say(str(refusal), refused=True)

    def _say(self, text: str, *, refused: bool = False) -> None:
        answer = self.query_one("#answer", Static)
        answer.update(label(f"! {text}" if refused else text))
        answer.set_class(refused, "-refused")

    # Saving

    def _collect(self) -> None:
        for field in self.query(Input):
            # A line shows a text of several lines as one; unless somebody changed it, it stays as it is.
            if field.id and field.value != _one_line(self._values.get(field.id, "")):
                self._values[field.id] = field.value

    def save_draft(self) -> None:
        """Keep what is typed so far."""
        self._collect()
        changed = {name: text for name, text in self._values.items() if text != self._start.get(name, "")}
        if changed == self._saved:
            return
        place, version = self._desk.place, {VERSION: str(self._version)}
        if (
            save_draft(place, self._draft_name, changed | version)
            if changed
            else drop_draft(place, self._draft_name)
        ):
            self._saved = changed

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; on a conflict show both values and let the desk decide."""
        self._collect()
        try:
            edited = self._edited()
            done = edit_request(self._desk.place, self._form.request_id, self._version, edited)
        except StaleForm as conflict:
            await self._resolve(conflict)
            return
        except Refusal as refusal:
            self._say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)

    async def _resolve(self, conflict: StaleForm) -> None:
        rows = [f"{name}: dort „{theirs}“, hier „{mine}“" for name, theirs, mine in conflict.differences]
        text = "\n".join([str(conflict), "", *(rows or ["Die Felder dieser Art wurden geändert."])])
        if await self.app.push_screen_wait(
            Confirm(
                "Inzwischen geändert", text=text, yes="meine Werte speichern", no="zurück", enter_is_yes=False
            )
        ):
            try:
                self._version = form(self._desk.place, self._form.request_id).version
            except Refusal as refusal:
                self._say(str(refusal), refused=True)
                return
            self.action_save()

    def action_cancel(self) -> None:
        """Keep the draft and return nothing."""
        self.save_draft()
        self.dismiss(None)

    def _edited(self) -> Edited:
        values = self._values
        start, end = self._span()
        return Edited(
            kind=self._kind or None,
            subject=values["subject"],
            event_start=start,
            event_end=end,
            event_place=values["event_place"],
            file_reference=values["file_reference"],
            fields={spec.key: values.get(name, "") for name, spec in self._specs.items()},
        )

    def _span(self) -> tuple[datetime | None, datetime | None]:
        values = {name: self._values[name].strip() for name in ("event_date", "event_from", "event_to")}
        if not values["event_date"]:
            return None, None
        place = self._desk.place
        day = parse_date(values["event_date"], place.today, office_calendar(place))
        if not values["event_from"]:
            raise Refusal(
                "Zum Tag fehlt die Uhrzeit.", "", "Schreiben Sie unter „von“ zum Beispiel 14 oder 14:30."
            )
        start = datetime.combine(day, parse_clock(values["event_from"]))
        end = datetime.combine(day, parse_clock(values["event_to"])) if values["event_to"] else None
        if end is not None and end <= start:
            raise Refusal(
                "„bis“ liegt nicht nach „von“.",
                "",
                "Ändern Sie eine der Uhrzeiten, oder lassen Sie „bis“ leer.",
            )
        return start, end


def _start_values(start: Form) -> dict[str, str]:
    common = {name: str(getattr(start, name)) for name in COMMON}
    return {"kind": start.kind, **common, **{f"{PREFIX}{key}": text for key, text in start.fields.items()}}


def _one_line(value: str) -> str:
    return line(value, limit=FIELD_LIMIT)


def _field_name(spec: FieldSpec) -> str:
    star = " *" if spec.required else ""
    return f"{spec.label}{star}"


def _hint(spec: FieldSpec, today: date) -> str:
    """What may be typed; an example of a day lies ahead."""
    ahead = today + timedelta(days=21)
    day = f"{ahead.day}.{ahead.month}."
    words = {
        "datum": f"z. B. {day}",
        "datumzeit": f"z. B. {day} 12:00",
        "zeit": "z. B. 14:30",
        "janein": "ja oder nein",
    }
    if spec.choices:
        return line(" / ".join(spec.choices), limit=80)
    return words.get(spec.type.value, line(spec.unit, limit=40))
