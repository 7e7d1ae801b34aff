"""The splits of a screen in one line: digit, name and count, to pick by digit or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.rules.german import number
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Run, Toned, fit

_NAME_LIMITS = (40, 14, 10, 7, 4, 0)


class SplitBar(Toned):
    """„1 Neu 12  2 Schirmherrschaft 4 …“; names shorten before a split is lost from sight."""

    DEFAULT_CSS = """
    SplitBar { height: 1; }
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
        self._spots: list[tuple[int, int, str]] = []

    def show(self, splits: Sequence[SplitView], current: str) -> None:
        """Show these splits with one of them as the current one."""
        self._splits, self._current = tuple(splits), current
        self.refresh()

    def key_at(self, digit: int) -> str | None:
        """The split that a digit from 1 to 9 picks, None when there is none."""
        return self._splits[digit - 1].key if 0 < digit <= len(self._splits) else None

    def render_line(self, y: int) -> Strip:
        """The line for the present width."""
        width = self.size.width
        if y:
            return self.strip((), width)
        limit = next((limit for limit in _NAME_LIMITS if self._needed(limit) <= width), 0)
        entries = [(split, self._entry(place, split, limit)) for place, split in enumerate(self._splits)]
        first = self._first_shown(entries, width)
        segments, at, self._spots = [], 0, []
        for split, runs in entries[first:]:
            size = sum(cell_len(text) for text, _ in runs)
            ground = "picked" if split.key == self._current else ""
            segments.append(self.strip(runs, size, ground))
            self._spots.append((at, at + size, split.key))
            at += size
        return Strip.join(segments).adjust_cell_length(width, self.style_of())

    def _entry(self, place: int, split: SplitView, limit: int) -> list[Run]:
        name = line(split.label, limit=80)
        current = split.key == self._current
        if cell_len(name) > limit and not (current and limit):
            name = fit(name, limit).rstrip() if limit > 2 else ""
        digit = f"{place + 1}" if place < 9 else "·"
        body = "strong" if current else ""
        count = "accent" if current else "quiet"
        return [
            (f" {digit} ", count),
            (f"{name} " if name else "", body),
            (f"{number(split.count)} ", count),
        ]

    def _needed(self, limit: int) -> int:
        return sum(
            cell_len(text)
            for place, split in enumerate(self._splits)
            for text, _ in self._entry(place, split, limit)
        )

    def _first_shown(self, entries: Sequence[tuple[SplitView, list[Run]]], width: int) -> int:
        """Where to begin so that the current split is in sight even when not all fit."""
        used = 0
        place = next((i for i, (split, _) in enumerate(entries) if split.key == self._current), 0)
        while place >= 0 and entries:
            used += sum(cell_len(text) for text, _ in entries[place][1])
            if used > width:
                return min(place + 1, len(entries) - 1)
            place -= 1
        return 0

    def on_click(self, event: events.Click) -> None:
        """Pick the split under the mouse."""
        offset = event.get_content_offset(self)
        for start, end, key in self._spots:
            if offset is not None and start <= offset.x < end:
                event.stop()
                self.post_message(self.Chosen(self, key))
