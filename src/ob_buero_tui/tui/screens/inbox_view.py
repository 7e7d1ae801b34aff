"""Eingang as it is read: splits, the list, and the request with its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.views import RecordView, RowView, SplitView
from ob_buero_tui.tui.commands import EINGANG
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.base import DeskScreen
from ob_buero_tui.tui.widgets.record_list import RecordList
from ob_buero_tui.tui.widgets.record_panel import RecordPanel
from ob_buero_tui.tui.widgets.split_bar import SplitBar
from ob_buero_tui.tui.widgets.too_small import TooSmall

MANY = 20_000
"""Splits larger than this are read in a worker."""
PANEL_DELAY = 0.08
"""Seconds; longer than the pause between the repeats of a held key, or it would read every record."""

EMPTY = {
    inbox.NEW: "Nichts Neues. Mit g k geht es zum Kalender, mit {alle} zu allen Eingängen.",
    inbox.WAITING: "Nichts wartet. Was Sie mit w auf Wiedervorlage legen, steht bis zu seinem Tag hier.",
    inbox.TRASH: "Der Papierkorb ist leer. Mit 1 geht es zurück zu Neu.",
    inbox.ALL: "Noch keine Eingänge. Holen Sie welche herein: ob-buero import ORDNER",
}
CALM = "Hier ist nichts offen."


class InboxView(DeskScreen):
    """The frame of the Eingang and what it shows; the verbs are added by `InboxScreen`."""

    screen_key = EINGANG
    title_text = "Eingang"
    DEFAULT_CSS = """
    InboxView {
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
        self._panel_timer: Timer | None = None
        self._painted = False
        self._to_read: int | None = None

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
        """Begin in the list; the title follows when the screen is shown."""
        self.read(self.reload)
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
        if self.split == inbox.TRASH:
            count = inbox.trashed(self.place)
        wanted = next((key for table, key in focus if table == "request"), None)
        if count > MANY:
            self._read_many(self.split, views, wanted)
        else:
            self._show_ids(self.split, views, inbox.ids(self.place, self.split), wanted)

    @work(thread=True, exclusive=True, group="ids", exit_on_error=False)
    def _read_many(self, split: str, views: Sequence[SplitView], wanted: int | None) -> None:
        try:
            ids = inbox.ids(self.desk.patient, split)
        except Refusal:
            self.app.call_from_thread(self.read_again)
            return
        self.app.call_from_thread(self.read, partial(self._show_ids, split, views, ids, wanted))

    def _show_ids(
        self, split: str, views: Sequence[SplitView], ids: Sequence[int], wanted: int | None
    ) -> None:
        if split != self.split:
            return
        names = {view.key: view.label for view in views} | {inbox.TRASH: "Papierkorb"}
        digit = next((place for place, view in enumerate(views, start=1) if view.key == inbox.ALL), 9)
        self.list.show(
            ids,
            self._fetch,
            cursor=wanted if wanted in ids else None,
            today=self.place.today,
            empty=EMPTY.get(split, CALM).format(alle=digit),
        )
        self.list.border_title = label(names.get(split, ""))
        if self._painted:
            self.show_record()
        else:  # the first rows wait for no record
            self._painted = True
            self.call_after_refresh(self.read, self.show_record)
        if self._to_read is not None and self.list.cursor == self._to_read:
            self._read_record()
        self._to_read = None

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, RowView]:
        """The rows for the list, which asks while it draws: there it can only wait for a better moment."""
        try:
            return inbox.rows(self.place, ids)
        except Refusal:
            self.read_again()
            today = self.place.today
            return {
                id: RowView(id=id, number="", subject="…", state=RequestState.NEU, received_on=today)
                for id in ids
            }

    def show_record(self) -> None:
        """Draw the record under the cursor."""
        self.panel.show(self.current_record(), empty="Kein Eingang ausgewählt.")
        self.refresh_bindings()

    def current_record(self) -> RecordView | None:
        """The record under the cursor, read now; None when it is gone.

        Raises:
            Busy: another desk holds the file just now.
        """
        from ob_buero_tui.services.requests.record import record

        key = self.list.cursor
        if key is None:
            return None
        try:
            return record(self.place, key)
        except Busy:
            raise
        except Refusal:
            return None

    def show_request(self, request_id: int) -> None:
        """Put the cursor on a request, in the present split or in Alle.

        Raises:
            Refusal: it lies in the trash or is gone, or another desk holds the file just now.
        """
        if request_id not in inbox.rows(self.place, [request_id]):
            raise Refusal("Diesen Eingang gibt es nicht mehr.")
        if self.list.select(request_id):
            self.show_record()
            self._read_record()
            return
        if not inbox.contains(self.place, inbox.ALL, request_id):
            raise Refusal("Dieser Eingang liegt im Papierkorb.", "", "Strg+P „Papierkorb zeigen“ führt hin.")
        # Many keys come from a worker: the request is opened when the list has it.
        self.split, self._to_read = inbox.ALL, request_id
        self.reload((("request", request_id),))

    @on(RecordList.Highlighted, "#list")
    def _cursor_moved(self) -> None:
        """The record follows the cursor a moment later, so that a held key stays light."""
        if self._panel_timer is not None:
            self._panel_timer.stop()
        self._panel_timer = self.set_timer(PANEL_DELAY, lambda: self.read(self.show_record))

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
        self.read(self.reload)
        self.list.focus()
