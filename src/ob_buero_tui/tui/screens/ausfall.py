"""Ausfall: an absence of the mayor in one line, and what becomes of every appointment that it hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from ob_buero_tui.rules.ausfall_line import Absence, parse_absence, parse_change
from ob_buero_tui.rules.german import long_date, plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.ausfall.beginning import begin_ausfall, change_ausfall, close_ausfall
from ob_buero_tui.services.ausfall.card import card
from ob_buero_tui.services.ausfall.reading import ausfaelle
from ob_buero_tui.services.ausfall.views import AusfallLine, AusfallState, AusfallView, CallLine
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import AUSFALL, bindings_for
from ob_buero_tui.tui.safe import label
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.dialogs.confirm import Confirm
from ob_buero_tui.tui.screens.flows import ausfall as flows
from ob_buero_tui.tui.screens.verb_list import VerbList
from ob_buero_tui.tui.widgets.absence_line import AbsenceLine
from ob_buero_tui.tui.widgets.ausfall_panel import AusfallPanel
from ob_buero_tui.tui.widgets.ausfall_rows import draw_call, draw_line, heading
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.drawing import Line, Run
from ob_buero_tui.tui.widgets.record_list import RecordList
from ob_buero_tui.tui.widgets.title_line import Piece
from ob_buero_tui.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done

NONE = "Kein Ausfall ist offen. Mit + tragen Sie eine Abwesenheit ein, zum Beispiel „krank bis fr“."
FREE = "In dieser Zeit ist kein Termin betroffen."
NO_CALLS = "Noch ist niemand anzurufen: Die Liste füllt sich mit dem, was Sie entscheiden."


class AusfallScreen(VerbList):
    """One absence at a time: its line, its appointments, its calls."""

    screen_key = AUSFALL
    title_text = "Ausfall"
    many = "Termine"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(AUSFALL)]
    DEFAULT_CSS = """
    AusfallScreen {
        & #side { width: 56%; }
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
        self._changing = False

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
        self.calls.show(list(calls), lambda ids: {id: calls[id] for id in ids}, empty=NO_CALLS)
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

    def left_record(self) -> bool:
        """The calls are the last part."""
        return self.calls.has_focus

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

    # The line at the top

    def begin(self, on_day: date) -> None:
        """Show the Ausfall of a day; where there is none, ask for one."""
        self.read_splits()
        fitting = [one for one in self.views.values() if one.start.date() <= on_day < one.end.date()]
        fitting = fitting or [
            one for one in self.views.values() if one.start.date() <= on_day <= one.end.date()
        ]
        if fitting:
            self.split = str(fitting[0].id)
            self.read(self.reload)
            self.arrive()
        elif self.views and on_day == self.place.today:
            self.arrive()
        else:
            today = on_day <= self.place.today
            self._ask("krank heute" if today else f"abwesend {long_date(on_day)}", changing=False)

    def arrive(self) -> None:
        """Into the list; the line stays while it is typed."""
        if not self.absence.typing:
            super().arrive()

    def _ask(self, value: str, *, changing: bool) -> None:
        self._changing = changing
        present = self._present() if changing else None
        title = "Wie lange? (wieder da ab do · bis mo)" if changing else "Ausfall: warum und wie lange?"
        self.absence.ask(value, flows.understand(self.place, present), title)

    def _present(self) -> Absence | None:
        view = self.view
        return Absence(reason=view.reason, start=view.start, end=view.end) if view is not None else None

    @on(AbsenceLine.Left)
    def _left(self) -> None:
        self.list.focus()

    @on(AbsenceLine.Taken)
    def _taken(self, message: AbsenceLine.Taken) -> None:
        self._enter(message.text)

    @asking("verb")
    async def _enter(self, text: str) -> None:
        now, calendar, present = self.place.now, office_calendar(self.place), self._present()
        key = self.ausfall_id
        if self._changing and present is not None:
            changed = parse_change(text, now, calendar, present)
            done = await self.desk.act(lambda place: change_ausfall(place, key, changed))
        else:
            made = parse_absence(text, now, calendar)
            done = await self.desk.act(lambda place: begin_ausfall(place, made))
        if done is None:
            return
        self.absence.done()
        self.split = str(done.ids[0])
        self._say(done)
        self.list.focus()

    def _say(self, done: Done) -> None:
        self.app.clear_notifications()
        self.notify(f"{done.text} · u nimmt es zurück")
        self.desk.data_changed()

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs on appointments need one; in the call list only its own verb acts."""
        if action in _ITEMS and (self.list.cursor is None or self.calls.has_focus):
            return False
        if action == "ausfall_done" and self.calls.has_focus:
            return self.calls.cursor is not None
        if action in _WHOLE and self.view is None:
            return False
        return super().check_action(action, parameters)

    def action_ausfall_deputy(self) -> None:
        """Ask a deputy."""
        self.run_flow(flows.deputy)

    def action_ausfall_promised(self) -> None:
        """The deputy has said yes."""
        self.run_flow(flows.promised)

    def action_ausfall_cancel(self) -> None:
        """Call off, or the deputy has said no."""
        self.run_flow(flows.cancel)

    def action_ausfall_move(self) -> None:
        """Move to a typed day."""
        self.run_flow(flows.move)

    def action_ausfall_done(self) -> None:
        """It stays; in the call list, the call was made."""
        if self.calls.has_focus:
            self._tick()
        elif self.list.cursor is not None:
            self.run_flow(flows.keep)

    @asking("verb")
    async def _tick(self) -> None:
        call = self.current_call
        done = await flows.tick(self, call) if call is not None else None
        if done is not None:
            self._say(done)
            self.calls.focus()

    def action_ausfall_new(self) -> None:
        """Another absence."""
        self._ask("krank heute", changing=False)

    def action_ausfall_change(self) -> None:
        """Longer or shorter."""
        self._ask("wieder da ab ", changing=True)

    @asking("verb")
    async def action_ausfall_close(self) -> None:
        """Put it away; what is open is said before."""
        view, key = self.view, self.ausfall_id
        if view is None:
            return
        left = [f"{view.open} offen"] if view.open else []
        left += [f"{view.waiting} angefragt"] if view.waiting else []
        left += [f"noch {plural(view.to_call, 'Anruf', 'Anrufe')}"] if view.to_call else []
        if left:
            text = f"Noch ist nicht alles geregelt: {', '.join(left)}. Die Termine bleiben, wie sie sind."
            question = Confirm(
                "Ausfall trotzdem abschließen?", text=text, yes="abschließen", enter_is_yes=False
            )
            if not await self.app.push_screen_wait(question):
                return
        done = await self.desk.act(lambda place: close_ausfall(place, key))
        if done is not None:
            self._say(done)


_ITEMS = frozenset(("ausfall_deputy", "ausfall_promised", "ausfall_cancel", "ausfall_move", "mark", "repeat"))
_WHOLE = frozenset(("ausfall_change", "ausfall_close"))
