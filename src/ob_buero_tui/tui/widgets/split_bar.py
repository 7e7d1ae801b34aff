"""The splits of a screen: digit, name and count, to pick by digit or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.rules.german import number
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, Toned, line_width

_LONGEST = 40
_READABLE = 8
"""Rather than cut a name to fewer cells, the bar takes a second line."""
_STEM = 3
_VOWELS = "aeiouyäöü"
UNKNOWN, BROKEN = -1, -2
"""Counts of a pile that is not counted yet, and of one whose query makes no sense any more."""
_MAX_LINES = 2


def abbreviated(name: str, limit: int) -> str:
    """A name too long in at most `limit` cells: its longest words are cut first, „Gold. Buch“.

    A word is cut behind a consonant, as abbreviations are.
    """
    stems = name.replace(" und ", " u. ").split()
    while cell_len(" ".join(stems)) > limit:
        place = max(range(len(stems)), key=lambda at: len(stems[at].rstrip(".")))
        stem = stems[place].rstrip(".")[:-1]
        while len(stem) > _STEM and stem[-1].lower() in _VOWELS:
            stem = stem[:-1]
        if len(stem) < _STEM:
            break
        stems[place] = stem + "."
    text = " ".join(stems)
    return text if cell_len(text) <= limit else set_cell_size(name, limit)


class SplitBar(Toned):
    """„1 Neu 12  2 Schirmherrschaft 4 …“ in one line, in two when names would be cut beyond reading."""

    DEFAULT_CSS = """
    SplitBar { height: auto; max-height: 2; }
    """

    class Chosen(Message):
        """A split was clicked."""

        def __init__(self, split_bar: SplitBar, key: str) -> None:
            super().__init__()
            self.split_bar = split_bar
            self.key = key

        @property
        def control(self) -> SplitBar:
            """The bar, for `@on(…, "#selector")`."""
            return self.split_bar

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._splits: tuple[SplitView, ...] = ()
        self._current = ""
        self._spots: list[tuple[int, int, int, str]] = []
        self._fitted: tuple[object, list[list[tuple[SplitView, Line]]]] = (None, [])

    def show(self, splits: Sequence[SplitView], current: str) -> None:
        """Show these splits with one of them as the current one."""
        self._splits, self._current = tuple(splits), current
        self.refresh(layout=True)

    def key_at(self, digit: int) -> str | None:
        """The split that a digit from 1 to 9 picks, None when there is none."""
        return self._splits[digit - 1].key if 0 < digit <= len(self._splits) else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line, or two when one is too short."""
        return max(1, len(self._lines(width)))

    def render_line(self, y: int) -> Strip:
        """One of the lines for the present width."""
        width = self.size.width
        lines = self._lines(width)
        if y == 0:
            self._spots = []
        strips, at = [], 0
        for split, runs in lines[y] if y < len(lines) else ():
            size = line_width(runs)
            strips.append(self.strip(runs, size, "picked" if split.key == self._current else ""))
            self._spots.append((y, at, at + size, split.key))
            at += size
        return Strip.join(strips).adjust_cell_length(width, self.style_of())

    def _lines(self, width: int) -> list[list[tuple[SplitView, Line]]]:
        """Entries in lines, as they were worked out for this width."""
        shown = (width, self._splits, self._current)
        if self._fitted[0] != shown:
            self._fitted = (shown, self._fit(width))
        return self._fitted[1]

    def _fit(self, width: int) -> list[list[tuple[SplitView, Line]]]:
        """Names as long as possible, the longest cut first, one line if they stay readable."""
        lines: list[list[tuple[SplitView, Line]]] = [[]]
        for allowed, least in ((1, _READABLE), (_MAX_LINES, 0)):
            whole = [line(split.label, limit=80) for split in self._splits]
            names = [abbreviated(name, _LONGEST) if cell_len(name) > _LONGEST else name for name in whole]
            lines = self._broken(width, names)
            while len(lines) > allowed and _cut_longest(whole, names, least):
                lines = self._broken(width, names)
            if len(lines) <= allowed:
                return lines
        return self._around_current(lines)

    def _broken(self, width: int, names: Sequence[str]) -> list[list[tuple[SplitView, Line]]]:
        lines: list[list[tuple[SplitView, Line]]] = [[]]
        used = 0
        for place, split in enumerate(self._splits):
            runs = self._entry(place, split, names[place])
            size = line_width(runs)
            # The blank behind the last name of a line may be missing.
            if lines[-1] and used + size - 1 > width:
                lines.append([])
                used = 0
            lines[-1].append((split, runs))
            used += size
        return lines

    def _around_current(
        self, lines: list[list[tuple[SplitView, Line]]]
    ) -> list[list[tuple[SplitView, Line]]]:
        """The two lines that hold the current split, when not even bare digits fit."""
        keys = [[split.key for split, _ in entries] for entries in lines]
        here = next((place for place, found in enumerate(keys) if self._current in found), 0)
        start = max(0, min(here, len(lines) - _MAX_LINES))
        return lines[start : start + _MAX_LINES]

    def _entry(self, place: int, split: SplitView, name: str) -> Line:
        current = split.key == self._current
        digit = f"{place + 1}" if place < 9 else "·"
        count = "accent" if current else "quiet"
        return (
            (f" {digit} ", count),
            (f"{name.strip()} " if name.strip() else "", "strong" if current else ""),
            (f"{_counted(split.count)} ", count),
        )

    def on_click(self, event: events.Click) -> None:
        """Pick the split under the mouse."""
        offset = event.get_content_offset(self)
        for row, start, end, key in self._spots:
            if offset is not None and offset.y == row and start <= offset.x < end:
                event.stop()
                self.post_message(self.Chosen(self, key))
                return


def _cut_longest(whole: Sequence[str], names: list[str], least: int) -> bool:
    """Cut the longest of the names by as little as possible; False when it would be shorter than `least`."""
    if not names:
        return False
    place = max(range(len(names)), key=lambda at: cell_len(names[at]))
    room = cell_len(names[place]) - 1
    shorter = abbreviated(whole[place], room) if room >= 0 else ""
    if room < max(least, 0) or cell_len(shorter.rstrip()) < least:
        return False
    names[place] = shorter.rstrip() if room >= _STEM else ""
    return True


def _counted(count: int) -> str:
    return {UNKNOWN: "…", BROKEN: "!"}.get(count) or number(count)
