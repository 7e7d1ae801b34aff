"""The form of how a body sits: each field says at once what is understood."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.pattern_typed import FIELDS, PatternField, read_pattern, typed_pattern
from ob_buero_tui.services.council.patterns import edit_pattern
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, after_typing
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.council.planning_views import PatternView
    from ob_buero_tui.tui.app import DeskApp


class PatternDialog(Drafting[Done | None]):
    """Lays the form down and returns what was done, or None; then what was typed stays as a draft.

    Args:
        view: How the body sits so far.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        Binding("enter", "app.focus_next", show=False, priority=True),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
        *FIELD_BINDINGS,
    ]
    DEFAULT_CSS = """
    PatternDialog {
        & > .dialog-box { width: 84; }
        & #fields { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
        & #fields Horizontal { height: auto; }
        & .name { width: 16; color: $quiet; }
        & Input { width: 1fr; }
        & #answer { height: 2; color: $quiet; }
        & #answer.-refused { color: $error; }
        & .dialog-keys { padding: 0; }
    }
    """

    def __init__(self, desk: DeskApp, view: PatternView) -> None:
        super().__init__(
            f"{line(view.organization, limit=60)}: Vorgaben",
            keys="Strg+S speichern · Tab weiter · Esc schließen · Strg+D Entwurf verwerfen",
        )
        self._desk, self._view = desk, view
        self._before = typed_pattern(view)
        kept = self.keep_as(desk.place, f"pattern:{view.organization_id}")
        values = self._before | {name: text for name, text in kept.items() if name in self._before}
        self._lines = {
            field.name: AskedLine(
                line(values[field.name]),
                understand=partial(_understood, field),
                max_length=200,
                id=field.name,
            )
            for field in FIELDS
        }

    def body(self) -> list[Widget]:
        """The fields, and how the present one is understood."""
        rows = [
            Horizontal(Static(label(field.label), classes="name"), self._lines[field.name])
            for field in FIELDS
        ]
        return [VerticalScroll(*rows, id="fields", can_focus=False), Static(id="answer")]

    def on_mount(self) -> None:
        """Begin with the weekdays."""
        self._lines["weekdays"].focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the field is understood now."""
        event.stop()
        self._tell()

    def on_descendant_focus(self, event: DescendantFocus) -> None:  # noqa: ARG002 the focus itself is asked
        """Say what the field is for."""
        self._tell()

    def _tell(self) -> None:
        field = self.focused
        if isinstance(field, AskedLine):
            answer = field.answer
            self.say(answer.text, refused=not answer.ok)

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something below the form."""
        answer = self.query_one("#answer", Static)
        answer.update(label(f"! {text}" if refused else text, multiline=True))
        answer.set_class(refused, "-refused")

    def _typed(self) -> dict[str, str]:
        return {name: field.value for name, field in self._lines.items()}

    def to_keep(self) -> dict[str, str]:
        """What differs from what stood there at first."""
        return {name: text for name, text in self._typed().items() if text != line(self._before[name])}

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Lay it down; a field that cannot be gets the focus."""
        wrong = next((one for one in self._lines.values() if not one.answer.ok), None)
        if wrong is not None:
            wrong.focus()
            self.say(wrong.answer.text, refused=True)
            return
        try:
            form = read_pattern(self._typed())
            done = await self._desk.patiently(
                lambda place: edit_pattern(place, self._view.organization_id, form, self._view)
            )
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)


def _understood(field: PatternField, typed: str) -> Understood:
    """How a field is understood: its meaning in words beside what may be typed there."""
    try:
        told = field.told(field.read(typed))
    except Refusal as refusal:
        return Understood(str(refusal), ok=False)
    return Understood(" · ".join(filter(None, (f"→ {told}" if told else "", field.help))))
