"""Computing a year's plan: in a thread, with progress in one line, broken off by Esc."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, TypeAlias

from textual import on, work
from textual.message import Message
from textual.timer import Timer

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import planning
from ob_buero_tui.services.council.plan_progress import BrokenOff
from ob_buero_tui.services.council.planning_views import Planned
from ob_buero_tui.tui.screens.base import NOTHING_OPEN
from ob_buero_tui.tui.screens.plan_sheet import PlanSheet

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

    Compute: TypeAlias = Callable[[Workplace, "Computing"], Planned]

TICK_SECONDS = 1.0
FAILED = Refusal(
    "Das Rechnen ist an einem Fehler gescheitert.", "Es ist nichts geändert.", "Rufen Sie die IT."
)


class Computing:
    """One computation: how far it is, and whether somebody still wants it.

    Args:
        name: What is computed: „2027“.
        since: When it began.
    """

    def __init__(self, name: str, since: datetime) -> None:
        self.name, self.since, self.stage = name, since, "liest die Vorgaben"
        self._stopped = Event()

    def tell(self, stage: str) -> None:
        """Note the stage; called from the thread.

        Raises:
            BrokenOff: somebody does not want it any more.
        """
        self.stage = stage
        if self._stopped.is_set():
            raise BrokenOff

    def stop(self) -> None:
        """Break it off."""
        self._stopped.set()

    def stopped(self) -> bool:
        """Whether it was broken off; asked from the thread all the time."""
        return self._stopped.is_set()

    def said(self, now: datetime) -> str:
        """How far it is, in one line."""
        seconds = max(0, int((now - self.since).total_seconds()))
        if self._stopped.is_set():
            return f"{self.name} wird abgebrochen …"
        return f"{self.name}: {self.stage.rstrip('. …')} … {seconds} s · Esc bricht ab"


class Computed(Message):
    """A computation has ended: with plans, with a refusal, or by a mistake of ours."""

    def __init__(self, of: Computing, planned: Planned | None, refusal: Refusal | None) -> None:
        super().__init__()
        self.of, self.planned, self.refusal = of, planned, refusal


class PlanComputing(PlanSheet):
    """The part of the Jahresplan that computes."""

    computing: Computing | None = None
    _ticker: Timer | None = None

    def compute(self, name: str, call: Compute) -> None:
        """Begin a computation; everything else goes on meanwhile."""
        self.computing = computing = Computing(name, self.place.clock())
        self._ticker = self.set_interval(TICK_SECONDS, self._show_progress)
        self._show_progress()
        self.refresh_bindings()
        self._run(computing, call)

    @work(thread=True, exclusive=True, group="year-plan", exit_on_error=False)
    def _run(self, computing: Computing, call: Compute) -> None:
        """In a thread: touches no widget, ends with a message."""
        planned, refusal = None, None
        try:
            planned = call(self.desk.patient, computing)
        except Refusal as refused:
            refusal = refused
        finally:
            self.post_message(Computed(computing, planned, refusal))

    def _show_progress(self) -> None:
        if self.computing is not None:
            self.tabs.tell(self.computing.said(self.place.clock()))

    @on(Computed)
    def _computed(self, message: Computed) -> None:
        if message.of is not self.computing:
            return
        self.computing = None
        if self._ticker is not None:
            self._ticker.stop()
        self.tabs.tell("")
        self.refresh_bindings()
        planned = message.planned
        if planned is None:
            self.desk.refuse(message.refusal or FAILED)
            return
        self.read(lambda: self._show_first(planned))
        self.app.clear_notifications()
        self.notify(
            f"{planned.text} · u nimmt es zurück",
            severity="warning" if planned.contradiction else "information",
            timeout=12 if planned.contradiction else 5,
        )
        self.desk.data_changed()

    def _show_first(self, planned: Planned) -> None:
        if self.plan_id not in planned.plan_ids and planned.plan_ids:
            self.plan = planning.plan_view(self.place, planned.plan_ids[0])

    async def action_back(self) -> None:
        """Break a computation off; otherwise back."""
        if self.computing is not None:
            self.computing.stop()
            self._show_progress()
        elif self.weeks.has_focus and not self.has_class("-reading"):
            self.notify(NOTHING_OPEN, timeout=3)
        else:
            await super().action_back()
