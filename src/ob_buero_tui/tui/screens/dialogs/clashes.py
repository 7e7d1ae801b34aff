"""What cannot both be kept, in sentences, and the reason why it stands all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.screens.dialogs.drafting import Drafting
from ob_buero_tui.tui.widgets.asked_line import OneLine

MISSING: Final = "! Ohne Grund bleibt der Konflikt nicht stehen. Esc geht zurück, ohne zu speichern."


class ClashDialog(Drafting[str | None]):
    """Returns the reason, or None; then nothing is saved, and what was typed stays as a draft.

    Args:
        sentences: One for each conflict.
        draft: Where the reason is kept until whoever carries it out drops it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "abbrechen"),
        Binding("pagedown", "scroll_list(1)", show=False, priority=True),
        Binding("pageup", "scroll_list(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ClashDialog {
        & > .dialog-box { width: 92; }
        & VerticalScroll { height: auto; max-height: 50vh; }
        & VerticalScroll Static { height: auto; }
        & #asked { height: auto; padding: 1 0 0 0; color: $strong; }
        & #missing { height: auto; min-height: 1; color: $error; }
    }
    """

    def __init__(self, title: str, sentences: Sequence[str], *, draft: tuple[Workplace, str]) -> None:
        super().__init__(title, keys="Enter speichert trotzdem · Esc zurück, ohne zu speichern")
        self._sentences = tuple(sentences)
        self._kept = line(self.keep_at(draft).get("text", ""))

    def body(self) -> list[Widget]:
        """The conflicts, and the line for the reason."""
        told = "\n".join(f"! {line(one)}" for one in self._sentences)
        return [
            VerticalScroll(Static(label(told, multiline=True, limit=20_000))),
            Static(label("Warum bleibt es dabei?"), id="asked"),
            OneLine(self._kept, max_length=300, select_on_focus=False, id="reason"),
            Static(id="missing"),
        ]

    def on_mount(self) -> None:
        """Begin with the reason."""
        self.query_one("#reason", OneLine).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the reason; without one it stays open."""
        event.stop()
        reason = event.value.strip()
        if not reason:
            self.query_one("#missing", Static).update(label(MISSING))
            return
        self.save_draft()
        self.dismiss(reason)

    def action_scroll_list(self, by: int) -> None:
        """A long list of conflicts is read on."""
        part = self.query_one(VerticalScroll)
        part.scroll_relative(y=by * 6, animate=False)

    def to_keep(self) -> dict[str, str]:
        """The reason as far as it is typed."""
        typed = self.query_one("#reason", OneLine).value
        return {"text": typed} if typed.strip() else {}
