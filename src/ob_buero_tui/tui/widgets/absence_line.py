"""The line at the top of the Ausfall: the absence in words, or the field in which it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.widgets.asked_line import AskedLine, Understood, shown


class AbsenceLine(Vertical):
    """Shows what is; while it is typed in, what was understood stands below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    AbsenceLine {
        height: auto;
        & > Static { height: auto; padding: 0 1; }
        & > #understood { color: $quiet; }
        & > #understood.-refused { color: $error; }
        & > #told, & > #asked { color: $strong; text-style: bold; }
    }
    """

    class Taken(Message):
        """A line was typed and is understood."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """Esc: nothing is to be entered."""

    def __init__(self) -> None:
        super().__init__(id="absence")
        self._read: Callable[[str], Understood] = lambda _text: Understood("")
        self._told = Static(id="told")
        self._title = Static(id="asked")
        self._field = AskedLine(understand=lambda text: self._read(text), id="absence-field")
        self._below = Static(id="understood")
        self.typing = False

    def compose(self) -> ComposeResult:
        """The words, or the field with its meaning."""
        yield self._told
        yield self._title
        yield self._field
        yield self._below

    def on_mount(self) -> None:
        """Begin with the words."""
        self._arrange()

    def tell(self, text: str) -> None:
        """Say what is."""
        self._told.update(label(text))

    def ask(self, value: str, understand: Callable[[str], Understood], title: str) -> None:
        """Let a line be typed.

        Args:
            value: A proposal; typing replaces it.
            understand: How each text is read.
            title: What is asked.
        """
        self._read, self.typing = understand, True
        self._field.value = value
        self._title.update(label(f"{title} · Enter übernimmt, Esc bricht ab"))
        self._arrange()
        self._field.focus()
        self._field.action_select_all()
        self._show()

    def done(self) -> None:
        """Back to the words."""
        self.typing = False
        self._arrange()

    def action_leave(self) -> None:
        """Esc."""
        self.done()
        self.post_message(self.Left())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the text is understood now."""
        event.stop()
        self._show()

    def on_asked_line_asking(self, event: AskedLine.Asking) -> None:
        """Say that a digit chooses now."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the text on, if it is understood."""
        event.stop()
        if self._field.answer.ok:
            self.post_message(self.Taken(self._field.value))

    def _arrange(self) -> None:
        self._told.display = not self.typing
        for part in (self._title, self._field, self._below):
            part.display = self.typing

    def _show(self) -> None:
        text, refused = shown(self._field)
        self._below.update(label(text, multiline=True))
        self._below.set_class(refused, "-refused")
