"""The form of a person or a body: it shows how letters will address it, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.conflicts import BothValues, with_authors
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.people.columns import NOTE_LIMIT, TEXT_LIMIT, Column
from ob_buero_tui.services.people.editing import ContactForm, contact_form, create_contact, edit_contact
from ob_buero_tui.services.people.preview import reached_at, typed_forms
from ob_buero_tui.services.requests.editing import StaleForm
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.both_values import BothValuesDialog
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, after_typing
from ob_buero_tui.tui.screens.dialogs.note import NoteArea
from ob_buero_tui.tui.screens.dialogs.prompt_line import OneLine
from ob_buero_tui.tui.widgets.contact_choice import AnswerPicker
from ob_buero_tui.tui.widgets.contact_preview import FormsPreview

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

BEFORE = "vorher:"
"""Begins the names under which a draft keeps what stood in the form when it was begun."""
WIDE = 110
"""Cells of a terminal from which the forms of address stand beside the fields."""
FORMS = ("postal_address", "salutation", "spoken_salutation")
HINTS = {
    "rank": "leer: nach der Funktion",
    "birthday": "z. B. 17.05.1960",
    "categories": "mit Komma getrennt",
    "honorific_prefix": "z. B. Prof. Dr.",
    "affix": "z. B. von, Graf",
    "praedikat": "z. B. Exzellenz",
    "mandate": "z. B. MdB, MdL",
    "salutation": "leer: wie berechnet",
    "spoken_salutation": "leer: wie berechnet",
}
NEW = {"person": "Neue Person", "organization": "Neue Organisation"}


class ContactDialog(Drafting[Done | None]):
    """Saves the form and returns what was done, or None; then what was typed stays as a draft.

    Args:
        start: The contact's values when the form was opened; without a key for a new one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        *FIELD_BINDINGS[2:],
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
    ]
    DEFAULT_CSS = """
    ContactDialog {
        & > .dialog-box { width: 132; height: 100%; }
        & #form { layout: vertical; height: 1fr; }
        & #fields { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; }
        & #forms { height: 3; width: 1fr; border-top: solid $line; padding: 0; box-sizing: content-box; }
        &.-wide #form { layout: horizontal; }
        &.-wide #forms { height: 100%; width: 42; border-top: none; border-left: solid $line; padding: 0 1; }
        & #fields Horizontal { height: auto; }
        & .name { width: 27; color: $quiet; }
        & Input { width: 1fr; }
        & AnswerPicker:focus { background: $cursor-row; }
        & #answer { height: 1; color: $quiet; }
        & #answer.-refused { color: $error; }
        & .dialog-keys { padding: 0; }
    }
    """

    # Not among the defaults: the look that all screens share puts a border around texts.
    CSS = """
    ContactDialog TextArea { height: 2; width: 1fr; }
    ContactDialog #postal_address { height: 4; }
    ContactDialog #note { height: 4; }
    """

    def __init__(self, desk: DeskApp, start: ContactForm) -> None:
        super().__init__(
            f"{start.title or 'Kontakt'} bearbeiten" if start.id is not None else NEW[start.table],
            keys="Strg+S speichern · Tab weiter · Esc schließen · Strg+D Entwurf verwerfen",
        )
        self._desk = desk
        self._form = start
        self._draft_name = f"contact:{start.table}:{start.id or 'neu'}"
        draft = self.keep_as(desk.place, self._draft_name)
        kept = {name: text for name, text in draft.items() if name in start.values}
        # A draft began on these values: if the contact changed since, saving shows both.
        self._before = dict(start.values) | {
            name: draft[f"{BEFORE}{name}"] for name in kept if f"{BEFORE}{name}" in draft
        }
        self._values = dict(start.values) | kept
        self._saved = self._differing()
        self._body = reached_at(desk.place, start.table, start.id)
        self._preview = FormsPreview(id="forms")
        # By name: to look for each of them in the whole dialog took longer than the key that asks for it.
        self._fields = {column.name: self._field(column) for column in start.columns}

    def body(self) -> list[Widget]:
        """The fields, the forms of address, and how the present field is understood."""
        rows = [
            Horizontal(Static(label(column.label), classes="name"), self._fields[column.name])
            for column in self._form.columns
        ]
        fields = VerticalScroll(*rows, id="fields", can_focus=False)
        return [Container(fields, self._preview, id="form"), Static(id="answer")]

    def _field(self, column: Column) -> Widget:
        text = self._values[column.name]
        if column.choices:
            return AnswerPicker(column.choices, text, id=column.name)
        limit = NOTE_LIMIT if column.name == "note" else TEXT_LIMIT
        if column.lines:
            shown = clean(text, multiline=True, limit=limit)
            return NoteArea(shown, show_line_numbers=False, tab_behavior="focus", id=column.name)
        hint = HINTS.get(column.name, "")
        return OneLine(
            clean(text, limit=limit),
            id=column.name,
            max_length=limit,
            placeholder=hint,
            select_on_focus=False,
        )

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#family_name" if self._form.table == "person" else "#name").focus()
        if self._form.id is None and self._form.table == "person":
            self.query_one(AnswerPicker).focus()
        self._show_forms()
        if self._saved:
            self.notify("Der Entwurf vom letzten Mal ist wieder da; Strg+D verwirft ihn.")

    def on_resize(self) -> None:
        """The forms of address stand beside the fields where there is room."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        self._show_forms()

    # Fields

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(AnswerPicker.Changed)
    def _changed(self) -> None:
        self._show_forms()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.focus_next()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what a list of values means."""
        self._say(HINTS.get(event.widget.id or "", ""))

    def _show_forms(self) -> None:
        self._collect()
        found, _ = typed_forms(self._desk.place, self._form.table, self._values, self._body)
        own = {name: self._values.get(name, "") for name in FORMS}
        self._preview.show_forms(found, own, flat=not self.has_class("-wide"))

    def _say(self, text: str, *, refused: bool = False) -> None:
        answer = self.query_one("#answer", Static)
        answer.update(label(f"! {text}" if refused else text))
        answer.set_class(refused, "-refused")

    # Saving

    def _collect(self) -> None:
        for column in self._form.columns:
            typed = self._typed(column.name)
            # A field shows a cleaned text; unless somebody changed it, the value stays as it is.
            if typed is not None and typed != clean(
                self._values[column.name], multiline=column.lines, limit=NOTE_LIMIT
            ):
                self._values[column.name] = typed

    def _typed(self, name: str) -> str | None:
        field = self._fields[name]
        if not field.is_attached:
            return None
        if isinstance(field, TextArea):
            return field.text
        return field.value if isinstance(field, Input | AnswerPicker) else None

    def to_keep(self) -> dict[str, str]:
        """What was changed, and what it was changed from."""
        self._collect()
        return self._differing()

    def _differing(self) -> dict[str, str]:
        changed = {name: text for name, text in self._values.items() if text != self._before[name]}
        return changed | {f"{BEFORE}{name}": self._before[name] for name in changed}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; on a conflict show both values and let the desk decide."""
        self._collect()
        try:
            done = await self._desk.patiently(self._saving())
        except StaleForm as conflict:
            await self._resolve(conflict)
            return
        except Refusal as refusal:
            self._say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)

    def _saving(self) -> Callable[[Workplace], Done]:
        """The use case with what stands in the form now: one may go on typing while it waits."""
        table, key, before, values = self._form.table, self._form.id, dict(self._before), dict(self._values)
        if key is None:
            return lambda place: create_contact(place, table, values)
        return lambda place: edit_contact(place, table, key, before, values)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is being saved nothing else begins: a second key would save it twice."""
        if self._desk.waiting and action in ("save", "cancel", "discard"):
            return False
        return super().check_action(action, parameters)

    async def _resolve(self, conflict: StaleForm) -> None:
        """Ask which value counts of the fields that both desks changed; the others are put together."""
        place, table, key = self._desk.place, self._form.table, self._form.id
        clashes = tuple(
            BothValues(name=name, label=label, mine=mine, theirs=theirs)
            for name, (label, theirs, mine) in zip(conflict.names, conflict.differences, strict=True)
        )
        try:
            now = contact_form(place, table, key).values
            if key is not None:
                clashes = with_authors(place, table, key, clashes, {})
        except Refusal as refusal:
            self._say(str(refusal), refused=True)
            return
        title = f"{self._form.title}: an zwei Plätzen geändert"
        chosen = await self.app.push_screen_wait(BothValuesDialog(title, clashes))
        if chosen is None:
            return
        for one in clashes:
            if not chosen[one.name]:
                self._show(one.name, now[one.name])
        # What was typed counts against the present values; what nobody touched here is not sent.
        mine = [name for name, text in self._values.items() if text != self._before[name]]
        self._before |= {name: now[name] for name in mine}
        self.action_save()

    def _show(self, name: str, text: str) -> None:
        """Put the other desk's value into a field."""
        self._values[name] = text
        for field in self.query(f"#{name}"):
            if isinstance(field, TextArea):
                field.load_text(clean(text, multiline=True, limit=NOTE_LIMIT))
            elif isinstance(field, AnswerPicker):
                field.value = text
                field.refresh()
            elif isinstance(field, Input):
                field.value = clean(text, limit=TEXT_LIMIT)
