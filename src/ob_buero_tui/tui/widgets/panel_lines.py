"""What the panels are made of: a label with its value, a heading with its texts, a task as a line."""

from __future__ import annotations

from collections.abc import Iterable

from ob_buero_tui.rules.german import short_date
from ob_buero_tui.services.views import TaskView
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, fit, wrap

_COLUMN = 12


def pair(name: str, value: str, width: int, tone: str = "") -> list[Line]:
    """A label with its value, wrapped beside it; nothing where there is no value.

    Args:
        value: Cleaned text.
        width: Cells of the panel.
    """
    if not value:
        return []
    column = min(_COLUMN, width // 3)
    first, *rest = wrap(value, max(1, width - column - 1))
    indent = " " * (column + 1)
    return [((fit(name, column) + " ", "quiet"), (first, tone)), *(((indent + part, tone),) for part in rest)]


def block(heading: str, tone: str, texts: Iterable[str], width: int) -> list[Line]:
    """A heading with its texts, each cleaned, wrapped and indented; nothing where there are none."""
    lines: list[Line] = []
    for text in texts:
        first, *rest = wrap(line(text), max(1, width - 2)) or [""]
        lines += [(("  " + first, ""),), *((("  " + part, ""),) for part in rest)]
    return [(), ((heading, tone),), *lines] if lines else []


def task_line(task: TaskView) -> str:
    """A task as a line: „! Fr 27.11. Blumen bestellen“; ✓ where it is done."""
    due = short_date(task.due_on, aligned=True) if task.due_on else "ohne Termin"
    return f"{'✓' if task.done else '!' if task.overdue else '·'} {due} {task.label}"
