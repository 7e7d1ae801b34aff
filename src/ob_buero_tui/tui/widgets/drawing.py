"""Lines drawn cell by cell: text of exact width, wrapped text, and styles named by tone.

A run is a piece of text with the name of its tone; a line is a tuple of runs. Runs carry no markup and
no actions, so whatever text they hold can only be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.strip import Strip
from textual.widget import Widget

from ob_buero_tui.tui.theme import KIND_COLOURS

Run: TypeAlias = tuple[str, str]
"""Text and the name of its tone; the empty name is plain text."""
Line: TypeAlias = tuple[Run, ...]

TONES: Final = ("quiet", "strong", "accent", "error", "warning", "success", "struck", "bar", "rule")
_SIGNS: Final = "./-_"
"""Behind these a word that is too long for a line is broken first."""
GROUNDS: Final = ("paper", "cursor", "marked", "busy", "tentative", "picked", "ghost", "free", "school")


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells: padded with spaces, or cut with „…“, never behind a hanging sign."""
    if width <= 0:
        return ""
    length = cell_len(text)
    if length <= width:
        return text + " " * (width - length)
    shown = set_cell_size(text, width - 1)
    left = shown.rstrip(" ·,–")
    return left + "…" + " " * (len(shown) - len(left))


def wrap(text: str, width: int) -> list[str]:
    """The text broken between words, or inside a word too long, so that each line fits `width` cells.

    Line ends of the text are kept; an empty text gives no line.
    """
    width = max(1, width)
    lines: list[str] = []
    for paragraph in text.split("\n") if text else ():
        lines.extend(_wrap_paragraph(paragraph, width))
    return lines


def _wrap_paragraph(paragraph: str, width: int) -> Iterable[str]:
    current, used = "", 0
    for word in paragraph.split(" "):
        length = cell_len(word)
        if current and used + 1 + length <= width:
            current, used = f"{current} {word}", used + 1 + length
            continue
        if current:
            yield current
        while length > width:
            head = _head(word, width)
            yield head
            word = word[len(head) :]
            length = cell_len(word)
        current, used = word, length
    yield current


def _head(word: str, width: int) -> str:
    """As many characters from the start as fit, but always one; an address or a path breaks at its signs."""
    used = 0
    for place, letter in enumerate(word):
        used += cell_len(letter)
        if used > width and place:
            behind = max(word.rfind(one, 0, place) for one in _SIGNS) + 1
            before = word.rfind("@", 0, place + 1)  # an address is read in these two halves
            cut = before if before > place // 3 else behind
            return word[:cut] if cut > place // 3 else word[:place]
    return word


def line_width(line: Line) -> int:
    """The cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


class Toned(Widget):
    """Base of all widgets that draw their own lines: one set of tones and grounds for all.

    A tone is the colour of letters, a ground what lies behind them; without colours (`NO_COLOR`) the
    ground under the cursor is shown reversed.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"tone--{name}" for name in TONES),
        *(f"ground--{name}" for name in GROUNDS),
        *(f"kind--{number}" for number in range(KIND_COLOURS)),
    }
    DEFAULT_CSS = """
    Toned {
        background: $background;
        color: $foreground;
        & > .tone--quiet { color: $quiet; }
        & > .tone--strong { color: $strong; text-style: bold; }
        & > .tone--accent { color: $accent; text-style: bold; }
        & > .tone--error { color: $error; text-style: bold; }
        & > .tone--warning { color: $warning; text-style: bold; }
        & > .tone--success { color: $success; }
        & > .tone--struck { color: $quiet; text-style: strike; }
        & > .tone--bar { color: $line; }
        & > .tone--rule { color: $grid-line; }
        & > .ground--cursor { background: $cursor-row-blurred; }
        &:focus > .ground--cursor { background: $cursor-row; }
        & > .ground--marked { background: $mark-row; }
        & > .ground--busy { background: $block-busy; }
        & > .ground--tentative { background: $block-tentative; }
        & > .ground--picked { background: $panel; color: $strong; text-style: bold underline; }
        & > .ground--ghost { background: $cursor-row; }
        & > .ground--free { background: $paper-free; }
        & > .ground--school { background: $paper-school; }
        &:nocolor > .ground--cursor { text-style: underline; }
        &:nocolor:focus > .ground--cursor { text-style: reverse; }
        & > .kind--0 { color: $kind-0; }
        & > .kind--1 { color: $kind-1; }
        & > .kind--2 { color: $kind-2; }
        & > .kind--3 { color: $kind-3; }
        & > .kind--4 { color: $kind-4; }
        & > .kind--5 { color: $kind-5; }
        & > .kind--6 { color: $kind-6; }
        & > .kind--7 { color: $kind-7; }
    }
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._drawn_with: set[str] = set()

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]
        """Those it has drawn with so far; working out all two dozen at each change was half of a start."""
        return frozenset(self._drawn_with)

    def get_component_styles(self, *names: str) -> RenderStyles:
        """The styles of components; one that is asked for the first time is worked out now."""
        for name in names:
            if name not in self._component_styles and name in self.COMPONENT_CLASSES:
                part = DOMNode(classes=name)
                part._attach(self)
                self.app.stylesheet.apply(part, animate=False)
                self._component_styles[name] = part.styles
                self._drawn_with.add(name)
        return super().get_component_styles(*names)

    def style_of(self, tone: str = "", ground: str = "") -> Style:
        """The Rich style of a tone (`quiet`, `kind--3`) on a ground (`cursor`); both may be empty."""
        # The bare paper is a component too: those are remembered, `rich_style` is worked out each time.
        style = self.get_component_rich_style(f"ground--{ground or 'paper'}")
        if not tone:
            return style
        name = tone if tone.startswith("kind--") else f"tone--{tone}"
        return style + self.get_component_rich_style(name, partial=True)

    def strip(self, line: Sequence[Run], width: int, ground: str = "") -> Strip:
        """One line as a strip of exactly `width` cells.

        Args:
            line: Cleaned text with its tones.
            width: Cells of the strip; what does not fit is cut.
            ground: The ground of the whole line.
        """
        segments = [Segment(text, self.style_of(tone, ground)) for text, tone in line if text]
        return Strip(segments).adjust_cell_length(width, self.style_of("", ground))
