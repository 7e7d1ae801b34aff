"""A field with a few fixed answers: the arrows or a first letter pick, all answers stay in sight."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, line_width

NONE = "keine"


class AnswerPicker(Toned, can_focus=True):
    """„● keine   Frau   Herr“.

    Args:
        answers: What may be answered; "" stands for none.
        value: The present answer.
    """

    DEFAULT_CSS = """
    AnswerPicker { width: 1fr; height: 1; padding: 0 1; background: $panel; }
    """

    class Changed(Message):
        """Another answer was picked."""

    def __init__(self, answers: Sequence[str], value: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._answers = tuple(answers)
        self.value = value if value in self._answers else ""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        strips = [self.strip((run,), line_width((run,)), ground) for run, ground in self._entries()]
        return Strip.join(strips).adjust_cell_length(self.content_region.width, self.style_of())

    def _entries(self) -> list[tuple[Run, str]]:
        found = []
        for answer in self._answers:
            here = answer == self.value
            text = f"{'●' if here else ' '} {line(answer) or NONE}  "
            found.append(((text, "strong" if here else "quiet"), "cursor" if here and self.has_focus else ""))
        return found

    def on_key(self, event: events.Key) -> None:
        """A first letter picks; arrows and the space bar go on."""
        letter = (event.character or "").lower()
        named = next(
            (one for one in self._answers if letter and (one or NONE).lower().startswith(letter)), None
        )
        if event.key in ("left", "right", "space"):
            step = -1 if event.key == "left" else 1
            here = self._answers.index(self.value)
            self._pick(self._answers[(here + step) % len(self._answers)])
        elif named is not None:
            self._pick(named)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """A click picks the answer under the mouse."""
        offset, at = event.get_content_offset(self), 0
        for answer, (run, _) in zip(self._answers, self._entries(), strict=True):
            size = line_width((run,))
            if offset is not None and at <= offset.x < at + size:
                self._pick(answer)
            at += size

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide it."""
        self.refresh()

    def _pick(self, answer: str) -> None:
        if answer != self.value:
            self.value = answer
            self.refresh()
            self.post_message(self.Changed())
