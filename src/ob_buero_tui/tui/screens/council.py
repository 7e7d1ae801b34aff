"""Sitzungen: the sessions with their chain of dates as lights, and the agenda of the one under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council import sessions
from ob_buero_tui.services.council.meeting_page import meeting_page
from ob_buero_tui.services.council.views import MeetingRow, MeetingView
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.views import SplitView
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.tui.commands import SITZUNGEN, bindings_for
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.council_editing import EDITING
from ob_buero_tui.tui.screens.council_fetching import CouncilFetching
from ob_buero_tui.tui.screens.council_results import CouncilResults
from ob_buero_tui.tui.screens.council_year import CouncilYearView
from ob_buero_tui.tui.screens.flows import council as flows
from ob_buero_tui.tui.widgets.column_head import ColumnHead
from ob_buero_tui.tui.widgets.due_lines import DueLines
from ob_buero_tui.tui.widgets.meeting_panel import MeetingPanel
from ob_buero_tui.tui.widgets.meeting_rows import draw_meeting, heading
from ob_buero_tui.tui.widgets.title_line import Piece

COMING, EVERY, DUE, BODY = "kommende", "alle", "faellig", "gremium:"
BODIES = 6
"""How many bodies have a digit of their own; the rest are found by / or under „Alle“."""
EMPTY = {
    COMING: "Keine Sitzung steht bevor. {every} zeigt auch die vergangenen; + legt eine an.",
    EVERY: "Noch keine Sitzungen. + legt eine an; Ratsdaten holt Strg+P „Ratsdaten“ oder „einlesen“ herein.",
    DUE: "Diese Woche ist nichts fällig.",
}
CALM = "Dieses Gremium hat keine Sitzung vor sich."


class CouncilScreen(CouncilYearView, CouncilResults, CouncilFetching):
    """The coming sessions; what is due first stands out by its sign, and on top in words."""

    screen_key = SITZUNGEN
    title_text = "Sitzungen"
    many = "Sitzungen"
    first_split: ClassVar[str] = COMING
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(SITZUNGEN)]

    def __init__(self) -> None:
        self.panel = MeetingPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_meeting)
        self.due_lines = DueLines()
        self._due = flows.Due()

    def list_side(self) -> ComposeResult:
        """The list below what is due and the names of its columns, and the weeks in its place."""
        yield self.headed_list(self.due_lines, ColumnHead(heading))
        yield self.weeks_side()

    # Reading

    def read_splits(self) -> Sequence[SplitView]:
        """What is coming, all there is, and the bodies with the most sessions ahead."""
        bodies = sorted(sessions.bodies(self.place), key=lambda body: (-body.count, body.label))[:BODIES]
        return (
            SplitView(key=COMING, label="Kommende", count=len(sessions.meeting_ids(self.place))),
            SplitView(key=EVERY, label="Alle", count=len(sessions.meeting_ids(self.place, every=True))),
            SplitView(key=DUE, label="Fällig", count=len(self._due.meeting_ids)),
            *(SplitView(key=f"{BODY}{body.id}", label=body.label, count=body.count) for body in bodies),
        )

    def read_ids(self, place: Workplace, split: str) -> Sequence[int]:
        """The ordered sessions of a split."""
        if split == DUE:
            return self._due.meeting_ids
        if split.startswith(BODY):
            return sessions.meeting_ids(place, organization_id=int(split.removeprefix(BODY)))
        return sessions.meeting_ids(place, every=split == EVERY)

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, MeetingRow]:
        """The rows of some sessions."""
        return sessions.meeting_rows(self.place, ids)

    def placeholder(self, id: int) -> MeetingRow:
        """The row to draw while the database does not answer."""
        return MeetingRow(id=id, organization="…", name="")

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Sessions, in every split."""
        return "meeting"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:
        """What an empty list says."""
        if split == COMING and not self.count_of(EVERY, views):
            split = EVERY
        return EMPTY.get(split, CALM).format(every="2")

    def name_of_record(self, id: int) -> str:
        """Body and day of a session."""
        row = sessions.meeting_rows(self.place, [id]).get(id)
        return flows.name_of(row, year=True) if row is not None else ""

    def reload(self, focus: tuple[tuple[str, int], ...] = ()) -> None:
        """Read everything anew, also what is due."""
        self._due = flows.due(self.place)
        self.due_lines.show(self._due.lines if self.split != DUE else (), where="3")
        super().reload(focus)
        if self.shows_weeks:
            self.show_weeks()

    def title_middle(self) -> list[Piece]:
        """What is due of the sessions, as they were read last: the title is drawn every few seconds."""
        return self._due.pieces

    def show_record(self) -> None:
        """Draw the session under the cursor."""
        self.panel.show_meeting(self.current_meeting(), empty="Keine Sitzung ausgewählt.")
        self.refresh_bindings()

    def current_meeting(self) -> MeetingView | None:
        """The session under the cursor, read now: the panel may be a moment behind.

        Raises:
            Busy: another desk holds the file just now.
        """
        if self.list.cursor is None:
            return None
        try:
            return meeting_page(self.place, self.list.cursor)
        except Busy:
            raise
        except Refusal:
            return None

    def show_by_id(self, table: str, row_id: int) -> None:  # noqa: ARG002
        """Put the cursor on a session.

        Raises:
            Refusal: it is gone, or another desk holds the file just now.
        """
        if row_id not in sessions.meeting_rows(self.place, [row_id]):
            raise Refusal("Diese Sitzung gibt es nicht mehr.", "", "Wählen Sie eine andere.")
        self.go_to(row_id, EVERY)

    def body_of_split(self) -> int | None:
        """The body whose sessions are listed."""
        return int(self.split.removeprefix(BODY)) if self.split.startswith(BODY) else None

    def made(self, done: Done) -> None:
        """Show a session that has been made."""
        self.year = self.year_of(done.ids[0]) or self.year
        if not self.shows_weeks and done.ids[0] not in self.read_ids(self.place, self.split):
            self.split = EVERY
        self.desk.data_changed((("meeting", done.ids[0]),))

    def year_of(self, meeting_id: int | None) -> int | None:
        """The year of a session."""
        row = sessions.meeting_rows(self.place, [meeting_id]).get(meeting_id) if meeting_id else None
        return row.start.year if row is not None and row.start is not None else None

    # Verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs need a session."""
        if action in _VERBS | EDITING and self.list.cursor is None:
            return False
        return super().check_action(action, parameters)

    def meeting_at_hand(self) -> int | None:
        """The session under the cursor."""
        return self.list.cursor

    def action_finish(self) -> None:
        """Tick a step of the chain."""
        self.run_flow(flows.tick, advance=False)

    def action_note(self) -> None:
        """Add a remark."""
        self.run_flow(flows.note, advance=False)

    def action_choose_rule(self) -> None:
        """Choose the Ladungsfrist of the leading body."""
        self.run_flow(flows.choose_rule, advance=False)

    def action_toggle_attendance(self) -> None:
        """Say whether the mayor attends this body."""
        self.run_flow(flows.toggle_attendance, advance=False)

    @asking()
    async def action_copy(self) -> None:
        """Copy date or agenda."""
        await self._with_meeting(flows.copy)

    async def action_show_event(self) -> None:
        """To the session's entry in the calendar."""
        await self._with_meeting(flows.show_event)

    @on(MeetingPanel.Opened)
    async def action_show_agenda(self) -> None:
        """To the agenda of the session."""
        if self.list.cursor is not None:
            await self.desk.open_record("agenda", self.list.cursor)

    async def _with_meeting(self, flow: Callable[[CouncilScreen, MeetingView], Awaitable[None]]) -> None:
        try:
            view = self.current_meeting()
            if view is not None:
                await flow(self, view)
        except Refusal as refusal:
            self.desk.refuse(refusal)


_VERBS = frozenset(
    ("finish", "note", "copy", "mark", "repeat", "choose_rule", "toggle_attendance", "show_event")
)
