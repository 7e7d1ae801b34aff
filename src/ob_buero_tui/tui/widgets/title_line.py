"""The first line of every screen: office and screen, then the date, then what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, fit

_BETWEEN = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of the title line.

    Args:
        text: What it says.
        tone: A tone of `drawing.TONES`, or empty.
        keep: 1 stays longest when the line is narrow; the highest number goes first.
        press: The key that a click on it presses, in Textual's spelling; empty for what only says something.
    """

    text: str
    tone: str = ""
    keep: int = 5
    press: str = ""


class TitleLine(Toned):
    """„OB-Büro · Eingang“ at every width; the rest is dropped piece by piece when there is no room."""

    DEFAULT_CSS = """
    TitleLine { height: 1; dock: top; background: $panel; }
    """

    def __init__(self, screen_title: str, *, office: str = "OB-Büro", id: str | None = None) -> None:
        super().__init__(id=id)
        self._head = (office, screen_title)
        self._middle: tuple[Piece, ...] = ()
        self._right: tuple[Piece, ...] = ()
        self._spots: list[tuple[int, int, str]] = []

    def show(self, *, middle: Sequence[Piece] = (), right: Sequence[Piece] = ()) -> None:
        """Set what stands in the middle (date, week, time) and at the right (counts, save state)."""
        self._middle, self._right = tuple(middle), tuple(right)
        self.refresh()

    def name_office(self, office: str) -> None:
        """Begin with the office's own name."""
        self._head = (office, self._head[1])
        self.refresh()

    def rename(self, screen_title: str) -> None:
        """Change the name of the screen, for instance when it shows another week."""
        self._head = (self._head[0], screen_title)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line for the present width."""
        width = self.size.width
        self._spots = []
        if y:
            return self.strip((), width)
        head = f" {line(self._head[0])} · {line(self._head[1])}"
        # The week that the name of the screen says already is not said again.
        unsaid = [one for one in self._middle if not head.endswith(f"{_BETWEEN}{line(one.text)}")]
        middle, right = _fitting(unsaid, list(self._right), width - cell_len(head) - 2)
        left_runs: list[Run] = [(head, "strong")]
        middle_runs, right_runs = _joined(middle), _joined(right)
        middle_width, right_width = _width(middle_runs), _width(right_runs)
        at = max(cell_len(head) + 3, min((width - middle_width) // 2, width - right_width - middle_width - 4))
        if middle_runs:
            left_runs += [(" " * (at - cell_len(head)), ""), *middle_runs]
            self._mark(middle, at)
        used = _width(left_runs)
        if right_runs:
            gap = max(1, width - used - right_width - 1)
            left_runs += [(" " * gap, ""), *right_runs]
            self._mark(right, used + gap)
        if cell_len(head) > width:
            left_runs = [(fit(head.lstrip(), width), "strong")]
        return self.strip(left_runs, width)

    def _mark(self, pieces: Sequence[Piece], at: int) -> None:
        """Remember where the pieces stand that can be clicked."""
        for piece in pieces:
            end = at + cell_len(line(piece.text))
            if piece.press:
                self._spots.append((at, end, piece.press))
            at = end + cell_len(_BETWEEN)

    def on_click(self, event: events.Click) -> None:
        """A click on a piece presses its key."""
        offset = event.get_content_offset(self)
        for start, end, press in self._spots:
            if offset is not None and start <= offset.x < end:
                event.stop()
                self.app.simulate_key(press)


def _joined(pieces: Sequence[Piece]) -> list[Run]:
    runs: list[Run] = []
    for piece in pieces:
        if runs:
            runs.append((_BETWEEN, "quiet"))
        runs.append((line(piece.text), piece.tone))
    return runs


def _width(runs: Sequence[Run]) -> int:
    return sum(cell_len(text) for text, _ in runs)


def _fitting(middle: list[Piece], right: list[Piece], room: int) -> tuple[list[Piece], list[Piece]]:
    """What fits: the piece with the highest `keep` goes first, from the right."""
    while middle or right:
        needed = _width(_joined(middle)) + _width(_joined(right)) + (4 if middle else 0) + (3 if right else 0)
        if needed <= room:
            break
        worst = max([*middle, *right], key=lambda piece: piece.keep)
        side = right if any(piece.keep == worst.keep for piece in right) else middle
        last = max(place for place, piece in enumerate(side) if piece.keep == worst.keep)
        del side[last]
    return middle, right
