"""The Ausfall as it is read: its line, the appointments it hits, the one under the cursor, the calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.ausfall.card import card
from ob_buero_tui.services.ausfall.reading import ausfaelle
from ob_buero_tui.services.ausfall.views import AusfallLine, AusfallState, AusfallView, CallLine
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import AUSFALL
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.spoilt import told_empty
from ob_buero_tui.tui.widgets.absence_line import AbsenceLine
from ob_buero_tui.tui.widgets.ausfall_panel import AusfallPanel
from ob_buero_tui.tui.widgets.ausfall_rows import draw_call, draw_line, heading
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.drawing import Line, Run
from ob_buero_tui.tui.widgets.record_list import RecordList
from ob_buero_tui.tui.widgets.title_line import Piece
from ob_buero_tui.tui.widgets.too_small import TooSmall

NONE = "Kein Ausfall ist offen. Mit + tragen Sie eine Abwesenheit ein, zum Beispiel „krank bis fr“."
FREE = "In dieser Zeit ist kein Termin betroffen."
NO_CALLS = "Noch ist niemand anzurufen: Die Liste füllt sich mit dem, was Sie entscheiden."


class AusfallSheet(VerbList):
    """What the Ausfall shows; `AusfallScreen` adds what can be done."""

    screen_key = AUSFALL
    title_text = "Ausfall"
    many = "Termine"
    DEFAULT_CSS = """
    AusfallSheet {
        & #side { width: 58%; }
        & #detail { height: 1fr; }
        & #calls { height: 38%; min-height: 5; }
        &.-narrow #side { width: 100%; }
    }
    """

    def __init__(self) -> None:
        self.views: dict[int, AusfallView] = {}
        self.detail = AusfallPanel(id="detail")
        self.calls = RecordList(draw_call, id="calls", classes="pane")
        super().__init__(Vertical(self.detail, self.calls, id="record"), self._draw)
        self.absence = AbsenceLine()

    def compose(self) -> ComposeResult:
        """The frame of the design, with the line of the absence at the top."""
        yield self.title_line
        yield self.absence
        yield self.splits
        with Horizontal(id="work"):
            yield from self.list_side()
            yield self.record_pane
        yield self.footer
        yield TooSmall()

    def list_side(self) -> ComposeResult:
        """The list below the names of its columns."""
        yield self.headed_list(ColumnHead(self._heading))

    # What is shown

    @property
    def view(self) -> AusfallView | None:
        """The Ausfall that is shown."""
        return self.views.get(int(self.split)) if self.split else None

    @property
    def ausfall_id(self) -> int:
        """Its key."""
        return int(self.split or 0)

    def line(self, id: int) -> AusfallLine | None:
        """One of its lines."""
        view = self.view
        return next((one for one in view.lines if one.id == id), None) if view is not None else None

    def _dated(self) -> bool:
        view = self.view
        return view is not None and len({one.start.date() for one in view.lines}) > 1

    def _draw(self, row: AusfallLine, width: int, marked: bool, _today: date | None) -> list[Run]:
        return draw_line(row, width, marked, dated=self._dated())

    def _heading(self, width: int) -> Line:
        return heading(width, dated=self._dated())

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """The Ausfälle that go on; the shown one stays if it is among them."""
        found = ausfaelle(self.place)
        self.views = {one.id: one for one in found}
        if self.view is None:
            still = [one for one in found if one.state is AusfallState.OFFEN] or list(found)
            self.split = str(still[0].id) if still else ""
        view = self.view
        closed = " · abgeschlossen" if view and view.state is AusfallState.ABGESCHLOSSEN else ""
        self.absence.tell(f"{view.text} · {view.counts}{closed}" if view is not None else NONE)
        return [SplitView(key=str(one.id), label=one.title, count=one.open) for one in found]

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:  # noqa: ARG002 read with the splits
        """The appointments by time."""
        return [one.id for one in self.views[int(split)].lines] if split else []

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, AusfallLine]:
        """The rows of some lines."""
        view = self.view
        return {one.id: one for one in view.lines if one.id in ids} if view is not None else {}

    def placeholder(self, id: int) -> AusfallLine:
        """The row to draw while the database does not answer."""
        now = self.place.now
        return AusfallLine(
            id=id, key="", event_id=0, recurrence_id="", summary="…", start=now, end=now, hidden=True
        )

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Items, in every pile."""
        return "ausfall_item"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What an empty list says."""
        return FREE if split else NONE

    def name_of(self, split: str, views: Sequence[SplitView]) -> str:  # noqa: ARG002
        """What stands above the list."""
        return "Betroffene Termine"

    def name_of_record(self, id: int) -> str:
        """Day, time and title."""
        row = self.line(id)
        return row.name if row is not None else ""

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read everything anew; the calls keep their cursor."""
        super().reload(focus)
        view = self.view
        calls = {one.id: one for one in view.calls} if view is not None else {}
        nothing = told_empty(self.place, NO_CALLS)
        self.calls.show(list(calls), lambda ids: {id: calls[id] for id in ids}, empty=nothing)
        left = view.to_call if view is not None else 0
        done = "Anrufe · alle erledigt" if calls and not left else "Anrufe"
        self.calls.border_title = label(f"Anrufe {left}" if left else done)

    def show_record(self) -> None:
        """Draw what is under the cursor: the appointment, or the call."""
        call = self.current_call
        if self.calls.has_focus and call is not None:
            self.detail.show_call(call)
        else:
            found = None
            if self.list.cursor is not None and self.view is not None:
                try:
                    found = card(self.place, self.ausfall_id, self.list.cursor)
                except Busy:
                    raise
                except Refusal:
                    found = None
            self.detail.show_card(found)
        self.refresh_bindings()

    @property
    def current_call(self) -> CallLine | None:
        """The call under the cursor of the call list."""
        view, cursor = self.view, self.calls.cursor
        return next((one for one in view.calls if one.id == cursor), None) if view is not None else None

    @on(RecordList.Highlighted, "#calls")
    def _call_moved(self) -> None:
        self.read(self.show_record)

    def on_descendant_focus(self) -> None:
        """The panel follows the pane that has the focus."""
        if self.list.has_focus or self.calls.has_focus:
            self.read(self.show_record)

    def title_middle(self) -> list[Piece]:
        """How much is left to do."""
        view = self.view
        if view is None or not (view.open or view.to_call):
            return []
        words = [f"{view.open} offen"] if view.open else []
        words += [plural(view.to_call, "Anruf", "Anrufe")] if view.to_call else []
        return [Piece(text=", ".join(words), tone="warning", keep=3)]

    def focus_record(self) -> None:
        """Into the panel."""
        self.detail.focus()

    def action_next_pane(self) -> None:
        """From the appointments to the calls, then to the card, and back."""
        self._pane_after(self.list, self.calls, self.detail)

    def action_previous_pane(self) -> None:
        """The other way round."""
        self._pane_after(self.list, self.detail, self.calls)

    def _pane_after(self, *panes: Widget) -> None:
        at = next((place for place, pane in enumerate(panes) if pane.has_focus), len(panes) - 1)
        if at + 1 >= len(panes):
            self.arrive()
            return
        self.add_class("-reading")
        panes[at + 1].focus()

    def show_by_id(self, table: str, row_id: int) -> None:
        """Put the cursor on an item, in the Ausfall that has it.

        Raises:
            Refusal: it is gone.
        """
        self.read_splits()
        for key, view in self.views.items():
            if any(one.id == row_id for one in view.lines):
                self.go_to(row_id, str(key))
                return
        raise Refusal(f"Diesen Termin gibt es in keinem offenen Ausfall ({table}).")
