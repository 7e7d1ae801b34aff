"""The form of a paper: each line says at once what is understood, and which number it will get."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.paper_edit import create_paper, edit_paper, supplement_paper
from ob_buero_tui.services.council.paper_typed import PaperField, PaperForm, next_number_told, typed_values
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, after_typing
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.council.paper_edit import PaperValues
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp


class PaperDialog(Drafting[Done | None]):
    """Saves the form and returns what was done, or None; then what was typed stays as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        Binding("enter", "app.focus_next", show=False, priority=True),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
        *FIELD_BINDINGS,
    ]
    DEFAULT_CSS = """
    PaperDialog {
        & > .dialog-box { width: 92; }
        & #fields { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
        & #fields Horizontal { height: auto; }
        & .name { width: 17; color: $quiet; }
        & Input { width: 1fr; }
        & #answer { height: 2; color: $quiet; }
        & #answer.-refused { color: $error; }
        & .dialog-keys { padding: 0; }
    }
    """

    def __init__(self, desk: DeskApp, form: PaperForm) -> None:
        super().__init__(
            line(form.title, limit=60),
            keys="Strg+S speichern · Tab weiter · Esc schließen · Strg+D Entwurf verwerfen",
        )
        self._desk, self._form = desk, form
        kept = self.keep_as(desk.place, _draft_name(form))
        values = {**form.values, **{name: text for name, text in kept.items() if name in form.values}}
        self._lines = {
            field.name: AskedLine(
                line(values[field.name], limit=1000),
                understand=partial(_understood, form, field),
                max_length=1000 if field.name == "name" else 200,
                id=field.name,
            )
            for field in form.fields
        }

    def body(self) -> list[Widget]:
        """The fields, and how the present one is understood."""
        rows = [
            Horizontal(Static(label(field.label), classes="name"), self._lines[field.name])
            for field in self._form.fields
        ]
        return [VerticalScroll(*rows, id="fields", can_focus=False), Static(id="answer")]

    def on_mount(self) -> None:
        """Begin with the title."""
        self._lines["name"].focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the field is understood now."""
        event.stop()
        self._tell()

    def on_descendant_focus(self, event: DescendantFocus) -> None:  # noqa: ARG002 the focus itself is asked
        """Say what the field is for."""
        self._tell()

    def _tell(self) -> None:
        field = self.focused
        if not isinstance(field, AskedLine):
            return
        answer = field.answer
        text = answer.text
        if field.id == "number" and not field.value.strip():
            with suppress(Refusal):  # another desk holds the file: the number comes with saving
                text = f"→ {next_number_told(self._form, self._typed())}, die nächste · {text}"
        self.say(text, refused=not answer.ok)

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something below the form."""
        answer = self.query_one("#answer", Static)
        answer.update(label(f"! {text}" if refused else text, multiline=True))
        answer.set_class(refused, "-refused")

    def _typed(self) -> dict[str, str]:
        return {name: field.value for name, field in self._lines.items()}

    def to_keep(self) -> dict[str, str]:
        """What differs from what stood there at first."""
        before = self._form.values
        return {name: text for name, text in self._typed().items() if text != line(before[name], limit=1000)}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Store it; a field that cannot be gets the focus."""
        wrong = next((one for one in self._lines.values() if not one.answer.ok), None)
        if wrong is not None:
            wrong.focus()
            self.say(wrong.answer.text, refused=True)
            return
        try:
            values = typed_values(self._form, self._typed())
            done = await self._desk.patiently(lambda place: _store(place, self._form, values))
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)


def _store(place: Workplace, form: PaperForm, values: PaperValues) -> Done:
    if form.paper_id is not None:
        return edit_paper(place, form.paper_id, values, form.version)
    if form.base_id is not None:
        return supplement_paper(place, form.base_id, values)
    return create_paper(place, values)


def _draft_name(form: PaperForm) -> str:
    if form.paper_id is not None:
        return f"paper:{form.paper_id}"
    return f"paper:new:{form.base_id}" if form.base_id is not None else "paper:new"


def _understood(form: PaperForm, field: PaperField, typed: str) -> Understood:
    """How a field is understood: its meaning in words beside what may be typed there."""
    try:
        told = field.understand(form, typed)
    except Refusal as refusal:
        return Understood(str(refusal), ok=False)
    return Understood(" · ".join(part for part in (told, field.help) if part))
