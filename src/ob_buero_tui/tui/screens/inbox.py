"""Eingang: splits, the list, and the request with its checks; a verb decides and the cursor goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import ActiveBinding, BindingType

from ob_buero_tui.config import AfterVerb
from ob_buero_tui.rules.checks import Finding
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.tui.commands import EINGANG, bindings_for
from ob_buero_tui.tui.screens import flows
from ob_buero_tui.tui.screens.base import records_at_stake
from ob_buero_tui.tui.screens.flows.batch import Batch
from ob_buero_tui.tui.screens.inbox_view import InboxView
from ob_buero_tui.tui.widgets.finding_list import FindingList

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace

    Flow = Callable[["InboxScreen", Batch], Awaitable[Done | None]]
    Step = Callable[[Workplace, Sequence[int]], Done]


class InboxScreen(InboxView):
    """The triage of what came in: each verb asks, does one step, and goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(EINGANG)]

    def __init__(self) -> None:
        super().__init__()
        self._last: tuple[Flow, bool] | None = None
        self._step: Step | None = None

    # Verbs

    def chosen(self) -> Batch | None:
        """What a verb acts on: the marked requests, or the one under the cursor.

        Raises:
            Busy: another desk holds the file just now.
        """
        marked = self.list.marked
        if marked:
            return Batch(ids=marked, name=f"{len(marked)} Eingänge")
        if self.list.cursor is None:
            return None
        row = inbox.rows(self.place, [self.list.cursor]).get(self.list.cursor)
        return Batch(ids=(self.list.cursor,), name=row.number if row is not None else "")

    @work(exclusive=True, group="verb")
    async def run_flow(self, flow: Flow, *, advance: bool = True) -> None:
        """Ask what a verb needs, do it, say so, and go on to the next record."""
        self._step = None
        try:
            batch = self.chosen()
            records_at_stake.set(len(batch.ids) if batch is not None else 1)
            done = await flow(self, batch) if batch is not None else None
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return
        if batch is None or done is None:
            return
        step = self._step
        self._last = (flow if step is None else partial(_same_again, step)), advance
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.list.unmark_all()
        self._go_on(batch, advance=advance)

    async def carry_out(self, step: Step, batch: Batch) -> Done | None:
        """Do what was asked for, and keep it with its answers for „wiederholen“."""
        self._step = step
        return await self.desk.act(lambda place: step(place, batch.ids))

    def _go_on(self, batch: Batch, *, advance: bool) -> None:
        after = self.desk.office.settings.after_verb
        here = self.list.cursor
        target = here
        if advance and len(batch.ids) == 1 and here in batch.ids and after is not AfterVerb.BLEIBEN:
            target = self.list.following() if after is AfterVerb.WEITER else self.list.preceding()
        self.desk.data_changed((("request", target),) if target is not None else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a record; in the trash there are only a few."""
        if self.split == inbox.TRASH and action in _VERBS - _IN_TRASH:
            return False
        if action in _VERBS and self.list.cursor is None:
            return False
        if action == "repeat" and self._last is None:
            return False
        return super().check_action(action, parameters)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """What keys do now; in the trash the key that throws away brings back."""
        found = super().active_bindings
        if self.split == inbox.TRASH and (key := found.get("D")) is not None:
            found["D"] = key._replace(binding=replace(key.binding, description="zurückholen"))
        return found

    def action_accept(self) -> None:
        """Accept: appointment, tasks and answer in one dialog."""
        self.run_flow(flows.decide.accept)

    def action_decline(self) -> None:
        """Turn down, with a reason."""
        self.run_flow(flows.decide.decline)

    def action_resubmit(self) -> None:
        """Put on Wiedervorlage."""
        self.run_flow(flows.deferring.resubmit)

    def action_assign(self) -> None:
        """Say who deals with it."""
        self.run_flow(flows.deferring.assign)

    def action_finish(self) -> None:
        """Close."""
        self.run_flow(flows.decide.finish)

    def action_trash(self) -> None:
        """Into the trash, and in its list out of it."""
        if self.split == inbox.TRASH:
            from ob_buero_tui.tui.screens.flows.trash import restore

            self.run_flow(restore)
        else:
            self.run_flow(flows.decide.trash)

    def action_note(self) -> None:
        """Add a remark."""
        self.run_flow(flows.remarks.note, advance=False)

    def action_important(self) -> None:
        """Mark as important, or not."""
        self.run_flow(flows.remarks.important, advance=False)

    def action_edit(self) -> None:
        """Edit kind, date, place and fields."""
        self.run_flow(flows.details.edit, advance=False)

    def action_confidentiality(self) -> None:
        """Say how confidential it is."""
        self.run_flow(flows.details.confidentiality, advance=False)

    def action_repeat(self) -> None:
        """The last verb again with the same answers, on this record; a form or an appointment asks anew."""
        if self._last is not None:
            flow, advance = self._last
            self.run_flow(flow, advance=advance)

    @work(exclusive=True, group="dialog")
    async def action_take_in(self) -> None:
        """Take in what did not come by e-mail, and go to it."""
        from ob_buero_tui.tui.screens.flows.capture import take_in

        done = await take_in(self)
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed((("request", done.ids[0]),))

    @work(exclusive=True, group="dialog")
    async def action_copy(self) -> None:
        """Copy one of the record's values."""
        view = self.panel.record
        if view is not None:
            await flows.remarks.copy(self, view)

    @on(FindingList.Ticked)
    def _ticked(self, message: FindingList.Ticked) -> None:
        if self.panel.record is not None and not self.desk.waiting:
            self._answer(self.panel.record.id, message.finding)

    @work(group="verb")
    async def _answer(self, request_id: int, finding: Finding) -> None:
        """Answer a question by hand: yes, no, open again."""
        from ob_buero_tui.services.requests.editing import tick_check

        answer = flows.details.next_answer(finding)
        done = await self.desk.act(lambda place: tick_check(place, request_id, finding.key, answer))
        if done is not None:
            self.desk.data_changed((("request", request_id),))

    # Moving

    async def action_back(self) -> None:
        """Back to the list, and from the trash to what is new."""
        if self.list.has_focus and self.split == inbox.TRASH:
            self.choose_split(inbox.NEW)
        else:
            self.arrive()


async def _same_again(step: Step, screen: InboxScreen, batch: Batch) -> Done | None:
    return await screen.carry_out(step, batch)


_VERBS = frozenset(
    [
        "accept",
        "decline",
        "resubmit",
        "assign",
        "note",
        "finish",
        "important",
        "edit",
        "confidentiality",
        "trash",
        "repeat",
        "copy",
        "mark",
    ]
)
_IN_TRASH = frozenset(("trash", "mark", "copy", "repeat"))
