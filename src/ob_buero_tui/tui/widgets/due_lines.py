"""What of all sessions is due this week, in a few lines above their list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.strip import Strip

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.services.council.views import DeadlineView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, Toned, fit, line_width
from ob_buero_tui.tui.widgets.meeting_rows import SIGNS, WORDS

_DAY = 11
_LABEL = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A step that is due, and the session it belongs to: body and day."""

    step: DeadlineView
    session: str


class DueLines(Toned):
    """A heading and the first steps; no line at all where nothing is due."""

    most: ClassVar[int] = 3
    DEFAULT_CSS = """
    DueLines { height: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._due: Sequence[DueLine] = ()
        self._more = ""

    def show(self, due: Sequence[DueLine], *, where: str) -> None:
        """Show other steps.

        Args:
            due: All of them, those that are late first.
            where: The digit of the split that holds all.
        """
        self._due = due[: self.most]
        self._more = f" · {where} zeigt alle {len(due)} Schritte" if len(due) > len(self._due) else ""
        self.styles.height = len(self._due) + 1 if due else 0
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The heading, or one step."""
        width = self.content_region.width
        if y == 0:
            return self.strip(((f"  Diese Woche fällig{self._more}", "strong"),), width)
        return self.strip(_line(self._due[y - 1], max(1, width - 1)) if y <= len(self._due) else (), width)


def _line(due: DueLine, width: int) -> Line:
    sign, tone = SIGNS[due.step.light]
    word = WORDS[due.step.light]
    head: Line = (
        ("▌", "bar"),
        (f"{sign} ", tone),
        (fit(short_date(due.step.on, aligned=True), _DAY), tone),
        (fit(line(due.step.label), _LABEL), ""),
    )
    left = width - line_width(head)
    tail = f" {word}" if word and left > len(word) + 12 else ""
    return (*head, (fit(line(due.session), left - len(tail)), "quiet"), (tail, tone))
