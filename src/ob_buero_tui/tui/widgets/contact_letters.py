"""The alphabet above a list of names: where one is, and a click goes to a letter."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.services.people.finding import LETTERS
from ob_buero_tui.tui.widgets.drawing import Run, Toned


class LetterBar(Toned):
    """„A B C …“ in one line; the letter of the contact under the cursor stands out."""

    DEFAULT_CSS = """
    LetterBar { height: 1; padding: 0 1; margin: 0 0 0 1; }
    """

    class Chosen(Message):
        """A letter was clicked."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self) -> None:
        super().__init__()
        self.letter = ""

    def show(self, letter: str) -> None:
        """Let this letter stand out; none where it is empty."""
        if letter != self.letter:
            self.letter = letter
            self.refresh()

    def step(self) -> int:
        """Cells from one letter to the next."""
        return 2 if self.content_region.width >= 2 * len(LETTERS) else 1

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        width, gap = self.content_region.width, " " * (self.step() - 1)
        runs: list[Strip] = [
            self.strip((_run(letter, self.letter),), 1, "picked" if letter == self.letter else "")
            for letter in LETTERS
        ]
        if gap:
            runs = [part for run in runs for part in (run, self.strip(((gap, ""),), len(gap)))]
        return Strip.join(runs).adjust_cell_length(width, self.style_of())

    def on_click(self, event: events.Click) -> None:
        """Go to the letter under the mouse."""
        offset = event.get_content_offset(self)
        place = -1 if offset is None else offset.x // self.step()
        if 0 <= place < len(LETTERS):
            event.stop()
            self.post_message(self.Chosen(LETTERS[place]))


def _run(letter: str, current: str) -> Run:
    return letter, "accent" if letter == current else "quiet"
