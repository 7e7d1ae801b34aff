"""The Prüfung of a request: what each check found, with a cursor to tick the questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ob_buero_tui.rules.checks.model import QUESTION, Finding, Level
from ob_buero_tui.tui.commands import bindings_of
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, Toned, fit, wrap

SIGNS: Final = {
    Level.OK: ("✓", "success"),
    Level.INFO: ("i", "accent"),
    Level.WARN: ("!", "warning"),
    Level.OPEN: ("?", "accent"),
}
_LABEL = 16


def label_column(findings: Sequence[Finding], width: int) -> int:
    """Cells for the labels: as the longest needs, `_LABEL` at most; 0 when too narrow."""
    longest = max((cell_len(line(finding.label)) for finding in findings), default=0)
    return 0 if width < 44 else min(longest, _LABEL, width // 3)


def _label_lines(label: str, column: int) -> list[str]:
    """A label in its column: in several lines between its words, a word too long cut."""
    if any(cell_len(word) > column for word in label.split()):
        return [fit(label, column)]
    return wrap(label, column)


def finding_lines(finding: Finding, width: int, column: int, *, with_source: bool) -> list[Line]:
    """One finding as lines: sign, label, text; where the rule comes from on request.

    Args:
        finding: What a check found; cleaned here.
        width: Cells.
        column: Cells for the label, from `label_column()`.
        with_source: Add the source of the rule, for the finding under the cursor.
    """
    sign, tone = SIGNS.get(finding.level, ("·", "quiet"))
    text = line(finding.text)
    if column == 0:
        text = f"{line(finding.label)}: {text}" if text else line(finding.label)
    body = "strong" if finding.level is Level.WARN else ""
    indent = 3 + (column + 1 if column else 0)
    parts = wrap(text, max(8, width - indent)) or [""]
    names = _label_lines(line(finding.label), column) if column else []
    lines: list[Line] = []
    for row in range(max(len(parts), len(names))):
        lead: Line = ((f" {sign} ", tone),) if row == 0 else (("   ", ""),)
        name = ((fit(names[row] if row < len(names) else "", column) + " ", ""),) if column else ()
        lines.append((*lead, *name, (parts[row] if row < len(parts) else "", body)))
    origin = _origin(finding) if with_source else ""
    lines += [((" " * indent, ""), (part, "quiet")) for part in wrap(origin, max(8, width - indent))]
    return lines


def leads_on(finding: Finding) -> bool:
    """Whether Enter on a finding leads to earlier requests."""
    return finding.rule == "vorgeschichte" and finding.level is Level.INFO


def _origin(finding: Finding) -> str:
    parts = ["Enter zeigt alle"] if leads_on(finding) else []
    parts += [f"Quelle: {line(finding.source)}"] if finding.source else []
    if finding.unconfirmed:
        parts.append("vom Büro noch zu bestätigen")
    if finding.rule == QUESTION and finding.level is Level.OPEN:
        parts.append("Leertaste hakt ab")
    return " · ".join(parts)


class FindingList(Toned, ScrollView, can_focus=True):
    """Findings drawn in full; the one under the cursor names its source."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("move_down", "move_up", "first", "last"),
        Binding("space", "tick", "abhaken", key_display="Leertaste", id="tick"),
        Binding("enter", "follow", "öffnen", show=False, id="follow"),
    ]
    DEFAULT_CSS = """
    FindingList { height: auto; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    class Ticked(Message):
        """A question was ticked by hand, or its tick is to be taken away."""

        def __init__(self, finding_list: FindingList, finding: Finding) -> None:
            super().__init__()
            self.finding_list = finding_list
            self.finding = finding
            self.key = finding.key

        @property
        def control(self) -> FindingList:
            """The list, for `@on(…, "#selector")`."""
            return self.finding_list

    class Followed(Ticked):
        """Enter on a finding that leads to earlier requests."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._findings: tuple[Finding, ...] = ()
        self._index = 0
        self._lines: list[tuple[int, Line]] = []

    def show(self, findings: Sequence[Finding], *, keep_cursor: bool = False) -> None:
        """Show these findings; the cursor goes to the first unless it is to stay."""
        self._findings = tuple(findings)
        last = max(0, len(self._findings) - 1)
        self._index = min(self._index, last) if keep_cursor else 0
        self._rebuild()
        if not keep_cursor:
            self.scroll_to(y=0, animate=False, force=True)

    @property
    def current(self) -> Finding | None:
        """The finding under the cursor."""
        return self._findings[self._index] if self._findings else None

    def move(self, findings: int) -> bool:
        """Move the cursor; False at the ends."""
        target = min(max(self._index + findings, 0), max(0, len(self._findings) - 1))
        if target == self._index:
            return False
        self._index = target
        self._rebuild()
        return True

    def action_move_down(self) -> None:
        """To the next finding."""
        self.move(1)

    def action_move_up(self) -> None:
        """To the finding before."""
        self.move(-1)

    def action_first(self) -> None:
        """To the first finding."""
        self.move(-len(self._findings))

    def action_last(self) -> None:
        """To the last finding."""
        self.move(len(self._findings))

    def action_tick(self) -> None:
        """Tick the question under the cursor; what a rule found cannot be ticked away."""
        finding = self.current
        if finding is not None and finding.rule == QUESTION:
            self.post_message(self.Ticked(self, finding))

    def action_follow(self) -> None:
        """Tick a question; from the Vorgeschichte to what was before."""
        finding = self.current
        if finding is not None and leads_on(finding):
            self.post_message(self.Followed(self, finding))
        else:
            self.action_tick()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a question can be ticked; on anything else the key is left to the screen."""
        if action == "follow":
            current = self.current
            return current is not None and (current.rule == QUESTION or leads_on(current))
        if action == "tick":
            return self.current is not None and self.current.rule == QUESTION
        return super().check_action(action, parameters)

    def on_focus(self) -> None:
        """Show the cursor and the source under it."""
        self._rebuild()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._rebuild()

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._rebuild()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click ticks."""
        offset = event.get_content_offset(self)
        place = -1 if offset is None else offset.y + self.scroll_offset.y
        if 0 <= place < len(self._lines):
            event.stop()
            self._index = self._lines[place][0]
            self._rebuild()
            if event.chain == 2:
                self.action_tick()

    def _rebuild(self) -> None:
        width = max(1, self.content_region.width - 1)
        column = label_column(self._findings, width)
        self._lines = [
            (place, each)
            for place, finding in enumerate(self._findings)
            for each in finding_lines(
                finding, width, column, with_source=self.has_focus and place == self._index
            )
        ]
        height = max(1, len(self._lines))
        if self.virtual_size != Size(width, height):
            self.virtual_size = Size(width, height)
            self.refresh(layout=True)
        self.refresh()
        self.refresh_bindings()
        at = [row for row, (place, _) in enumerate(self._lines) if place == self._index]
        if at and self.has_focus:
            self.scroll_to_region(Region(0, at[0], 1, len(at)), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One line of a finding."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if not self._findings:
            text = " Für diese Art ist keine Prüfung festgelegt." if place == 0 else ""
            return self.strip(((text, "quiet"),), width)
        if place >= len(self._lines):
            return self.strip((), width)
        finding, runs = self._lines[place]
        return self.strip(runs, width, "cursor" if self.has_focus and finding == self._index else "")
