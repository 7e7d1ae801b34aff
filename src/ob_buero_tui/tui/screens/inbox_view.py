"""Eingang as it is read: splits, the list, and the request with its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.states import RequestState
from ob_buero_tui.services.faults import Busy
from ob_buero_tui.services.requests import inbox
from ob_buero_tui.services.views import RecordView, RowView, SplitView
from ob_buero_tui.tui.commands import EINGANG
from ob_buero_tui.tui.screens.asking import asking
from ob_buero_tui.tui.screens.inbox_splits import InboxSplits
from ob_buero_tui.tui.widgets.finding_list import FindingList
from ob_buero_tui.tui.widgets.record_columns import draw_request
from ob_buero_tui.tui.widgets.record_panel import RecordPanel

EMPTY = {
    inbox.NEW: "Nichts Neues. Mit g k geht es zum Kalender, mit {alle} zu allen Eingängen.",
    inbox.WAITING: "Nichts wartet. Was Sie mit w auf Wiedervorlage legen, steht bis zu seinem Tag hier.",
    inbox.TRASH: "Der Papierkorb ist leer. Mit 1 geht es zurück zu Neu.",
    inbox.ALL: "Noch keine Eingänge. E-Mails holt Strg+P „einlesen“ herein, oder legen Sie sie in den "
    "Eingangskorb. + nimmt einen Brief oder ein Fax auf, T einen Anruf.",
}
CALM = "Hier ist nichts offen."


class InboxView(InboxSplits):
    """What the Eingang shows; the verbs are added by `InboxScreen`."""

    screen_key = EINGANG
    title_text = "Eingang"
    first_split: ClassVar[str] = inbox.NEW

    def __init__(self) -> None:
        self.panel = RecordPanel(id="record", classes="pane")
        super().__init__(self.panel, draw_request)

    # Reading

    def read_rows(self, ids: Sequence[int]) -> Mapping[int, RowView]:
        """The rows of some requests."""
        return inbox.rows(self.place, ids)

    def placeholder(self, id: int) -> RowView:
        """The row to draw while the database does not answer."""
        return RowView(id=id, number="", subject="…", state=RequestState.NEU, received_on=self.place.today)

    def table_of(self, split: str) -> str:  # noqa: ARG002
        """Requests, in every split."""
        return "request"

    def empty_text(self, split: str, views: Sequence[SplitView]) -> str:
        """What an empty split says."""
        if said := self.problem_text(split):
            return said
        if split == inbox.NEW and not self.count_of(inbox.ALL, views):
            split = inbox.ALL
        digit = next((place for place, view in enumerate(views, start=1) if view.key == inbox.ALL), 9)
        return EMPTY.get(split, CALM).format(alle=digit)

    def show_record(self) -> None:
        """Draw the record under the cursor."""
        self.panel.show(self.current_record(), empty="Kein Eingang ausgewählt.")
        self.refresh_bindings()

    def focus_record(self) -> None:
        """Into the first part of the record."""
        self.panel.focus_first()

    def left_record(self) -> bool:
        """Whether the last part of the record has the focus."""
        return self.panel.at_end()

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

    @on(FindingList.Followed)
    @asking()
    async def _show_precedents(self) -> None:
        """The Vorgeschichte as a list; one of it may be gone to."""
        from ob_buero_tui.tui.screens.flows.precedents import choose_precedent

        view = self.panel.record
        chosen = await choose_precedent(self, view) if view is not None else None
        if chosen is not None:
            await self.desk.open_record("request", chosen)

    def show_by_id(self, table: str, row_id: int) -> None:  # noqa: ARG002 only requests live here
        """Put the cursor on a request, in the present split or in Alle.

        Raises:
            Refusal: it lies in the trash or is gone, or another desk holds the file just now.
        """
        if row_id not in inbox.rows(self.place, [row_id]):
            raise Refusal("Diesen Eingang gibt es nicht mehr.")
        if not (self.list.select(row_id) or inbox.contains(self.place, inbox.ALL, row_id)):
            raise Refusal("Dieser Eingang liegt im Papierkorb.", "", "Strg+P „Papierkorb zeigen“ führt hin.")
        self.go_to(row_id, inbox.ALL)
