"""Eingang: splits, the list, and the request with its checks; a verb decides and the cursor goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import ActiveBinding, BindingType

from ob_buero_tui.rules.checks import Finding
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.tui.commands import EINGANG, bindings_for
from ob_buero_tui.tui.decision_commands import DECIDING
from ob_buero_tui.tui.screens import flows
from ob_buero_tui.tui.screens.answer_verbs import AnswerVerbs
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.attachment_verbs import AttachmentVerbs
from ob_buero_tui.tui.screens.case_verbs import CaseVerbs
from ob_buero_tui.tui.screens.decision_verbs import DecisionVerbs
from ob_buero_tui.tui.screens.flows.batch import Batch
from ob_buero_tui.tui.screens.inbox_view import InboxView
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.finding_list import FindingList

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace

    Flow = Callable[["InboxScreen", Batch], Awaitable[Done | None]]
    Step = Callable[[Workplace, Sequence[int]], Done]


class InboxScreen(AnswerVerbs, AttachmentVerbs, CaseVerbs, DecisionVerbs, InboxView, VerbList):
    """The triage of what came in: each verb asks, does one step, and goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(EINGANG)]
    many = "Eingänge"

    def name_of_record(self, id: int) -> str:
        """The number of a request."""
        row = inbox.rows(self.place, [id]).get(id)
        return row.number if row is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a record; in the trash there are only a few."""
        if self.split == inbox.TRASH and action in {*_VERBS, "take_in"} - _IN_TRASH:
            return False
        if action in _VERBS and self.list.cursor is None:
            return False
        if action == "answer_last" and self.last_batch is None:
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

    def action_vorlage(self) -> None:
        """Onto the mayor's list, or off it."""
        from ob_buero_tui.tui.screens.flows.vorlage import put_on

        self.run_flow(put_on)

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

    def action_merge(self) -> None:
        """Merge doubles: the marked ones, or a proposal."""
        from ob_buero_tui.tui.screens.flows.doubles import merge

        self.run_flow(merge, advance=False)

    def action_confidentiality(self) -> None:
        """Say how confidential it is."""
        self.run_flow(flows.details.confidentiality, advance=False)

    @asking()
    async def action_take_in(self) -> None:
        """Take in what did not come by e-mail, and go to it."""
        from ob_buero_tui.tui.screens.flows.capture import take_in

        done = await take_in(self)
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed((("request", done.ids[0]),))

    @asking()
    async def action_show_requester(self) -> None:
        """To the person or organization that the request comes from."""
        from ob_buero_tui.tui.screens.flows.people import choose_sender

        view = self.panel.record
        chosen = await choose_sender(self, view.id) if view is not None else None
        if chosen is not None:
            await self.desk.open_record(*chosen)

    @asking()
    async def action_copy(self) -> None:
        """Copy one of the record's values."""
        view = self.current_record()  # the panel may be a moment behind
        if view is not None:
            await flows.remarks.copy(self, view)

    @on(FindingList.Ticked)
    def _ticked(self, message: FindingList.Ticked) -> None:
        if self.panel.record is not None and not self.desk.waiting:
            self._answer(self.panel.record.id, message.finding)

    @asking("verb", exclusive=False)
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
        elif not (self.list.has_focus and self.go_back()):
            self.arrive()


_VERBS = (
    frozenset(
        [
            "accept",
            "answer",
            "attachments",
            "decline",
            "resubmit",
            "assign",
            "note",
            "finish",
            "important",
            "edit",
            "file_case",
            "merge",
            "confidentiality",
            "trash",
            "vorlage",
            "repeat",
            "copy",
            "mark",
            "show_requester",
        ]
    )
    | DECIDING
)
_IN_TRASH = frozenset(("attachments", "trash", "mark", "copy", "repeat", "show_requester"))
