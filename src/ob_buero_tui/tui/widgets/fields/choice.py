"""A field with fixed answers: a first letter, the arrows or the space bar pick one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.rules.folding import fold
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, line_width

OPEN: Final = "offen"
"""What is shown where nothing was answered yet."""
YES_NO: Final = ("ja", "nein")


class ChoiceField(Toned, can_focus=True):
    """„● ja  ○ nein  ○ offen“; where the answers need several lines they are all shown once one is there.

    Args:
        name: The field in the form.
        answers: What may be answered.
        value: The present answer, "" for none; one that is no longer offered stays until another is picked.
    """

    DEFAULT_CSS = """
    ChoiceField { width: 1fr; height: auto; padding: 0 1; }
    ChoiceField:focus > .ground--cursor { background: $background; text-style: bold; }
    """

    class Changed(Message):
        """Another answer was picked."""

        def __init__(self, control: ChoiceField) -> None:
            super().__init__()
            self.field = control

    def __init__(self, name: str, answers: Sequence[str], value: str) -> None:
        super().__init__(id=name)
        self._offered = tuple(answers)
        self._answers: tuple[str, ...] = ()
        self.value = ""
        self.show(value)

    def show(self, value: str) -> None:
        """Show a stored answer."""
        own = (value,) if value and value not in self._offered else ()
        self._answers = (*self._offered, *own, "")
        self.value = value
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as are shown at this width."""
        return max(1, len(self._lines(width)))

    def _lines(self, width: int) -> list[list[tuple[str, Run]]]:
        lines: list[list[tuple[str, Run]]] = [[]]
        used = 0
        for answer in self._answers:
            here = answer == self.value
            sign, tone = ("●" if here else "○"), ("strong" if here and answer else "quiet")
            run = (f"{sign} {line(answer) or OPEN}  ", tone)
            size = line_width((run,))
            if lines[-1] and used + size > max(1, width):
                lines.append([])
                used = 0
            lines[-1].append((answer, run))
            used += size
        if len(lines) > 1 and not self.has_focus:
            open_ones = f"○ {OPEN}, {len(self._answers) - 1} zur Wahl"
            return [[(self.value, (f"● {line(self.value)}", "") if self.value else (open_ones, "quiet"))]]
        return lines

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        width = self.content_region.width
        lines = self._lines(width)
        here = "cursor" if self.has_focus else ""
        strips = [
            self.strip((run,), line_width((run,)), here if answer == self.value else "")
            for answer, run in (lines[y] if y < len(lines) else [])
        ]
        ground = self.rich_style
        return Strip.join(strips).adjust_cell_length(width, ground)

    def on_key(self, event: events.Key) -> None:
        """A first letter picks, again the next one of that letter; arrows and the space bar go on."""
        letter = fold(event.character or "").strip()
        if event.key in ("left", "right", "space"):
            self._step(-1 if event.key == "left" else 1)
        elif event.key in ("backspace", "delete"):
            self._pick("")
        elif letter and (named := [one for one in self._answers if fold(one or OPEN).startswith(letter)]):
            here = named.index(self.value) if self.value in named else -1
            self._pick(named[(here + 1) % len(named)])
        else:
            return
        event.stop()
        event.prevent_default()

    def _step(self, by: int) -> None:
        here = self._answers.index(self.value)
        self._pick(self._answers[(here + by) % len(self._answers)])

    def on_click(self, event: events.Click) -> None:
        """A click picks the answer under the mouse."""
        offset, at = event.get_content_offset(self), 0
        if offset is None or not 0 <= offset.y < len(self._lines(self.content_region.width)):
            return
        for answer, run in self._lines(self.content_region.width)[offset.y]:
            size = line_width((run,))
            if at <= offset.x < at + size:
                self._pick(answer)
            at += size

    def on_focus(self) -> None:
        """Show all answers and the cursor."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Hide them."""
        self.refresh(layout=True)

    def _pick(self, answer: str) -> None:
        if answer != self.value:
            self.value = answer
            self.refresh()
            self.post_message(self.Changed(self))
