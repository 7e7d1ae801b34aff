"""A form of typed lines: each says at once what is understood, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import FIELD_BINDINGS, after_typing
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Understood

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.app import DeskApp

USUAL, STORED = 200, 1000
"""So many characters a line takes where nothing else is said, and shows of what is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """One line of the form.

    Args:
        told: What a typed text means; a refusal says why it cannot be.
        help: What may be typed there.
        longest: In characters.
    """

    name: str
    label: str
    told: Callable[[str], str]
    help: str = ""
    longest: int = USUAL

    def understood(self, typed: str) -> Understood:
        """The meaning in words beside what may be typed."""
        try:
            told = self.told(typed)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)
        return Understood(" · ".join(part for part in (told, self.help) if part))


class TypedLines(Drafting[Done | None]):
    """Saves the lines and returns what was done, or None; then what was typed stays as a draft.

    Args:
        lines: From top to bottom.
        before: What stands in each at first, by its name.
        draft: The name of the draft.
    """

    begins_in: ClassVar[str] = ""
    """The line with the focus at first, where it is not the first one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        Binding("enter", "app.focus_next", show=False, priority=True),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
        *FIELD_BINDINGS,
    ]
    DEFAULT_CSS = """
    TypedLines {
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

    def __init__(
        self, desk: DeskApp, title: str, lines: Sequence[TypedLine], before: Mapping[str, str], draft: str
    ) -> None:
        super().__init__(
            title, keys="Strg+S speichern · Tab weiter · Esc schließen · Strg+D Entwurf verwerfen"
        )
        self._desk = desk
        kept = self.keep_as(desk.place, draft)
        self._labels = {one.name: one.label for one in lines}
        self._before = {one.name: line(before[one.name], limit=STORED) for one in lines}
        self._lines = {
            one.name: AskedLine(
                line(kept.get(one.name, self._before[one.name]), limit=STORED),
                understand=one.understood,
                max_length=one.longest,
                id=one.name,
            )
            for one in lines
        }

    def body(self) -> list[Widget]:
        """The fields, and how the present one is understood."""
        rows = [
            Horizontal(Static(label(self._labels[name]), classes="name"), field)
            for name, field in self._lines.items()
        ]
        return [VerticalScroll(*rows, id="fields", can_focus=False), Static(id="answer")]

    def on_mount(self) -> None:
        """Begin in the first line, or in the one that is named."""
        self._lines[self.begins_in or next(iter(self._lines))].focus()

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
            self.say(self.told_of(field, answer.text), refused=not answer.ok)

    def told_of(self, field: AskedLine, text: str) -> str:  # noqa: ARG002 a form may know more
        """What is said of the field with the focus."""
        return text

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something below the form."""
        answer = self.query_one("#answer", Static)
        answer.update(label(f"! {text}" if refused else text, multiline=True))
        answer.set_class(refused, "-refused")

    def typed(self) -> dict[str, str]:
        """What stands in the lines now."""
        return {name: field.value for name, field in self._lines.items()}

    def to_keep(self) -> dict[str, str]:
        """What differs from what stood there at first."""
        return {name: text for name, text in self.typed().items() if text != self._before[name]}

    def saving(self) -> Callable[[Workplace], Done]:
        """What saving does with what is typed.

        Raises:
            Refusal: it cannot be saved so.
        """
        raise NotImplementedError

    @after_typing
    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save; a field that cannot be gets the focus."""
        wrong = next((one for one in self._lines.values() if not one.answer.ok), None)
        if wrong is not None:
            wrong.focus()
            self.say(wrong.answer.text, refused=True)
            return
        try:
            done = await self._desk.patiently(self.saving())
        except Refusal as refusal:
            self.say(str(refusal), refused=True)
            return
        drop_draft(self._desk.place, self._draft_name)
        self.dismiss(done)
