"""What the verbs on a date of the Jahresplan ask and do."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from ob_buero_tui.rules.german import clock, join, long_date, short_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.when import When, parse_when, written
from ob_buero_tui.services.council import planning, planning_batches
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.pattern_form import PatternDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood
from ob_buero_tui.tui.widgets.date_input import understood_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.council.planning_views import DateView
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.plan_sheet import PlanSheet

FITS = "Das geht, und es kostet nichts."
NO_TIME = Refusal(
    "Die Uhrzeit fehlt.", "Für dieses Gremium ist kein Beginn festgelegt.", "Zum Beispiel: di 17:00."
)
MOST_TOLD = 8
"""Reasons that have room below the line."""


async def move(screen: PlanSheet, batch: Batch) -> Done | None:
    """Ask for a day, say while it is typed what it breaks and costs, and hold on to it."""
    view = screen.date_of(batch.ids[0])
    if view is None:
        return None
    slot = Slot(screen, view)
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{view.organization}, Runde {view.round}: auf welchen Tag?",
            value=slot.proposed,
            understand=slot.understand,
            text="Der getippte Termin bleibt fest, auch wenn neu gerechnet wird.",
        )
    )
    if typed is None:
        return None
    start, end = slot.span(slot.read(typed))
    return await screen.desk.act(lambda place: planning_batches.move_date(place, view.id, start, end))


async def fix(screen: PlanSheet, batch: Batch) -> Done | None:
    """Hold on to the dates; give them back where all of them are fixed or left out already."""
    views = [view for view in map(screen.date_of, batch.ids) if view is not None]
    if not views:
        return None
    if all(view.fixed for view in views):
        return await screen.carry_out(planning_batches.free_dates, batch)
    empty = [view.organization for view in views if view.start is None]
    if empty:
        raise Refusal(
            "Ohne Termin lässt sich nichts festsetzen.",
            f"Keinen Termin {'hat' if len(empty) == 1 else 'haben'} {join(empty[:3])}.",
            "m setzt einen Termin, R rechnet.",
        )
    return await screen.carry_out(planning_batches.fix_dates, batch)


async def leave_out(screen: PlanSheet, batch: Batch) -> Done | None:
    """The bodies do not sit in these rounds."""
    return await screen.carry_out(planning_batches.leave_out_dates, batch)


async def edit_habits(screen: PlanSheet, organization_id: int) -> Done | None:
    """Ask how a body sits, and lay it down."""
    habit = next((one for one in screen.habits if one.organization_id == organization_id), None)
    if habit is None:
        raise Refusal("Für dieses Gremium gibt es keine Vorgaben.", "Es tagt nicht mehr.")
    return await screen.app.push_screen_wait(PatternDialog(screen.desk, habit))


class Slot:
    """A slot whose day is typed: how the text is read, and what the day would break and cost."""

    def __init__(self, screen: PlanSheet, view: DateView) -> None:
        self._place, self._view = screen.place, view
        self._calendar = office_calendar(screen.place)
        habit = next((one for one in screen.habits if one.organization_id == view.organization_id), None)
        self._starts: time | None = view.start.time() if view.start else habit.start if habit else None
        minutes = habit.duration_min if habit is not None else 120
        self._length = view.end - view.start if view.start and view.end else timedelta(minutes=minutes)
        self._near = planning.likely_day(screen.place, view.id) or screen.place.today
        examples = f"Zum Beispiel: {short_date(self._near)}, di, +1w oder di 18:00"
        self._day: Callable[[str], Understood] = understood_day(self.read, examples)
        self._judge = planning.slot_breaks(screen.place, view.id)
        self._known: dict[datetime, planning.Judged] = {}

    @property
    def proposed(self) -> str:
        """The day it begins from, as it would be typed."""
        return written(When(day=self._near, start=self._starts, exact=True, text=""))

    def read(self, typed: str) -> When:
        """A typed day, counted from where the slot lies now; its time is the body's own where none is typed.

        Raises:
            Refusal: it is no day, or a time is missing.
        """
        found = parse_when(typed, datetime.combine(self._near, time()), self._calendar, allow_past=True)
        if found.start is None and self._starts is None:
            raise NO_TIME
        return found

    def span(self, found: When) -> tuple[datetime, datetime]:
        """Beginning and end, wall time."""
        start = datetime.combine(found.day, found.start or self._starts or time())
        end = datetime.combine(found.day, found.end) if found.end is not None else start + self._length
        return start, end if end > start else start + self._length

    def understand(self, typed: str) -> Understood:
        """The day in full, and below it what it would break and cost."""
        answer = self._day(typed)
        if not answer.ok:
            return answer
        start, end = self.span(self.read(typed))
        if start not in self._known:
            self._known[start] = self._judge(start, end, None)
        broken, costs = self._known[start]
        lines = [*(f"! {text}" for text in broken), *(f"• {text}" for text in costs)] or [f"✓ {FITS}"]
        told = lines[:MOST_TOLD]
        told += [f"  … und {len(lines) - MOST_TOLD} weitere"] if len(lines) > MOST_TOLD else []
        when = f"→ {long_date(start.date())} {clock(start)}–{clock(end)}"
        return Understood("\n".join([when, *told]), stepped=answer.stepped)
