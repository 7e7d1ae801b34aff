"""What the screens with a list share: splits above, the list, and beside it the record under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.base import NOTHING_OPEN, DeskScreen
from ob_buero_tui.tui.spoilt import told_counts, told_empty
from ob_buero_tui.tui.widgets.record_list import Draw, RecordList
from ob_buero_tui.tui.widgets.split_bar import SplitBar
from ob_buero_tui.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from ob_buero_tui.services.workplace import Workplace

MANY = 20_000
"""Splits larger than this are read in a worker."""
PANEL_DELAY = 0.08
"""Seconds; longer than the pause between the repeats of a held key, or it would read every record."""
NARROW = 100
"""Cells of a terminal below which list and record take turns."""


class ListView(DeskScreen):
    """A screen with splits, a list and a panel.

    Subclasses say what is read (`read_splits`, `read_ids`, `read_rows`, `placeholder`), draw the record under
    the cursor (`show_record`), name what an empty list says (`empty_text`) and the table of a split's rows.
    """

    first_split: ClassVar[str] = ""
    of_database: ClassVar[bool] = True  # what is listed stands there, and a damaged one lacks some of it
    DEFAULT_CSS = """
    ListView {
        & #work { height: 1fr; }
        & #list { width: 45%; }
        & #side { width: 56%; }
        & #side > #list { width: 100%; height: 1fr; }
        & #record { width: 1fr; }
        &.-narrow #list, &.-narrow #side { width: 100%; height: 1fr; }
        &.-narrow #record { display: none; width: 100%; }
        &.-narrow.-reading #list, &.-narrow.-reading #side { display: none; }
        &.-narrow.-reading #record { display: block; }
    }
    """

    def __init__(self, panel: Widget, draw: Draw) -> None:
        super().__init__()
        self.splits = SplitBar(id="splits")
        self.list = RecordList(draw, id="list", classes="pane")
        self.list_pane: Widget = self.list
        self.record_pane = panel
        self.split = self.first_split
        self._panel_timer: Timer | None = None
        self._painted = False
        self._to_read: int | None = None

    def compose(self) -> ComposeResult:
        """The frame of the design."""
        yield self.title_line
        yield self.splits
        with Horizontal(id="work"):
            yield from self.list_side()
            yield self.record_pane
        yield self.footer
        yield TooSmall()

    def list_side(self) -> ComposeResult:
        """What stands at the left: the list."""
        yield self.list

    def headed_list(self, *heads: Widget) -> Widget:
        """The list with lines above it that do not scroll, in one frame; for `list_side()`."""
        self.list.remove_class("pane")
        self.list_pane = Vertical(*heads, self.list, id="side", classes="pane")
        return self.list_pane

    def on_mount(self) -> None:
        """Begin in the list; the title follows when the screen is shown."""
        self.read(self.reload)
        self.list.focus()

    def on_resize(self) -> None:
        """On a narrow terminal list and record take turns."""
        self.set_class(self.app.size.width < NARROW, "-narrow")

    # What a screen says of itself

    def read_splits(self) -> Sequence[SplitView]:
        """The splits with their counts."""
        raise NotImplementedError

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered keys of a split; a large one is read in a thread."""
        raise NotImplementedError

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """The rows of some keys."""
        raise NotImplementedError

    def placeholder(self, id: int) -> Any:
        """The row to draw while the database does not answer."""
        raise NotImplementedError

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:
        """What an empty list says: what to do next."""
        raise NotImplementedError

    def table_of(self, split: str) -> str:
        """The table that the rows of a split come from."""
        raise NotImplementedError

    def show_record(self) -> None:
        """Draw the record under the cursor."""
        raise NotImplementedError

    def focus_record(self) -> None:
        """Go into the record's pane."""
        self.record_pane.focus()

    def left_record(self) -> bool:
        """Whether the last part of the record has the focus, so that Tab goes back to the list."""
        return True

    def count_of(self, split: str, views: Sequence[SplitView]) -> int:
        """How many rows a split has."""
        return next((view.count for view in views if view.key == split), 0)

    # Reading

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read counts, list and record anew."""
        views = self.read_splits()
        self.splits.show(told_counts(self.place, views, stored=self.of_database), self.split)
        wanted = next((key for table, key in focus if table == self.table_of(self.split)), None)
        if self.count_of(self.split, views) > MANY:
            self._read_many(self.split, views, wanted)
        else:
            self._show_ids(self.split, views, self.read_ids(self.place, self.split), wanted)

    @work(thread=True, exclusive=True, group="ids", exit_on_error=False)
    def _read_many(self, split: str, views: Sequence[SplitView], wanted: int | None) -> None:
        try:
            ids = self.read_ids(self.desk.patient, split)
        except Refusal:
            self.app.call_from_thread(self.read_again)
            return
        self.app.call_from_thread(self.read, partial(self._show_ids, split, views, ids, wanted))

    def _show_ids(
        self, split: str, views: Sequence[SplitView], ids: Sequence[int], wanted: int | None
    ) -> None:
        if split != self.split:
            return
        self.list.show(
            ids,
            self._fetch,
            cursor=wanted if wanted in ids else None,
            today=self.place.today,
            empty=told_empty(self.place, self.empty_text(split, views), stored=self.of_database),
        )
        self.list_pane.border_title = label(self.name_of(split, views))
        if self._painted:
            self.show_record()
        else:
            # The first rows wait for no record. The app calls back, not this screen: while the app still puts
            # the screen up in one go, the screen has nothing to refresh and would call before the rows stand.
            self._painted = True
            self.app.call_after_refresh(self.read, self.show_record)
        if self._to_read is not None and self.list.cursor == self._to_read:
            self.read_record()
        self._to_read = None

    def name_of(self, split: str, views: Sequence[SplitView]) -> str:
        """What stands above the list."""
        return next((view.label for view in views if view.key == split), "")

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, Any]:
        """The rows for the list, which asks while it draws: there it can only wait for a better moment."""
        try:
            return self.read_rows(ids)
        except Refusal:
            self.read_again()
            return {id: self.placeholder(id) for id in ids}

    def go_to(self, id: int, split: str) -> None:
        """Put the cursor on a record and open it; in another split when the present one lacks it."""
        if self.list.select(id):
            self.show_record()
            self.read_record()
            return
        # Many keys come from a worker: the record is opened when the list has it.
        self.split, self._to_read = split, id
        self.reload(((self.table_of(split), id),))

    @on(RecordList.Highlighted, "#list")
    def _cursor_moved(self) -> None:
        """The record follows the cursor a moment later, so that a held key stays light."""
        if self._panel_timer is not None:
            self._panel_timer.stop()
        self._panel_timer = self.set_timer(PANEL_DELAY, lambda: self.read(self.show_record))

    @on(RecordList.Opened, "#list")
    def read_record(self) -> None:
        """Open the record: its pane takes the focus, and on a narrow terminal the list's place."""
        self.add_class("-reading")
        self.focus_record()

    @on(SplitBar.Chosen, "#splits")
    def _split_clicked(self, message: SplitBar.Chosen) -> None:
        self.choose_split(message.key)

    def choose_split(self, key: str) -> None:
        """Show another split."""
        self.split = key
        self.remove_class("-reading")
        self.read(self.reload)
        self.list.focus()

    # Moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits need a split of that number."""
        if action == "split":
            digit = str(parameters[0]) if parameters else ""
            return not digit or self.splits.key_at(int(digit)) is not None
        return super().check_action(action, parameters)

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
        elif self.has_class("-reading") and self.left_record():
            self.arrive()
        elif self.has_class("-reading"):
            self.focus_next()
        else:
            self.read_record()

    def action_previous_pane(self) -> None:
        """To the pane before."""
        self.focus_previous()

    async def action_back(self) -> None:
        """Back to the list; there it ends, for in the Eingang the next key would mean a request."""
        if self.list.has_focus and not self.has_class("-reading"):
            self.notify(NOTHING_OPEN, timeout=3)
        else:
            self.arrive()

    def arrive(self) -> None:
        """Into the list."""
        self.remove_class("-reading")
        self.list.focus()
