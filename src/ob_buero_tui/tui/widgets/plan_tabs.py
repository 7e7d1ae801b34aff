"""The plans side by side in one line: „2027 A 118 Punkte  2027 B 131 Punkte“, or what is computed now."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from ob_buero_tui.rules.german import number, plural
from ob_buero_tui.services.council.planning_views import PlanLine
from ob_buero_tui.tui.safe import line
from ob_buero_tui.tui.widgets.drawing import Line, Run, Toned, line_width


class PlanTabs(Toned):
    """One line; a click on a plan chooses it."""

    DEFAULT_CSS = """
    PlanTabs { height: 1; }
    """

    class Chosen(Message):
        """A plan was clicked."""

        def __init__(self, plan_id: int) -> None:
            super().__init__()
            self.plan_id = plan_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._plans: tuple[PlanLine, ...] = ()
        self._current = 0
        self._told = ""
        self._spots: list[tuple[int, int, int]] = []

    def show(self, plans: Sequence[PlanLine], current: int) -> None:
        """Show these plans with one of them as the current one."""
        self._plans, self._current = tuple(plans), current
        self.refresh()

    def tell(self, text: str) -> None:
        """Say in its place what is computed; an empty text shows the plans again."""
        self._told = text
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, cut where it is too narrow."""
        width = self.size.width
        self._spots = []
        if self._told or not self._plans:
            told = self._told or "Noch ist kein Jahr geplant."
            return self.strip(((f" {line(told)}", "accent" if self._told else "quiet"),), width)
        strips, at = [], 0
        for plan in self._from_current(width) if y == 0 else ():
            runs = _entry(plan, current=plan.id == self._current)
            size = line_width(runs)
            strips.append(self.strip(runs, size, "picked" if plan.id == self._current else ""))
            self._spots.append((at, at + size, plan.id))
            at += size
        return Strip.join(strips).adjust_cell_length(width, self.style_of())

    def _from_current(self, width: int) -> Sequence[PlanLine]:
        """The plans from the first one on, or from a later one where the current would not be seen."""
        for start in range(len(self._plans)):
            shown = self._plans[start:]
            at = next((n for n, one in enumerate(shown) if one.id == self._current), 0)
            needed = (line_width(_entry(one, current=one.id == self._current)) for one in shown[: at + 1])
            if sum(needed) <= width:
                return shown
        return self._plans

    def on_click(self, event: events.Click) -> None:
        """Choose the plan under the mouse."""
        offset = event.get_content_offset(self)
        for start, end, plan_id in self._spots:
            if offset is not None and start <= offset.x < end:
                event.stop()
                self.post_message(self.Chosen(plan_id))
                return


def _entry(plan: PlanLine, *, current: bool) -> Line:
    """„2027 A  Entwurf, 118 Punkte“; of the others only the points, or what is wrong with them."""
    name = " ".join(filter(None, (str(plan.year), line(plan.variant, limit=8), line(plan.name, limit=30))))
    wrong = "! Widerspruch" if plan.collides else f"! {number(plan.open)} ohne Termin" if plan.open else ""
    points = plural(plan.cost, "Punkt", "Punkte") if plan.dates and not plan.collides else ""
    calm = [plan.state_label if current or plan.state != "entwurf" else "", points]
    runs: list[Run] = [(f" {name} ", "strong" if current else "")]
    if any(calm):
        runs.append((f" {', '.join(filter(None, calm))} ", "quiet"))
    if wrong and (current or plan.collides):
        runs.append((f" {wrong} ", "error"))
    return (*runs, (" ", ""))
