"""The event under the cursor in full, with its checklist: the keys go from task to task and tick."""

from __future__ import annotations

from textual.strip import Strip

from ob_buero_tui.rules.german import clock
from ob_buero_tui.services.views import EventView
from ob_buero_tui.tui.safe import label, line
from ob_buero_tui.tui.widgets.drawing import Line, wrap
from ob_buero_tui.tui.widgets.event_sections import PanelLines, panel_lines
from ob_buero_tui.tui.widgets.lines_view import Build, LinesView


def event_lines(view: EventView, width: int) -> list[Line]:
    """An event as lines for a width in cells; its texts are cleaned here."""
    return panel_lines(view, width).lines


class EventPanel(LinesView):
    """The panel beside the grid; while it has the focus, the bar stands on one of the tasks in sight."""

    DEFAULT_CSS = """
    EventPanel {
        border: solid $line;
        border-title-color: $strong;
        border-title-style: bold;
        padding: 0 0 0 1;
        &:focus { border: solid $line-focus; }
    }
    """

    _laid_out: PanelLines | None = None
    _of = ""
    _bar: int | None = None

    def show_record(self, view: EventView | None, *, empty: str = "Kein Termin an diesem Tag.") -> None:
        """Show an event, or a calm sentence when there is none; the same one keeps its place and bar."""
        if view is None:
            self.border_title, self._of, self._bar, self._laid_out = "", "", None, None
            self.show(lambda width: [(), *(((text, "quiet"),) for text in wrap(line(empty), width))])
            return
        event = view.day
        when = "ganztägig" if event.all_day else f"{clock(event.start)}–{clock(event.end)}"
        self.border_title = label(when)
        same, self._of = event.id == self._of, event.id
        open_ones = [task.id for task in view.tasks if not task.done]
        if not same or self._bar not in [task.id for task in view.tasks]:
            self._bar = next(iter(open_ones), None)

        def build(width: int) -> list[Line]:
            self._laid_out = panel_lines(view, width)
            return self._laid_out.lines

        self.show(build, keep_place=same)

    def show_list(self, title: str, build: Build) -> None:
        """Show other lines under a title, such as those of a whole day."""
        self._of, self._bar, self._laid_out = "", None, None
        self.border_title = label(title)
        self.show(build)

    @property
    def chosen_task(self) -> int | None:
        """The key of the task under the bar, while the panel has the focus and the task is in sight."""
        return self._bar if self.has_focus and self._in_sight(self._line_of(self._bar)) else None

    def action_move_down(self) -> None:
        """To the next task when it is in sight, else a line down."""
        self._step(1)

    def action_move_up(self) -> None:
        """To the task before when it is in sight, else a line up."""
        self._step(-1)

    def _step(self, by: int) -> None:
        places = sorted(self._laid_out.tasks) if self._laid_out is not None else []
        here = self._line_of(self._bar)
        ahead = [at for at in places if here is None or (at - here) * by > 0]
        wanted = (min(ahead) if by > 0 else max(ahead)) if ahead else None
        if wanted is not None and self._laid_out is not None and self._in_sight(wanted):
            self._bar = self._laid_out.tasks[wanted]
            self.refresh()
        else:
            self._scroll_by(by)

    def _line_of(self, task: int | None) -> int | None:
        tasks = self._laid_out.tasks if self._laid_out is not None else {}
        return next((at for at, key in tasks.items() if key == task), None)

    def _in_sight(self, at: int | None) -> bool:
        top = self.scroll_offset.y
        return at is not None and top <= at < top + self.scrollable_content_region.height

    def render_line(self, y: int) -> Strip:
        """One line; the task under the bar stands out while the panel has the focus."""
        place = y + self.scroll_offset.y
        if not self.has_focus or self._bar is None or place != self._line_of(self._bar):
            return super().render_line(y)
        return self.strip(self._lines[place], self.scrollable_content_region.width, "cursor")
