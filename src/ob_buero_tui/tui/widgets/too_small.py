"""What a terminal below 40 x 10 shows: one plain sentence over everything, nothing is lost under it."""

from __future__ import annotations

from typing import Final

from textual.widgets import Static

MIN_WIDTH: Final = 40
MIN_HEIGHT: Final = 10
HORIZONTAL_BREAKPOINTS: Final = [(0, "-too-narrow"), (MIN_WIDTH, "-roomy")]
"""For the app's variable of this name; `TooSmall` shows itself by these classes of the screen."""
VERTICAL_BREAKPOINTS: Final = [(0, "-too-low"), (MIN_HEIGHT, "-high")]


def is_too_small(width: int, height: int) -> bool:
    """Whether a terminal of this size shows only the sentence; then no verb should fire."""
    return width < MIN_WIDTH or height < MIN_HEIGHT


class TooSmall(Static):
    """Lies over the whole screen while it is too small. The focus and typed text stay where they are."""

    DEFAULT_CSS = """
    TooSmall {
        display: none;
        layer: cover;
        dock: top;
        width: 100%;
        height: 100%;
        background: $background;
        color: $foreground;
        content-align: center middle;
        text-align: center;
    }
    .-too-narrow TooSmall, .-too-low TooSmall { display: block; }
    """

    def __init__(self) -> None:
        super().__init__("Das Fenster ist zu klein. Bitte auf mindestens 40 × 10 Zeichen vergrößern.")
