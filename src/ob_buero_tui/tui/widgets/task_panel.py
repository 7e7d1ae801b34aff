"""What is under the cursor of the Wiedervorlagen: its dates, the head of its record, its other tasks."""

from __future__ import annotations

from functools import partial

from ob_buero_tui.services.follow_ups.views import FollowUpView
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.lines_view import LinesView
from ob_buero_tui.tui.widgets.panel_lines import block, pair, task_line

NAMES = {"task": "Aufgabe", "request": "Eingang", "step": "Frist"}


def follow_up_lines(view: FollowUpView, width: int) -> list[Line]:
    """A record of the Wiedervorlagen as lines for a width in cells; its texts are cleaned here."""
    lines: list[Line] = [((text, "strong"),) for text in wrap(line(view.title), width)]
    lines.append(())
    for place, (name, value) in enumerate(view.facts):
        lines += pair(name, line(value), width, "error" if view.overdue and not place else "")
    if view.about:
        hint = " (Enter öffnet)" if view.opens is not None else ""
        lines += [(), ((line(view.heading), "strong"), (hint, "quiet"))]
    for name, value in view.about:
        lines += pair(name, line(value), width)
    more = "Weitere Aufgaben" if view.table == "task" else "Aufgaben"
    lines += block(more, "strong", [task_line(task) for task in view.tasks], width)
    lines += block("Notizen" if view.full else "", "strong", view.notes, width)
    return lines


class FollowUpPanel(LinesView):
    """The panel beside the list of the Wiedervorlagen."""

    DEFAULT_CSS = """
    FollowUpPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    def show_record(self, view: FollowUpView | None, *, empty: str = "Nichts ausgewählt.") -> None:
        """Show a record, or a calm sentence when there is none."""
        if view is None:
            self.border_title = ""
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        self.border_title = label(NAMES[view.table])
        self.show(partial(follow_up_lines, view))
