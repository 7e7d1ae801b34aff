"""Jahresplan: all sessions of a year, their compromises, and the keys that change them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from ob_buero_tui.services.council import planning
from ob_buero_tui.services.council.plan_lists import HABITS
from ob_buero_tui.tui.command import JAHRESPLAN
from ob_buero_tui.tui.commands import bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import plan as flows
from ob_buero_tui.tui.screens.flows import plan_paper as printing
from ob_buero_tui.tui.screens.flows import plan_year as years
from ob_buero_tui.tui.screens.plan_computing import PlanComputing

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done


class PlanScreen(PlanComputing):
    """The plans of a year and what is done with them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(JAHRESPLAN)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dates are changed in a draft only, and nothing is while it is computed."""
        draft = self.plan is not None and self.plan.draft
        if action in _CHANGING and (not draft or self.computing is not None):
            return False
        if action in _DATES and self.current_date is None:
            return False
        if action == "plan_pattern" and self.current_body is None:
            return False
        if action in ("plan_preview", "plan_print") and self.plan is None:
            return False
        if action == "plan_new" and self.computing is not None:
            return False
        if action in ("plan_previous", "plan_next") and len(self.plans) < 2:
            return False
        if action in ("mark", "mark_all") and self.split == HABITS:
            return False
        return super().check_action(action, parameters)

    # Dates

    def action_plan_move(self) -> None:
        """To a typed day."""
        self.run_flow(flows.move, advance=False)

    def action_plan_fix(self) -> None:
        """Hold on to it, or give it back."""
        self.run_flow(flows.fix, advance=False)

    def action_plan_leave_out(self) -> None:
        """The body does not sit in this round."""
        self.run_flow(flows.leave_out)

    def action_plan_pattern(self) -> None:
        """How the body of this date sits."""
        body = self.current_body
        if body is not None:
            self._whole(lambda: flows.edit_habits(self, body))

    async def action_open(self) -> None:
        """From the panel of a decided date to its session."""
        view = self.current_date
        if self.panel.has_focus and view is not None and view.meeting_id is not None:
            await self.desk.open_record("meeting", view.meeting_id)

    # The plan

    @asking("verb")
    async def action_plan_new(self) -> None:
        """Plan a year."""
        wanted = await years.new_year(self)
        if wanted is not None:
            self.compute(
                str(wanted.year),
                lambda place, now: planning.propose(
                    place,
                    wanted.year,
                    wanted.rounds,
                    school=wanted.school,
                    tell=now.tell,
                    stopped=now.stopped,
                ),
            )

    def action_plan_compute(self) -> None:
        """Plan the free dates anew."""
        plan, key = self.plan, self.plan_id
        if plan is not None:
            name = f"{plan.year} {plan.variant}"
            self.compute(
                name, lambda place, now: planning.replan(place, key, tell=now.tell, stopped=now.stopped)
            )

    def action_plan_rounds(self) -> None:
        """Other rounds."""
        plan = self.plan
        if plan is not None:
            self._whole(lambda: years.edit_rounds(self, plan))

    def action_plan_accept(self) -> None:
        """Make sessions of it."""
        plan = self.plan
        if plan is not None:
            self._whole(lambda: years.accept(self, plan))

    def action_plan_discard(self) -> None:
        """Lay it aside."""
        plan = self.plan
        if plan is not None:
            self._whole(lambda: years.discard(self, plan))

    def action_plan_previous(self) -> None:
        """The plan before."""
        self._turn(-1)

    def action_plan_next(self) -> None:
        """The next plan."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        keys = [one.id for one in self.plans]
        if self.plan_id in keys:
            self.choose_plan(keys[(keys.index(self.plan_id) + by) % len(keys)])

    @asking("verb")
    async def _whole(self, flow: Callable[[], Awaitable[Done | None]]) -> None:
        """A step on the plan or on a body, said when it is done."""
        done = await flow()
        if done is not None:
            self.app.clear_notifications()
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed()

    @asking()
    async def action_plan_preview(self) -> None:
        """The plan as text."""
        await printing.preview(self, self.plan_id)

    @asking()
    async def action_plan_print(self) -> None:
        """The plan as a file."""
        await printing.to_file(self, self.plan_id)


_DATES = frozenset(("plan_move", "plan_fix", "plan_leave_out"))
_CHANGING = _DATES | {"plan_compute", "plan_rounds", "plan_accept", "plan_discard", "repeat"}
