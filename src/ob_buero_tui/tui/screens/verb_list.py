"""Verbs on a list: ask, do one step, say so, go on; the last one again with `.`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ob_buero_tui.config import AfterVerb
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.base import records_at_stake
from ob_buero_tui.tui.screens.flows.batch import Batch, Look, previewed
from ob_buero_tui.tui.screens.list_view import ListView

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace

    Flow = Callable[[Any, Batch], Awaitable[Done | None]]
    """What a verb asks and does, on the screen it was pressed on."""
    Step = Callable[[Workplace, Sequence[int]], Done]


class VerbList(ListView):
    """A list whose records are worked on by keys; a marked batch is one step."""

    many: str = "Einträge"
    """What several records are called."""

    _last: tuple[Flow, bool] | None = None
    _step: Flow | None = None
    last_batch: Batch | None = None
    """What the last verb was done to."""

    def name_of_record(self, id: int) -> str:
        """What dialogs call the record with this key."""
        raise NotImplementedError

    def chosen(self) -> Batch | None:
        """What a verb acts on: the marked records, or the one under the cursor.

        Raises:
            Busy: another desk holds the file just now.
        """
        marked = self.list.marked
        if marked:
            return Batch(ids=marked, name=f"{len(marked)} {self.many}")
        if self.list.cursor is None:
            return None
        return Batch(ids=(self.list.cursor,), name=self.name_of_record(self.list.cursor))

    @asking("verb")
    async def run_flow(self, flow: Flow, *, advance: bool = True) -> None:
        """Ask what a verb needs, do it, say so, and go on to the next record."""
        self._step = None
        batch = self.chosen()
        records_at_stake.set(len(batch.ids) if batch is not None else 1)
        done = await flow(self, batch) if batch is not None else None
        if batch is None or done is None:
            return
        step = self._step
        self._last = (flow if step is None else step), advance
        self.app.clear_notifications()
        self.last_batch = replace(batch, ids=done.ids)
        more = self.what_next(batch) if advance else ""
        # Both fit one line at 80 columns.
        self.notify(f"{done.text} · u zurück{more}" if more else f"{done.text} · u nimmt es zurück")
        self.list.unmark_all()
        self._go_on(batch, advance=advance)

    def what_next(self, batch: Batch) -> str:  # noqa: ARG002 not every list has a next step
        """What may be done now with the records that the cursor has left, to stand behind what was done."""
        return ""

    async def carry_out(self, step: Step, batch: Batch, look: Look | None = None) -> Done | None:
        """Do what was asked for, and keep it with its answers for „wiederholen“.

        Args:
            look: What to show of a marked batch before.
        """
        self._step = partial(_same_again, step, look)
        wanted = batch if look is None else await previewed(self, batch, look)
        if wanted is None:
            return None
        return await self.desk.act(lambda place: step(place, wanted.ids))

    def _go_on(self, batch: Batch, *, advance: bool) -> None:
        after = self.desk.office.settings.after_verb
        here = self.list.cursor
        target = here
        if advance and len(batch.ids) == 1 and here in batch.ids and after is not AfterVerb.BLEIBEN:
            target = self.list.following() if after is AfterVerb.WEITER else self.list.preceding()
        self.desk.data_changed(((self.table_of(self.split), target),) if target is not None else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to repeat only after a verb."""
        if action == "repeat" and self._last is None:
            return False
        return super().check_action(action, parameters)

    def action_repeat(self) -> None:
        """The last verb again with the same answers, on this record; a form or an appointment asks anew."""
        if self._last is not None:
            flow, advance = self._last
            self.run_flow(flow, advance=advance)


async def _same_again(step: Step, look: Look | None, screen: VerbList, batch: Batch) -> Done | None:
    return await screen.carry_out(step, batch, look)
