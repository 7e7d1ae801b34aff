"""What the forms of requests share: moving between fields, drafts, and saving in spite of a doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static, TextArea

from ob_buero_tui.services.requests.forms import FormProblem
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.screens.dialogs.frame import after_typing
from ob_buero_tui.tui.widgets.asked_line import AskedLine
from ob_buero_tui.tui.widgets.fields.form import FieldForm
from ob_buero_tui.tui.widgets.fields.look import FORM_CSS

if TYPE_CHECKING:
    from ob_buero_tui.tui.app import DeskApp

Result = TypeVar("Result")
AGAIN = "Strg+S noch einmal speichert es so."


class FormDialog(Drafting[Result]):
    """A dialog around one form; `form` and `_draft_name` are its own.

    What cannot be stored is refused; what only looks like a slip is told once, and saved when asked again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "speichern", priority=True),
        Binding("escape", "cancel", "abbrechen", priority=True),
        # With priority, a key moves the focus before the next letter is given to a field.
        Binding("tab", "next_field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("enter", "enter", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("ctrl+d", "discard", "verwerfen", priority=True),
    ]
    DEFAULT_CSS = """
    FormDialog {
        & > .dialog-box { width: 110; height: 100%; }
        & .kind-row { height: auto; }
        & .kind { width: 5; color: $quiet; }
        & #answer { height: 2; color: $quiet; }
        & #answer.-refused { color: $error; }
        & .dialog-keys { padding: 0; }
    }
    """
    CSS = FORM_CSS
    AUTO_FOCUS: ClassVar[str | None] = ""

    form: FieldForm

    def __init__(self, desk: DeskApp, title: str, *, draft_name: str, saved: Mapping[str, str]) -> None:
        super().__init__(
            title, keys="Strg+S speichern · Tab weiter · Esc schließen · Strg+D Entwurf verwerfen"
        )
        self._desk = desk
        self._drafts_at, self._draft_name = desk.place, draft_name
        self._saved = dict(saved)
        self._doubts: tuple[FormProblem, ...] = ()

    # Moving

    def action_next_field(self) -> None:
        """To the next field; where a name is chosen, that first."""
        offering = self.form.offering
        if offering is not None:
            offering.take()
        self.app.action_focus_next()

    def action_enter(self) -> None:
        """The same with Enter, which a text of several lines keeps; first a digit chooses the day."""
        if isinstance(self.focused, AskedLine) and not self.focused.asking and self.focused.ask():
            return
        self.action_next_field()

    def action_step(self, by: int) -> None:
        """To the field above or below, or to the name above or below where names are offered."""
        offering = self.form.offering
        if offering is not None:
            offering.step(by)
        elif by > 0:
            self.app.action_focus_next()
        else:
            self.app.action_focus_previous()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A text of several lines keeps its arrows and Enter; while it is being saved nothing else begins."""
        if isinstance(self.focused, TextArea) and action in ("step", "enter"):
            return False
        if self._desk.waiting and action in ("save", "cancel", "discard"):
            return False
        return super().check_action(action, parameters)

    # What is said

    @on(FieldForm.Came)
    def _came(self, event: FieldForm.Came) -> None:
        """Say how the field is understood, and what it is for."""
        if event.row.is_wrong:
            return  # that stands at the field, and here what all of them come to
        text, refused = self.form.read(event.row)
        told = [text] if text else []
        if event.row.spec.help and not refused:
            told.append(event.row.spec.help)
        self.say("\n".join(told), refused=refused and isinstance(event.row.control, Input))

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something below the form."""
        answer = self.query_one("#answer", Static)
        answer.update(label(f"! {text}" if refused else text, multiline=True))
        answer.set_class(refused, "-refused")

    # Saving

    def passes(self, problems: Sequence[FormProblem]) -> bool:
        """Whether the form may be saved: nothing is wrong with it, or the same doubts were told before."""
        grave = [one for one in problems if one.grave]
        told = tuple(problems)
        if not problems or (not grave and told == self._doubts):
            return True
        self._doubts = told
        self.form.show_problems(problems)
        count = f"{len(problems)} Stellen sind zu prüfen." if len(problems) > 1 else problems[0].text
        self.say(count if grave else f"{count}\n{AGAIN}", refused=True)
        return False

    @after_typing
    def action_cancel(self) -> None:
        """Close the list of names, or keep the draft and return nothing."""
        if self.form.offering is not None:
            self.form.offering.close_list()
            return
        super().action_cancel()
