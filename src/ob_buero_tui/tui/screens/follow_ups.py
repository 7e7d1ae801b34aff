"""Wiedervorlagen: what is to be done when, of tasks, of requests and of the council's sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import ActiveBinding, BindingType

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.follow_ups import selecting
from ob_buero_tui.services.follow_ups.calls import call_card
from ob_buero_tui.services.follow_ups.card import card
from ob_buero_tui.services.follow_ups.rows import rows
from ob_buero_tui.services.follow_ups.steps import Steps, steps_due
from ob_buero_tui.services.follow_ups.views import FollowUpRow, FollowUpView
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import WIEDERVORLAGEN, bindings_for
from ob_buero_tui.tui.screens import flows
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.flows import calls, tasks
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.task_panel import FollowUpPanel
from ob_buero_tui.tui.widgets.task_rows import draw_follow_up

if TYPE_CHECKING:
    from ob_buero_tui.tui.screens.verb_list import Flow

EMPTY = {
    selecting.TODAY: "Für heute ist alles getan. 2 zeigt die ganze Woche, + legt eine Aufgabe an.",
    selecting.WEEK: "Bis Sonntag ist nichts mehr zu tun. 3 zeigt alle Aufgaben, + legt eine an.",
    selecting.ALL: "Keine Aufgabe ist offen. + legt eine an; wer im Eingang annimmt, bekommt sie von selbst.",
    selecting.WAITING: "Nichts liegt auf Wiedervorlage. Im Eingang (F2) legt w etwas bis zu einem Tag weg.",
    selecting.ANSWERS: "Keine Antwort steht aus. Mit F2 geht es zum Eingang.",
    selecting.STEPS: "In den nächsten 14 Tagen ist keine Frist der Sitzungen fällig. F4 zeigt die Sitzungen.",
    selecting.CALLS: "Niemand wartet auf einen Rückruf. T nimmt einen Anruf auf.",
    selecting.DONE: "In den letzten 30 Tagen wurde nichts abgehakt. Was e abhakt, öffnet e hier wieder.",
}
EMPTY_BUT_ANSWERS = (
    "Für heute steht keine Aufgabe und keine Wiedervorlage an. {digit} zeigt, was zu beantworten ist: "
    "{answers}. + legt eine Aufgabe an."
)
MANY = {"task": "Aufgaben", "request": "Eingänge", "step": "Fristen"}


class FollowUpScreen(VerbList):
    """What is due first stands first; a verb does it, and the cursor goes on."""

    screen_key = WIEDERVORLAGEN
    title_text = "Wiedervorlagen"
    first_split: ClassVar[str] = selecting.TODAY
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(WIEDERVORLAGEN)]
    DEFAULT_CSS = """
    FollowUpScreen {
        & #list { width: 55%; }
        &.-narrow #list { width: 100%; }
    }
    """

    def __init__(self) -> None:
        self.panel = FollowUpPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_follow_up)
        self.record: FollowUpView | None = None
        self.many = MANY["task"]
        self._steps: Steps | None = None
        """The sessions' deadlines, counted once for each reading of the screen."""

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """The splits with their counts."""
        return selecting.splits(self.place, self._steps)

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered tasks, requests or deadlines of a split."""
        return selecting.ids(place, split, self._steps)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, FollowUpRow]:
        """The rows of some of them."""
        return rows(self.place, self.split, ids, self._steps)

    def placeholder(self, id: int) -> FollowUpRow:
        """The row to draw while the database does not answer."""
        return FollowUpRow(id=id, what="…")

    def table_of(self, split: str) -> str:
        """Tasks, requests or deadlines of sessions."""
        return selecting.table_of(split)

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:
        """What an empty split says; that answers are waiting is not kept silent."""
        waiting = self.count_of(selecting.ANSWERS, views)
        if split != selecting.TODAY or not waiting:
            return EMPTY[split]
        digit = next(place for place, view in enumerate(views, start=1) if view.key == selecting.ANSWERS)
        return EMPTY_BUT_ANSWERS.format(digit=digit, answers=plural(waiting, "Antwort", "Antworten"))

    def name_of_record(self, id: int) -> str:
        """What is to be done, or the number of a request."""
        if self.table_of(self.split) == "request":
            head = inbox.rows(self.place, [id]).get(id)
            return head.number if head is not None else ""
        row = self.read_rows([id]).get(id)
        return f"„{shorten(row.what, 40)}“" if row is not None else ""

    def show_record(self) -> None:
        """Draw the record under the cursor."""
        self.record = self.current_record()
        self.panel.show_record(self.record)
        self.refresh_bindings()

    def current_record(self) -> FollowUpView | None:
        """The record under the cursor, read now: the panel follows the cursor a moment later.

        Raises:
            Busy: another desk holds the file just now.
        """
        if self.list.cursor is None:
            return None
        try:
            if self.split == selecting.CALLS:
                return call_card(self.place, self.list.cursor)
            return card(self.place, self.table_of(self.split), self.list.cursor, self._steps)
        except Busy:
            raise
        except Refusal:
            return None

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read counts, list and record anew."""
        self._steps = steps_due(self.place)
        super().reload(focus)

    def choose_split(self, key: str) -> None:
        """Show another split; marks and the verb to repeat do not go along to rows of another table."""
        self._leave_for(key)
        super().choose_split(key)

    def _leave_for(self, split: str) -> None:
        here, there = self.table_of(self.split), self.table_of(split)
        if here != there:
            self.list.show((), self.read_rows)
        if here != there or selecting.DONE in (self.split, split):
            self._last = None
        self.split, self.many = split, MANY[there]

    def show_by_id(self, table: str, row_id: int) -> None:
        """Put the cursor on a task, in the present split or in the one that has it.

        Raises:
            Refusal: it is done for long or gone, or another desk holds the file just now.
        """
        wanted = (self.split, selecting.ALL, selecting.DONE)
        splits = (split for split in wanted if selecting.table_of(split) == table)
        found = next((split for split in splits if selecting.contains(self.place, split, row_id)), None)
        if found is None:
            raise Refusal(
                "Diese Aufgabe ist seit Langem erledigt oder nicht mehr da.",
                "",
                "Der Verlauf des Eingangs nennt, was war.",
            )
        self._leave_for(found)
        self.go_to(row_id, found)

    def _record_or_say(self) -> FollowUpView | None:
        try:
            return self.current_record()
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return None

    # Moving

    async def action_open(self) -> None:
        """From the panel to the request, appointment or session itself."""
        record = self._record_or_say() if self.panel.has_focus else None
        if record is not None and record.opens is not None:
            await self.desk.open_record(*record.opens)

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a record; the council's deadlines can be ticked and remarked on, not moved."""
        if action in _VERBS and self.list.cursor is None:
            return False
        if self.split == selecting.STEPS and action in _NOT_ON_DEADLINES:
            return False
        if self.split == selecting.DONE and action == "resubmit":
            return False
        if action == "count_attempt" and self.split != selecting.CALLS:
            return False
        return super().check_action(action, parameters)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """What keys do now; the key that ticks off opens again what is done."""
        found = super().active_bindings
        if self.split == selecting.DONE and (key := found.get("e")) is not None:
            found["e"] = key._replace(binding=replace(key.binding, description="wieder öffnen"))
        return found

    def _flow(self, task: Flow, request: Flow, step: Flow | None = None) -> Flow:
        """What a verb does on the rows of this split."""
        by_table = {"task": task, "request": request, "step": step or task}
        return by_table[self.table_of(self.split)]

    def action_finish(self) -> None:
        """Tick off; in the list of what is done open again; close a request."""
        if self.split == selecting.CALLS:
            self.run_flow(calls.finish)
            return
        tick = tasks.reopen if self.split == selecting.DONE else tasks.tick
        self.run_flow(self._flow(tick, flows.decide.finish, tasks.tick_deadline))

    def action_count_attempt(self) -> None:
        """Count a call that nobody took."""
        self.run_flow(calls.attempt)

    def action_resubmit(self) -> None:
        """To another day."""
        self.run_flow(self._flow(tasks.put_off, flows.deferring.resubmit))

    def action_assign(self) -> None:
        """Say who does it."""
        self.run_flow(self._flow(tasks.assign, flows.deferring.assign))

    def action_note(self) -> None:
        """Add a remark to the record behind it."""
        self.run_flow(self._flow(tasks.note, flows.remarks.note, tasks.note_deadline), advance=False)

    @asking()
    async def action_add_task(self) -> None:
        """A new task in one line."""
        try:
            done = await tasks.add(self)
        except Refusal as refusal:
            self.desk.refuse(refusal)
            return
        if done is not None:
            self.notify(f"{done.text} · u nimmt es zurück")
            self.desk.data_changed((("task", done.ids[0]),))

    @asking()
    async def action_copy(self) -> None:
        """Copy number, telephone, address or another value."""
        record = self._record_or_say()
        if record is not None:
            await (calls.copy_number if self.split == selecting.CALLS else tasks.copy)(self, record)


_VERBS = frozenset(("resubmit", "assign", "note", "finish", "count_attempt", "repeat", "copy", "mark"))
_NOT_ON_DEADLINES = frozenset(("resubmit", "assign"))
