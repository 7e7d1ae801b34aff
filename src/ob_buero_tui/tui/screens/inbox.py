"""Eingang: splits, the list, and the request with its checks; a verb decides and the cursor goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from ob_buero_tui.config import AfterVerb
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.requests.editing import tick_check
from ob_buero_tui.services.requests.record import record
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.views import RecordView
from ob_buero_tui.tui.commands import EINGANG, bindings_for
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.screens.flows import decide, deferring, details, remarks
from ob_buero_tui.tui.screens.flows.batch import Batch
from ob_buero_tui.tui.widgets.finding_list import FindingList
from ob_buero_tui.tui.widgets.record_list import RecordList
from ob_buero_tui.tui.widgets.record_panel import RecordPanel
from ob_buero_tui.tui.widgets.split_bar import SplitBar
from ob_buero_tui.tui.widgets.too_small import TooSmall

MANY = 20_000
"""Splits larger than this are read in a worker."""
PANEL_DELAY = 0.03

Flow = Callable[["InboxScreen", Batch], Awaitable[Done | None]]
EMPTY = {
    inbox.NEW: "Nichts Neues. Mit g k geht es zum Kalender, mit 9 zu allen Eingängen.",
    inbox.WAITING: "Nichts wartet. Was Sie mit w auf Wiedervorlage legen, steht bis zu seinem Tag hier.",
    inbox.ALL: "Noch keine Eingänge. Holen Sie welche herein: ob-buero import ORDNER",
}
CALM = "Hier ist nichts offen."


class InboxScreen(DeskScreen):
    """The triage of what came in."""

    screen_key = EINGANG
    title_text = "Eingang"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(EINGANG)]
    CSS = """
    InboxScreen {
        & #work { height: 1fr; }
        & #list { width: 45%; }
        & #record { width: 1fr; }
        &.-narrow #list { width: 100%; height: 1fr; }
        &.-narrow #record { display: none; width: 100%; }
        &.-narrow.-reading #list { display: none; }
        &.-narrow.-reading #record { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.splits = SplitBar(id="splits")
        self.list = RecordList(id="list", classes="pane")
        self.panel = RecordPanel(id="record", classes="pane")
        self.split = inbox.NEW
        self._last: Flow | None = None
        self._panel_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The frame of the design."""
        yield self.title_line
        yield self.splits
        with Horizontal(id="work"):
            yield self.list
            yield self.panel
        yield self.footer
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.reload()
        self.list.focus()

    def on_resize(self) -> None:
        """On a narrow terminal list and record take turns."""
        self.set_class(self.app.size.width < 100, "-narrow")

    # Reading

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read counts, list and record anew."""
        views = inbox.splits(self.place)
        self.splits.show(views, self.split)
        count = next((view.count for view in views if view.key == self.split), 0)
        wanted = next((key for table, key in focus if table == "request"), None)
        if count > MANY:
            self._read_many(self.split, wanted)
        else:
            self._show_ids(self.split, inbox.ids(self.place, self.split), wanted)

    @work(thread=True, exclusive=True, group="ids", exit_on_error=False)
    def _read_many(self, split: str, wanted: int | None) -> None:
        ids = inbox.ids(self.desk.patient, split)
        self.app.call_from_thread(self._show_ids, split, ids, wanted)

    def _show_ids(self, split: str, ids: Sequence[int], wanted: int | None) -> None:
        if split != self.split:
            return
        cursor = wanted if wanted in ids else None
        self.list.show(
            ids,
            partial(inbox.rows, self.place),
            cursor=cursor,
            today=self.place.today,
            empty=EMPTY.get(split, CALM),
        )
        views = {view.key: view.label for view in inbox.splits(self.place)}
        self.list.border_title = label(views.get(split, ""))
        self.show_record()

    def show_record(self) -> None:
        """Draw the record under the cursor."""
        self.panel.show(self.current_record(), empty="Kein Eingang ausgewählt.")
        self.refresh_bindings()

    def current_record(self) -> RecordView | None:
        """The record under the cursor, read now."""
        key = self.list.cursor
        if key is None:
            return None
        try:
            return record(self.place, key)
        except Refusal:
            return None

    def show_request(self, request_id: int) -> None:
        """Put the cursor on a request, in the present split or in Alle."""
        if not self.list.select(request_id):
            self.split = inbox.ALL
            self.reload((("request", request_id),))
        self.show_record()
        self._read_record()

    @on(RecordList.Highlighted, "#list")
    def _cursor_moved(self) -> None:
        """The record follows the cursor a moment later, so that a held key stays light."""
        if self._panel_timer is not None:
            self._panel_timer.stop()
        self._panel_timer = self.set_timer(PANEL_DELAY, self.show_record)

    @on(RecordList.Opened, "#list")
    def _read_record(self) -> None:
        self.add_class("-reading")
        self.panel.focus_first()

    @on(SplitBar.Chosen, "#splits")
    def _split_clicked(self, message: SplitBar.Chosen) -> None:
        self.choose_split(message.key)

    def choose_split(self, key: str) -> None:
        """Show another split."""
        self.split = key
        self.remove_class("-reading")
        self.reload()
        self.list.focus()

    # Verbs

    def chosen(self) -> Batch | None:
        """What a verb acts on: the marked requests, or the one under the cursor."""
        marked = self.list.marked
        if marked:
            return Batch(ids=marked, name=f"{len(marked)} Eingänge")
        if self.list.cursor is None:
            return None
        row = inbox.rows(self.place, [self.list.cursor]).get(self.list.cursor)
        return Batch(ids=(self.list.cursor,), name=row.number if row is not None else "")

    @work(exclusive=True, group="dialog")
    async def run_flow(self, flow: Flow, *, advance: bool = True) -> None:
        """Ask what a verb needs, do it, say so, and go on to the next record."""
        batch = self.chosen()
        if batch is None:
            return
        done = await flow(self, batch)
        if done is None:
            return
        self._last = flow
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.list.unmark_all()
        self._go_on(batch, advance=advance)

    def _go_on(self, batch: Batch, *, advance: bool) -> None:
        after = self.desk.office.settings.after_verb
        here = self.list.cursor
        target = here
        if advance and len(batch.ids) == 1 and here in batch.ids and after is not AfterVerb.BLEIBEN:
            target = self.list.neighbour() if after is AfterVerb.WEITER else self.list.previous()
        self.desk.data_changed((("request", target),) if target is not None else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a record; digits need a split of that number."""
        if action in _VERBS and self.list.cursor is None:
            return False
        if action == "repeat" and self._last is None:
            return False
        if action == "split":
            digit = str(parameters[0]) if parameters else ""
            return not digit or self.splits.key_at(int(digit)) is not None
        return super().check_action(action, parameters)

    def action_accept(self) -> None:
        """Accept: appointment, tasks and answer in one dialog."""
        self.run_flow(decide.accept)

    def action_decline(self) -> None:
        """Turn down, with a reason."""
        self.run_flow(decide.decline)

    def action_resubmit(self) -> None:
        """Put on Wiedervorlage."""
        self.run_flow(deferring.resubmit)

    def action_assign(self) -> None:
        """Say who deals with it."""
        self.run_flow(deferring.assign)

    def action_finish(self) -> None:
        """Close."""
        self.run_flow(decide.finish)

    def action_trash(self) -> None:
        """Into the trash."""
        self.run_flow(decide.trash)

    def action_note(self) -> None:
        """Add a remark."""
        self.run_flow(remarks.note, advance=False)

    def action_important(self) -> None:
        """Mark as important, or not."""
        self.run_flow(remarks.important, advance=False)

    def action_edit(self) -> None:
        """Edit kind, date, place and fields."""
        self.run_flow(details.edit, advance=False)

    def action_confidentiality(self) -> None:
        """Say how confidential it is."""
        self.run_flow(details.confidentiality, advance=False)

    def action_repeat(self) -> None:
        """The last verb again, on this record."""
        if self._last is not None:
            self.run_flow(self._last)

    @work(exclusive=True, group="dialog")
    async def action_copy(self) -> None:
        """Copy one of the record's values."""
        view = self.current_record()
        if view is not None:
            await remarks.copy(self, view)

    @on(FindingList.Ticked)
    async def _ticked(self, message: FindingList.Ticked) -> None:
        """Answer a question by hand: yes, no, open again."""
        request_id = self.list.cursor
        if request_id is None:
            return
        answer = details.next_answer(message.finding)
        done = await self.desk.act(lambda place: tick_check(place, request_id, message.key, answer))
        if done is not None:
            self.desk.data_changed((("request", request_id),))

    # Moving

    def action_split(self, digit: str) -> None:
        """The split of this digit."""
        key = self.splits.key_at(int(digit))
        if key is not None:
            self.choose_split(key)

    def action_mark(self) -> None:
        """Mark and go on."""
        self.list.toggle_mark()

    def action_mark_all(self) -> None:
        """Mark all."""
        self.list.mark_all()

    def action_unmark_all(self) -> None:
        """Mark none."""
        self.list.unmark_all()

    def action_next_pane(self) -> None:
        """To the next pane; on a narrow terminal the record takes the list's place."""
        if not self.has_class("-narrow"):
            self.focus_next()
        elif self.has_class("-reading") and self.panel.at_end():
            self.action_back()
        elif self.has_class("-reading"):
            self.focus_next()
        else:
            self._read_record()

    def action_previous_pane(self) -> None:
        """To the pane before."""
        self.focus_previous()

    def action_back(self) -> None:
        """Back to the list."""
        self.remove_class("-reading")
        self.list.focus()

    @work(exclusive=True, group="dialog")
    async def action_go_date(self) -> None:
        """To a day of the calendar."""
        from ob_buero_tui.tui.screens.flows.dates import ask_day

        day = await ask_day(self, "Zu welchem Tag?")
        if day is not None:
            await self.desk.show_day(day)


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
